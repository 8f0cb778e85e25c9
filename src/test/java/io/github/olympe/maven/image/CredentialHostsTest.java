package io.github.olympe.maven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.layout.ImageLayout;
import io.github.olympe.maven.image.push.PushRequest;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.EmbeddedRegistry.Answer;
import io.github.olympe.maven.testing.EmbeddedRegistry.Request;
import io.github.olympe.maven.testing.TestBaseImages;
import io.github.olympe.maven.testing.TestCertificate;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A registry and another server, which both record what they receive. Wherever a request may go to another host, the credential and the
 * tokens must only go to the registry and to the token server that it names.
 */
@Timeout(60)
class CredentialHostsTest {

    private static final String PASSWORD = "a-password-of-the-registry";

    private static SSLContext usual;

    @TempDir
    Path folder;

    private EmbeddedRegistry registry;
    private EmbeddedRegistry other;
    private RegistryFixture fixture;

    /** How the registry asks for its credential, and whether both servers speak TLS. */
    private enum Kind {
        BASIC(false),
        TOKEN(false),
        BASIC_TLS(true),
        TOKEN_TLS(true);

        private final boolean tls;

        Kind(boolean tls) {
            this.tls = tls;
        }

        private boolean isToken() {
            return this == TOKEN || this == TOKEN_TLS;
        }
    }

    @BeforeAll
    static void rememberWhatIsTrusted() throws NoSuchAlgorithmException {
        usual = SSLContext.getDefault();
    }

    /** The certificate of both servers, which this JVM trusts from now on. */
    private TestCertificate certificate() {
        TestCertificate certificate = TestCertificate.create(folder.resolve("tls"));
        SSLContext.setDefault(certificate.context());
        return certificate;
    }

    @AfterAll
    static void trustAsBefore() {
        SSLContext.setDefault(usual);
    }

    private EmbeddedRegistry start(boolean tls) {
        return tls ? EmbeddedRegistry.start(certificate()) : EmbeddedRegistry.start();
    }

    private void start(Kind kind) {
        registry = start(kind.tls);
        other = start(kind.tls);
        fixture = new RegistryFixture(folder);
        fixture.retries = fixture.retries.withAttempts(2);
        fixture.server(registry.host(), "ci", PASSWORD);
        try (EmbeddedRegistry images = EmbeddedRegistry.start()) {
            TestBaseImages.pushTo(images.host());
            registry.copyFrom(images);
            other.copyFrom(images);
        }
        if (kind.isToken()) {
            registry.requireToken("ci", PASSWORD);
        } else {
            registry.requireBasic("ci", PASSWORD);
        }
        // Another server asks for a credential and offers its own token server.
        other.intercept(request -> Optional.of(
                request.path().equals("/token")
                        ? new Answer(200, Map.of(), "{\"token\": \"a-token-of-the-other-host\"}")
                        : new Answer(
                                401,
                                Map.of("WWW-Authenticate", "Bearer realm=\"" + other.url() + "/token\",service=\"x\""),
                                "who are you?")));
    }

    @AfterEach
    void stop() {
        registry.close();
        other.close();
    }

    private BaseImage base(Registries registries) {
        return registries
                .baseImages(fixture.cache(), false)
                .resolve(RegistryFixture.reference(registry.host() + "/olympeio/backend-base:18-stable"), List.of())
                .get(0);
    }

    private void pull() throws Exception {
        try (Registries registries = fixture.open()) {
            BaseImage image = base(registries);
            try (InputStream layer = image.open(image.layers().get(0))) {
                layer.readAllBytes();
            }
        }
    }

    private void push() {
        try (Registries registries = fixture.open()) {
            ImageLayout layout = LayoutFixture.of(
                    folder.resolve("image"),
                    List.of(base(registries)),
                    Map.of("index.html", "hello".getBytes(StandardCharsets.UTF_8)));
            ImageReference target = ImageReference.ofRepository("registry", registry.host() + "/acme/shop");
            registries.pusher(fixture.cache()).push(List.of(new PushRequest(layout, target, List.of("1", "latest"))));
        }
    }

    /** Answers selected requests to the registry with a redirect to the same path of the other server. */
    private void redirect(Predicate<Request> chosen) {
        registry.intercept(request -> chosen.test(request)
                ? Optional.of(new Answer(307, Map.of("Location", other.url() + request.path()), ""))
                : Optional.empty());
    }

    private static Predicate<Request> authorized(String method, String path) {
        return request -> request.method().equals(method)
                && request.path().contains(path)
                && request.headers().containsKey("Authorization");
    }

