package io.github.olympe.maven.release.await;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.testing.EmbeddedWebhook;
import io.github.olympe.maven.testing.EmbeddedWebhook.Answer;
import io.github.olympe.maven.testing.FreePort;
import io.github.olympe.maven.testing.LoopbackListener;
import io.github.olympe.maven.testing.TestCertificate;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HttpVisitorTest {

    private static final ServedFile FILE = new ServedFile("js/main.js", Digest.of("x"), 1);

    private static TestCertificate certificate;

    private final EmbeddedWebhook server = EmbeddedWebhook.start();

    @BeforeAll
    static void makeACertificate(@TempDir Path folder) {
        certificate = TestCertificate.create(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Sight look(String url, Optional<Credential> credential) {
        return look(url, credential, Duration.ofSeconds(30));
    }

    private static Sight look(String url, Optional<Credential> credential, Duration longest) {
        try (HttpVisitor visitor = new HttpVisitor(HttpProxies.none(), "olympe-maven-plugin/1", credential, longest)) {
            return visitor.look(AwaitUrl.of("awaitUrl", url, credential.isPresent()), FILE);
        }
    }

    @Test
    void seesTheContent() {
        server.answer(200, "console.log(1)");

        assertThat(look(server.url("/app"), Optional.empty())).isEqualTo(Sight.of(Digest.of("console.log(1)")));
        assertThat(server.requests()).singleElement().satisfies(request -> {
            assertThat(request.path()).isEqualTo("/app/js/main.js");
            assertThat(request.header("Cache-Control")).isEqualTo("no-cache");
            assertThat(request.header("Authorization")).isNull();
            assertThat(request.header("User-Agent")).isEqualTo("olympe-maven-plugin/1");
        });
    }

    @Test
    void seesAnError() {
        server.answer(503, "starting");

        assertThat(look(server.url("/"), Optional.empty())).isEqualTo(Sight.error(503));
    }

    @Test
    void detectsThatThereIsNoAnswer() {
        Sight sight = look("http://127.0.0.1:" + FreePort.find() + "/", Optional.empty());

        assertThat(sight.isAnswer()).isFalse();
        assertThat(sight.failure()).contains("refused").doesNotContain("Exception");
    }

    /** It waits for an answer no longer than the whole wait may take. */
    @Test
    void aSilentServerIsReportedAsNoAnswer() throws IOException {
        try (LoopbackListener silent = LoopbackListener.open()) {
            silent.serve(client -> client.getInputStream().transferTo(OutputStream.nullOutputStream()));

            Sight sight = look("http://" + silent.authority() + "/", Optional.empty(), Duration.ofSeconds(1));

            assertThat(sight.isAnswer()).isFalse();
            assertThat(sight.failure())
                    .isIn("no content in 1 second", "it took longer than 1 second", "Read timed out");
        }
    }

    @Test
    void doesNotReadAnEndlessBody() {
        server.answer(200, "x".repeat(FrontendFiles.LARGEST + 100_000));

        Sight sight = look(server.url("/"), Optional.empty());

        assertThat(sight).isEqualTo(Sight.of(Digest.of("x".repeat(FrontendFiles.LARGEST + 1))));
    }

    @Test
    void followsRedirectsAndKeepsTheTokenToItsHost() {
        try (EmbeddedWebhook other = EmbeddedWebhook.start()) {
            server.answer(Answer.of(302, "").withHeader("Location", "/login"));
            server.answer(Answer.of(307, "").withHeader("Location", other.url("/elsewhere")));
            other.answer(200, "x");

            Sight sight = look(
                    server.url("/"),
                    Optional.of(Credential.ofToken("server 'shop' of settings.xml", Secret.of("t0ken"))));

            assertThat(sight).isEqualTo(Sight.of(Digest.of("x")));
            assertThat(server.requests())
                    .hasSize(2)
                    .allSatisfy(request ->
                            assertThat(request.header("Authorization")).isEqualTo("Bearer t0ken"));
            assertThat(other.requests())
                    .singleElement()
                    .satisfies(request ->
                            assertThat(request.header("Authorization")).isNull());
        }
    }

    @Test
    void sendsAUserWithAPasswordByBasicAuthentication() {
        look(
                server.url("/"),
                Optional.of(Credential.ofUser("server 'shop' of settings.xml", "nina", Secret.of("pass"))));

        assertThat(server.requests().get(0).header("Authorization")).isEqualTo("Basic bmluYTpwYXNz");
    }

    @Test
    void doesNotFollowRedirectsForever() {
        for (int i = 0; i < 10; i++) {
            server.answer(Answer.of(302, "").withHeader("Location", "/again"));
        }

        assertThat(look(server.url("/"), Optional.empty()).failure()).isEqualTo("it redirects more than 5 times");
    }

    @Test
    void followsFiveRedirects() {
        for (int i = 0; i < 5; i++) {
            server.answer(Answer.of(302, "").withHeader("Location", "/again"));
        }
        server.answer(200, "x");

        assertThat(look(server.url("/"), Optional.empty())).isEqualTo(Sight.of(Digest.of("x")));
    }

    @Test
    void aRedirectFromHttpsToHttpIsNotFollowed() throws NoSuchAlgorithmException {
        SSLContext trusting = certificate.context();
        SSLContext before = SSLContext.getDefault();
        SSLContext.setDefault(trusting);
        try (EmbeddedWebhook secure = EmbeddedWebhook.start(trusting)) {
            secure.answer(Answer.of(302, "").withHeader("Location", "/again"));
            secure.answer(Answer.of(302, "").withHeader("Location", server.url("/")));

            assertThat(look(secure.url("/"), Optional.empty()).failure())
                    .isEqualTo("it redirects from HTTPS to plain HTTP");
            assertThat(secure.requests()).hasSize(2);
            assertThat(server.requests()).isEmpty();
        } finally {
            SSLContext.setDefault(before);
        }
    }

    @Test
    void aRedirectToNoUrlIsReportedAsNoAnswer() {
        server.answer(Answer.of(302, "").withHeader("Location", "http://["));

        assertThat(look(server.url("/"), Optional.empty()).failure())
                .isEqualTo("it redirects to something that is not a URL");
    }

    @Test
    void aContentThatIsCutOffIsReportedAsNoAnswer() {
        server.answer(Answer.of(200, "console.log(1)").cutAfter(5));

        Sight sight = look(server.url("/"), Optional.empty());

        assertThat(sight.isAnswer()).isFalse();
        assertThat(sight.failure()).isNotEmpty().doesNotContain("Exception");
    }

    @Test
    void anUntrustedCertificateIsReportedAsNoAnswer() {
        try (EmbeddedWebhook secure = EmbeddedWebhook.start(certificate.context())) {
            Sight sight = look(secure.url("/"), Optional.empty());

            assertThat(sight.isAnswer()).isFalse();
            assertThat(secure.requests()).isEmpty();
        }
    }
}
