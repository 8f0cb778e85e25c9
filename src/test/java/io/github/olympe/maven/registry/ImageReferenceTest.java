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

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "reg.io:0/a, 'reg.io:0' is not a registry's host",
                "reg.io:65536/a, 'reg.io:65536' is not a registry's host",
                "re_g.io/a, 're_g.io' is not a registry's host",
                "reg.io/A, a repository's path consists of lower-case letters",
                "reg.io/a:-x, a tag has at most 128 letters",
                "reg.io/a@sha256:1, write 'sha256:' and 64 hexadecimal digits after the '@'",
                "a:b:c, a repository's path consists of",
                "/a, a repository's path consists of",
            })
    void saysWhatIsWrong(String text, String why) {
        assertThatThrownBy(() -> ImageReference.of("baseImage", text))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining(why);
        assertThat(ImageReference.parse(text)).isEmpty();
    }

    @Test
    void itsPartsMayHaveTheLengthsThatRegistriesAllow() {
        String path = "a".repeat(255);
        assertThat(ImageReference.of("baseImage", "reg.io/" + path + ":1").repository())
                .isEqualTo(path);
        assertThatThrownBy(() -> ImageReference.of("baseImage", "reg.io/" + path + "a:1"))
                .hasMessageContaining("a repository's path has at most 255 characters");
        String tag = "t".repeat(128);
        assertThat(ImageReference.of("baseImage", "reg.io/a:" + tag).tag()).contains(tag);
        assertThat(ImageReference.isTag(tag + "t")).isFalse();
        assertThatThrownBy(() -> ImageReference.of("baseImage", "reg.io/" + "a".repeat(994)))
                .hasMessageContaining("it has at most 1000 characters");
        assertThatThrownBy(() -> ImageReference.of("baseImage", "reg.io/" + "a".repeat(993)))
                .hasMessageContaining("a repository's path has at most 255 characters");
        assertThat(ImageReference.of("baseImage", "reg.io:1/a:1")).hasToString("reg.io:1/a:1");
        assertThat(ImageReference.of("baseImage", "reg.io:65535/a:1")).hasToString("reg.io:65535/a:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nina:s3cret@reg.io/a", "s3cret@reg.io/a:1"})
    void aPasswordBeforeTheHostIsNotShown(String text) {
        assertThatThrownBy(() -> ImageReference.of("registry", text))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("It has a user or password in it.")
                .hasMessageNotContaining("s3cret");
        String longest = text + "a".repeat(1000 - text.length());
        assertThatThrownBy(() -> ImageReference.of("registry", longest)).hasMessageNotContaining("s3cret");
    }

    @Test
    void aTextFromOutsideIsReadAsTheUsers() {
        assertThat(ImageReference.parse("nginx").map(ImageReference::toString))
                .contains("docker.io/library/nginx:latest");
        assertThat(ImageReference.parse("reg.io/a@sha256:" + HEX).map(ImageReference::identifier))
                .contains("sha256:" + HEX);
    }

    @Test
    void itCanBeGivenAnotherTagOrDigestOrNone() {
        ImageReference reference = ImageReference.of("image", "reg.io/a:1");
        Digest digest = Digest.ofHex(HEX);

        assertThat(reference.identifier()).isEqualTo("1");
        assertThat(reference.withDigest(digest)).hasToString("reg.io/a:1@sha256:" + HEX);
        assertThat(reference.withDigest(digest).withTag("2")).hasToString("reg.io/a:2");
        assertThat(reference.withDigest(digest).withoutTag()).hasToString("reg.io/a");
        assertThat(reference.withoutTag().identifier()).isEqualTo("latest");
    }

    @Test
    void aRepositoryHasNoTag() {
        assertThat(ImageReference.ofRepository("registry", "reg.io/a")).hasToString("reg.io/a");
        assertThatThrownBy(() -> ImageReference.ofRepository("registry", "reg.io/a:1"))
                .hasMessageContaining("without a tag");
        assertThatThrownBy(() -> ImageReference.ofRepository("registry", "reg.io/a@sha256:" + HEX))
                .hasMessageContaining("without a tag or a digest");
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
