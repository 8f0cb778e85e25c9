package io.github.olympe.maven.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.testing.ConnectProxy;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.TestCertificate;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** To whom what is sent goes. */
@Timeout(60)
class HttpConnectionsTest {

    @TempDir
    Path folder;

    private SSLContext usual;

    @BeforeEach
    void rememberWhatIsTrusted() throws NoSuchAlgorithmException {
        usual = SSLContext.getDefault();
    }

    @AfterEach
    void trustAsBefore() {
        SSLContext.setDefault(usual);
    }

    private static HttpConnections through(ConnectProxy proxy, List<String> directly) {
        return new HttpConnections(
                new HttpProxies(List.of(new HttpProxy(
                        "http",
                        "127.0.0.1",
                        proxy.port(),
                        Optional.of(Credential.ofUser("proxy", "me", Secret.of("word"))),
                        directly))),
                new HttpTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Optional.empty()),
                "olympe-maven-plugin/1");
    }

    private static int status(HttpConnections http, String url) throws IOException {
        try (Answer answer = http.open(Request.of("GET", URI.create(url)))) {
            return answer.status();
        }
    }

    @Test
    void aServerThatAsksForAPasswordDoesNotGetThatOfTheProxy() throws IOException {
        try (EmbeddedRegistry server = EmbeddedRegistry.start();
                ConnectProxy proxy = ConnectProxy.start(server.host(), "me", "word");
                HttpConnections direct = through(proxy, List.of("127.0.0.1"));
                HttpConnections behind = through(proxy, List.of())) {
            server.requireBasic("nina", "pa55word");

            assertThat(status(direct, server.url() + "/v2/")).isEqualTo(401);
            assertThat(status(behind, "http://server.test/v2/")).isEqualTo(401);

            assertThat(server.requests())
                    .hasSize(2)
                    .noneMatch(request -> request.headers().containsKey("Authorization")
                            || request.headers().containsKey("Proxy-Authorization"));
            assertThat(proxy.requests()).isNotEmpty();
        }
    }

    @Test
    void aTrustedCertificateOfAnotherHostIsRefused() throws IOException {
        TestCertificate certificate = TestCertificate.create(folder);
        SSLContext.setDefault(certificate.context());
        try (EmbeddedRegistry server = EmbeddedRegistry.start(certificate);
                ConnectProxy proxy = ConnectProxy.start(server.host(), "me", "word");
                HttpConnections http = through(proxy, List.of())) {
            assertThat(status(http, "https://registry.test/v2/")).isEqualTo(200);
            server.forgetRequests();

            assertThatThrownBy(() -> status(http, "https://other.test/v2/"))
                    .isInstanceOf(HttpFailure.class)
                    .hasStackTraceContaining("No subject alternative DNS name matching other.test");
            assertThat(server.requests()).isEmpty();
        }
    }
}