    private void assertNothingCameToTheOtherHost() {
        assertThat(other.requests()).isNotEmpty();
        assertThat(other.requests()).extracting(Request::path).doesNotContain("/token");
        assertThat(other.requests())
                .allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("Authorization"));
        String basic = Base64.getEncoder().encodeToString(("ci:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        assertThat(other.requests())
                .extracting(request -> request + " " + request.query() + " " + request.headers())
                .noneMatch(request -> request.contains(PASSWORD) || request.contains(basic));
        assertThat(registry.requests())
                .extracting(request -> request.headers().getOrDefault("Authorization", ""))
                .noneMatch(header -> header.contains("of-the-other-host"));
    }

    private void assertRefusedByTheOtherHost(Throwable thrown) {
        assertThat(thrown)
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("the host '" + other.host() + "', which it leads to, refused the request: 401")
                .hasMessageNotContaining(PASSWORD);
    }

    /** The requests that a push makes for its base image and for its own image. */
    private enum Sent {
        QUESTION_FOR_A_MANIFEST("HEAD", "/manifests/"),
        MANIFEST("GET", "/manifests/"),
        BLOB("GET", "/blobs/"),
        QUESTION_FOR_A_BLOB("HEAD", "/blobs/"),
        BEGINNING_OF_AN_UPLOAD("POST", "/blobs/uploads/"),
        UPLOAD("PATCH", "/blobs/uploads/"),
        END_OF_AN_UPLOAD("PUT", "/blobs/uploads/"),
        PUSHED_MANIFEST("PUT", "/manifests/");

        private final String method;
        private final String path;

        Sent(String method, String path) {
            this.method = method;
            this.path = path;
        }
    }

    private static Stream<Arguments> eachOfEachKind() {
        return Stream.of(Sent.values()).flatMap(sent -> Stream.of(Kind.values()).map(kind -> Arguments.of(sent, kind)));
    }

    @ParameterizedTest
    @MethodSource("eachOfEachKind")
    void aRedirectToAnotherHostGetsNoCredential(Sent sent, Kind kind) {
        start(kind);
        redirect(authorized(sent.method, sent.path));

        assertThatThrownBy(this::push).satisfies(this::assertRefusedByTheOtherHost);

        assertThat(other.requests())
                .anySatisfy(request -> assertThat(request.method()).isEqualTo(sent.method));
        assertNothingCameToTheOtherHost();
    }

    @ParameterizedTest
    @EnumSource
    void anUploadToAnotherHostGetsNoCredential(Kind kind) {
        start(kind);
        registry.locations(location -> location.replace(registry.url(), other.url()));

        assertThatThrownBy(this::push).satisfies(this::assertRefusedByTheOtherHost);

        assertNothingCameToTheOtherHost();
    }

    @ParameterizedTest
    @EnumSource
    void theNextPartOfAnUploadToAnotherHostGetsNoCredential(Kind kind) {
        start(kind);
        registry.intercept(request -> authorized("PATCH", "/blobs/uploads/").test(request)
                ? Optional.of(new Answer(202, Map.of("Location", other.url() + request.path()), ""))
                : Optional.empty());

        assertThatThrownBy(this::push).satisfies(this::assertRefusedByTheOtherHost);

        assertNothingCameToTheOtherHost();
    }

    @ParameterizedTest
    @EnumSource
    void anotherHostThatServesABlobGetsNoCredential(Kind kind) throws Exception {
        start(kind);
        redirect(authorized("GET", "/blobs/"));
        other.intercept(request -> Optional.empty());

        pull();

        assertThat(other.requests()).isNotEmpty();
        assertNothingCameToTheOtherHost();
    }

    @ParameterizedTest
    @EnumSource
    void theRegistrysTokenServerGetsThePassword(Kind kind) throws Exception {
        start(kind);
        registry.intercept(request ->
                "Bearer a-token-of-the-other-host".equals(request.headers().get("Authorization"))
                        ? Optional.of(new Answer(404, Map.of(), ""))
                        : Optional.of(new Answer(
                                401, Map.of("WWW-Authenticate", "Bearer realm=\"" + other.url() + "/token\""), "")));

        assertThatThrownBy(this::pull).hasMessageContaining("does not have it (404");

        assertThat(other.requests()).isNotEmpty().allSatisfy(request -> {
            assertThat(request.path()).isEqualTo("/token");
            assertThat(request.headers().get("Authorization")).startsWith("Basic ");
        });
        assertThat(registry.requests())
                .extracting(request -> request.headers().getOrDefault("Authorization", ""))
                .noneMatch(header -> header.startsWith("Basic "));
    }

    @ParameterizedTest
    @EnumSource
    void aRedirectOfTheTokenServerDoesNotGetThePassword(Kind kind) {
        start(kind);
        registry.requireToken("ci", PASSWORD);
        redirect(request -> request.path().equals("/token"));

        assertThatThrownBy(this::pull).isInstanceOf(OlympeException.class);

        assertThat(other.requests())
                .allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("Authorization"));
    }

    /** Ways in which a registry with TLS leads to a host without it. */
    private enum WayOut {
        REDIRECT,
        UPLOAD,
        TOKEN_SERVER
    }

    @ParameterizedTest
    @EnumSource
    void noCredentialIsSentWithoutTls(WayOut way) {
        start(Kind.TOKEN_TLS);
        other.close();
        other = EmbeddedRegistry.start();
        // The name differs from the registry's: a registry that loses TLS on the way to itself means itself.
        String host = (way == WayOut.TOKEN_SERVER ? "registry.invalid" : "localhost")
                + other.host().replaceFirst(".*:", ":");
        switch (way) {
            case REDIRECT ->
                registry.intercept(request -> authorized("GET", "/blobs/").test(request)
                        ? Optional.of(new Answer(307, Map.of("Location", "http://" + host + request.path()), ""))
                        : Optional.empty());
            case UPLOAD -> registry.locations(location -> location.replace(registry.url(), "http://" + host));
            case TOKEN_SERVER ->
                registry.intercept(request -> Optional.of(
                        new Answer(401, Map.of("WWW-Authenticate", "Bearer realm=\"http://" + host + "/token\""), "")));
        }

        assertThatThrownBy(this::push)
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining(
                        way == WayOut.TOKEN_SERVER
                                ? "its token server '" + host + "' does not use TLS"
                                : "it leads to '" + host + "' without TLS");

        assertThat(other.requests()).isEmpty();
    }
}
