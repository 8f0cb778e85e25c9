package io.github.olympe.maven.registry.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LimitedOutputTest {

    @Test
    void nothingIsWrittenBeyondTheSize() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (LimitedOutput limited = new LimitedOutput(out, 4)) {
            limited.write("abc".getBytes(StandardCharsets.UTF_8));
            limited.write('d');

            assertThatThrownBy(() -> limited.write('e'))
                    .isInstanceOf(RegistryFailure.InTransport.class)
                    .hasMessage("the blob is longer than its 4 bytes");
            limited.requireWritable();
        }
        assertThat(out).hasToString("abcd");
    }
}
