package io.github.olympe.maven.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.OneLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {

    private static final String HEX = "a".repeat(64);

    @ParameterizedTest
    @CsvSource({
        "nginx,                                 docker.io/library/nginx:latest",
        "olympeio/frontend-base:stable,         docker.io/olympeio/frontend-base:stable",
        "index.docker.io/a/b,                   docker.io/a/b:latest",
        "localhost/a,                           localhost/a:latest",
        "localhost:5000/a:1,                    localhost:5000/a:1",
        "127.0.0.1:5000/a/b_c/d__e/f-g:T.1_x,   127.0.0.1:5000/a/b_c/d__e/f-g:T.1_x",
        "reg.example.com/a,                     reg.example.com/a:latest",
    })
    void isReadAsDockerReadsIt(String text, String expected) {
        assertThat(ImageReference.of("baseImage", text)).hasToString(expected);
    }

    @Test
    void canBePinnedToADigest() {
        ImageReference reference = ImageReference.of("baseImage", "reg.io/a:1@sha256:" + HEX);
        assertThat(reference.tag()).contains("1");
        assertThat(reference.digest()).contains(Digest.ofHex(HEX));
        assertThat(reference.identifier()).isEqualTo("sha256:" + HEX);
        assertThat(ImageReference.of("baseImage", reference.toString())).isEqualTo(reference);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "UPPER/case",
                "https://reg.io/a",
                "reg.io/",
                "reg.io/a:",
                "reg.io/a:-x",
                "a//b",
                "../a",
                "a:b:c",
                "reg.io/a@sha256:1",
                "reg.io/a@md5:x",
                "re_g.io/a",
                "reg.io:x/a",
                "a\u0000b",
                "a\nb"
            })
    void anInvalidValueIsNamedWithItsParameter(String text) {
        assertThatThrownBy(() -> ImageReference.of("frontend/baseImage", text))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("'frontend/baseImage'")
                .hasMessageContaining("'" + OneLine.of(text) + "'");
    }

    @Test
    void aRepositoryHasNoTag() {
        assertThat(ImageReference.ofRepository("registry", "reg.io/a")).hasToString("reg.io/a");
        assertThatThrownBy(() -> ImageReference.ofRepository("registry", "reg.io/a:1"))
                .hasMessageContaining("without a tag");
    }

    @Test
    void portsAndAddressesMustBeValid() {
        assertThat(ImageReference.of("baseImage", "[::1]:5000/acme/shop:1").registry())
                .isEqualTo("[::1]:5000");
        assertThatThrownBy(() -> ImageReference.of("baseImage", "r.example.com:99999/acme/shop:1"))
                .isInstanceOf(OlympeException.class);
    }

    @Test
    void itsNameIsTheLastPartOfTheRepository() {
        assertThat(ImageReference.of("image", "localhost:5000/acme/shop-backend:1")
                        .name())
                .isEqualTo("shop-backend");
        assertThat(ImageReference.of("image", "nginx").name()).isEqualTo("nginx");
    }
}
