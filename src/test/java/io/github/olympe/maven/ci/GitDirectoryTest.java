package io.github.olympe.maven.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitDirectoryTest {

    @TempDir
    Path folder;

    /** A failed checkout leaves a folder of that name without objects. */
    @Test
    void aRepositoryNeedsAnObjectsFolder() throws IOException {
        Path git = Files.createDirectory(folder.resolve(".git"));
        Files.writeString(git.resolve("HEAD"), "0123456789abcdef".repeat(4) + "\n");

        assertThatThrownBy(() -> GitDirectory.find(folder).build()).isInstanceOf(RepositoryNotFoundException.class);
    }

    /** Otherwise a build in an unfinished checkout would use the repository around it. */
    @Test
    void aRepositoryWithSha256IsFound() throws IOException {
        Path shop = Files.createDirectories(folder.resolve("modules/shop"));
        Path git = Files.createDirectory(shop.resolve(".git"));
        Files.writeString(git.resolve("HEAD"), "0123456789abcdef".repeat(4));

        assertThat(GitDirectory.find(shop).getGitDir()).isEqualTo(git.toFile());

        Files.writeString(git.resolve("HEAD"), "0123456789abcdef".repeat(4) + "0");
        assertThat(GitDirectory.find(shop).getGitDir()).isNotEqualTo(git.toFile());
    }

    /** Not even if spaces follow a good name: nobody waits for a gigabyte to be read. */
    @Test
    void aHeadOfMoreThanAMebibyteIsNoneOfGits() throws IOException {
        Path git = Files.createDirectory(folder.resolve(".git"));
        Files.writeString(git.resolve("HEAD"), "0123456789abcdef".repeat(4) + " ".repeat(1 << 20));

        assertThat(GitDirectory.find(folder).getGitDir()).isNotEqualTo(git.toFile());
    }

    @Test
    void theObjectFormatIsNotCaseSensitive() {
        Config config = new Config();
        assertThat(GitDirectory.isSha1(config)).isTrue();
        config.setString("extensions", null, "objectFormat", "SHA1");
        assertThat(GitDirectory.isSha1(config)).isTrue();
        config.setString("extensions", null, "objectFormat", "sha256");
        assertThat(GitDirectory.isSha1(config)).isFalse();
    }
}
