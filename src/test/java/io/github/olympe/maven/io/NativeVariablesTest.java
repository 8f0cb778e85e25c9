package io.github.olympe.maven.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeVariablesTest {

    @TempDir
    Path folder;

    @Test
    void areReadAgainIfJavaCouldNotDecodeThem() throws Exception {
        Path file = folder.resolve("environ");
        Files.write(file, "BRANCH=größe=1\0OTHER=changed\0UNKNOWN=ä\0NO_NAME\0".getBytes("UTF-8"));
        Map<String, String> java = Map.of("BRANCH", "gr\ufffd\ufffde=1", "OTHER", "as it is", "GONE", "\ufffd");

        assertThat(NativeVariables.of(java, file))
                .containsExactlyInAnyOrderEntriesOf(Map.of("BRANCH", "größe=1", "OTHER", "as it is", "GONE", "\ufffd"));
        assertThat(NativeVariables.of(java, folder.resolve("missing"))).isEqualTo(java);
    }

    @Test
    void areOtherwiseUnchanged() throws Exception {
        Path file = folder.resolve("environ");
        Files.write(file, new byte[] {'A', '=', (byte) 0xfc});

        assertThat(NativeVariables.of(Map.of("A", "\ufffd"), file)).containsEntry("A", "\ufffd");
        Map<String, String> whole = Map.of("A", "größe");
        assertThat(NativeVariables.of(whole)).isSameAs(whole);
    }
}
