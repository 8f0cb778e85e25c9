package io.github.olympe.maven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.http.HttpProxy;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.registry.InsecureRegistries;
import io.github.olympe.maven.testing.ConnectProxy;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.TestBaseImages;
import io.github.olympe.maven.testing.TestCertificate;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registries that are only reachable through a proxy of {@code settings.xml}: their names exist only there. */
class RegistryProxyTest {

    @TempDir
    Path folder;

    private RegistryFixture fixture(ConnectProxy proxy, String password, List<String> direct) {
        RegistryFixture fixture = new RegistryFixture(folder);
        Credential credential = Credential.ofUser("proxy", "me", Secret.of(password));
        fixture.proxies = new HttpProxies(List.of(
                new HttpProxy("https", "127.0.0.1", proxy.port(), Optional.of(credential), direct),
                new HttpProxy("http", "127.0.0.1", proxy.port(), Optional.of(credential), direct)));
        return fixture;
    }

    private static BaseImage resolve(RegistryFixture fixture, String reference) {
        try (Registries registries = fixture.open()) {
            return registries
                    .baseImages(fixture.cache(), false)
                    .resolve(RegistryFixture.reference(reference), List.of())
                    .get(0);
        }
    }

    @Test
    void plainHttpIsRefusedUnlessAllowed() {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start();
                ConnectProxy proxy =
                        ConnectProxy.start(registry.host(), "me", "word").plainHttpOnly()) {
            TestBaseImages.pushTo(registry.host());
            registry.forgetRequests();
            RegistryFixture fixture = fixture(proxy, "word", List.of());

            assertThatThrownBy(() -> resolve(fixture, "registry.test/olympeio/backend-base:18-stable"))
                    .isInstanceOf(OlympeException.class)
                    .hasMessageContaining("the registry 'registry.test' does not use TLS")
                    .hasMessageContaining("allowInsecureRegistries");
            assertThat(registry.requests()).isEmpty();

            fixture.insecure = InsecureRegistries.of("registry.test", "");
            BaseImage image = resolve(fixture, "registry.test/olympeio/backend-base:18-stable");

            assertThat(image.layers()).hasSize(2);
            assertThat(proxy.requests())
                    .anyMatch(line -> line.startsWith("HEAD http://registry.test/v2/olympeio/backend-base/"));
            assertThat(fixture.log).anyMatch(line -> line.contains("The registry 'registry.test' is used without TLS"));
        }
    }

    @Test
    void tlsUsesATunnelWithTheProxysPassword() throws IOException {
        TestCertificate certificate = TestCertificate.create(folder.resolve("tls"));
        HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(404, -1);
            }
        });
        server.start();
        try (ConnectProxy proxy =
                ConnectProxy.start("127.0.0.1:" + server.getAddress().getPort(), "me", "word")) {
            RegistryFixture fixture = fixture(proxy, "word", List.of());
            assertThatThrownBy(() -> resolve(fixture, "registry.test/a/b:1"))
                    .hasMessageContaining("the certificate of the registry 'registry.test' is not trusted");

            fixture.insecure = InsecureRegistries.of("registry.test", "");
            assertThatThrownBy(() -> resolve(fixture, "registry.test/a/b:1"))
                    .hasMessageContaining("the registry 'registry.test' does not have it (404");

            assertThat(proxy.requests()).isNotEmpty().allMatch(line -> line.startsWith("CONNECT registry.test:443 "));
            assertThat(fixture.log).noneMatch(line -> line.contains("word"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void saysThatTheProxyRefusesTheConnection() {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start();
                ConnectProxy proxy = ConnectProxy.start(registry.host(), "me", "word")) {
            RegistryFixture fixture = fixture(proxy, "other-word", List.of());

            assertThatThrownBy(() -> resolve(fixture, "registry.test/a/b:1"))
                    .isInstanceOf(OlympeException.class)
                    .hasMessageContaining(
                            "the proxy on the way to the registry 'registry.test' refuses the connection (407")
                    .hasMessageContaining("<proxies>")
                    .hasMessageNotContaining("other-word");
            assertThat(fixture.log).noneMatch(line -> line.contains("trying again"));
        }
    }

    @Test
    void thisMachineAndExcludedHostsAreReachedDirectly() {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start();
                ConnectProxy proxy = ConnectProxy.start(registry.host(), "me", "word")) {
            String base = TestBaseImages.pushTo(registry.host()).backend();
            RegistryFixture fixture = fixture(proxy, "word", List.of("*.invalid"));

            assertThat(resolve(fixture, base).layers()).hasSize(2);
            assertThatThrownBy(() -> resolve(fixture, "registry.invalid/a/b:1"))
                    .hasMessageContaining("the host of the registry 'registry.invalid' is not known");

            assertThat(proxy.requests()).isEmpty();
        }
    }
}
