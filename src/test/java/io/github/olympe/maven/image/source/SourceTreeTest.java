package io.github.olympe.maven.image.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.process.Workers;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTreeTest {

    static final SourceTree.Filter ALL = new SourceTree.Filter() {
        @Override
        public boolean test(String path) {
            return true;
        }

        @Override
        public boolean mayHoldWanted(String path) {
            return true;
        }
    };

    @TempDir
    Path folder;

    @AutoClose
    private final Workers workers = Workers.of(2);

    @Test
    void aNameThatIsNotUtf8IsAnError() throws Exception {
        shell("touch \"$(printf 'caf\\351')\"");
        try {
            assertThatThrownBy(() -> SourceTree.read(folder, ALL, FileModes.KEPT, workers))
                    .isInstanceOf(OlympeException.class)
                    .hasMessage("The file name 'caf\ufffd' is not valid UTF-8. Rename the file.");
        } finally {
            shell("rm caf*"); // Java cannot delete it in every locale.
        }
    }

    private void shell(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", command)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }
}
