package io.github.olympe.maven.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    @TempDir
    Path folder;

    @Test
    void makesTheFileAndItsFolders() {
        Path file = folder.resolve("a/b/file.json");

        AtomicFile.write(file, "first");
        assertThat(file).hasContent("first");

        AtomicFile.write(file, "second");
        assertThat(file).hasContent("second");
        assertThat(file.getParent()).isDirectoryNotContaining(path -> !path.equals(file));
    }

    @Test
    void leavesWhatWasThereWhereTheContentFails() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");

        assertThatThrownBy(() -> AtomicFile.replace(file, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("no more of it");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("no more of it");

        assertThat(file).hasContent("old");
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
    }

    @Test
    void saysWhichFileCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "").resolve("below");

        assertThatThrownBy(() -> AtomicFile.write(file, "text"))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("The file '" + file + "' cannot be written (");
    }
}
