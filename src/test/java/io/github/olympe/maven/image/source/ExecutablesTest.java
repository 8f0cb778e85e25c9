package io.github.olympe.maven.image.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.FileMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files are executable on a file system without modes, as on Windows: git or the file's first line decides. */
class ExecutablesTest {

    @TempDir
    Path folder;

    private Path write(String file, String content) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, content);
    }

    /** A repository in whose index {@code dist/bin/start} is executable and {@code dist/main.js} is not. */
    private void commit() throws Exception {
        write("dist/bin/start", "exec node main.js\n");
        write("dist/main.js", "1");
        try (Git git = Git.init().setDirectory(folder.toFile()).call()) {
            git.add().addFilepattern("dist").call();
            DirCache index = git.getRepository().lockDirCache();
            index.getEntry("dist/bin/start").setFileMode(FileMode.EXECUTABLE_FILE);
            index.getEntry("dist/main.js").setFileMode(FileMode.REGULAR_FILE);
            index.write();
            index.commit();
        }
    }

    @Test
    void gitKnowsExecutables() throws Exception {
        commit();
        Executables whole = Executables.below(folder.toRealPath());
        assertThat(whole.contains(folder.resolve("dist/bin/start"), "dist/bin/start"))
                .isTrue();
        assertThat(whole.contains(folder.resolve("dist/main.js"), "dist/main.js"))
                .isFalse();

        Executables dist = Executables.below(folder.toRealPath().resolve("dist"));
        assertThat(dist.contains(folder.resolve("dist/bin/start"), "bin/start")).isTrue();
    }

    @Test
    void aFileThatNamesItsInterpreterIsExecutable() throws Exception {
        Executables none = Executables.below(folder.toRealPath());
        assertThat(none.contains(write("run", "#!/bin/sh\n"), "run")).isTrue();
        assertThat(none.contains(write("note", "# a note\n"), "note")).isFalse();
        assertThat(none.contains(write("wow", "!#"), "wow")).isFalse();
        assertThat(none.contains(write("empty", ""), "empty")).isFalse();
    }

    @Test
    void withoutAReadableIndexOnlyTheFilesCount() throws Exception {
        commit();
        Files.writeString(folder.resolve(".git/index"), "no index of git");
        Executables damaged = Executables.below(folder.toRealPath());
        assertThat(damaged.tracked()).isEmpty();

        Path bare = folder.resolve("bare");
        Git.init().setBare(true).setDirectory(bare.toFile()).call().close();
        assertThat(Executables.below(bare.toRealPath()).tracked()).isEmpty();
    }

    @Test
    void executablesGetMode755() throws Exception {
        commit();
        Files.createSymbolicLink(folder.resolve("dist/link"), Path.of("bin/start"));
        Attributes attributes = new Attributes.WithoutModes(Executables.below(folder.toRealPath()));

        assertThat(attributes.entry(folder.resolve("dist/bin/start"), "dist/bin/start").mode)
                .isEqualTo(0755);
        SourceEntry file = attributes.entry(folder.resolve("dist/main.js"), "dist/main.js");
        assertThat(file.mode).isEqualTo(0644);
        assertThat(file.size).isEqualTo(1);
        assertThat(attributes.entry(folder.resolve("dist"), "dist").mode).isEqualTo(0755);
        assertThat(attributes.entry(folder.resolve("dist/link"), "dist/link").linkTarget)
                .isEqualTo("bin/start");
    }
}
