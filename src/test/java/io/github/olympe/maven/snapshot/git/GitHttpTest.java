package io.github.olympe.maven.snapshot.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
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
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLException;
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

    /** Answers with what it was asked: method, a header and the body. */
    private static void echo(HttpExchange exchange) throws IOException {
        String text = exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Git-Protocol") + " "
                + new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        exchange.getResponseHeaders().add("X-Many", "one");
        exchange.getResponseHeaders().add("X-Many", "two");
        exchange.getResponseHeaders().set("Content-Type", "text/echo");
        boolean chunked = exchange.getRequestURI().getPath().equals("/chunked");
        exchange.sendResponseHeaders(201, chunked ? 0 : text.length());
        exchange.getResponseBody().write(text.getBytes(UTF_8));
        exchange.close();
    }

    private static HttpServer server(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(loopback(), 0);
        server.createContext("/", handler);
        server.start();
        return server;
    }

    private static URL url(HttpServer server, String path) throws IOException {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path)
                .toURL();
    }

    private GitHttp http() {
        return new GitHttp(HttpProxies.none(), Duration.ofSeconds(20), folder.toFile());
    }

    private static String body(HttpConnection connection) throws IOException {
        return new String(connection.getInputStream().readAllBytes(), UTF_8);
    }

    @Test
    void sendsWhatJGitWroteAndGivesItTheAnswer() throws Exception {
        HttpServer server = server(GitHttpTest::echo);
        try (GitHttp http = http()) {
            HttpConnection connection = http.create(url(server, "/pack"));
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Git-Protocol", "version=2");
            connection.getOutputStream().write("have".getBytes(UTF_8));
            connection.getOutputStream().write("-want".getBytes(UTF_8));
            connection.getOutputStream().close();
            assertThat(connection.getRequestMethod()).isEqualTo("POST");
            assertThat(connection.getURL()).isEqualTo(url(server, "/pack"));
            assertThat(connection.usingProxy()).isFalse();

            connection.connect();

            assertThat(connection.getHeaderFields("X-Many")).containsExactly("one", "two");
            assertThat(connection.getHeaderField("X-Many")).isEqualTo("one");
            assertThat(connection.getHeaderField("X-None")).isNull();
            assertThat(connection.getHeaderFields()).containsEntry("X-many", List.of("one", "two"));
            assertThat(connection.getContentType()).isEqualTo("text/echo");
            assertThat(connection.getContentLength()).isEqualTo("POST /pack version=2 have-want".length());
            assertThat(connection.getResponseCode()).isEqualTo(201);
            assertThat(connection.getResponseMessage()).isEqualTo("Created");
            assertThat(body(connection)).isEqualTo("POST /pack version=2 have-want");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void knowsNothingOfAnAnswerBeforeItHasAsked() throws Exception {
        HttpServer server = server(GitHttpTest::echo);
        try (GitHttp http = http()) {
            HttpConnection connection = http.create(url(server, "/chunked"));
            assertThat(connection.getRequestMethod()).isEqualTo("GET");
            assertThat(connection.getHeaderFields()).isEmpty();
            assertThat(connection.getHeaderFields("Content-Type")).isEmpty();
            assertThat(connection.getContentType()).isNull();
            assertThat(connection.getContentLength()).isEqualTo(-1);

            assertThat(connection.getResponseCode()).isEqualTo(201);
            assertThat(connection.getContentLength()).isEqualTo(-1);
            assertThat(body(connection)).isEqualTo("GET /chunked null ");
        } finally {
            server.stop(0);
        }
    }

    /** JGit decides whether a redirect leads to a server that may get the token. */
    @Test
    void followsNoRedirectAndReadsNoBodyWhereThereIsNone() throws Exception {
        HttpServer server = server(exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/none") ? 204 : 302, -1);
            exchange.close();
        });
        try (GitHttp http = http()) {
            HttpConnection moved = http.create(url(server, "/moved"));
            assertThat(moved.getResponseCode()).isEqualTo(302);
            assertThat(moved.getHeaderField("Location")).isEqualTo("/elsewhere");

            HttpConnection none = http.create(url(server, "/none"));
            assertThat(body(none)).isEmpty();
            assertThat(none.getContentLength()).isEqualTo(-1);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void takesTheProxyOfTheJvmIfTheSettingsHaveNone() throws Exception {
        HttpServer proxy = server(GitHttpTest::echo);
        URL url = URI.create("http://git.invalid/repo.git").toURL();
        Proxy system = new Proxy(
                Proxy.Type.HTTP,
                InetSocketAddress.createUnresolved(
                        "127.0.0.1", proxy.getAddress().getPort()));
        HttpProxies other =
                new HttpProxies(List.of(new HttpProxy("http", "127.0.0.1", 1, Optional.empty(), List.of("git.*"))));
        try (GitHttp http = new GitHttp(other, Duration.ofSeconds(20), folder.toFile())) {
            HttpConnection connection = http.create(url, system);
            assertThat(connection.usingProxy()).isTrue();
            assertThat(body(connection)).startsWith("GET ").contains("/repo.git");
            assertThat(http.create(url, new Proxy(Proxy.Type.SOCKS, system.address()))
                            .usingProxy())
                    .isFalse();
        } finally {
            proxy.stop(0);
        }
    }

    @Test
    void aServerThatAnswersLikeAProxyIsNamedAsSuch() throws Exception {
        HttpServer server = server(exchange -> {
            exchange.sendResponseHeaders(407, -1);
            exchange.close();
        });
        try (GitHttp http = http()) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> http.create(url(server, "/")).getResponseCode())
                    .isNotInstanceOf(GitHttp.ProxyRefusal.class)
                    .withMessage("the server answered like a proxy, with HTTP status 407");
        } finally {
            server.stop(0);
        }
    }

    /** Trust in any certificate is that of one connection, and not of the next. */
    @Test
    void trustsAnUnknownCertificateOnlyWhereTheUserSaysSo() throws Exception {
        HttpsServer server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(
                TestCertificate.create(folder.resolve("tls")).context()));
        server.createContext("/", GitHttpTest::echo);
        server.start();
        URL url = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/")
                .toURL();
        try (GitHttp http = http()) {
            HttpConnection trusting = http.create(url);
            trusting.configure(null, new TrustManager[] {new NoCheckX509TrustManager()}, null);
            assertThat(trusting.getResponseCode()).isEqualTo(201);

            assertThatExceptionOfType(SSLException.class)
                    .isThrownBy(() -> http.create(url).getResponseCode());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void endsItsConnectionsWhenItIsClosed() throws Exception {
        HttpServer server = server(GitHttpTest::echo);
        try {
            GitHttp http = http();
            URL url = url(server, "/");
            assertThat(http.create(url).getResponseCode()).isEqualTo(201);

            http.close();

            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> http.create(url).getResponseCode());
        } finally {
            server.stop(0);
        }
    }

    /** A proxy that asks gets the password, then with each request, so that no pack is sent twice. */
    @Test
    void sendsABodyAgainToAProxyThatAsksForAPasswordAndThenNoMore() throws Exception {
        List<String> refused = new CopyOnWriteArrayList<>();
        HttpServer proxy = server(exchange -> {
            if (exchange.getRequestHeaders().containsKey("Proxy-Authorization")) {
                echo(exchange);
                return;
            }
            exchange.getRequestBody().readAllBytes();
            refused.add(exchange.getRequestMethod());
            exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"x\"");
            exchange.sendResponseHeaders(407, -1);
            exchange.close();
        });
        HttpProxies proxies = new HttpProxies(List.of(new HttpProxy(
                "http",
                "127.0.0.1",
                proxy.getAddress().getPort(),
                Optional.of(Credential.ofUser("proxy", "me", Secret.of("w0rd"))),
                List.of())));
        try (GitHttp http = new GitHttp(proxies, Duration.ofSeconds(20), folder.toFile())) {
            for (int i = 0; i < 3; i++) {
                HttpConnection connection =
                        http.create(URI.create("http://git.invalid/pack").toURL());
                connection.setRequestMethod("POST");
                connection.getOutputStream().write("have".getBytes(UTF_8));
                connection.getOutputStream().close();
                assertThat(connection.getResponseCode()).isEqualTo(201);
                assertThat(body(connection)).startsWith("POST ").endsWith(" have");
            }
        } finally {
            proxy.stop(0);
        }
        assertThat(refused).containsExactly("POST");
    }
}
