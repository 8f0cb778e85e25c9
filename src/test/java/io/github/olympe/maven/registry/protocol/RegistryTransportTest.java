package io.github.olympe.maven.registry.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import io.github.olympe.maven.credential.Credentials;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.http.HttpConnections;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.http.HttpTimeouts;
import io.github.olympe.maven.image.RecordedLog;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.InsecureRegistries;
import io.github.olympe.maven.registry.MediaTypes;
import io.github.olympe.maven.registry.credential.RegistryCredentials;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.EmbeddedRegistry.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is sent of Jib's requests, and what Jib gets of the answers. */
@Timeout(60)
class RegistryTransportTest {

    private static final String MANIFEST = "{\"schemaVersion\":2,\"layers\":[]}";

    @TempDir
    Path home;

    @AutoClose
    private final EmbeddedRegistry server = EmbeddedRegistry.start();

    @AutoClose
    private final HttpConnections http = new HttpConnections(
            HttpProxies.none(),
            new HttpTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Optional.empty()),
            "olympe-maven-plugin/1");

    private final SecretMask mask = new SecretMask();

    private RegistryTransport transport() {
        return transport(Optional.empty());
    }

    private RegistryTransport transport(Optional<String> mountedFrom) {
        RecordedLog log = new RecordedLog();
        RegistryConnection connection =
                new RegistryConnection(server.host(), http, InsecureRegistries.none(), mask, log);
        RegistryCredentials credentials = new RegistryCredentials(
                new Credentials(id -> Optional.empty(), Map.of(), mask),
                null,
                "",
                Map.of("HOME", home.toString()),
                log);
        return new RegistryTransport(
                server.host(),
                connection,
                new RegistryLogin(server.host(), credentials, connection),
                new SessionToken(),
                mask,
                mountedFrom);
    }

    private LowLevelHttpRequest request(RegistryTransport transport, String method, String pathAndQuery) {
        return transport.buildRequest(method, "https://" + server.host() + pathAndQuery);
    }

    private LowLevelHttpResponse execute(RegistryTransport transport, String method, String pathAndQuery)
            throws IOException {
        return request(transport, method, pathAndQuery).execute();
    }

    private static LowLevelHttpRequest with(LowLevelHttpRequest request, String content) throws IOException {
        request.setStreamingContent(out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
        return request;
    }

    private static Map<String, String> headers(LowLevelHttpResponse response) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (int i = 0; i < response.getHeaderCount(); i++) {
            headers.put(response.getHeaderName(i), response.getHeaderValue(i));
        }
        return headers;
    }

    private static @Nullable String text(LowLevelHttpResponse response) throws IOException {
        try (InputStream content = response.getContent()) {
            return content == null ? null : new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void answer(String path, int status, Map<String, String> headers, String body) {
        server.intercept(request ->
                request.toString().matches(path) ? Optional.of(new Answer(status, headers, body)) : Optional.empty());
    }

    @Test
    void onlyWhatIsAcceptedAndTheAuthorizationAreSent() throws IOException {
        LowLevelHttpRequest request = request(transport(), "GET", "/v2/acme/shop/blobs/sha256:0?a=b&c");
        request.addHeader("Accept", "text/plain");
        request.addHeader("authorization", "Basic bmluYTpwYTU1");
        request.addHeader("Accept-Encoding", "gzip");
        request.addHeader("User-Agent", "jib");
        request.setContentType("application/json");
        request.execute();

        EmbeddedRegistry.Request sent = server.requests("GET .*/blobs/").get(0);
        assertThat(sent.path()).isEqualTo("/v2/acme/shop/blobs/sha256:0");
        assertThat(sent.query()).isEqualTo("a=b&c");
        assertThat(sent.headers())
                .containsEntry("Accept", "text/plain")
                .containsEntry("Authorization", "Basic bmluYTpwYTU1")
                .containsEntry("Content-Type", "application/json")
                .containsEntry("User-Agent", "olympe-maven-plugin/1")
                .doesNotContainKey("Accept-Encoding");
    }

    @Test
    void smallContentIsSentWithItsLength() throws IOException {
        LowLevelHttpRequest put = with(request(transport(), "PUT", "/v2/acme/shop/manifests/1"), MANIFEST);
        put.setContentType(MediaTypes.OCI_MANIFEST);

        assertThat(put.execute().getStatusCode()).isEqualTo(201);

        assertThat(server.requests("PUT").get(0).headers())
                .containsEntry("Content-Length", "" + MANIFEST.length())
                .doesNotContainKey("Transfer-Encoding");
        assertThat(server.manifest("acme/shop", "1")).hasToString(MANIFEST);
    }

    @Test
    void aManifestThatIsStoredUnderAnotherDigestIsAFailure() {
        answer("PUT .*", 201, Map.of("Docker-Content-Digest", "sha256:0000"), "");

        assertThatThrownBy(() -> with(request(transport(), "PUT", "/v2/acme/shop/manifests/1"), MANIFEST)
                        .execute())
                .isInstanceOf(IOException.class)
                .hasRootCauseMessage(
                        "it stored the manifest " + Digest.of(MANIFEST) + " under another digest, sha256:0000");
    }

    /** Then the digest is that of something else, such as of the tag's image. */
    @Test
    void aRefusalMayNameAnyDigest() throws IOException {
        answer("PUT .*", 400, Map.of("Docker-Content-Digest", "sha256:0000"), "no");

        LowLevelHttpResponse response = with(request(transport(), "PUT", "/v2/acme/shop/manifests/1"), MANIFEST)
                .execute();

        assertThat(response.getStatusCode()).isEqualTo(400);
        assertThat(text(response)).isEqualTo("no");
    }

    @Test
    void theRegistryIsNotAskedAgainWhetherItNeedsACredential() throws IOException {
        RegistryTransport open = transport();
        assertThat(open.supportsMethod("PATCH")).isTrue();
        LowLevelHttpResponse response = execute(open, "GET", "/v2/");
        assertThat(response.getStatusCode()).isEqualTo(200);
        assertThat(headers(response)).isEmpty();
        execute(open, "GET", "/v2/");
        assertThat(server.requests()).hasSize(1);

        server.requireBasic("nina", "pa55word");
        LowLevelHttpResponse basic = execute(transport(), "GET", "/v2/");
        assertThat(basic.getStatusCode()).isEqualTo(401);
        assertThat(headers(basic)).containsOnly(Map.entry("WWW-Authenticate", "Basic realm=\"registry\""));
    }

    @Test
    void theTokenServerHasANameOnTheRegistryForJib() throws IOException {
        server.challengeWith("Bearer realm=\"" + server.url() + "/token?x=1\",service=\"a b\"");
        server.requireToken("nina", "pa55word");
        RegistryTransport transport = transport();
        assertThat(headers(execute(transport, "GET", "/v2/")))
                .containsOnly(Map.entry(
                        "WWW-Authenticate", "Bearer realm=\"https://" + server.host() + "/token\",service=\"a+b\""));

        answer("GET /token.*", 200, Map.of(), "{\"token\": \"t0ken-of-nina\"}");
        LowLevelHttpResponse token = execute(transport, "GET", "/token?service=a+b");
        assertThat(text(token)).isEqualTo("{\"token\":\"token-0\"}");
        assertThat(server.requests("GET /token").get(0).query()).isEqualTo("x=1&service=a+b");
        assertThat(mask.mask("t0ken-of-nina")).isEqualTo(SecretMask.HIDDEN);

        LowLevelHttpRequest blob = request(transport, "GET", "/v2/acme/shop/blobs/sha256:0");
        blob.addHeader("Authorization", "Bearer token-0");
        blob.execute();
        assertThat(server.requests("GET .*/blobs/").get(0).headers())
                .containsEntry("Authorization", "Bearer t0ken-of-nina");
    }

    @Test
    void aTokenServerWithoutAServiceHasNoneForJib() throws IOException {
        server.challengeWith("Bearer realm=\"" + server.url() + "/token\"");
        server.requireToken("nina", "pa55word");

        assertThat(headers(execute(transport(), "GET", "/v2/")))
                .containsOnly(Map.entry("WWW-Authenticate", "Bearer realm=\"https://" + server.host() + "/token\""));
    }

    @Test
    void aTokenServerWithoutAUrlIsAFailure() {
        server.challengeWith("Bearer realm=\"token server\"");
        server.requireToken("nina", "pa55word");

        assertThatThrownBy(() -> execute(transport(), "GET", "/token"))
                .isInstanceOf(IOException.class)
                .hasRootCauseMessage("the registry names a token server whose address is not a URL");
    }

    /** The registry may ask in another way than at first. */
    @Test
    void aRefusedRequestTellsJibHowTheRegistryAsksNow() throws IOException {
        RegistryTransport transport = transport();
        execute(transport, "GET", "/v2/");
        server.requireBasic("nina", "pa55word");

        LowLevelHttpResponse refused = execute(transport, "GET", "/v2/acme/shop/blobs/sha256:0");

        assertThat(refused.getStatusCode()).isEqualTo(401);
        assertThat(headers(refused)).containsEntry("WWW-Authenticate", "Basic realm=\"registry\"");
        answer("GET .*", 403, Map.of("WWW-Authenticate", "Basic realm=\"x\""), "");
        assertThat(headers(execute(transport, "GET", "/v2/acme/shop/blobs/sha256:0")))
                .doesNotContainKey("WWW-Authenticate");
    }

    @Test
    void anUploadHasANameOnTheRegistryForJib() throws IOException {
        RegistryTransport transport = transport();
        String begun = place(execute(transport, "POST", "/v2/acme/shop/blobs/uploads/"));
        assertThat(begun).isEqualTo("/upload/1");

        String sent = place(with(request(transport, "PATCH", begun), "content").execute());
        assertThat(sent).isEqualTo("/upload/2");
        String digest = Digest.of("content").value();
        LowLevelHttpResponse ended = execute(transport, "PUT", sent + "?digest=" + digest);

        assertThat(ended.getStatusCode()).isEqualTo(201);
        assertThat(headers(ended)).doesNotContainKey("Location");
        assertThat(server.requests("PUT").get(0).query()).isEqualTo("_state=some%2Fstate&digest=" + digest);
        assertThat(server.hasBlob("acme/shop", digest)).isTrue();
    }

    private String place(LowLevelHttpResponse response) throws IOException {
        String location = headers(response).get("Location");
        assertThat(location).startsWith("https://" + server.host());
        return location.substring("https://".length() + server.host().length());
    }

    /** The specification lets a registry leave it out after a part, and Jib does not. */
    @Test
    void anUploadGoesOnWhereItIsIfTheRegistryNamesNoPlace() throws IOException {
        RegistryTransport transport = transport();
        String begun = place(execute(transport, "POST", "/v2/acme/shop/blobs/uploads/"));
        answer("PATCH .*", 204, Map.of(), "");
        String sent = place(with(request(transport, "PATCH", begun), "content").execute());
        server.forgetRequests();

        execute(transport, "PUT", sent);

        assertThat(server.requests("PUT").get(0).query()).isEqualTo("_state=some%2Fstate");
        answer("POST .*", 201, Map.of("Location", "/v2/acme/shop/blobs/sha256:0"), "");
        assertThat(headers(execute(transport, "POST", "/v2/acme/shop/blobs/uploads/")))
                .as("of a blob, not of an upload")
                .doesNotContainKey("Location");
    }

    @Test
    void anUploadThatTheRegistryNoLongerKnowsCanBeBegunAgain() throws IOException {
        RegistryTransport transport = transport();
        String begun = place(execute(transport, "POST", "/v2/acme/shop/blobs/uploads/"));
        answer("PATCH .*", 404, Map.of(), "");

        assertThatThrownBy(() ->
                        with(request(transport, "PATCH", begun), "content").execute())
                .isInstanceOf(IOException.class)
                .hasRootCauseMessage("404: the registry no longer knows this upload");
        assertThatThrownBy(() -> execute(transport, "PATCH", "/upload/7"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("an upload that the registry has not begun");
    }

    @Test
    void nothingIsUploadedInsteadOfMountingABlob() throws IOException {
        RegistryTransport transport = transport(Optional.of("acme/base"));
        String begun = place(execute(transport, "POST", "/v2/acme/shop/blobs/uploads/?mount=sha256:0&from=acme/base"));

        assertThatThrownBy(() ->
                        with(request(transport, "PATCH", begun), "content").execute())
                .isInstanceOf(RegistryTransport.NotMounted.class);
        assertThat(server.requests("PATCH")).isEmpty();
    }
}
