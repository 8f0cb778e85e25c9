package io.github.olympe.maven.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsTest {

    private final SecretMask mask = new SecretMask();

    @ParameterizedTest
    @CsvSource({
        "OLYMPE_DEPLOY_TOKEN, s3cr3t-0f-all",
        "WEBHOOK_TOKEN, s3cr3t-0f-all",
        "DRAW_PASSWORD, s3cr3t-0f-all",
        "OLYMPE_GIT_TOKEN, s3cr3t-0f-all",
        "CI_REGISTRY_PASSWORD, s3cr3t-0f-all",
        "CI_REPOSITORY_URL, https://ci:s3cr3t-0f-all@git.acme.com/shop.git",
        "HTTPS_PROXY, http://ann:s3cr3t%2D0f%2Dall@proxy:3128",
        "ORIGIN, https://s3cr3t-0f-all@git.acme.com/shop.git"
    })
    void hidesTheSecretsOfAnEnvironment(String name, String value) {
        Credentials.hideVariables(Map.of(name, value), mask);

        assertThat(mask.mask("it is s3cr3t-0f-all")).isEqualTo("it is ***");
    }

    @Test
    void hidesTheSecretsOfDocker() {
        String auth = Base64.getEncoder().encodeToString("ann:s3cr3t-0f-all".getBytes(StandardCharsets.UTF_8));
        Credentials.hideVariables(
                Map.of("DOCKER_AUTH_CONFIG", "{\"auths\": {\"reg.acme.com\": {\"auth\": \"" + auth + "\"}}}"), mask);

        assertThat(mask.mask(auth + " s3cr3t-0f-all")).isEqualTo("*** ***");
    }

    @Test
    void takesNoWordForASecret() {
        Credentials.hideVariables(
                Map.of("DRAW_PASSWORD", "admin", "HTTPS_PROXY", "http://a:b@c", "X", "https://%zz:%zz-percent@c"),
                mask);

        assertThat(mask.mask("admin a b c")).isEqualTo("admin a b c");
    }
}
