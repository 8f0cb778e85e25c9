package io.github.olympe.maven.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentSecretsTest {

    private final SecretMask mask = new SecretMask();

    @ParameterizedTest
    @CsvSource({
        "OLYMPE_DEPLOY_TOKEN, s3cr3t-0f-all",
        "OLYMPE_OTHER_TOKEN, s3cr3t-0f-all",
        "WEBHOOK_TOKEN, s3cr3t-0f-all",
        "DRAW_PASSWORD, s3cr3t-0f-all",
        "OLYMPE_GIT_TOKEN, s3cr3t-0f-all",
        "CI_REGISTRY_PASSWORD, s3cr3t-0f-all",
        "SYSTEM_ACCESSTOKEN, s3cr3t-0f-all",
        "AWS_SECRET_ACCESS_KEY, s3cr3t-0f-all",
        "SONAR_API_KEY, s3cr3t-0f-all",
        "npm_config_//npm.acme.com/:_authToken, s3cr3t-0f-all",
        "CI_REPOSITORY_URL, https://ci:s3cr3t-0f-all@git.acme.com/shop.git",
        "HTTPS_PROXY, http://ann:s3cr3t%2D0f%2Dall@proxy:3128",
        "ORIGIN, https://s3cr3t-0f-all@git.acme.com/shop.git",
        "ORIGIN, https://s3cr3t-0f-all:x-oauth-basic@github.com/acme/shop.git"
    })
    void hidesTheSecretsOfAnEnvironment(String name, String value) {
        EnvironmentSecrets.hide(Map.of(name, value), mask);

        assertThat(mask.mask("it is s3cr3t-0f-all")).isEqualTo("it is ***");
    }

    @Test
    void hidesTheSecretsOfProperties() {
        Properties properties = new Properties();
        properties.setProperty("javax.net.ssl.trustStorePassword", "s3cr3t-0f-all");
        properties.setProperty("javax.net.ssl.trustStore", "/etc/ssl/company.p12");
        properties.put("password", 12345678);

        EnvironmentSecrets.hide(properties, mask);

        assertThat(mask.mask("s3cr3t-0f-all, /etc/ssl/company.p12, 12345678"))
                .isEqualTo("***, /etc/ssl/company.p12, 12345678");
    }

    @ParameterizedTest
    @CsvSource({"PASSWORD_FILE, /run/secrets/registry", "TOKENS, bearer-and-basic", "SECRETARY, Ann Example"})
    void leavesVariablesAloneThatAreNotSecret(String name, String value) {
        EnvironmentSecrets.hide(Map.of(name, value), mask);

        assertThat(mask.mask(name + "=" + value)).isEqualTo(name + "=" + value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://acme-industries@dev.azure.com/acme-industries/shop/_git/shop",
                "https://acme-industries@acme-industries.visualstudio.com/shop/_git/shop",
                "https://acme-industries@bitbucket.example.com/scm/team/shop.git",
                "https://acme-industries@bitbucket.org/team/shop.git"
            })
    void takesTheNameInACloneUrlForNoSecret(String url) {
        EnvironmentSecrets.hide(Map.of("BUILD_REPOSITORY_URI", url), mask);

        assertThat(mask.mask("built for acme-industries")).isEqualTo("built for acme-industries");
    }

    @Test
    void hidesTheSecretsOfDocker() {
        String auth = Base64.getEncoder().encodeToString("ann:s3cr3t-0f-all\0\0".getBytes(StandardCharsets.UTF_8));
        EnvironmentSecrets.hide(
                Map.of("DOCKER_AUTH_CONFIG", "{\"auths\": {\"reg.acme.com\": {\"auth\": \"" + auth + "\"}}}"), mask);

        assertThat(mask.mask(auth + " s3cr3t-0f-all")).isEqualTo("*** ***");
    }

    @Test
    void doesNotMistakeWordsForSecrets() {
        EnvironmentSecrets.hide(
                Map.of("DRAW_PASSWORD", "admin", "HTTPS_PROXY", "http://a:b@c", "X", "https://%zz:%zz-percent@c"),
                mask);

        assertThat(mask.mask("admin a b c")).isEqualTo("admin a b c");
    }

    /** A tool may print the URL's parts as they are, and an escape may be invalid. */
    @ParameterizedTest
    @ValueSource(strings = {"s3cr3t%2D0f%2Dall", "100%-s3cr3t"})
    void hidesThePasswordAsTheUrlWritesIt(String password) {
        EnvironmentSecrets.hide(Map.of("HTTPS_PROXY", "http://ann:" + password + "@proxy:3128"), mask);

        assertThat(mask.mask("password: " + password)).isEqualTo("password: ***");
    }

    @Test
    void knowsASecretByTheNameOfItsVariable() {
        assertThat(EnvironmentSecrets.isNamedLikeSecret("SHOP_API_KEY")).isTrue();
        assertThat(EnvironmentSecrets.isNamedLikeSecret("SHOP_API_KEYS")).isFalse();
    }
}
