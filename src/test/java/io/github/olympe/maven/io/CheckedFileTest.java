package io.github.olympe.maven.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckedFileTest {

    private static final byte[] CONTENT = "content".getBytes();

    @TempDir
    Path folder;

    @Test
    void canBeReadBack() throws IOException {
        Path file = folder.resolve("a/file");
        CheckedFile.write(file, out -> out.write(CONTENT));
        assertThat(CheckedFile.read(file)).hasValue(CONTENT);
        CheckedFile.write(file, out -> {});
        assertThat(CheckedFile.read(file)).hasValue(new byte[0]);
    }

    @Test
    void aMissingOrDamagedFileHasNoContent() throws IOException {
        Path file = folder.resolve("file");
        assertThat(CheckedFile.read(file)).isEmpty();
        assertThat(CheckedFile.read(folder)).isEmpty();
        CheckedFile.write(file, out -> out.write(CONTENT));
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length; i++) {
            Files.write(file, Arrays.copyOf(whole, i));
            assertThat(CheckedFile.read(file)).as("%d bytes", i).isEmpty();
            byte[] damaged = whole.clone();
            damaged[i] ^= 1;
            Files.write(file, damaged);
            assertThat(CheckedFile.read(file)).as("byte %d", i).isEmpty();
        }
    }

    @Test
    void anUnwritableFileIsNotAnError() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "").resolve("below");
        CheckedFile.remember(file, out -> out.write(CONTENT));
        assertThat(CheckedFile.read(file)).isEmpty();
    }
}
