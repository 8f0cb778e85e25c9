package io.github.olympe.maven.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
    void keepsTheOldFileIfTheContentFails() throws IOException {
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

    /** A reader sees the complete file at any moment. */
    @Test
    @Timeout(60)
    void isNeverIncompleteOrMissing() throws Exception {
        Path file = folder.resolve("file");
        byte[][] contents = {new byte[100_000], new byte[200_000]};
        Arrays.fill(contents[1], (byte) 1);
        AtomicFile.replace(file, out -> out.write(contents[0]));
        AtomicBoolean over = new AtomicBoolean();
        FutureTask<Integer> reader = new FutureTask<>(() -> {
            int read = 0;
            for (; !over.get(); read++) {
                byte[] content = Files.readAllBytes(file);
                assertThat(content).isEqualTo(contents[content.length == 100_000 ? 0 : 1]);
            }
            return read;
        });
        Thread thread = new Thread(reader);
        thread.start();
        try {
            for (int i = 1; i < 2000 && thread.isAlive(); i++) {
                byte[] content = contents[i % 2];
                AtomicFile.replace(file, out -> out.write(content));
            }
        } finally {
            over.set(true);
        }
        assertThat(reader.get()).isPositive();
    }

    /** Otherwise a machine that loses its power would have an empty file with the right name. */
    @Test
    void isForcedToTheDiskUnlessItCanBeMadeAgain() throws IOException {
        try (Recording recording = new Recording()) {
            recording.enable("jdk.FileForce").withoutThreshold();
            recording.start();
            AtomicFile.write(folder.resolve("kept/file"), "text");
            AtomicFile.replace(folder.resolve("cached/file"), out -> out.write(1));
            recording.stop();
            Path dump = folder.resolve("events.jfr");
            recording.dump(dump);

            assertThat(RecordingFile.readAllEvents(dump))
                    .extracting(event -> Path.of(event.getString("path")).getParent())
                    .filteredOn(parent -> parent.startsWith(folder))
                    .containsExactly(folder.resolve("kept"));
        }
    }

    @Test
    void saysWhichFileCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "").resolve("below");

        assertThatThrownBy(() -> AtomicFile.write(file, "text"))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("The file '" + file + "' cannot be written (");
    }
}
