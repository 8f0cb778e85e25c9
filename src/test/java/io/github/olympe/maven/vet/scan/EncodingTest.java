package io.github.olympe.maven.vet.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodingTest {

    @ParameterizedTest
    @CsvSource({
        // a beginning, in which 0 is a zero byte and the others are marks or letters; its encoding
        "'', BYTES",
        "a, BYTES",
        "abcd, BYTES",
        "\u00ff\u00fe, UTF_16LE",
        "\u00fe\u00ff, UTF_16BE",
        "'\u001f\u008b', GZIP",
        "a0b0, UTF_16LE",
        "0a0b, UTF_16BE",
        "a0bc, BINARY",
        "0abc, BINARY",
        "a00b, BINARY",
        "00, BINARY",
    })
    void isToldByTheBeginningOfAFile(String beginning, Encoding encoding) {
        byte[] head = beginning.replace('0', '\0').getBytes(StandardCharsets.ISO_8859_1);

        assertThat(Encoding.of(head, false)).isEqualTo(encoding);
    }
}
