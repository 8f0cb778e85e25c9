package io.github.olympe.maven.patches.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlobIdTest {

    /** What {@code git hash-object} writes. */
    @ParameterizedTest
    @CsvSource({
        "'', e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
        "hello world, 95d09f2b10159347eece71399a7e2e907ea3df4f",
    })
    void isThatOfGit(String text, String id) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream copy = new ByteArrayOutputStream();

        assertThat(BlobId.of(new ByteArrayInputStream(bytes), bytes.length, copy))
                .isEqualTo(id);
        assertThat(copy.toByteArray()).isEqualTo(bytes);
        assertThat(BlobId.of(text)).isEqualTo(id);
    }
}
