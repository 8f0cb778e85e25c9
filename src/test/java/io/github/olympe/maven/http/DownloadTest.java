package io.github.olympe.maven.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.testing.TestCertificate;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Downloads from servers that record which requests had a credential. */
@Timeout(60)
class DownloadTest {

    private static final Credential USER = Credential.ofUser("server 'mirror'", "ann", Secret.of("m4rked"));

    @TempDir
    Path folder;

    private final List<HttpServer> servers = new ArrayList<>();

    /** What each server received: path and credential. */
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private URI serve(String name, HttpServer server, Answer answer) {
        server.createContext("/", exchange -> {
            try (exchange) {
                seen.add(name + " " + exchange.getRequestURI() + " "
                        + exchange.getRequestHeaders().getFirst("Authorization"));
                answer.to(exchange);
            }
        });
        server.start();
        servers.add(server);
        String scheme = server instanceof HttpsServer ? "https" : "http";
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private static HttpServer plain() throws IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    private static void text(HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static Answer redirect(URI to) {
        return exchange -> {
            exchange.getResponseHeaders().add("Location", to.toString());
            exchange.sendResponseHeaders(302, -1);
        };
    }

    private static Download download(URI... named) {
        return new Download(
                HttpProxies.none(),
                Optional.of(USER),
                Set.of(List.of(named).stream()
                        .flatMap(url -> Origin.of(url).stream())
                        .toArray(Origin[]::new)),
                false);
    }

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void theCredentialGoesToTheServerThatItIsFor() throws IOException {
        URI mirror = serve("mirror", plain(), exchange -> text(exchange, "hello"));
        assertThat(download(mirror).text(mirror.resolve("a"), 100)).isEqualTo("hello");
        assertThat(seen).containsExactly("mirror /a Basic YW5uOm00cmtlZA==");
    }

    @Test
    void aTokenAloneIsABearerToken() throws IOException {
        URI mirror = serve("mirror", plain(), exchange -> text(exchange, "hello"));
        new Download(
                        HttpProxies.none(),
                        Optional.of(Credential.ofToken("server 'mirror'", Secret.of("t0ken"))),
                        Set.of(Origin.of(mirror).orElseThrow()),
                        false)
                .text(mirror, 100);
        assertThat(seen).containsExactly("mirror / Bearer t0ken");
    }

    @Test
    void theCredentialIsNotSentAfterARedirectToAnotherServer() throws IOException {
        URI storage = serve("storage", plain(), exchange -> text(exchange, "hello"));
        URI mirror = serve("mirror", plain(), redirect(storage.resolve("b")));
        assertThat(download(mirror).text(mirror.resolve("a"), 100)).isEqualTo("hello");
        assertThat(seen).containsExactly("mirror /a Basic YW5uOm00cmtlZA==", "storage /b null");
    }

    @Test
    void aServerThatIsNotConfiguredGetsNoCredential() throws IOException {
        URI named = serve("named", plain(), exchange -> text(exchange, "hello"));
        URI other = serve("other", plain(), exchange -> text(exchange, "hello"));
        download(named).text(other, 100);
        assertThat(seen).containsExactly("other / null");
    }

    @Test
    void aRedirectFromHttpsToHttpIsRefused() throws Exception {
        TestCertificate certificate = TestCertificate.create(folder);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        URI storage = serve("storage", plain(), exchange -> text(exchange, "hello"));
        URI mirror = serve("mirror", server, redirect(storage));
        SSLContext before = SSLContext.getDefault();
        SSLContext.setDefault(certificate.context());
        try {
            assertThatThrownBy(() -> download(mirror, storage).text(mirror, 100))
                    .isInstanceOf(IOException.class)
                    .hasMessage("'" + mirror + "' redirects to 'http://127.0.0.1', which is not encrypted");
        } finally {
            SSLContext.setDefault(before);
        }
        assertThat(seen).containsExactly("mirror / Basic YW5uOm00cmtlZA==");
    }

    @Test
    void plainHttpToAnotherMachineIsRefusedUnlessAllowed() {
        URI other = URI.create("http://mirror.example.invalid/");
        assertThatThrownBy(() -> download().text(other, 100))
                .hasMessage("'http://mirror.example.invalid/' is plain HTTP to another machine");
        assertThatThrownBy(() -> new Download(HttpProxies.none(), Optional.empty(), Set.of(), true).text(other, 100))
                .hasMessageStartingWith("'http://mirror.example.invalid/' cannot be reached");
    }

    @Test
    void aTooLargeFileIsRefused() throws IOException {
        URI mirror = serve("mirror", plain(), exchange -> text(exchange, "x".repeat(101)));
        assertThatThrownBy(() -> download().to(folder.resolve("file"), mirror, 100))
                .hasMessage("'" + mirror + "' is larger than 100 bytes");
        download().to(folder.resolve("file"), mirror, 101);
        assertThat(folder.resolve("file")).hasSize(101);
        assertThat(download().text(folder.resolve("file").toUri(), 101)).hasSize(101);
    }

    @Test
    void anEndlessAnswerIsCutOff() throws IOException {
        AtomicLong sent = new AtomicLong();
        URI mirror = serve("mirror", plain(), exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[1 << 16];
            try (OutputStream body = exchange.getResponseBody()) {
                while (sent.addAndGet(block.length) < 1L << 31) {
                    body.write(block);
                }
            }
        });
        assertThatThrownBy(() -> download().to(folder.resolve("file"), mirror, 100))
                .hasMessage("'" + mirror + "' is larger than 100 bytes");
        assertThat(sent.get()).isLessThan(64 << 20);
    }

    @Test
    void tooManyRedirectsAndErrorStatusesAreErrors() throws IOException {
        URI round = serve("round", plain(), redirect(URI.create("/again")));
        assertThatThrownBy(() -> download().text(round, 100)).hasMessageContaining("more than 5 redirects");
        URI missing = serve("missing", plain(), exchange -> exchange.sendResponseHeaders(404, -1));
        assertThatThrownBy(() -> download().text(missing, 100))
                .hasMessage("'" + missing + "' answers with HTTP status 404");
        URI odd = serve("odd", plain(), redirect(URI.create("ftp://127.0.0.1/x")));
        assertThatThrownBy(() -> download().text(odd, 100)).hasMessageContaining("which is not encrypted");
    }

    @Test
    void proxiesOfSettingsAreUsedWithTheirCredential() throws IOException {
        URI proxy = serve("proxy", plain(), exchange -> {
            String given = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
            if (given == null) {
                exchange.getResponseHeaders().add("Proxy-Authenticate", "Basic realm=\"x\"");
                exchange.sendResponseHeaders(407, -1);
            } else {
                text(exchange, given);
            }
        });
        HttpProxies proxies = new HttpProxies(
                List.of(new HttpProxy("http", "127.0.0.1", proxy.getPort(), Optional.of(USER), List.of())));
        Download download = new Download(proxies, Optional.empty(), Set.of(), true);
        assertThat(download.text(URI.create("http://mirror.example.invalid/a"), 100))
                .isEqualTo("Basic YW5uOm00cmtlZA==");
        assertThat(seen).contains("proxy http://mirror.example.invalid/a null");
    }

    @Test
    void originsAreEqualInAnySpelling() {
        assertThat(Origin.of(URI.create("HTTPS://Example.COM/a")))
                .isEqualTo(Origin.of(URI.create("https://example.com:443/b")));
        assertThat(Origin.of(URI.create("http://example.com")))
                .isNotEqualTo(Origin.of(URI.create("https://example.com")));
        assertThat(Origin.of(URI.create("https://example.com:8443")))
                .isNotEqualTo(Origin.of(URI.create("https://example.com")));
        assertThat(Origin.of(URI.create("file:///x"))).isEmpty();
        assertThat(Origin.of(URI.create("x"))).isEmpty();
        assertThat(Origin.of(URI.create("http://127.0.0.1:1")).orElseThrow().isInsecure())
                .isFalse();
        assertThat(Origin.of(URI.create("http://10.0.0.1")).orElseThrow().isInsecure())
                .isTrue();
        assertThat(Origin.of(URI.create("https://10.0.0.1")).orElseThrow()).hasToString("https://10.0.0.1");
    }
}
