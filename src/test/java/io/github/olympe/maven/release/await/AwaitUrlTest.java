package io.github.olympe.maven.release.await;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.registry.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AwaitUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://shop.example.com, index.html, https://shop.example.com/index.html",
        "https://shop.example.com/app, js/main.js, https://shop.example.com/app/js/main.js",
        "https://shop.example.com/app/, a b#c?.js, https://shop.example.com/app/a%20b%23c%3F.js",
        "https://shop.example.com:1, x, https://shop.example.com:1/x",
        "https://shop.example.com:65535, x, https://shop.example.com:65535/x",
        "http://127.0.0.1:8080, crêpe:1.txt, http://127.0.0.1:8080/cr%C3%AApe:1.txt",
    })
    void theUrlOfAFile(String url, String path, String expected) {
        assertThat(AwaitUrl.of("awaitUrl", url, false).of(new ServedFile(path, Digest.of(""), 0)))
                .hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop.example.com",
                "ftp://shop.example.com",
                "https://",
                "https://a b",
                "https://shop:65536/",
                "https://shop:0/"
            })
    void whatIsNotAUrlIsShown(String text) {
        assertThatThrownBy(() -> AwaitUrl.of("awaitUrl", text, false))
                .isInstanceOf(OlympeException.class)
                .hasMessage("Invalid value for 'awaitUrl': '" + text
                        + "'. Write a URL without a query, such as 'https://shop.example.com/'.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://shop.example.com/?key=s3cret", "https://nina:s3cret@shop.example.com/", "x@s3cret:"})
    void whatMayHoldAPasswordIsNotShown(String text) {
        assertThatThrownBy(() -> AwaitUrl.of("environments.codev.awaitUrl", text, false))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("Invalid value for 'environments.codev.awaitUrl' (not shown,")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aCredentialIsNotSentUnencrypted() {
        assertThatThrownBy(() -> AwaitUrl.of("awaitUrl", "http://shop.example.com/", true))
                .hasMessageContaining("The credential of 'awaitServerId' would be sent there unencrypted.");
        AwaitUrl.of("awaitUrl", "http://shop.example.com/", false);
        AwaitUrl.of("awaitUrl", "http://localhost/", true);
    }
}
