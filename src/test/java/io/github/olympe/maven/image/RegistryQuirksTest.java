package io.github.olympe.maven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.tools.jib.blob.Blobs;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.http.HttpProxy;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.layout.ImageLayout;
import io.github.olympe.maven.image.push.PushRequest;
import io.github.olympe.maven.image.push.PushResult;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.InsecureRegistries;
import io.github.olympe.maven.registry.MediaTypes;
import io.github.olympe.maven.registry.Platform;
import io.github.olympe.maven.registry.protocol.Access;
import io.github.olympe.maven.registry.protocol.Registry;
import io.github.olympe.maven.registry.protocol.RegistryFailure;
import io.github.olympe.maven.testing.ConnectProxy;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.EmbeddedRegistry.Answer;
import io.github.olympe.maven.testing.EmbeddedRegistry.Request;
import io.github.olympe.maven.testing.LoopbackListener;
import io.github.olympe.maven.testing.TestBaseImages;
import io.github.olympe.maven.testing.TestImage;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Behaviour of registries that the specification does not mention or contradicts. An image is pulled from each, and one is pushed to it.
 */
@Timeout(60)
class RegistryQuirksTest {

    private static final String PASSWORD = "pa55word-of-nina";

    /** So many bytes that an answer can come while they are sent. */
    private static final long MUCH = 200L << 20;

    @TempDir
    Path folder;

    private final EmbeddedRegistry registry = EmbeddedRegistry.start();
    private RegistryFixture fixture;

