package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.credential.Credentials;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.goal.session.SettingsServers;
import java.util.Map;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.junit.jupiter.api.Test;

class SettingsServersTest {

    private final Settings settings = new Settings();

    private void server(String id, String username, String password) {
        Server server = new Server();
        server.setId(id);
        server.setUsername(username);
        server.setPassword(password);
        settings.addServer(server);
    }

    private SettingsServers servers() {
        return new SettingsServers(settings, Decrypted::of);
    }

    @Test
    void areFoundByIdWhateverItsCase() {
        server("Registry.example.com", "first", "word");
        server("REGISTRY.example.com", "second", "word");

        assertThat(servers().find("registry.example.com").flatMap(Credential::username))
                .contains("first");
        assertThat(servers().find("REGISTRY.example.com").flatMap(Credential::username))
                .contains("second");
        assertThat(servers().find("registry.example.co")).isEmpty();
    }

    @Test
    void aVariableThatIsNotSetIsNamed() {
        server("deploy", "", "${env.NOT_SET}");
        SettingsDecrypter mavens = request -> {
            throw new AssertionError("Maven takes the braces for those of an encrypted password, and fails");
        };
        Credentials credentials = new Credentials(new SettingsServers(settings, mavens), Map.of(), new SecretMask());

        assertThatThrownBy(() -> credentials.deployToken("deploy"))
                .isInstanceOf(OlympeException.class)
                .hasMessage(
                        "The server 'deploy' of settings.xml, which the parameter 'deployServerId' names, refers to the"
                                + " environment variable 'NOT_SET', which is not set. Set it, or write the value into settings.xml.");
    }

    @Test
    void everySecretIsHiddenBeforeItsFirstUse() {
        server("registry.example.com", "ann", "s3cret-of-registry");
        server("unset", "ann", "${env.NOT_SET}");
        server("half-set", "${env.NOT_SET}", "s3cret-of-half");
        server("git", null, "");
        Server key = new Server();
        key.setId("key");
        key.setPassphrase("s3cret-of-key");
        settings.addServer(key);
        Server headers = new Server();
        headers.setId("gitlab");
        headers.setConfiguration("<configuration><httpHeaders><property><name>Private-Token</name>"
                + "<value> s3cret-of-header </value></property></httpHeaders></configuration>");
        settings.addServer(headers);
        Proxy proxy = new Proxy();
        proxy.setId("proxy");
        proxy.setActive(false);
        proxy.setPassword("s3cret-of-proxy");
        settings.addProxy(proxy);
        SecretMask mask = new SecretMask();

        new Credentials(servers(), Map.of("DRAW_PASSWORD", "hunter2"), mask).hideAll();

        assertThat(
                        mask.mask(
                                "s3cret-of-half, s3cret-of-registry, s3cret-of-key, s3cret-of-header, s3cret-of-proxy, hunter2, ann"))
                .isEqualTo("***, ***, ***, ***, ***, ***, ann");
        assertThat(mask.mask("${env.NOT_SET}")).isEqualTo("${env.NOT_SET}");
    }
}
