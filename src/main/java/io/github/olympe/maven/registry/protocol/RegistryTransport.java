package io.github.olympe.maven.registry.protocol;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.http.Answer;
import io.github.olympe.maven.http.Body;
import io.github.olympe.maven.http.Location;
import io.github.olympe.maven.http.Request;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.protocol.RegistryFailure.Kind;
import io.github.olympe.maven.text.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends Jib Core's requests to a registry with our HTTP client. Jib sees only one server, {@code https://<registry>}: this class gives
 * names on it to upload locations, the token server and the tokens, and replaces the names by the real ones. So one place decides what is
 * sent to whom, {@link RegistryConnection}. URLs are sent as the registry wrote them, while Jib would change their escapes
 * ({@code RegistryQuirksTest.anUploadsLocationIsSentUnchanged}). And Jib never has a token that it could print.
 */
final class RegistryTransport extends HttpTransport {

    private static final String PING = "/v2/";
    private static final String TOKEN = "/token";
    private static final String UPLOAD = "/upload/";

    private final String base;
    private final RegistryConnection connection;
    private final RegistryLogin login;
    private final SessionToken token;
    private final SecretMask mask;
    private final boolean mounts;
    private final Map<String, URI> uploads = new ConcurrentHashMap<>();
    private final AtomicInteger begun = new AtomicInteger();

    /**
     * Creates a transport for the requests of one session.
     *
     * @param mountedFrom the repository that the session mounts blobs from, if any
     */
    RegistryTransport(
            String registry,
            RegistryConnection connection,
            RegistryLogin login,
            SessionToken token,
            SecretMask mask,
            Optional<String> mountedFrom) {
        this.base = "https://" + registry;
        this.connection = connection;
        this.login = login;
        this.token = token;
        this.mask = mask;
        this.mounts = mountedFrom.isPresent();
    }

    /** The registry did not mount a blob, but began an upload of it. */
    static final class NotMounted extends IOException {

        private static final long serialVersionUID = 1L;

        private NotMounted() {
            super("the registry does not mount the blob");
        }
    }

    @Override
    public boolean supportsMethod(String method) {
        return true;
    }

    @Override
    protected LowLevelHttpRequest buildRequest(String method, String url) {
        return new JibRequest(method, url.substring(base.length()));
    }

    private final class JibRequest extends LowLevelHttpRequest {

        private final String method;
        private final String path;
        private final String query;
        private final Map<String, String> headers = new LinkedHashMap<>();

        JibRequest(String method, String pathAndQuery) {
            int mark = pathAndQuery.indexOf('?');
            this.method = method;
            this.path = mark < 0 ? pathAndQuery : pathAndQuery.substring(0, mark);
            this.query = mark < 0 ? "" : pathAndQuery.substring(mark + 1);
        }

        @Override
        public void addHeader(String name, String value) {
            // Jib's user agent is not ours, and content that is compressed in transit has another digest.
            if (name.equalsIgnoreCase("Accept") || name.equalsIgnoreCase("Authorization")) {
                headers.put(name, value);
            }
        }

        @Override
        public LowLevelHttpResponse execute() throws IOException {
            try {
                if (path.equals(PING)) {
                    // Jib asks in each session, but the registry has already answered.
                    return TransportResponse.challenging(challenge());
                }
                if (path.equals(TOKEN)) {
                    return TransportResponse.withToken(token.keep(fetchToken()));
                }
                return path.startsWith(UPLOAD) ? upload() : call(withQuery(connection.url(path), query));
            } catch (RegistryFailure failure) {
                throw failure.inTransport();
            }
        }

        /** Sends a request about the repository, with small content or none. */
        private LowLevelHttpResponse call(URI url) throws IOException, RegistryFailure {
            if (getStreamingContent() == null) {
                return response(url, send(request(url)));
            }
            // Jib does not set the length, which some proxies require.
            byte[] content = content();
            Answer answer = send(request(url).withBody(Body.of(content)));
            if (answer.status() / 100 == 2) {
                requireStored(answer, Digest.of(content));
            }
            return response(url, answer);
        }