    @BeforeEach
    void fill() {
        TestBaseImages.pushTo(registry.host());
        TestBaseImages.backend("amd64").docker().pushTo(registry.host(), "base/docker", "1");
        registry.forgetRequests();
        fixture = new RegistryFixture(folder);
        fixture.retries = fixture.retries.withAttempts(2);
        fixture.server(registry.host(), "nina", PASSWORD);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    /** Pulls a base image, and pushes an image on it under two tags. */
    private PushResult pullAndPush(String base) {
        return pullAndPush(registry.host(), base);
    }

    private PushResult pullAndPush(String host, String base) {
        try (Registries registries = fixture.open()) {
            List<BaseImage> images = registries
                    .baseImages(fixture.cache(), false)
                    .resolve(RegistryFixture.reference(host + "/" + base), List.of());
            byte[] content = new byte[40_000];
            new Random(7).nextBytes(content);
            ImageLayout layout = LayoutFixture.of(folder.resolve("image"), images, Map.of("app.js", content));
            ImageReference target = ImageReference.ofRepository("registry", host + "/acme/shop");
            return registries
                    .pusher(fixture.cache())
                    .push(List.of(new PushRequest(layout, target, List.of("1", "latest"))))
                    .get(0);
        }
    }

    private void assertWorks() {
        PushResult result = pullAndPush("olympeio/backend-base:18-stable");

        assertThat(registry.tags("acme/shop")).containsExactly("1", "latest");
        assertThat(registry.digest("acme/shop", "latest"))
                .isEqualTo(result.digest().value());
        assertThat(fixture.log).noneMatch(line -> line.startsWith("WARN"));
    }

    private static Optional<Answer> answer(int status, String code) {
        return Optional.of(new Answer(status, Map.of(), "{\"errors\": [{\"code\": \"" + code + "\"}]}"));
    }

    private static Function<Request, Optional<Answer>> answering(String method, String path, int status) {
        return request -> request.toString().matches(method + " .*" + path + ".*")
                ? answer(status, "UNSUPPORTED")
                : Optional.empty();
    }

    /** How registries write the location of an upload. */
    private enum Location {
        RELATIVE(URI::getRawPath),
        RELATIVE_WITH_AN_EMPTY_QUERY(url -> url.getRawPath() + "?"),
        RELATIVE_TO_THE_REQUEST(url -> url.getRawPath().replaceFirst(".*/", "")),
        WITH_A_QUERY(url -> url + "&x="),
        WITH_ESCAPES(url -> url + "&state=a%2Bb%3D%3D"),
        WITH_CHARACTERS_THAT_NO_URL_HAS(url -> url + "&state=a|b^c{d}"),
        IN_CAPITALS(url -> "HTTP://" + url.getRawAuthority() + url.getRawPath());

        private final Function<URI, Object> form;

        Location(Function<URI, Object> form) {
            this.form = form;
        }

        private UnaryOperator<String> form() {
            return url -> form.apply(URI.create(url)).toString();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUploadsLocationIsSentUnchanged(Location location) {
        registry.requireToken("nina", PASSWORD);
        registry.locations(location.form());

        assertWorks();

        if (location == Location.WITH_ESCAPES) {
            assertThat(registry.requests("PATCH"))
                    .isNotEmpty()
                    .allMatch(request -> request.query().endsWith("&state=a%2Bb%3D%3D"));
        }
    }

    /** nginx writes it like this with {@code $host:$server_port}. */
    @Test
    void anUploadsLocationMayNameTheDefaultPort() {
        registry.requireToken("nina", PASSWORD);
        fixture.server("registry.test", "nina", PASSWORD);
        fixture.insecure = InsecureRegistries.of("registry.test", "");
        registry.locations(location -> location.replace(registry.host(), "registry.test:80"));
        try (ConnectProxy proxy =
                ConnectProxy.start(registry.host(), "me", "word").plainHttpOnly()) {
            fixture.proxies = new HttpProxies(List.of(new HttpProxy(
                    "http",
                    "127.0.0.1",
                    proxy.port(),
                    Optional.of(Credential.ofUser("proxy", "me", Secret.of("word"))),
                    List.of())));

            pullAndPush("registry.test", "olympeio/backend-base:18-stable");

            assertThat(proxy.requests()).anyMatch(line -> line.startsWith("PATCH http://registry.test"));
        }

        assertThat(registry.tags("acme/shop")).containsExactly("1", "latest");
    }

    /** Each request is redirected to another address of the same registry, which asks for the credential again. */
    @ParameterizedTest
    @ValueSource(ints = {307, 308})
    void everyRequestIsRedirected(int status) {
        registry.requireToken("nina", PASSWORD);
        registry.intercept(request -> {
            boolean redirected = request.query().endsWith("elsewhere=1");
            if (redirected || !request.path().matches("/v2/.+")) {
                return Optional.empty();
            }
            String query = request.query().isEmpty() ? "" : request.query() + "&";
            return Optional.of(
                    new Answer(status, Map.of("Location", request.path() + "?" + query + "elsewhere=1"), ""));
        });

        assertWorks();

        for (String method : List.of("HEAD", "GET", "POST", "PATCH", "PUT")) {
            assertThat(registry.requests(method + " .*elsewhere=1"))
                    .isNotEmpty()
                    .allMatch(request -> request.headers().get("Authorization").startsWith("Bearer "));
        }
    }

    /** A registry does this if it only knows its name behind its proxy. */
    @Test
    void anUploadsLocationMaySpellTheHostDifferently() {
        registry.requireToken("nina", PASSWORD);
        String localhost = registry.host().replace("127.0.0.1", "LocalHost");
        fixture.server(localhost.toLowerCase(Locale.ROOT), "nina", PASSWORD);
        registry.locations(location ->
                location.replace(registry.host(), "LOCALHOST" + registry.host().substring(9)));

        pullAndPush(localhost, "olympeio/backend-base:18-stable");

        assertThat(registry.tags("acme/shop")).containsExactly("1", "latest");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 405, 501})
    void aManifestIsNotAnsweredToHead(int status) {
        registry.requireToken("nina", PASSWORD);
        registry.intercept(answering("HEAD", "/manifests/", status));

        assertWorks();
    }

    /** A proxy does this if it does not support such requests. */
    @Test
    void aRegistryMayNotAnswerHead() {
        registry.requireToken("nina", PASSWORD);
        registry.intercept(answering("HEAD", "/", 405));

        assertWorks();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 500, 501})
    void aMountIsRefused(int status) {
        registry.intercept(answering("POST", "mount=", status));

        assertWorks();

        assertThat(registry.requests("PATCH")).hasSize(4);
    }

    @Test
    void aMountMayBeginAnUpload() {
        registry.mountNothing();

        assertWorks();

        assertThat(registry.requests("POST .*mount=")).isNotEmpty();
        assertThat(registry.requests("PATCH")).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404})
    void aMountIsRefusedForTheScopesOfItsToken(int status) {
        registry.requireToken("nina", PASSWORD);
        registry.intercept(request -> request.path().equals("/token")
                        && request.query().indexOf("scope=") != request.query().lastIndexOf("scope=")
                ? answer(status, "DENIED")
                : Optional.empty());

        assertWorks();
    }

