package io.github.olympe.maven.registry.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.http.HttpConnections;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.http.HttpProxy;
import io.github.olympe.maven.http.HttpTimeouts;
import io.github.olympe.maven.http.Request;
import io.github.olympe.maven.image.RecordedLog;
import io.github.olympe.maven.registry.InsecureRegistries;
import io.github.olympe.maven.registry.protocol.RegistryFailure.Kind;
import io.github.olympe.maven.testing.ConnectProxy;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.TestCertificate;
import io.github.olympe.maven.text.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which servers a registry may lead to, and how. */
@Timeout(60)
class RegistryConnectionTest {

    @TempDir
    Path folder;

    @AutoClose
    private HttpConnections http = through(HttpProxies.none());

    private final RecordedLog log = new RecordedLog();

    private static HttpConnections through(HttpProxies proxies) {
        return new HttpConnections(
                proxies,
                new HttpTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Optional.empty()),
                "olympe-maven-plugin/1");
    }

    private RegistryConnection connection(String registry, String insecure) {
        return new RegistryConnection(registry, http, InsecureRegistries.of(insecure, ""), new SecretMask(), log);
    }

    private EmbeddedRegistry encrypted() {
        return EmbeddedRegistry.start(TestCertificate.create(folder));
    }

    private static void redirect(EmbeddedRegistry registry, String location) {
        registry.intercept(request -> request.path().equals("/v2/from")
                ? Optional.of(new EmbeddedRegistry.Answer(307, Map.of("Location", location), ""))
                : Optional.empty());
    }

    private static String follow(RegistryConnection connection, EmbeddedRegistry registry) throws RegistryFailure {
        return connection.follow(
                Request.of("GET", URI.create(registry.url() + "/v2/from?secret=1")), answer -> "" + answer.status());
    }

    @Test
    void eachHostMustBeAllowedToHaveAnyCertificate() throws RegistryFailure {
        try (EmbeddedRegistry registry = encrypted();
                EmbeddedRegistry other = encrypted()) {
            String otherHost = other.host().replace("127.0.0.1", "localhost");
            redirect(registry, "https://" + otherHost + "/v2/");

            assertThat(follow(connection(registry.host(), registry.host() + "," + otherHost), registry))
                    .isEqualTo("200");
            other.forgetRequests();
            RegistryFailure failure = catchThrowableOfType(
                    RegistryFailure.class, () -> follow(connection(registry.host(), registry.host()), registry));

            assertThat(failure.text()).contains("certification path");
            assertThat(other.requests()).isEmpty();
        }
    }

    /** A registry behind a proxy that ends TLS does not know that it has TLS. */
    @Test
    void aRegistryWithTlsThatCallsItselfPlainIsReachedByTls() throws RegistryFailure {
        try (EmbeddedRegistry registry = encrypted()) {
            for (String query : List.of("", "?a=b%2Fc")) {
                registry.forgetRequests();
                redirect(registry, registry.url().replace("https:", "http:") + "/v2/acme/shop/to" + query);

                assertThat(follow(connection(registry.host(), registry.host()), registry))
                        .isEqualTo("404");
                assertThat(registry.requests("/acme/shop/to"))
                        .extracting(EmbeddedRegistry.Request::toString)
                        .containsExactly("GET /v2/acme/shop/to" + query);
            }
        }
    }

    @Test
    void requestsAreLoggedForDebuggingWithoutTheirQueries() throws RegistryFailure {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            follow(connection(registry.host(), ""), registry);

            assertThat(log.lines()).contains("GET " + registry.url() + "/v2/from");
        }
    }

    /** A registry without TLS, such as one of a company's network, mostly has its token server beside it. */
    @Test
    void aTokenServerWithoutTlsIsAskedOnlyBesideARegistryWithoutTls() throws RegistryFailure {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start();
                ConnectProxy proxy =
                        ConnectProxy.start(registry.host(), "me", "word").plainHttpOnly()) {
            goThrough(proxy);
            RegistryConnection connection = connection("registry.test:5000", "registry.test:5000");

            assertThat(ask(connection, "http://registry.test:8080/v2/")).isEqualTo("200");
            RegistryFailure failure =
                    catchThrowableOfType(RegistryFailure.class, () -> ask(connection, "http://tokens.test:8080/v2/"));

            assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
            assertThat(failure.text())
                    .isEqualTo("its token server 'tokens.test:8080' does not use TLS, and credentials are not sent"
                            + " without it");
            assertThat(proxy.requests()).noneMatch(line -> line.contains("tokens.test"));
        }
    }

    @Test
    void aRegistryWithTlsHasATokenServerWithTls() {
        try (EmbeddedRegistry registry = encrypted();
                ConnectProxy proxy = ConnectProxy.start(registry.host(), "me", "word")) {
            goThrough(proxy);
            RegistryConnection connection = connection("registry.test:5000", "registry.test:5000");

            RegistryFailure failure = catchThrowableOfType(
                    RegistryFailure.class, () -> ask(connection, "http://registry.test:8080/token"));

            assertThat(failure.text()).startsWith("its token server 'registry.test:8080' does not use TLS");
            assertThat(proxy.requests()).noneMatch(line -> line.contains("8080"));
        }
    }

    private void goThrough(ConnectProxy proxy) {
        http.close();
        http = through(new HttpProxies(List.of(new HttpProxy(
                "http",
                "127.0.0.1",
                proxy.port(),
                Optional.of(Credential.ofUser("proxy", "me", Secret.of("word"))),
                List.of()))));
    }

    private static String ask(RegistryConnection connection, String url) throws RegistryFailure {
        return connection.askTokenServer(Request.of("GET", URI.create(url)), answer -> "" + answer.status());
    }
}
