package io.github.olympe.maven.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A path that the toolkit can write to, without anything left behind. */
class PlainPathTest {

    @TempDir
    Path folder;

    @Test
    void aPlainPathIsUsedAsItIs() throws IOException {
        try (PlainPath plain = PlainPath.to(folder)) {
            assertThat(plain.path()).isEqualTo(folder);
        }
        assertThat(folder).isDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"My Projects", "Prögramm", "a'b", "$HOME"})
    void anyOtherIsReachedThroughALinkThatIsDeletedAgain(String name) throws IOException {
        Path target = Files.createDirectory(folder.resolve(name));
        Path link;
        try (PlainPath plain = PlainPath.to(target)) {
            link = plain.path();
            assertThat(link.toString()).matches("[A-Za-z0-9/._-]+");
            Files.writeString(link.resolve("patch.json"), "{}");
        }
        assertThat(link.getParent()).doesNotExist();
        assertThat(target.resolve("patch.json")).hasContent("{}");
    }
}
