package io.github.olympe.maven.snapshot.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.http.HttpProxy;
import io.github.olympe.maven.testing.ConnectProxy;
import io.github.olympe.maven.testing.TestCertificate;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.NoCheckX509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Git over HTTP: proxies in a JVM that has made connections before, and connections that JGit does not read to the end. */
@Timeout(60)
class GitHttpTest {

    @TempDir
    Path folder;

    private static void answer(HttpExchange exchange) throws IOException {
        byte[] body = "hello".repeat(10_000).getBytes(UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    @Test
    void sendsAProxysPasswordForATunnelWhateverTheJvmDidBefore() throws Exception {
        assertThat(System.getProperty("jdk.http.auth.tunneling.disabledSchemes"))
                .isNull();
        HttpsServer server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(
                TestCertificate.create(folder.resolve("tls")).context()));
        HttpServer plain = HttpServer.create(loopback(), 0);
        for (HttpServer each : List.of(server, plain)) {
            each.createContext("/", GitHttpTest::answer);
            each.start();
        }
        try (ConnectProxy proxy =
                ConnectProxy.start("127.0.0.1:" + server.getAddress().getPort(), "me", "w0rd")) {
            // After its first connection, Java's client ignores changes of what it sends to proxies.
            HttpURLConnection first = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + plain.getAddress().getPort())
                            .toURL()
                            .openConnection();
            assertThat(first.getResponseCode()).isEqualTo(200);

            HttpProxies proxies = new HttpProxies(List.of(new HttpProxy(
                    "https",
                    "127.0.0.1",
                    proxy.port(),
                    Optional.of(Credential.ofUser("proxy", "me", Secret.of("w0rd"))),
                    List.of())));
            try (GitHttp http = new GitHttp(proxies, Duration.ofSeconds(20), folder.toFile())) {
                HttpConnection connection = http.create(
                        URI.create("https://git.example.com/repo.git").toURL());
                connection.configure(null, new TrustManager[] {new NoCheckX509TrustManager()}, null);
                assertThat(connection.getResponseCode()).isEqualTo(200);
            }
            assertThat(proxy.requests()).containsExactly("CONNECT git.example.com:443 HTTP/1.1");
        } finally {
            server.stop(0);
            plain.stop(0);
        }
    }

    @Test
    void doesNotRunOutOfConnectionsThatJGitDoesNotReadToTheEnd() throws Exception {
        HttpServer server = HttpServer.create(loopback(), 0);
        server.createContext("/", GitHttpTest::answer);
        server.start();
        try (GitHttp http = new GitHttp(HttpProxies.none(), Duration.ofSeconds(20), folder.toFile())) {
            for (int i = 0; i < 30; i++) {
                HttpConnection connection = http.create(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + i)
                                .toURL());
                assertThat(connection.getInputStream().read()).isEqualTo('h');
            }
        } finally {
            server.stop(0);
        }
    }
}
