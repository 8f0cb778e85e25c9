package io.github.olympe.maven.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {

    /** The SHA-256 of "abc" (FIPS 180-2, appendix B.1). */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void isTheSameForTextBytesAndFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("abc"), "abc");

        assertThat(Digest.of("abc")).hasToString("sha256:" + ABC);
        assertThat(Digest.of("abc".getBytes(StandardCharsets.UTF_8))).isEqualTo(Digest.of("abc"));
        assertThat(Digest.ofFile(file)).isEqualTo(Digest.of("abc"));
        Files.writeString(file, "a".repeat(200_000));
        assertThat(Digest.ofFile(file)).isEqualTo(Digest.of("a".repeat(200_000)));
    }

    @Test
    void isShownInFullAsDigitsAndShort() {
        Digest digest = Digest.ofHex(ABC);

        assertThat(digest.value()).isEqualTo("sha256:" + ABC);
        assertThat(digest.hex()).isEqualTo(ABC);
        assertThat(digest.shortHex()).isEqualTo("ba7816bf8f01");
        assertThat(digest.bytes()).isEqualTo(HexFormat.of().parseHex(ABC));
        assertThat(digest.forJib()).hasToString("sha256:" + ABC);
        assertThat(Digest.parse("sha256:" + ABC)).contains(digest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "sha256:", "sha256:" + "A", "sha512:" + ABC, ABC, "sha256:" + ABC + "0", "sha256:BA" + ABC})
    void somethingElseIsNotADigest(String text) {
        assertThat(Digest.parse(text)).isEmpty();
        assertThatThrownBy(() -> new Digest(text))
                .isInstanceOf(OlympeException.class)
                .hasMessage("'" + text
                        + "' is not a digest; it must be 'sha256:' and 64 hexadecimal digits in lower case.");
    }
}
