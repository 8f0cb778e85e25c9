package io.github.olympe.maven.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeployUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://deploy.example.com/acme/production",
                " https://deploy.example.com:8443/acme?x=1 ",
                "http://localhost:8080/x",
                "https://deploy.example.com:1/x",
                "https://deploy.example.com:65535/x",
                "http://127.0.0.1:8080/x",
                "http://127.1.2.3/x",
                "http://[::1]:8080/x",
            })
    void takesHttpsAndLoopback(String url) {
        assertThat(DeployUrl.of("deployUrl", url, false).uri()).hasToString(url.strip());
    }

    @Test
    void doesNotShowItsQueryBecauseItMayContainAKey() {
        assertThat(DeployUrl.of("deployUrl", "https://deploy.example.com/acme?key=1", false))
                .hasToString("https://deploy.example.com/acme?***");
        assertThatThrownBy(() -> DeployUrl.of("deployUrl", "https://deploy.example.com:99999/acme?key=hunter2", false))
                .hasMessageStartingWith(
                        "Invalid value for 'deployUrl': 'https://deploy.example.com:99999/acme?***'. It is not a URL");
        assertThatThrownBy(() -> DeployUrl.of("deployUrl", "https://deploy.example.com/ac me?key=hunter2", false))
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://deploy.example.com/x",
                "http://localhost.example.com/x",
                "http://127.0.0.1.example.com/",
                "http://10.0.0.1/x"
            })
    void plainHttpElsewhereMustBeAllowed(String url) {
        assertThatThrownBy(() -> DeployUrl.of("deployUrl", url, false))
                .isInstanceOf(OlympeException.class)
                .hasMessage("Invalid value for 'deployUrl': '" + url
                        + "'. The token would be sent there unencrypted. Use https, or set 'allowInsecureDeploy'.");
        assertThat(DeployUrl.of("deployUrl", url, true)).hasToString(url);
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://x/y",
        "deploy.example.com/x",
        "https:///x",
        "https://a b/",
        "''",
        "https://[::1",
        "mailto:x",
        "https://x:port/",
        "https://x:0/",
        "https://x:65536/",
        "https://x/größe"
    })
    void theRestIsAnError(String url) {
        assertThatThrownBy(() -> DeployUrl.of("deployUrl", url, true))
                .isInstanceOf(OlympeException.class)
                .hasMessage("Invalid value for 'deployUrl': '" + url
                        + "'. It is not a URL. Write one such as 'https://deploy.example.com/acme/production'.");
    }

    @Test
    void aPasswordInItIsAnErrorThatDoesNotShowThePassword() {
        assertThatThrownBy(() -> DeployUrl.of("deployUrl", "https://user:hunter2@deploy.example.com/x", false))
                .isInstanceOf(OlympeException.class)
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> DeployUrl.of("deployUrl", "https://user:hunter 2@deploy.example.com/x", false))
                .isInstanceOf(OlympeException.class)
                .hasMessageNotContaining("hunter");
    }
}
