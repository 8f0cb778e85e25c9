package io.github.olympe.maven.registry.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.credential.Credentials;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.registry.ImageLog;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryCredentialsTest {

    @TempDir
    Path home;

    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, Credential> servers = new HashMap<>();
    private final SecretMask mask = new SecretMask();
    private final List<String> warnings = new ArrayList<>();

    @BeforeEach
    void setHome() throws IOException {
        environment.put("HOME", home.toString());
        Files.createDirectories(home.resolve(".docker"));
        String auth = Base64.getEncoder().encodeToString("docker:docker-password".getBytes(StandardCharsets.UTF_8));
        Files.writeString(
                home.resolve(".docker/config.json"), "{\"auths\":{\"r.example.com\":{\"auth\":\"" + auth + "\"}}}");
    }

    private void server(String id, String password) {
        servers.put(id, Credential.ofUser("server '" + id + "' of settings.xml", id, Secret.of(password)));
    }

    private RegistryCredentials credentials(@Nullable String serverId) {
        ImageLog log = new ImageLog() {
            @Override
            public void info(String line) {}

            @Override
            public void warn(String line) {
                warnings.add(line);
            }

            @Override
            public void debug(String line) {}
        };
        Credentials credentials = new Credentials(id -> Optional.ofNullable(servers.get(id)), environment, mask);
        return new RegistryCredentials(credentials, serverId, "r.example.com", environment, log);
    }

    private String user(@Nullable String serverId, String registry) {
        return credentials(serverId)
                .find(registry, "acme/shop")
                .flatMap(Credential::username)
                .orElse("nobody");
    }

    @Test
    void theNamedServerComesFirstAndOnlyForThePushRegistry() {
        server("mine", "a-long-password");
        server("r.example.com", "another-password");

        assertThat(user("mine", "r.example.com")).isEqualTo("mine");
        assertThat(user("mine", "other.example.com")).isEqualTo("nobody");
        assertThat(user(null, "r.example.com")).isEqualTo("r.example.com");
        assertThat(mask.mask("a-long-password")).isEqualTo("***");
    }

    @Test
    void dockersConfigurationComesNext() {
        assertThat(user(null, "r.example.com")).isEqualTo("docker");
        assertThat(mask.mask("docker-password")).isEqualTo("***");
    }

    @Test
    void theDefaultPortMayBeWrittenOrNot() {
        server("other.example.com", "a-long-password");
        server("port.example.com:443", "a-long-password");

        assertThat(user(null, "other.example.com:443")).isEqualTo("other.example.com");
        assertThat(user(null, "port.example.com")).isEqualTo("port.example.com:443");
        assertThat(user(null, "other.example.com:5000")).isEqualTo("nobody");
    }

    @Test
    void aVariableThatIsNotSetIsNamedAndDockersCredentialIsUsed() {
        server("r.example.com", "${env.NOT_SET_HERE}");

        assertThat(user(null, "r.example.com")).isEqualTo("docker");
        assertThat(warnings)
                .singleElement()
                .isEqualTo(
                        "The server 'r.example.com' of settings.xml refers to the environment variable 'NOT_SET_HERE',"
                                + " which is not set. Set it; until then the docker configuration is used for the registry"
                                + " 'r.example.com'.");
        assertThat(mask.mask("${env.NOT_SET_HERE}")).isEqualTo("${env.NOT_SET_HERE}");
    }

    @Test
    void gitLabsVariablesAreForItsOwnRegistry() {
        environment.putAll(Map.of(
                "CI_REGISTRY", "gitlab.example.com:5050",
                "CI_REGISTRY_USER", "gitlab-ci-token",
                "CI_REGISTRY_PASSWORD", "job-password"));

        assertThat(user(null, "gitlab.example.com:5050")).isEqualTo("gitlab-ci-token");
        assertThat(user(null, "gitlab.example.com")).isEqualTo("nobody");
        assertThat(mask.mask("job-password")).isEqualTo("***");
    }

    @Test
    void aCredentialIsHiddenAsTheHeaderThatSendsItToo() {
        user(null, "r.example.com");

        assertThat(mask.mask(
                        Base64.getEncoder().encodeToString("docker:docker-password".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("***");
    }

    @Test
    void gitLabsVariablesCountIfAllAreSet() {
        environment.putAll(Map.of("CI_REGISTRY", "gitlab.example.com", "CI_REGISTRY_PASSWORD", "job-password"));
        assertThat(user(null, "gitlab.example.com")).isEqualTo("nobody");
        environment.put("CI_REGISTRY_USER", " ");
        assertThat(user(null, "gitlab.example.com")).isEqualTo("nobody");
        environment.put("CI_REGISTRY_USER", " gitlab-ci-token ");
        assertThat(user(null, "GitLab.example.com")).isEqualTo("gitlab-ci-token");
    }

    @Test
    void aBlankServerIdNamesNoServer() {
        server(" ", "a-long-password");

        assertThat(user(" ", "r.example.com")).isEqualTo("docker");
    }

    @Test
    void aTokenOfDockerLoginHasNoUser() {
        assertThat(RegistryCredentials.isIdentityToken(Credential.ofToken("the test", Secret.of("t0ken"))))
                .isTrue();
        assertThat(RegistryCredentials.isIdentityToken(
                        Credential.ofUser("the test", DockerConfiguration.IDENTITY_TOKEN_USER, Secret.of("t0ken"))))
                .isTrue();
        assertThat(RegistryCredentials.isIdentityToken(Credential.ofUser("the test", "nina", Secret.of("t0ken"))))
                .isFalse();
    }

    @Test
    void saysWhereItLookedForACredentialThatIsMissing() {
        assertThat(credentials("mine").missing(ImageReference.of("image", "other.example.com/a")))
                .contains("No credentials for the registry 'other.example.com' were found in a server"
                        + " 'other.example.com' in settings.xml, and the docker configuration "
                        + home.resolve(".docker/config.json") + ".");
        assertThat(credentials("mine").places("r.example.com")).startsWith("a server 'mine' or 'r.example.com' in ");
        assertThat(credentials(null).missing(ImageReference.of("image", "r.example.com/a")))
                .isEmpty();
        assertThat(credentials(null).missing(ImageReference.of("image", "localhost:5000/a")))
                .as("a registry on this machine may need none")
                .isEmpty();
    }

    @Test
    void saysHowToAddACredential() {
        assertThat(RegistryCredentials.wayToAdd("r.example.com", true))
                .isEqualTo(
                        "a <server> with <id>r.example.com</id>, <username> and <password> to settings.xml (or name"
                                + " another id in registryServerId, olympe.registryServerId), or run 'docker login r.example.com'");
        assertThat(RegistryCredentials.wayToAdd("docker.io", false))
                .isEqualTo(
                        "a <server> with <id>docker.io</id>, <username> and <password> to settings.xml, or run 'docker"
                                + " login'");
    }
}
