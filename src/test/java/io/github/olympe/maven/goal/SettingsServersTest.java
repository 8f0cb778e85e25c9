package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.credential.Credentials;
import io.github.olympe.maven.credential.SecretMask;
import java.util.Map;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
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
    void areFoundByTheirIdInCapitalsOrNot() {
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
        Credentials credentials = new Credentials(servers(), Map.of(), new SecretMask());

        assertThatThrownBy(() -> credentials.deployToken("deploy"))
                .isInstanceOf(OlympeException.class)
                .hasMessage(
                        "The server 'deploy' of settings.xml, which the parameter 'deployServerId' names, refers to the"
                                + " environment variable 'NOT_SET', which is not set. Set it, or write the value into settings.xml.");
    }
}