        /** Sends the content of a blob, or ends its upload. */
        private LowLevelHttpResponse upload() throws IOException, RegistryFailure {
            if (mounts) {
                throw new NotMounted();
            }
            URI place = uploads.get(path);
            if (place == null) {
                throw new IllegalStateException("an upload that the registry has not begun");
            }
            Request request = request(withQuery(place, query));
            Answer answer = send(getStreamingContent() == null ? request : request.withBody(new Streamed()));
            if (answer.status() == 404) {
                answer.close();
                throw RegistryFailure.of(Kind.TRANSIENT, "404: the registry no longer knows this upload");
            }
            return response(place, answer);
        }

        private Request request(URI url) {
            Request request = Request.of(method, url);
            for (Map.Entry<String, String> header : headers.entrySet()) {
                request = request.withHeader(header.getKey(), token.headerFor(header.getValue()));
            }
            return getContentType() == null ? request : request.withHeader("Content-Type", getContentType());
        }

        private byte[] content() throws IOException {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            getStreamingContent().writeTo(content);
            return content.toByteArray();
        }

        private Answer send(Request request) throws RegistryFailure {
            Answer answer = connection.follow(request);
            if (answer.status() == 401 && connection.isOwn(request.url())) {
                login.heed(answer.headers("WWW-Authenticate"));
            }
            if (!token.isWorthRenewing(request.headers().getOrDefault("Authorization", ""), answer.status())) {
                throw connection.errors().of(answer);
            }
            return answer;
        }

        private LowLevelHttpResponse response(URI url, Answer answer) throws RegistryFailure, IOException {
            Map<String, String> headersForJib = new LinkedHashMap<>();
            if (answer.status() == 401) {
                challenge().ifPresent(challenge -> headersForJib.put("WWW-Authenticate", challenge));
            }
            if (answer.header("Location").isPresent() && (answer.status() == 202 || method.equals("PATCH"))) {
                headersForJib.put("Location", named(connection.location(answer, url)));
            } else if (method.equals("PATCH")) {
                // A registry need not repeat the location, but Jib requires it.
                headersForJib.put("Location", named(url));
            }
            return TransportResponse.of(method, answer, headersForJib);
        }

        private String named(URI place) {
            String name = UPLOAD + begun.incrementAndGet();
            uploads.put(name, place);
            return base + name;
        }

        /**
         * Returns the challenge for Jib, which expects the token server in the first header
         * ({@code RegistryQuirksTest.oneOfSeveralChallengesIsKnown}).
         */
        private Optional<String> challenge() throws RegistryFailure {
            return login.challenge().map(challenge -> {
                if (!challenge.isBearer()) {
                    return "Basic realm=\"registry\"";
                }
                String service = challenge.parameters().get("service");
                return "Bearer realm=\"" + base + TOKEN + "\""
                        + (service == null
                                ? ""
                                : ",service=\"" + URLEncoder.encode(service, StandardCharsets.UTF_8) + "\"");
            });
        }

        private TokenAnswer fetchToken() throws RegistryFailure, IOException {
            String realm = login.challenge()
                    .map(challenge -> challenge.parameters().getOrDefault("realm", ""))
                    .orElse("");
            URI server;
            try {
                server = withQuery(Location.absolute(realm), query);
            } catch (URISyntaxException e) {
                throw RegistryFailure.of(Kind.REJECTED, "the registry names a token server whose address is not a URL");
            }
            Request request = request(server);
            TokenAnswer fetched = connection.askTokenServer(
                    getStreamingContent() == null ? request : request.withBody(Body.of(content())), TokenAnswer::read);
            mask.add(Secret.of(fetched.value()));
            return fetched;
        }

        /** The content of a blob. */
        private final class Streamed implements Body {

            @Override
            public long size() {
                return -1;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                getStreamingContent().writeTo(out);
            }
        }
    }

    private static void requireStored(Answer answer, Digest digest) throws RegistryFailure {
        Optional<String> stored = answer.header("Docker-Content-Digest");
        if (stored.isPresent() && !stored.get().equals(digest.value())) {
            answer.close();
            throw RegistryFailure.of(
                    Kind.REJECTED, "it stored the manifest " + digest + " under another digest, " + stored.get());
        }
    }

    private static URI withQuery(URI url, String query) {
        if (query.isEmpty()) {
            return url;
        }
        String own = url.getRawQuery();
        return URI.create(url + (own == null ? "?" : own.isEmpty() || own.endsWith("&") ? "" : "&") + query);
    }
}
