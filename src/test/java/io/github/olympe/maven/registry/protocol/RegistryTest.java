package io.github.olympe.maven.registry.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.tools.jib.blob.Blobs;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.credential.Credentials;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.http.HttpConnections;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.http.HttpTimeouts;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageLog;
import io.github.olympe.maven.registry.InsecureRegistries;
import io.github.olympe.maven.registry.MediaTypes;
import io.github.olympe.maven.registry.credential.RegistryCredentials;
import io.github.olympe.maven.registry.protocol.RegistryFailure.Kind;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.FreePort;
import io.github.olympe.maven.text.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a registry is asked, and what its answers mean. */
@Timeout(60)
class RegistryTest {

    private static final String REPOSITORY = "acme/shop";
    private static final byte[] CONFIG = "{}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] MANIFEST = ("{\"schemaVersion\":2,\"config\":{\"digest\":\"" + Digest.of(CONFIG)
                    + "\",\"size\":2},\"layers\":[]}")
            .getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path home;

    private final EmbeddedRegistry server = EmbeddedRegistry.start();
    private final List<String> log = new ArrayList<>();
    private HttpConnections http;
    private Registry registry;

    @BeforeEach
    void open() {
        http = new HttpConnections(
                HttpProxies.none(),
                new HttpTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Optional.empty()),
                "olympe-maven-plugin/1");
        registry = as("", "");
    }

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    private Registry as(String user, String password) {
        return registry(server.host(), user, password);
    }

    private Registry registry(String host, String user, String password) {
        Optional<Credential> credential = user.isEmpty()
                ? Optional.empty()
                : Optional.of(Credential.ofUser("server 'r' of settings.xml", user, Secret.of(password)));
        Map<String, String> environment = Map.of("HOME", home.toString());
        ImageLog imageLog = new ImageLog() {
            @Override
            public void info(String line) {}

            @Override
            public void warn(String line) {
                log.add(line);
            }

            @Override
            public void debug(String line) {}
        };
        return new Registry(
                host,
                http,
                InsecureRegistries.none(),
                new RegistryCredentials(
                        new Credentials(id -> credential, environment, new SecretMask()),
                        null,
                        "",
                        environment,
                        imageLog),
                imageLog);
    }

    private void answer(String path, int status, String body) {
        answer(path, request -> new EmbeddedRegistry.Answer(status, Map.of(), body));
    }

    private void answer(String path, Function<EmbeddedRegistry.Request, EmbeddedRegistry.Answer> answer) {
        server.intercept(
                request -> request.toString().matches(path) ? Optional.of(answer.apply(request)) : Optional.empty());
    }

    private static Digest push(Registry registry, String tag) throws RegistryFailure {
        registry.pushBlob(REPOSITORY, CONFIG);
        registry.putManifest(REPOSITORY, tag, MediaTypes.OCI_MANIFEST, MANIFEST);
        return Digest.of(MANIFEST);
    }

    private String blob(Registry from, Digest digest, long size) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        from.readBlob(REPOSITORY, digest, size, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private interface Call {
        void run() throws Exception;
    }

    private static RegistryFailure failure(Call call) {
        return catchThrowableOfType(RegistryFailure.class, call::run);
    }

    @Test
    void aManifestIsReadAsItWasPut() throws Exception {
        Digest digest = push(registry, "main-1");

        Registry.Manifest manifest = registry.manifest(REPOSITORY, "main-1");
        assertThat(manifest.content()).isEqualTo(MANIFEST);
        assertThat(manifest.digest()).isEqualTo(digest);
        assertThat(manifest.mediaType()).as("that of the answer").isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(registry.manifest(REPOSITORY, digest.value()).content()).isEqualTo(MANIFEST);
        assertThat(registry.manifestDigest("main-1", Access.pull(REPOSITORY))).contains(digest);
        server.forgetRequests();
        assertThat(registry.manifestDigest("main-2", Access.pull(REPOSITORY))).isEmpty();
        assertThat(server.requests())
                .extracting(EmbeddedRegistry.Request::method)
                .containsExactly("HEAD");
        assertThat(failure(() -> registry.manifest(REPOSITORY, "main-2")).kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void theMediaTypeInAManifestWins() throws Exception {
        byte[] typed = ("{\"mediaType\":\"" + MediaTypes.DOCKER_MANIFEST + "\"}").getBytes(StandardCharsets.UTF_8);
        answer(
                "GET .*/manifests/typed",
                request -> new EmbeddedRegistry.Answer(
                        200, Map.of("Content-Type", "application/json"), new String(typed, StandardCharsets.UTF_8)));
        assertThat(registry.manifest(REPOSITORY, "typed").mediaType()).isEqualTo(MediaTypes.DOCKER_MANIFEST);

        answer(
                "GET .*/manifests/typed",
                request -> new EmbeddedRegistry.Answer(
                        200, Map.of("Content-Type", "application/json; charset=utf-8"), "no JSON"));
        assertThat(registry.manifest(REPOSITORY, "typed").mediaType()).isEqualTo("application/json");
    }

    @Test
    void aManifestWithAnotherDigestIsRefused() throws Exception {
        Digest digest = push(registry, "main-1");
        answer("GET .*/manifests/sha256:.*", 200, "{}");

        RegistryFailure failure = failure(() -> registry.manifest(REPOSITORY, digest.value()));

        assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
        assertThat(failure.text())
                .isEqualTo("its manifest has the digest " + Digest.of("{}") + " instead of " + digest);
    }

    @Test
    void aManifestOfUpToFourMebibytesIsRead() throws Exception {
        answer("GET .*/manifests/large", 200, "x".repeat(4 << 20));
        assertThat(registry.manifest(REPOSITORY, "large").content()).hasSize(4 << 20);

        answer("GET .*/manifests/large", 200, "x".repeat((4 << 20) + 1));
        assertThat(failure(() -> registry.manifest(REPOSITORY, "large")).text())
                .isEqualTo("its manifest is larger than 4 MiB");
    }

    /** Some registries and proxies answer like this although they have the manifest. */
    @ParameterizedTest
    @ValueSource(ints = {400, 403, 405, 501})
    void aDigestIsFoundWithoutHead(int status) throws Exception {
        Digest digest = push(registry, "main-1");
        answer("HEAD .*", status, "");

        assertThat(registry.manifestDigest("main-1", Access.pull(REPOSITORY))).contains(digest);
        assertThat(registry.manifestDigest("main-2", Access.pull(REPOSITORY))).isEmpty();
    }

    @Test
    void aDigestThatTheRegistryDoesNotSayIsUnknown() throws Exception {
        Digest digest = push(registry, "main-1");
        server.withoutDigestHeaders();

        assertThat(registry.manifestDigest("main-1", Access.pull(REPOSITORY))).isEmpty();
        assertThat(registry.manifestDigest(digest.value(), Access.pull(REPOSITORY)))
                .contains(digest);
        answer("HEAD .*", 500, "");
        assertThat(failure(() -> registry.manifestDigest("main-1", Access.pull(REPOSITORY)))
                        .kind())
                .isEqualTo(Kind.TRANSIENT);
    }

    @Test
    void aBlobIsPushedOnceAndReadAgain() throws Exception {
        Digest digest = registry.pushBlob(REPOSITORY, "content".getBytes(StandardCharsets.UTF_8));
        assertThat(digest).isEqualTo(Digest.of("content"));
        assertThat(server.requests("(PUT|POST|PATCH) .*")).isNotEmpty();
        server.forgetRequests();

        registry.pushBlob(REPOSITORY, "content".getBytes(StandardCharsets.UTF_8));

        assertThat(server.requests("(PUT|POST|PATCH) .*")).isEmpty();
        assertThat(registry.hasBlob(digest, Access.pull(REPOSITORY))).isTrue();
        assertThat(registry.blobSize(digest, Access.pull(REPOSITORY))).hasValue(7);
        assertThat(registry.blobSize(Digest.of("other"), Access.pull(REPOSITORY)))
                .isEmpty();
        assertThat(blob(registry, digest, 7)).isEqualTo("content");
    }

    @Test
    void tellsHowMuchOfABlobWasSent() throws Exception {
        byte[] content = new byte[100_000];
        List<Long> sent = new ArrayList<>();

        registry.pushBlob(REPOSITORY, Digest.of(content), Blobs.from(out -> out.write(content), true), sent::add);

        assertThat(sent.stream().mapToLong(Long::longValue).sum()).isEqualTo(content.length);
        assertThat(server.hasBlob(REPOSITORY, Digest.of(content).value())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {405, 501})
    void itIsUnknownWhetherABlobIsThereIfTheRegistryDoesNotAnswerHead(int status) throws Exception {
        Digest digest = registry.pushBlob(REPOSITORY, "content".getBytes(StandardCharsets.UTF_8));
        answer("HEAD .*", status, "");

        assertThat(registry.hasBlob(digest, Access.pull(REPOSITORY))).isFalse();
        answer("HEAD .*", 500, "");
        assertThat(failure(() -> registry.hasBlob(digest, Access.pull(REPOSITORY)))
                        .status())
                .isEqualTo(500);
    }

    @Test
    void aBlobIsNotReadBeyondItsSizeNorWithAnotherContent() throws Exception {
        Digest digest = registry.pushBlob(REPOSITORY, "content".getBytes(StandardCharsets.UTF_8));
        RegistryFailure longer = failure(() -> blob(registry, digest, 6));
        assertThat(longer.text()).isEqualTo("the blob is longer than its 6 bytes");
        assertThat(longer.kind()).isEqualTo(Kind.TRANSIENT);

        server.corruptBlob(digest.value(), "CONTENT".getBytes(StandardCharsets.UTF_8));
        RegistryFailure other = failure(() -> blob(registry, digest, 7));
        assertThat(other.text())
                .startsWith("the blob has the digest ")
                .contains(digest.value(), Digest.of("CONTENT").value());
        assertThat(other.kind()).isEqualTo(Kind.TRANSIENT);
        assertThat(failure(() -> blob(registry, Digest.of("missing"), 7)).kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void aFullDiskIsNotTheRegistrysFault() throws Exception {
        Digest digest = registry.pushBlob(REPOSITORY, "content".getBytes(StandardCharsets.UTF_8));
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };

        assertThatThrownBy(() -> registry.readBlob(REPOSITORY, digest, 7, full))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("No space left on device");
    }

    @Test
    void aBlobIsMountedFromAnotherRepository() throws Exception {
        Digest digest = registry.pushBlob("acme/base", "content".getBytes(StandardCharsets.UTF_8));

        assertThat(registry.mountBlob(REPOSITORY, digest, "acme/base")).isTrue();
        assertThat(server.hasBlob(REPOSITORY, digest.value())).isTrue();
        server.mountNothing();
        assertThat(registry.mountBlob("acme/other", digest, "acme/base")).isFalse();
        assertThat(server.hasBlob("acme/other", digest.value())).isFalse();
    }

    @Test
    void tagsAreListedFromAllPages() throws Exception {
        assertThat(registry.tags(Access.pull(REPOSITORY))).isEmpty();
        for (String tag : List.of("a", "b", "c", "d", "e")) {
            push(registry, tag);
        }
        server.tagsOfPage(2);

        assertThat(registry.tags(Access.pull(REPOSITORY))).containsExactly("a", "b", "c", "d", "e");
        assertThat(server.requests("GET .*/tags/list.*").get(1).query()).isEqualTo("n=1000");
    }

    @Test
    void whatIsNoTagIsLeftOut() throws Exception {
        answer("GET .*/tags/list.*", 200, "{\"tags\": [\"a\", \"-b\", \"\", \"c d\"]}");
        assertThat(registry.tags(Access.pull(REPOSITORY))).containsExactly("a");
        answer("GET .*/tags/list.*", 200, "{\"tags\": null}");
        assertThat(registry.tags(Access.pull(REPOSITORY))).isEmpty();
        answer("GET .*/tags/list.*", 200, "<html>");
        assertThat(failure(() -> registry.tags(Access.pull(REPOSITORY))).text())
                .startsWith("its list of tags is not JSON: line 1");
        answer("GET .*/tags/list.*", 200, " ".repeat((4 << 20) + 1));
        assertThat(failure(() -> registry.tags(Access.pull(REPOSITORY))).text())
                .isEqualTo("its list of tags is larger than 4 MiB");
    }

    @Test
    void aListWithAnInvalidNextPageEndsThere() throws Exception {
        answer(
                "GET .*/tags/list.*",
                request -> new EmbeddedRegistry.Answer(
                        200, Map.of("Link", "<http://[>; rel=\"next\""), "{\"tags\": [\"a\"]}"));

        assertThat(registry.tags(Access.pull(REPOSITORY))).containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | {\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"log in\"}]} | UNAUTHORIZED | 401 Unauthorized: UNAUTHORIZED: log in",
                "403 | {\"errors\":[{\"code\":\"DENIED\",\"message\":\"no\"},{\"code\":\"X\"}]} | FORBIDDEN | 403 Forbidden: DENIED: no; X: ",
                "404 | <html><b>nothing</b> here</html> | NOT_FOUND | 404 Not Found: nothing here",
                "407 | '' | PROXY | 407",
                "413 | '' | TOO_LARGE | 413",
                "415 | '' | MEDIA_TYPE | 415",
                "400 | {\"errors\":[{\"code\":\"MANIFEST_INVALID\"}]} | MEDIA_TYPE | 400 Bad Request: MANIFEST_INVALID: ",
                "400 | {\"errors\":[{\"code\":\"BLOB_UPLOAD_UNKNOWN\"}]} | TRANSIENT | 400",
                "400 | '' | REJECTED | 400 Bad Request",
                "429 | '' | TRANSIENT | 429",
                "500 | '' | TRANSIENT | 500 Internal Server Error",
                "503 | '' | TRANSIENT | 503 Service Unavailable",
            })
    void aRefusalHasAKindAndSaysWhatTheRegistrySays(int status, String body, Kind kind, String text) {
        answer("GET .*/manifests/.*", status, body);

        RegistryFailure failure = failure(() -> registry.manifest(REPOSITORY, "main-1"));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.text()).startsWith(text);
        assertThat(failure.sent()).isEmpty();
    }

    @Test
    void aRefusalMaySayWhenToComeBack() {
        answer(
                "GET .*/manifests/.*",
                request -> new EmbeddedRegistry.Answer(
                        429, Map.of("Retry-After", "7"), "{\"errors\":[{\"code\":\"A\"},{\"code\":\"B\"}]}"));

        RegistryFailure failure = failure(() -> registry.manifest(REPOSITORY, "main-1"));

        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(failure.codes()).containsExactlyInAnyOrder("A", "B");
    }

    @Test
    void fiveRedirectsAreFollowedAndNoMore() throws Exception {
        push(registry, "main-1");
        redirectTimes(5);
        assertThat(registry.manifest(REPOSITORY, "main-1").content()).isEqualTo(MANIFEST);

        redirectTimes(6);
        RegistryFailure failure = failure(() -> registry.manifest(REPOSITORY, "main-1"));
        assertThat(failure.text()).isEqualTo("it redirects too many times");
        assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
    }

    private void redirectTimes(int most) {
        server.intercept(request -> {
            int times = request.query().isEmpty() ? 0 : Integer.parseInt(request.query());
            return request.path().contains("/manifests/") && times < most
                    ? Optional.of(new EmbeddedRegistry.Answer(
                            307, Map.of("Location", request.path() + "?" + (times + 1)), ""))
                    : Optional.empty();
        });
    }

    @Test
    void aServerThatIsNotThereIsRefused() {
        RegistryFailure failure =
                failure(() -> registry("127.0.0.1:" + FreePort.find(), "", "").connect());

        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure.text()).contains("the connection was refused");
    }

    @Test
    void anUnknownHostIsNamedAsSuch() {
        assertThat(failure(() -> registry("no-such-host.invalid:5000", "", "").connect())
                        .kind())
                .isEqualTo(Kind.UNKNOWN_HOST);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aUserIsAuthenticatedAsTheRegistryAsks(boolean withToken) throws Exception {
        requireLogin(withToken);
        Registry nina = as("nina", "pa55word");

        Digest digest = push(nina, "main-1");
        assertThat(nina.manifestDigest("main-1", Access.pull(REPOSITORY))).contains(digest);
        assertThat(nina.tags(Access.pull(REPOSITORY))).containsExactly("main-1");
        Digest blob = nina.pushBlob(REPOSITORY, "content".getBytes(StandardCharsets.UTF_8));
        assertThat(blob(nina, blob, 7)).isEqualTo("content");
        assertThat(nina.mountBlob("acme/other", blob, REPOSITORY)).isTrue();
    }

    @Test
    void anAcceptedPasswordIsTriedOnce() throws Exception {
        server.requireBasic("nina", "pa55word");
        Registry nina = as("nina", "pa55word");

        push(nina, "main-1");
        nina.manifest(REPOSITORY, "main-1");
        nina.tags(Access.pull("acme/other"));

        assertThat(server.requests("GET /v2/$"))
                .filteredOn(request -> request.headers().containsKey("Authorization"))
                .hasSize(1);
    }

    private void requireLogin(boolean withToken) {
        if (withToken) {
            server.requireToken("nina", "pa55word");
        } else {
            server.requireBasic("nina", "pa55word");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRefusedPasswordIsSentOnce(boolean withToken) {
        requireLogin(withToken);
        Registry wrong = as("nina", "wrong");

        RegistryFailure first = failure(() -> wrong.manifest(REPOSITORY, "main-1"));
        assertThat(first.kind()).isEqualTo(Kind.UNAUTHORIZED);
        assertThat(first.refusesCredential()).isTrue();
        assertThat(first.sent()).contains("server 'r' of settings.xml");
        server.forgetRequests();

        RegistryFailure again = failure(() -> wrong.manifest("acme/other", "main-1"));
        assertThat(again.refusesCredential()).isTrue();
        assertThat(server.requests()).allMatch(request -> !request.headers().containsKey("authorization"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void withoutACredentialARegistryThatAsksForOneRefuses(boolean withToken) {
        requireLogin(withToken);

        RegistryFailure failure = failure(() -> registry.manifest(REPOSITORY, "main-1"));

        assertThat(failure.kind()).isEqualTo(Kind.UNAUTHORIZED);
        assertThat(failure.refusesCredential()).isFalse();
        assertThat(failure.sent()).isEmpty();
    }

    @Test
    void aTokenThatHasEndedIsRenewed() throws Exception {
        server.requireToken("nina", "pa55word");
        Registry nina = as("nina", "pa55word");
        Digest digest = push(nina, "main-1");
        Digest blob = nina.pushBlob(REPOSITORY, "content".getBytes(StandardCharsets.UTF_8));
        server.expireTokens();
        assertThat(nina.manifestDigest("main-1", Access.push(REPOSITORY))).contains(digest);
        server.expireTokens();
        assertThat(nina.hasBlob(blob, Access.push(REPOSITORY))).isTrue();
    }

    @Test
    void aRefusedRequestNamesTheCredentialThatWasSent() throws Exception {
        server.requireBasic("nina", "pa55word");
        Registry nina = as("nina", "pa55word");
        push(nina, "main-1");
        answer("(GET|HEAD) .*/(manifests|blobs)/.*", 403, "");

        RegistryFailure manifest = failure(() -> nina.manifest(REPOSITORY, "main-1"));
        assertThat(manifest.sent()).contains("server 'r' of settings.xml");
        assertThat(manifest.refusesCredential()).isFalse();
        assertThat(failure(() -> blob(nina, Digest.of("x"), 1)).sent()).contains("server 'r' of settings.xml");
    }

    @Test
    void logsInWithoutReadingAnything() throws Exception {
        server.requireBasic("nina", "pa55word");
        as("nina", "pa55word").logIn(Access.push(REPOSITORY));

        assertThat(server.requests()).allMatch(request -> request.path().equals("/v2/"));
        assertThat(failure(() -> as("nina", "wrong").logIn(Access.push(REPOSITORY)))
                        .kind())
                .isEqualTo(Kind.UNAUTHORIZED);
    }

    /** A registry may let everybody ask whether it is one, and ask for a credential only where it needs one. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRegistryMayAskForACredentialLater(boolean withToken) throws Exception {
        Digest digest = push(registry, "main-1");
        requireLogin(withToken);
        server.openFor(request -> request.path().equals("/v2/"));

        assertThat(as("nina", "pa55word").blobSize(Digest.of(CONFIG), Access.pull(REPOSITORY)))
                .hasValue(CONFIG.length);
        assertThat(as("nina", "pa55word").manifest(REPOSITORY, "main-1").digest())
                .isEqualTo(digest);
        assertThat(as("nina", "pa55word").manifestDigest("main-1", Access.pull(REPOSITORY)))
                .contains(digest);
    }

    /** Jib sends a request again itself after it got a token, so this is about passwords. */
    @Test
    void aRefusedRequestIsSentOnceMoreOnlyWithACredentialThatWasNotSent() {
        server.requireBasic("nina", "pa55word");
        server.openFor(request -> request.path().equals("/v2/"));

        RegistryFailure without = failure(() -> registry.blobSize(Digest.of("x"), Access.pull(REPOSITORY)));
        assertThat(without.kind()).isEqualTo(Kind.UNAUTHORIZED);
        assertThat(without.sent()).isEmpty();
        assertThat(server.requests("HEAD")).hasSize(1);

        server.forgetRequests();
        answer("HEAD .*", 401, "");
        Registry nina = as("nina", "pa55word");
        RegistryFailure refused = failure(() -> nina.blobSize(Digest.of("x"), Access.pull(REPOSITORY)));
        assertThat(refused.kind()).isEqualTo(Kind.UNAUTHORIZED);
        assertThat(server.requests("HEAD")).hasSize(1);

        server.forgetRequests();
        answer(
                "HEAD .*",
                request -> new EmbeddedRegistry.Answer(
                        request.headers().containsKey("Authorization") ? 403 : 401,
                        Map.of("WWW-Authenticate", "Basic realm=\"later\""),
                        ""));
        RegistryFailure again = failure(() -> as("nina", "pa55word").blobSize(Digest.of("x"), Access.pull(REPOSITORY)));
        assertThat(again.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(again.sent()).contains("server 'r' of settings.xml");
        assertThat(server.requests("HEAD")).hasSize(2);

        server.forgetRequests();
        answer("HEAD .*", 401, "");
        server.openFor(request -> false);
        assertThat(failure(() -> as("nina", "pa55word").blobSize(Digest.of("x"), Access.pull(REPOSITORY)))
                        .sent())
                .contains("server 'r' of settings.xml");
        assertThat(server.requests("HEAD")).as("the password was sent at once").hasSize(1);
    }
}