    /** The token server issues a token for less than was requested, and the registry refuses the mount. */
    @Test
    void aTokenForAMountMayLackTheOtherRepository() {
        registry.requireToken("nina", PASSWORD);
        registry.intercept(request -> request.path().equals("/token")
                        && request.query().contains("acme/shop:pull,push")
                        && request.query().contains("olympeio/")
                ? Optional.of(new Answer(200, Map.of(), "{\"token\": \"narrow\"}"))
                : Optional.empty());

        assertWorks();

        assertThat(registry.requests("POST .*mount="))
                .isNotEmpty()
                .allMatch(request -> "Bearer narrow".equals(request.headers().get("Authorization")));
        assertThat(registry.requests("PATCH")).hasSize(4);
    }

    @Test
    void aTokenForAPushMayLackTheRight() {
        registry.requireToken("nina", PASSWORD);
        registry.openFor(request -> request.method().matches("GET|HEAD"));
        registry.intercept(request -> request.path().equals("/token")
                ? Optional.of(new Answer(200, Map.of(), "{\"token\": \"for-pulling\"}"))
                : Optional.empty());

        assertThatThrownBy(() -> pullAndPush("olympeio/backend-base:18-stable"))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("The image '" + registry.host() + "/acme/shop' cannot be pushed")
                .hasMessageContaining("does not allow it with the credentials of server '" + registry.host() + "'")
                .hasMessageContaining("give that user the right to push");

        assertThat(fixture.log).noneMatch(line -> line.startsWith("WARN"));
        assertThat(registry.requests("GET /token")).hasSizeLessThan(8);
    }

    /** Docker Hub does this for public images. */
    @Test
    void everybodyMayGetATokenForPulling() {
        fixture = new RegistryFixture(folder);
        registry.requireToken("nina", PASSWORD);
        registry.intercept(request -> request.path().equals("/token")
                ? Optional.of(new Answer(200, Map.of(), "{\"token\": \"of-nobody\"}"))
                : Optional.empty());
        registry.openFor(request -> request.method().matches("GET|HEAD")
                && request.path().startsWith("/v2/olympeio/")
                && "Bearer of-nobody".equals(request.headers().get("Authorization")));

        assertThatThrownBy(() -> pullAndPush("olympeio/backend-base:18-stable"))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("The image '" + registry.host() + "/acme/shop' cannot be pushed")
                .hasMessageContaining("does not allow it without credentials (401");

        assertThat(registry.requests("GET /v2/olympeio/.*/manifests/|GET /v2/olympeio/.*/blobs/"))
                .hasSize(2);
        assertThat(registry.requests("/token"))
                .allMatch(request -> !request.headers().containsKey("Authorization"));
    }

