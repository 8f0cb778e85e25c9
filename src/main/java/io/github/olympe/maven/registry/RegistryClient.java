package io.github.olympe.maven.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.http.Loopback;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.Json;
import io.github.olympe.maven.text.OneLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * One registry, by the OCI distribution specification: each method is one request of it (with those for authorization, and those that a
 * redirect asks for), made once. Safe for use by several threads.
 *
 * <p>HTTPS is spoken, except with this machine and, where {@code allowInsecureRegistries} is set, with servers that turn out not to.
 */
public final class RegistryClient {

    private static final String MANIFEST_TYPES = String.join(
            ", ", MediaTypes.OCI_INDEX, MediaTypes.DOCKER_INDEX, MediaTypes.OCI_MANIFEST, MediaTypes.DOCKER_MANIFEST);
    private static final int LONGEST_MANIFEST = 4 << 20;
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);
    private static final int LONGEST_ERROR = 8 << 10;
    private static final int SHOWN_OF_ERROR = 300;
    private static final int MOST_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Pattern REFUSED_BY_PROXY =
            Pattern.compile("CONNECT refused by proxy: HTTP/\\S+ (\\d{3})(.{0,60})");
    private static final Pattern HOST_AND_PORT = Pattern.compile("(.+?)(?::(\\d+))?");

    private final String registry;
    private final RegistryHttp http;
    private final boolean allowInsecure;
    private final RegistryCredentials credentials;
    private final RegistryAuthorization authorization;
    private final ImageLog log;
    private volatile @Nullable Endpoint endpoint;

    /** Where the registry is, and whether its certificate is taken as it is. */
    private record Endpoint(URI base, boolean anyCertificate) {}

    /** A manifest as it is in the registry. */
    public record Manifest(String mediaType, Digest digest, byte[] content) {}

    /** Takes the content of a blob while it comes. */
    @FunctionalInterface
    public interface BlobReader {
        void read(InputStream content) throws IOException;
    }

    public RegistryClient(
            String registry, RegistryHttp http, boolean allowInsecure, RegistryCredentials credentials, ImageLog log) {
        this.registry = registry;
        this.http = http;
        this.allowInsecure = allowInsecure;
        this.credentials = credentials;
        this.log = log;
        this.authorization = new RegistryAuthorization(registry, credentials, this::askTokenServer);
    }

    String registry() {
        return registry;
    }

    public static String pull(String repository) {
        return "repository:" + repository + ":pull";
    }

    public static String push(String repository) {
        return "repository:" + repository + ":pull,push";
    }

    /** The digest that a tag points to, or of a manifest itself; empty where there is none, or the registry does not say. */
    public Optional<Digest> manifestDigest(String repository, String tagOrDigest, String scope) throws RegistryFailure {
        RegistryHttp.Request request = manifestRequest("HEAD", repository, tagOrDigest);
        return call(request, List.of(scope), answer -> {
            if (answer.status() == 404) {
                return Optional.empty();
            }
            expect(answer, 200);
            return answer.header("Docker-Content-Digest")
                    .or(() -> Optional.of(tagOrDigest))
                    .flatMap(RegistryClient::digest);
        });
    }

    /** A manifest or index, its content checked against the digest it was asked for by. */
    public Manifest manifest(String repository, String tagOrDigest) throws RegistryFailure {
        RegistryHttp.Request request = manifestRequest("GET", repository, tagOrDigest);
        return call(request, List.of(pull(repository)), answer -> {
            expect(answer, 200);
            byte[] content = answer.content().readNBytes(LONGEST_MANIFEST + 1);
            if (content.length > LONGEST_MANIFEST) {
                throw RegistryFailure.of(
                        RegistryFailure.Kind.REJECTED,
                        "the manifest that came is larger than " + (LONGEST_MANIFEST >> 20) + " MiB");
            }
            Digest digest = Digest.of(content);
            Optional<Digest> wanted = digest(tagOrDigest);
            if (wanted.isPresent() && !wanted.get().equals(digest)) {
                throw RegistryFailure.of(
                        RegistryFailure.Kind.TRANSIENT,
                        "the manifest that came has the digest " + digest + " instead of " + wanted.get());
            }
            return new Manifest(mediaType(answer, content), digest, content);
        });
    }

    /** Whether a repository holds a blob. */
    public boolean hasBlob(String repository, Digest digest, String scope) throws RegistryFailure {
        RegistryHttp.Request request =
                RegistryHttp.Request.of("HEAD", url("/v2/" + repository + "/blobs/" + digest.value()));
        return call(request, List.of(scope), answer -> {
            if (answer.status() == 404) {
                return false;
            }
            expect(answer, 200);
            return true;
        });
    }

    /** Reads a blob; what comes is not checked. */
    public void readBlob(String repository, Digest digest, BlobReader reader) throws RegistryFailure {
        RegistryHttp.Request request =
                RegistryHttp.Request.of("GET", url("/v2/" + repository + "/blobs/" + digest.value()));
        call(request, List.of(pull(repository)), answer -> {
            expect(answer, 200);
            reader.read(answer.content());
            return true;
        });
    }

    /**
     * Takes a blob over from another repository of the registry.
     *
     * @return where to upload it instead, where that repository does not have it; empty when it was taken over
     */
    public Optional<URI> mountBlob(String repository, Digest digest, String from) throws RegistryFailure {
        URI begin =
                url("/v2/" + repository + "/blobs/uploads/?mount=" + encode(digest.value()) + "&from=" + encode(from));
        List<String> scopes = List.of(push(repository), pull(from));
        return call(RegistryHttp.Request.of("POST", begin), scopes, answer -> {
            if (answer.status() == 202) {
                return Optional.of(location(answer, begin));
            }
            expect(answer, 201);
            return Optional.empty();
        });
    }

    /** Begins an upload, and gives the place where to send the blob. */
    public URI beginUpload(String repository) throws RegistryFailure {
        URI begin = url("/v2/" + repository + "/blobs/uploads/");
        return call(RegistryHttp.Request.of("POST", begin), List.of(push(repository)), answer -> {
            expect(answer, 202);
            return location(answer, begin);
        });
    }

    /**
     * Sends a whole blob.
     *
     * @param location what {@link #beginUpload} or {@link #mountBlob} gave
     * @param progress is told the bytes sent each time that some were
     */
    public void upload(String repository, Digest digest, URI location, RegistryHttp.Body body, LongConsumer progress)
            throws RegistryFailure {
        String separator = location.getRawQuery() == null ? "?" : "&";
        URI put = URI.create(location + separator + "digest=" + encode(digest.value()));
        RegistryHttp.Request request = RegistryHttp.Request.of("PUT", put)
                .withHeader("Content-Type", "application/octet-stream")
                .withBody(body, progress);
        call(request, List.of(push(repository)), answer -> {
            if (answer.status() == 404) {
                throw RegistryFailure.of(
                        RegistryFailure.Kind.TRANSIENT, "404: the registry no longer knows this upload");
            }
            expect(answer, 201);
            return true;
        });
    }

    /** Puts a manifest under a tag or its digest. */
    public void putManifest(String repository, String tagOrDigest, String mediaType, byte[] content)
            throws RegistryFailure {
        RegistryHttp.Request request = RegistryHttp.Request.of(
                        "PUT", url("/v2/" + repository + "/manifests/" + tagOrDigest))
                .withHeader("Content-Type", mediaType)
                .withBody(RegistryHttp.Body.of(content), sent -> {});
        Digest digest = Digest.of(content);
        call(request, List.of(push(repository)), answer -> {
            expect(answer, 201);
            Optional<Digest> stored = answer.header("Docker-Content-Digest").flatMap(RegistryClient::digest);
            if (stored.isPresent() && !stored.get().equals(digest)) {
                throw RegistryFailure.of(
                        RegistryFailure.Kind.REJECTED,
                        "it stored the manifest " + digest + " under another digest, " + stored.get());
            }
            return true;
        });
    }

    private RegistryHttp.Request manifestRequest(String method, String repository, String tagOrDigest)
            throws RegistryFailure {
        return RegistryHttp.Request.of(method, url("/v2/" + repository + "/manifests/" + tagOrDigest))
                .withHeader("Accept", MANIFEST_TYPES);
    }

    private <T> T call(RegistryHttp.Request request, List<String> scopes, RegistryHttp.Reader<T> reader)
            throws RegistryFailure {
        Optional<String> sent = authorization.header(scopes);
        Optional<T> value = attempt(request, sent, scopes, reader, false);
        if (value.isPresent()) {
            return value.get();
        }
        return attempt(request, authorization.header(scopes), scopes, reader, true)
                .orElseThrow();
    }

    /** One request; empty where a 401 was heeded, so that it is worth making it again. */
    private <T> Optional<T> attempt(
            RegistryHttp.Request request,
            Optional<String> sent,
            List<String> scopes,
            RegistryHttp.Reader<T> reader,
            boolean last)
            throws RegistryFailure {
        boolean ownHost = sameServer(endpoint().base(), request.url());
        RegistryHttp.Request authorized =
                sent.isPresent() && ownHost ? request.withHeader("Authorization", sent.get()) : request;
        List<String> challenges = new ArrayList<>();
        Optional<T> value = follow(authorized, answer -> {
            if (answer.status() == 401 && !last) {
                challenges.addAll(answer.headers("WWW-Authenticate"));
                return Optional.empty();
            }
            return Optional.of(reader.read(answer));
        });
        if (value.isEmpty() && !authorization.accept(challenges, scopes, sent)) {
            return attempt(request, sent, scopes, reader, true);
        }
        return value;
    }

    /** Makes a request and follows redirects; credentials stay with the registry's own host. */
    private <T> T follow(RegistryHttp.Request first, RegistryHttp.Reader<T> reader) throws RegistryFailure {
        RegistryHttp.Request request = first;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            RegistryHttp.Request current = request;
            List<URI> next = new ArrayList<>();
            Optional<T> value = send(current, endpoint().anyCertificate(), answer -> {
                if (REDIRECTS.contains(answer.status())) {
                    next.add(location(answer, current.url()));
                    return Optional.empty();
                }
                return Optional.of(reader.read(answer));
            });
            if (value.isPresent()) {
                return value.get();
            }
            request = redirected(current, next.get(0));
        }
        throw RegistryFailure.of(RegistryFailure.Kind.REJECTED, "it redirects again and again");
    }

    private RegistryHttp.Request redirected(RegistryHttp.Request request, URI url) throws RegistryFailure {
        if (request.url().getScheme().equals("https") && !"https".equals(url.getScheme())) {
            throw RegistryFailure.of(
                    RegistryFailure.Kind.REJECTED, "it redirects to '" + url.getHost() + "' without TLS");
        }
        Map<String, String> headers = new LinkedHashMap<>(request.headers());
        if (!sameServer(request.url(), url)) {
            headers.remove("Authorization");
        }
        return new RegistryHttp.Request(request.method(), url, headers, request.body(), request.progress());
    }

    private <T> T askTokenServer(RegistryHttp.Request request, RegistryHttp.Reader<T> reader) throws RegistryFailure {
        URI url = request.url();
        boolean plain = "http".equals(url.getScheme());
        boolean ownHost =
                url.getHost() != null && url.getHost().equals(endpoint().base().getHost());
        if (url.getHost() == null || plain && !allowInsecure && !Loopback.is(url.getHost())) {
            throw RegistryFailure.of(
                    RegistryFailure.Kind.REJECTED,
                    "its token server '" + url.getHost()
                            + "' does not use TLS, and credentials are not sent without it");
        }
        return send(request, ownHost && endpoint().anyCertificate(), answer -> {
            expect(answer, 200);
            return reader.read(answer);
        });
    }

    /** Makes a request, and names what goes wrong with the connection. */
    private <T> T send(RegistryHttp.Request request, boolean anyCertificate, RegistryHttp.Reader<T> reader)
            throws RegistryFailure {
        log.debug(request.method() + " " + shown(request.url()));
        try {
            return http.send(request, anyCertificate, reader);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** A URL without its user and its query, which may hold a password and signatures. */
    private static String shown(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority().replaceFirst("^.*@", "") + url.getRawPath();
    }

    private URI url(String pathAndQuery) throws RegistryFailure {
        return URI.create(endpoint().base() + pathAndQuery);
    }

    private Endpoint endpoint() throws RegistryFailure {
        Endpoint known = endpoint;
        if (known != null) {
            return known;
        }
        synchronized (this) {
            if (endpoint == null) {
                endpoint = findEndpoint();
            }
            return endpoint;
        }
    }

    private Endpoint findEndpoint() throws RegistryFailure {
        if (registry.equals(ImageReference.DOCKER_HUB)) {
            return new Endpoint(URI.create("https://registry-1.docker.io"), false);
        }
        Matcher parts = HOST_AND_PORT.matcher(registry);
        String host = parts.matches() ? parts.group(1) : registry;
        Endpoint secure = new Endpoint(URI.create("https://" + registry), false);
        Endpoint plain = new Endpoint(URI.create("http://" + registry), false);
        if (Loopback.is(host)) {
            return ping(plain) ? plain : secureOnThisMachine(secure, plain);
        }
        return allowInsecure ? insecure(secure, plain) : secure;
    }

    /** A server on this machine that did not answer plain HTTP: it speaks TLS, or it is in trouble. */
    private Endpoint secureOnThisMachine(Endpoint secure, Endpoint plain) throws RegistryFailure {
        try {
            ping(secure);
            return secure;
        } catch (RegistryFailure e) {
            switch (e.kind()) {
                case NOT_TLS -> {
                    return plain;
                }
                case CERTIFICATE -> {
                    if (allowInsecure) {
                        return new Endpoint(secure.base(), true);
                    }
                    throw e;
                }
                default -> throw e;
            }
        }
    }

    private Endpoint insecure(Endpoint secure, Endpoint plain) throws RegistryFailure {
        try {
            ping(secure);
            return secure;
        } catch (RegistryFailure e) {
            switch (e.kind()) {
                case CERTIFICATE -> {
                    log.warn("The certificate of the registry '" + registry
                            + "' is not trusted; it is used all the same (allowInsecureRegistries).");
                    return new Endpoint(secure.base(), true);
                }
                case NOT_TLS -> {
                    return warned(plain);
                }
                case REFUSED, TRANSIENT -> {
                    boolean samePort = registry.matches(".*:\\d+");
                    if (samePort && e.kind() == RegistryFailure.Kind.REFUSED || !ping(plain)) {
                        throw e;
                    }
                    return warned(plain);
                }
                default -> throw e;
            }
        }
    }

    private Endpoint warned(Endpoint plain) {
        log.warn("The registry '" + registry
                + "' is spoken to without TLS (allowInsecureRegistries); credentials can be read on the way.");
        return plain;
    }

    /** Whether a registry answers there; false where something answers that wants TLS, or nothing that can be understood. */
    private boolean ping(Endpoint candidate) throws RegistryFailure {
        try {
            return send(
                    RegistryHttp.Request.of("GET", URI.create(candidate.base() + "/v2/")),
                    false,
                    answer -> answer.status() != 400);
        } catch (RegistryFailure e) {
            if (e.kind() == RegistryFailure.Kind.TRANSIENT
                    && candidate.base().getScheme().equals("http")) {
                return false;
            }
            throw e;
        }
    }

    private RegistryFailure failure(IOException e) {
        // Masked before anything is cut off, which would leave half a secret.
        String what =
                credentials.mask().mask(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        if (e instanceof UnknownHostException) {
            return RegistryFailure.of(RegistryFailure.Kind.UNKNOWN_HOST, "there is no such host", e);
        }
        if (e instanceof SocketTimeoutException || e instanceof InterruptedIOException) {
            return RegistryFailure.of(RegistryFailure.Kind.TRANSIENT, "no answer came in time (" + what + ")", e);
        }
        if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
            boolean timedOut = what.toLowerCase(Locale.ROOT).contains("timed out");
            return timedOut
                    ? RegistryFailure.of(RegistryFailure.Kind.TRANSIENT, "no connection was made in time", e)
                    : RegistryFailure.of(RegistryFailure.Kind.REFUSED, "the connection was refused", e);
        }
        Matcher refusedByProxy = REFUSED_BY_PROXY.matcher(what);
        if (refusedByProxy.find()) {
            return RegistryFailure.ofAnswer(
                    Integer.parseInt(refusedByProxy.group(1)) < 500 ? 407 : 502,
                    Set.of(),
                    Optional.empty(),
                    refusedByProxy.group(1) + refusedByProxy.group(2));
        }
        if (e instanceof SSLException) {
            if (causedBy(e, CertificateException.class) || e instanceof SSLPeerUnverifiedException) {
                return RegistryFailure.of(RegistryFailure.Kind.CERTIFICATE, certificateProblem(e), e);
            }
            if (what.contains("Unsupported or unrecognized SSL message") || what.contains("plaintext connection")) {
                return RegistryFailure.of(RegistryFailure.Kind.NOT_TLS, "it does not speak TLS", e);
            }
        }
        return RegistryFailure.of(RegistryFailure.Kind.TRANSIENT, "the connection was lost (" + what + ")", e);
    }

    private static String certificateProblem(IOException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private static boolean causedBy(Throwable e, Class<? extends Throwable> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private void expect(RegistryHttp.Answer answer, int status) throws IOException, RegistryFailure {
        if (answer.status() == status || status / 100 == 2 && answer.status() / 100 == 2) {
            return;
        }
        String text = answer.text(LONGEST_ERROR);
        Set<String> codes = new LinkedHashSet<>();
        String said = said(text, codes);
        String reason = credentials.mask().mask(answer.reason());
        String message = answer.status() + (reason.isEmpty() ? "" : " " + reason) + (said.isEmpty() ? "" : ": " + said);
        throw RegistryFailure.ofAnswer(
                answer.status(), codes, answer.header("Retry-After").flatMap(RegistryClient::retryAfter), message);
    }

    private String said(String text, Set<String> codes) {
        try {
            StringBuilder said = new StringBuilder();
            for (JsonNode error : Json.parse(text).path("errors")) {
                codes.add(error.path("code").asText());
                said.append(said.isEmpty() ? "" : "; ")
                        .append(error.path("code").asText())
                        .append(": ")
                        .append(error.path("message").asText(""));
            }
            if (!said.isEmpty()) {
                return shortened(said.toString());
            }
        } catch (IOException e) {
            // Not a registry's own answer, but some proxy's page.
        }
        return shortened(text.replaceAll("(?s)<[^>]*>", " "));
    }

    private String shortened(String text) {
        String line = credentials
                .mask()
                .mask(text)
                .replaceAll("[\\s\\p{Cntrl}]+", " ")
                .strip();
        return OneLine.of(line, SHOWN_OF_ERROR);
    }

    /** {@code Retry-After} (RFC 9110, 10.2.3): seconds, or a date. */
    static Optional<Duration> retryAfter(String value) {
        try {
            long seconds = Math.max(0, Long.parseLong(value.strip()));
            return Optional.of(Duration.ofSeconds(Math.min(seconds, LONGEST_WAIT.toSeconds())));
        } catch (NumberFormatException e) {
            try {
                Instant date = ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                Duration until = Duration.between(Instant.now(), date);
                return Optional.of(
                        until.isNegative() ? Duration.ZERO : until.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : until);
            } catch (DateTimeException notADate) {
                return Optional.empty();
            }
        }
    }

    /** Where an answer points to; a registry behind a proxy that ends TLS may say {@code http}, and means itself. */
    private URI location(RegistryHttp.Answer answer, URI base) throws RegistryFailure {
        try {
            URI location = usable(base.resolve(new URI(answer.header("Location").orElse(""))));
            boolean lostTls = base.getScheme().equals("https")
                    && "http".equals(location.getScheme())
                    && base.getHost().equals(location.getHost());
            if (!lostTls) {
                return location;
            }
            String query = location.getRawQuery() == null ? "" : "?" + location.getRawQuery();
            return new URI("https://" + base.getRawAuthority() + location.getRawPath() + query);
        } catch (URISyntaxException e) {
            throw RegistryFailure.of(RegistryFailure.Kind.REJECTED, "it answered with a Location that is not a URL");
        }
    }

    /** An address that a request can be made to. */
    static URI usable(URI url) throws URISyntaxException {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        int port = url.parseServerAuthority().getPort();
        if (!http || url.getHost() == null || port == 0 || port > 65535) {
            throw new URISyntaxException(url.toString(), "no address of a server");
        }
        return url;
    }

    private static boolean sameServer(URI one, URI other) {
        return one.getScheme().equals(other.getScheme())
                && one.getRawAuthority().equals(other.getRawAuthority());
    }

    private static String mediaType(RegistryHttp.Answer answer, byte[] content) throws IOException {
        String inside = "";
        try {
            inside = ForeignText.json(ForeignText.decoded(content))
                    .path("mediaType")
                    .asText();
        } catch (ForeignText.Malformed e) {
            // Whoever asked for it finds the same, and can say which image it is of.
        }
        return inside.isEmpty()
                ? answer.header("Content-Type").orElse("").split(";", 2)[0].strip()
                : inside;
    }

    private static Optional<Digest> digest(String text) {
        return text.matches("sha256:[0-9a-f]{64}") ? Optional.of(new Digest(text)) : Optional.empty();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