    /** The token server refuses in one of several ways. Its 404 does not mean that an image is missing. */
    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 405, 422})
    void theTokenServerRefuses(int status) {
        registry.requireToken("nina", PASSWORD);
        registry.intercept(answering("GET", "/token", status));
        ImageReference image = RegistryFixture.reference(registry.host() + "/olympeio/backend-base:18-stable");
        String server = "'" + registry.host() + "'";
        String why = status == 403
                ? "does not allow it with the credentials of server " + server + " of settings.xml (403"
                : "refuses it (its token server " + server + " answered " + status;

        try (Registries registries = fixture.open()) {
            assertThatThrownBy(() -> registries.has(image, "the parameter 'from'"))
                    .isInstanceOf(OlympeException.class)
                    .hasMessageContaining("the registry " + server + " " + why)
                    .hasMessageContaining("UNSUPPORTED");
        }
        assertThatThrownBy(() -> pullAndPush("olympeio/backend-base:18-stable"))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("the registry " + server + " " + why);

        assertThat(fixture.log).noneMatch(line -> line.startsWith("WARN"));
        assertThat(registry.requests("/token")).hasSize(2);
    }

    @Test
    void theTokenServerMayNotAcceptPost() {
        registry.requireToken("nina", PASSWORD);
        registry.intercept(answering("POST", "/token", 405));
        assertWorks();

        fixture.server(registry.host(), "<token>", "an-identity-token");
        assertThatThrownBy(() -> pullAndPush("olympeio/codeasdata-base:stable"))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("its token server '" + registry.host() + "' answered 405")
                .hasMessageNotContaining("an-identity-token");
    }

    @Test
    void aRegistryMayAcceptBlobsOnlyInParts() {
        registry.takeUploadsOnlyInParts();

        assertWorks();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void aDenialWithoutACredentialStillLeadsToALogin(int status) {
        registry.requireToken("nina", PASSWORD);
        registry.intercept(request ->
                request.path().matches("/v2/.+") && !request.headers().containsKey("Authorization")
                        ? answer(status, "DENIED")
                        : Optional.empty());

        assertWorks();
    }

    @Test
    void oneOfSeveralChallengesIsKnown() {
        registry.intercept(request ->
                request.headers().containsKey("Authorization") || request.path().equals("/token")
                        ? Optional.empty()
                        : Optional.of(new Answer(
                                401,
                                Map.of(
                                        "WWW-Authenticate",
                                        "Negotiate, Basic realm=\"x, y\", BEARER realm=\"" + registry.url()
                                                + "/token?who=me\",service=\"reg, istry\""),
                                "")));
        registry.requireToken("nina", PASSWORD);

        assertWorks();

        assertThat(registry.requests("GET /token"))
                .allMatch(request -> request.query().startsWith("who=me&service=reg,%20istry&scope="));
    }

    /** The same, with each in its own header. */
    @Test
    void theLastOfSeveralHeadersIsTheKnownOne() {
        registry.requireToken("nina", PASSWORD);
        registry.challengeWith(
                "Negotiate",
                "Basic realm=\"x, y\"",
                "BEARER realm=\"" + registry.url() + "/token\",service=\"reg, istry\"");

        assertWorks();

        assertThat(registry.requests())
                .noneMatch(request -> !request.path().equals("/token")
                        && request.headers().getOrDefault("Authorization", "").startsWith("Basic "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"basic", "Basic realm=\"x, y\"", "BASIC realm=x , charset=\"UTF-8\"", "Basic realm=\"a\\\"b\""})
    void howAPasswordIsAskedFor(String challenge) {
        registry.requireBasic("nina", PASSWORD);
        registry.challengeWith(challenge);

        assertWorks();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"access_token\": \"t\"}",
                "{\"token\": \"\", \"access_token\": \"t\"}",
                "{\"token\": null, \"access_token\": \"t\"}",
                "{\"token\": \"t\", \"expires_in\": \"300\"}",
                "{\"token\": \"t\", \"expires_in\": -1, \"issued_at\": \"yesterday\"}",
                "{\"token\": \"t\", \"expires_in\": 1e99}",
                "{\"token\": \"t\", \"expires_in\": 0}",
                "{\"token\": \"t\", \"expires_in\": null, \"issued_at\": null}",
                // The clock of the token server is wrong.
                "{\"token\": \"t\", \"expires_in\": 300, \"issued_at\": \"2001-02-03T04:05:06Z\"}",
                // A JSON web token whose payload has letters of Base64's URL alphabet.
                "{\"token\": \"eyJhIjoxfQ.eyJ4IjoiPz8_Pj4-In0.c2ln\"}"
            })
    void theAnswerOfTheTokenServer(String answer) {
        String token = answer.contains("eyJ") ? "eyJhIjoxfQ.eyJ4IjoiPz8_Pj4-In0.c2ln" : "t";
        registry.intercept(request -> {
            if (request.path().equals("/token")) {
                return Optional.of(new Answer(200, Map.of(), answer));
            }
            return ("Bearer " + token).equals(request.headers().get("Authorization"))
                    ? Optional.empty()
                    : Optional.of(new Answer(
                            401, Map.of("WWW-Authenticate", "Bearer realm=\"" + registry.url() + "/token\""), ""));
        });

        assertWorks();

        // For the base image, the push, and the mounts.
        assertThat(registry.requests("/token")).hasSize(3);
    }

    @Test
    void anIdentityTokenIsEscapedInAForm() {
        registry.requireToken("nina", "a+b%2Fc%3D%3D");
        registry.challengeWith("Bearer realm=\"" + registry.url() + "/token\",service=\"reg, istry&x=y\"");
        fixture.server(registry.host(), "<token>", "a b/c==");

        assertWorks();

        assertThat(registry.tokenForms()).isNotEmpty().allMatch(form -> form.contains("service=reg%2C+istry%26x%3Dy&"));
    }

    @Test
    void aTokenMayExpireSoonerThanItSays() {
        registry.requireToken("nina", PASSWORD);
        AtomicBoolean expired = new AtomicBoolean();
        registry.intercept(request -> {
            if (request.method().equals("PATCH") && expired.compareAndSet(false, true)) {
                registry.expireTokens();
            }
            return Optional.empty();
        });

        assertWorks();
    }

    @Test
    void aRegistryMayAllowAnonymousPulls() {
        registry.requireToken("nina", PASSWORD);
        registry.openFor(request ->
                request.method().matches("GET|HEAD") && request.path().startsWith("/v2/olympeio/"));

        assertWorks();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204})
    void anotherStatusOfSuccess(int status) {
        registry.successAs(status);

        assertWorks();
    }

    @Test
    void aRegistryMayNotSayAManifestsDigest() {
        registry.withoutDigestHeaders();

        assertWorks();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 415})
    void manifestsOfOciAreRefusedAndTheBaseImageIsDockers(int status) {
        registry.intercept(request -> request.method().equals("PUT")
                        && request.headers().getOrDefault("Content-Type", "").contains("oci.image")
                ? answer(status, "MANIFEST_INVALID")
                : Optional.empty());

        PushResult result = pullAndPush("base/docker:1");

        assertThat(registry.digest("acme/shop", "latest"))
                .isEqualTo(result.digest().value());
        assertThat(registry.manifest("acme/shop", "latest").path("mediaType").asText())
                .isEqualTo(MediaTypes.DOCKER_MANIFEST);
        assertThat(registry.manifest("acme/shop", "latest")
                        .at("/config/mediaType")
                        .asText())
                .isEqualTo(MediaTypes.DOCKER_CONFIG);
        assertThat(registry.manifest("acme/shop", "latest").path("layers"))
                .allMatch(layer -> layer.path("mediaType").asText().equals(MediaTypes.DOCKER_LAYER_GZIP));
        assertThat(registry.manifest("acme/shop", "latest").has("annotations")).isFalse();
        assertThat(fixture.log)
                .filteredOn(line -> line.contains("is pushed in Docker's format"))
                .hasSize(1);

        registry.forgetRequests();
        assertThat(pullAndPush("base/docker:1").digest()).isEqualTo(result.digest());
        assertThat(registry.requests("PUT|PATCH|POST")).isEmpty();
    }

    @Test
    void aRegistryMayRefuseOciManifestsOfAnOciBaseImage() {
        registry.refuseManifests(mediaType -> mediaType.contains("oci"));

        assertThatThrownBy(() -> pullAndPush("olympeio/backend-base:18-stable"))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("does not accept manifests of this format (415")
                .hasMessageContaining("base image");
    }

    @Test
    void severalPlatformsArePushedInDockersFormat() {
        TestImage.pushIndex(
                registry.host(),
                "base/docker",
                "multi",
                List.of(
                        TestBaseImages.backend("amd64").docker(),
                        TestBaseImages.backend("arm64").docker()));
        registry.refuseManifests(mediaType -> mediaType.contains("oci"));
        try (Registries registries = fixture.open()) {
            List<BaseImage> images = registries
                    .baseImages(fixture.cache(), false)
                    .resolve(
                            RegistryFixture.reference(registry.host() + "/base/docker:multi"),
                            List.of(Platform.of("platforms", "linux/amd64"), Platform.of("platforms", "linux/arm64")));
            ImageLayout layout = LayoutFixture.of(folder.resolve("multi"), images, Map.of("app.js", new byte[9]));

            registries
                    .pusher(fixture.cache())
                    .push(List.of(new PushRequest(
                            layout,
                            ImageReference.ofRepository("registry", registry.host() + "/acme/shop"),
                            List.of("1"))));
        }

        assertThat(registry.manifest("acme/shop", "1").path("mediaType").asText())
                .isEqualTo(MediaTypes.DOCKER_INDEX);
        assertThat(registry.manifest("acme/shop", "1").path("manifests")).hasSize(2);
    }

    @Test
    void aRegistryMayNotLetTagsMove() {
        pullAndPush("olympeio/backend-base:18-stable");
        registry.makeTagsImmutable();

        assertThatThrownBy(() -> pullAndPush("olympeio/codeasdata-base:stable"))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("The tag '1' of '" + registry.host() + "/acme/shop' cannot be moved")
                .hasMessageContaining("immutable")
                .hasMessageContaining("Set the parameter 'tags' (olympe.tags)");
    }

    /** A locked tag of Azure Container Registry. The status of the refusal says nothing about tags. */
    @Test
    void aTagMayBeLocked() {
        pullAndPush("olympeio/backend-base:18-stable");
        registry.intercept(request -> request.toString().matches("PUT .*/manifests/latest.*")
                ? answer(405, "REGISTRY_DISALLOWED_OPERATION")
                : Optional.empty());

        assertThatThrownBy(() -> pullAndPush("olympeio/codeasdata-base:stable"))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("The tag 'latest' of '" + registry.host() + "/acme/shop' cannot be moved")
                .hasMessageContaining("Set the parameter 'tags' (olympe.tags)");
    }

    /** Jib Core's own templates drop fields that they do not know, or fail on them. */
    @Test
    void manifestsWithUnknownFieldsAreKeptByteForByte() {
        byte[] index = ("{ \"schemaVersion\": 2, \"mediaType\":\"" + MediaTypes.OCI_INDEX
                        + "\",\n\"artifactType\": \"a/b\", \"manifests\": [], \"note\": \"d\u00e9j\u00e0 vu\", \"annotations\": {\"a\": \"b\"}}\n")
                .getBytes(StandardCharsets.UTF_8);
        try (Registries registries = fixture.open()) {
            Registry.Manifest read =
                    registries.pulling(RegistryFixture.reference(registry.host() + "/acme/odd:1"), "image", client -> {
                        client.putManifest("acme/odd", "1", MediaTypes.OCI_INDEX, index);
                        return client.manifest("acme/odd", "1");
                    });

            assertThat(read.content()).isEqualTo(index);
            assertThat(read.mediaType()).isEqualTo(MediaTypes.OCI_INDEX);
        }
    }

    @Test
    void aBlobMayHaveNoLength() {
        registry.intercept(request ->
                request.method().equals("HEAD") ? Optional.of(new Answer(200, Map.of(), "")) : Optional.empty());
        try (Registries registries = fixture.open()) {
            boolean there = registries.pulling(
                    RegistryFixture.reference(registry.host() + "/acme/odd:1"),
                    "image",
                    client -> client.hasBlob(Digest.of("x"), Access.pull("acme/odd")));

            assertThat(there).isTrue();
        }
    }

    @Test
    void anImageIsMissingOnlyIfTheRegistrySaysSo() {
        try (Registries registries = fixture.open()) {
            assertThat(registries.has(RegistryFixture.reference(registry.host() + "/acme/none:1"), "from"))
                    .isFalse();
            assertThat(registries.has(
                            RegistryFixture.reference(registry.host() + "/olympeio/backend-base:18-stable"), "from"))
                    .isTrue();
            registry.intercept(answering("GET", "", 403));
            assertThatThrownBy(() -> registries.has(
                            RegistryFixture.reference(registry.host() + "/acme/none:1"), "the parameter"))
                    .isInstanceOf(OlympeException.class)
                    .hasMessageContaining("cannot be pulled: the registry '" + registry.host() + "' does not allow it");
        }
    }

    /** nginx refuses a large body like this: it answers at once and discards the rest. */
    @Test
    void anAnswerMayComeWhileALayerIsSent() throws InterruptedException {
        AtomicLong read = new AtomicLong();
        CountDownLatch refused = new CountDownLatch(1);
        try (LoopbackListener server = LoopbackListener.open();
                Registries registries = fixture.open()) {
            server.serve(client -> {
                String request = LoopbackListener.head(client.getInputStream());
                String answer = request.startsWith("PATCH") ? "413 Request Entity Too Large" : "202 Accepted";
                client.getOutputStream()
                        .write(("HTTP/1.1 " + answer + "\r\nLocation: /v2/acme/odd/blobs/uploads/1\r\n"
                                        + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                if (request.startsWith("PATCH")) {
                    client.shutdownOutput();
                    try {
                        byte[] buffer = new byte[1 << 16];
                        for (int n = 0; n >= 0; n = client.getInputStream().read(buffer)) {
                            read.addAndGet(n);
                        }
                    } finally {
                        refused.countDown();
                    }
                }
            });
            RegistryFailure[] failure = new RegistryFailure[1];
            registries.pulling(RegistryFixture.reference(server.authority() + "/acme/odd:1"), "image", client -> {
                try {
                    client.pushBlob(
                            "acme/odd", Digest.of("x"), Blobs.from(RegistryQuirksTest::writeMuch, false), n -> {});
                } catch (RegistryFailure e) {
                    failure[0] = e;
                }
                return true;
            });

            assertThat(failure[0].kind()).isEqualTo(RegistryFailure.Kind.TOO_LARGE);
            assertThat(refused.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(read).hasValueLessThan(MUCH / 2);
        }
    }

    private static void writeMuch(OutputStream out) throws IOException {
        byte[] piece = new byte[1 << 16];
        for (long written = 0; written < MUCH; written += piece.length) {
            out.write(piece);
        }
    }
}
