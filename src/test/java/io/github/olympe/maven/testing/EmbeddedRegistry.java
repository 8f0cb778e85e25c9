package io.github.olympe.maven.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.olympe.maven.io.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An image registry inside the JVM, on a free port of 127.0.0.1. It supports what the OCI distribution specification requires for pulling
 * and pushing (monolithic and chunked uploads, mounts, HEAD, tag lists, image indexes), with no, basic or token authentication. It
 * remembers every request, so that a test can check what was uploaded and what was not.
 *
 * <pre>
 * def registry = EmbeddedRegistry.start()
 * …
 * assert registry.tags('acme/shop-frontend') == ['latest', 'main']
 * registry.close()
 * </pre>
 */
public final class EmbeddedRegistry implements AutoCloseable {

    static {
        // The JDK's server otherwise waits for the client's acknowledgement, 40 ms, on each answer over a kept
        // connection.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, EmbeddedRegistry> RUNNING = new ConcurrentHashMap<>();
    private static final Pattern PATH = Pattern.compile("/v2/(?<name>.+?)/(?<kind>manifests|blobs|tags)/(?<rest>.+)");

    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads;
    private final Path folder;
    private final Map<String, Repository> repositories = new ConcurrentHashMap<>();
    private final Map<String, String> mediaTypes = new ConcurrentHashMap<>();
    private final Map<String, Path> uploads = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final List<String> tokenForms = new CopyOnWriteArrayList<>();
    private final AtomicLong uploadedBytes = new AtomicLong();
    private volatile Function<Request, Optional<Answer>> interceptor = request -> Optional.empty();
    private volatile Predicate<Request> hangUpAfter = request -> false;
    private volatile UnaryOperator<String> locations = location -> location;
    private volatile Predicate<String> refusedMediaTypes = mediaType -> false;
    private volatile boolean onlyInParts;
    private volatile boolean immutableTags;
    private volatile boolean withoutDigests;
    private volatile boolean withoutMounts;
    private volatile List<String> challenges = List.of();
    private volatile int tagsOfPage = Integer.MAX_VALUE;
    private volatile int success;
    private volatile Predicate<Request> open = request -> false;
    private volatile Authentication authentication = Authentication.NONE;
    private volatile String username = "";
    private volatile String password = "";

    private enum Authentication {
        NONE,
        BASIC,
        TOKEN
    }

    /**
     * A request that came in.
     *
     * @param method the HTTP method
     * @param path the path
     * @param query the query as it was sent; empty if there is none
     * @param headers the first value of each header, names in lower case
     */
    public record Request(String method, String path, String query, Map<String, String> headers) {

        @Override
        public String toString() {
            return method + " " + path + (query.isEmpty() ? "" : "?" + query);
        }
    }

    /** An answer to give instead of the registry's own. */
    public record Answer(int status, Map<String, String> headers, String body) {}

    private record Repository(Map<String, String> tags, Set<String> manifests, Set<String> blobs) {}

    private EmbeddedRegistry(HttpServer server, String scheme, Path folder) {
        this.server = server;
        this.scheme = scheme;
        this.folder = folder;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "embedded-registry");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts an empty registry that is open to everybody. */
    public static EmbeddedRegistry start() {
        try {
            return start(HttpServer.create(anyPort(), 0), "http");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one with TLS. */
    public static EmbeddedRegistry start(TestCertificate certificate) {
        try {
            HttpsServer server = HttpsServer.create(anyPort(), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
            return start(server, "https");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetSocketAddress anyPort() throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
    }

    private static EmbeddedRegistry start(HttpServer server, String scheme) throws IOException {
        EmbeddedRegistry registry =
                new EmbeddedRegistry(server, scheme, Files.createTempDirectory("olympe-embedded-registry"));
        server.createContext("/", registry::handle);
        server.setExecutor(registry.threads);
        server.start();
        RUNNING.put(registry.host(), registry);
        return registry;
    }

    /** Returns the registry of this JVM at this host and port, if there is one. */
    static Optional<EmbeddedRegistry> at(String host) {
        return Optional.ofNullable(RUNNING.get(host));
    }

    /** Has a blob from now on, as if somebody had pushed it before. */
    void keepBlob(String repository, byte[] blob) {
        String digest = digest(blob);
        keep(digest, blob);
        repository(repository).blobs().add(digest);
    }

    /** Has a manifest from now on, as if somebody had pushed it before. */
    void keepManifest(String repository, String reference, String mediaType, byte[] manifest) {
        String digest = digest(manifest);
        keep(digest, manifest);
        mediaTypes.put(digest, mediaType);
        repository(repository).manifests().add(digest);
        if (!reference.startsWith("sha256:")) {
            repository(repository).tags().put(reference, digest);
        }
    }

    private void keep(String digest, byte[] content) {
        try {
            Files.write(file(digest), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks for this user and password from now on (HTTP basic authentication). */
    public EmbeddedRegistry requireBasic(String user, String secret) {
        username = user;
        password = secret;
        authentication = Authentication.BASIC;
        return this;
    }

    /** Asks for a bearer token from now on, which its own {@code /token} gives to this user. */
    public EmbeddedRegistry requireToken(String user, String secret) {
        username = user;
        password = secret;
        authentication = Authentication.TOKEN;
        return this;
    }

    /** Lets this answer requests first. If it gives no answer, the registry answers. */
    public EmbeddedRegistry intercept(Function<Request, Optional<Answer>> instead) {
        interceptor = instead;
        return this;
    }

    /** Carries out the requests that this selects, then closes the connection without an answer. */
    public EmbeddedRegistry interceptAfter(Predicate<Request> chosen) {
        hangUpAfter = chosen;
        return this;
    }

    /** Rewrites the {@code Location} of uploads, which is otherwise a full URL. */
    public EmbeddedRegistry locations(UnaryOperator<String> newLocations) {
        locations = newLocations;
        return this;
    }

    /** Refuses manifests of the media types that this selects (415). */
    public EmbeddedRegistry refuseManifests(Predicate<String> mediaTypes) {
        refusedMediaTypes = mediaTypes;
        return this;
    }

    /** Accepts the content of a blob only by PATCH. */
    public EmbeddedRegistry takeUploadsOnlyInParts() {
        onlyInParts = true;
        return this;
    }

    /** Lets no tag move, as Amazon's registry can be configured. */
    public EmbeddedRegistry makeTagsImmutable() {
        immutableTags = true;
        return this;
    }

    /** Lists at most this many tags at once. */
    public EmbeddedRegistry tagsOfPage(int number) {
        tagsOfPage = number;
        return this;
    }

    /** Never sends the header with a digest. */
    public EmbeddedRegistry withoutDigestHeaders() {
        withoutDigests = true;
        return this;
    }

    /** Begins an upload instead of mounting a blob (202). */
    public EmbeddedRegistry mountNothing() {
        withoutMounts = true;
        return this;
    }

    /** Asks for a credential with these {@code WWW-Authenticate} headers instead of its own. */
    public EmbeddedRegistry challengeWith(String... headers) {
        challenges = List.of(headers);
        return this;
    }

    /** Answers with this status after creating a blob or a manifest (instead of 201). */
    public EmbeddedRegistry successAs(int status) {
        success = status;
        return this;
    }

    /** Needs no credential for the requests that this selects. */
    public EmbeddedRegistry openFor(Predicate<Request> chosen) {
        open = chosen;
        return this;
    }

    /** Forgets the tokens that it has issued, as if they had expired. */
    public void expireTokens() {
        tokens.clear();
    }

    /** Returns host and port, as in image references: {@code 127.0.0.1:40123}. */
    public String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Its URL, without a slash at the end. */
    public String url() {
        return scheme + "://" + host();
    }

    /** Returns every request since the start, or since {@link #forgetRequests()}. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Returns the folder with everything that it received: blobs, manifests, and unfinished uploads. */
    public Path folder() {
        return folder;
    }

    /** Returns the requests whose {@code toString()} contains a match of this regular expression. */
    public List<Request> requests(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return requests.stream()
                .filter(request -> pattern.matcher(request.toString()).find())
                .toList();
    }

    /** Returns the forms that its token server received, as they were sent. */
    public List<String> tokenForms() {
        return List.copyOf(tokenForms);
    }

    /** Clears {@link #requests()} and {@link #uploadedBytes()}. */
    public void forgetRequests() {
        requests.clear();
        uploadedBytes.set(0);
    }

    /** Returns how many bytes of blobs were uploaded, including those of failed uploads. */
    public long uploadedBytes() {
        return uploadedBytes.get();
    }

    /** Returns the repositories with at least one manifest, sorted. */
    public List<String> repositories() {
        return repositories.entrySet().stream()
                .filter(entry -> !entry.getValue().manifests().isEmpty())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** The tags of a repository, sorted. */
    public List<String> tags(String repository) {
        return List.copyOf(new TreeMap<>(repository(repository).tags()).keySet());
    }

    /** Returns the digest that a tag points to, {@code null} if the tag does not exist. */
    public String digest(String repository, String tag) {
        return repository(repository).tags().get(tag);
    }

    /** Returns the manifest under a tag or digest, as it was pushed. */
    public JsonNode manifest(String repository, String tagOrDigest) {
        String digest = tagOrDigest.startsWith("sha256:") ? tagOrDigest : digest(repository, tagOrDigest);
        if (digest == null) {
            throw new AssertionError("no tag " + tagOrDigest + " in " + repository + "; it has " + tags(repository));
        }
        return json(blob(digest));
    }

    /** The image configuration of the manifest under a tag or digest. */
    public JsonNode config(String repository, String tagOrDigest) {
        return json(blob(
                manifest(repository, tagOrDigest).path("config").path("digest").asText()));
    }

    /** The digests of the layers of the manifest under a tag or digest. */
    public List<String> layers(String repository, String tagOrDigest) {
        List<String> digests = new ArrayList<>();
        manifest(repository, tagOrDigest)
                .path("layers")
                .forEach(layer -> digests.add(layer.path("digest").asText()));
        return digests;
    }

    /** The bytes of a blob or manifest. */
    public byte[] blob(String digest) {
        try {
            return Files.readAllBytes(file(digest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether this repository has the blob. */
    public boolean hasBlob(String repository, String digest) {
        return repository(repository).blobs().contains(digest);
    }

    /** Copies everything from another registry. */
    public EmbeddedRegistry copyFrom(EmbeddedRegistry from) {
        try (Stream<Path> files = Files.list(from.folder)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        repositories.putAll(from.repositories);
        mediaTypes.putAll(from.mediaTypes);
        return this;
    }

    /** Deletes a tag, and the image that it names. */
    public void removeManifest(String repository, String tag) {
        Repository known = repository(repository);
        known.manifests().remove(known.tags().remove(tag));
    }

    /** Deletes a tag. */
    public void removeTag(String repository, String tag) {
        repository(repository).tags().remove(tag);
    }

    /** Deletes a blob from a repository. */
    public void removeBlob(String repository, String digest) {
        repository(repository).blobs().remove(digest);
    }

    /** Replaces a blob's bytes, so that they no longer have the digest that they are stored under. */
    public void corruptBlob(String digest, byte[] bytes) {
        try {
            Files.write(file(digest), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        RUNNING.remove(host());
        server.stop(0);
        threads.shutdownNow();
        try {
            FileTree.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request = request(exchange);
            requests.add(request);
            Optional<Answer> answer = interceptor.apply(request);
            if (answer.isPresent()) {
                drain(exchange);
                answer.get().headers().forEach(exchange.getResponseHeaders()::set);
                send(exchange, answer.get().status(), answer.get().body().getBytes(StandardCharsets.UTF_8));
            } else if (request.path().equals("/token")) {
                token(exchange);
            } else if (!authorized(exchange, request)) {
                drain(exchange);
                error(exchange, 401, "UNAUTHORIZED");
            } else if (request.path().equals("/v2/") || request.path().equals("/v2")) {
                exchange.getResponseHeaders().set("Docker-Distribution-Api-Version", "registry/2.0");
                send(exchange, 200, "{}".getBytes(StandardCharsets.UTF_8));
            } else {
                route(exchange, request);
            }
        } catch (RuntimeException e) {
            error(exchange, 500, "UNKNOWN " + e);
        }
    }

    private void route(HttpExchange exchange, Request request) throws IOException {
        Matcher path = PATH.matcher(request.path());
        if (!path.matches()) {
            error(exchange, 404, "NAME_UNKNOWN");
            return;
        }
        String name = path.group("name");
        String rest = path.group("rest");
        switch (path.group("kind")) {
            case "manifests" -> manifests(exchange, name, rest);
            case "tags" -> tagsList(exchange, name);
            default -> {
                if (rest.startsWith("uploads/")) {
                    uploads(exchange, name, rest.substring("uploads/".length()));
                } else if (repository(name).blobs().contains(rest)) {
                    serve(exchange, rest, "application/octet-stream");
                } else {
                    error(exchange, 404, "BLOB_UNKNOWN");
                }
            }
        }
    }

    private void manifests(HttpExchange exchange, String name, String reference) throws IOException {
        Repository repository = repository(name);
        switch (exchange.getRequestMethod()) {
            case "GET", "HEAD" -> {
                String digest = reference.startsWith("sha256:")
                        ? reference
                        : repository.tags().getOrDefault(reference, "");
                if (repository.manifests().contains(digest)) {
                    serve(exchange, digest, mediaTypes.getOrDefault(digest, "application/json"));
                } else {
                    error(exchange, 404, "MANIFEST_UNKNOWN");
                }
            }
            case "PUT" -> {
                byte[] bytes = exchange.getRequestBody().readAllBytes();
                String digest = digest(bytes);
                Optional<String> missing = missing(repository, json(bytes));
                if (refusedMediaTypes.test(exchange.getRequestHeaders().getFirst("Content-Type"))) {
                    error(exchange, 415, "MANIFEST_INVALID");
                } else if (immutableTags && !digest.equals(repository.tags().getOrDefault(reference, digest))) {
                    error(exchange, 400, "TAG_INVALID the tag exists, and the repository is immutable");
                } else if (reference.startsWith("sha256:") && !reference.equals(digest)) {
                    error(exchange, 400, "DIGEST_INVALID");
                } else if (missing.isPresent()) {
                    error(exchange, 400, "MANIFEST_BLOB_UNKNOWN " + missing.get());
                } else {
                    keepManifest(name, reference, exchange.getRequestHeaders().getFirst("Content-Type"), bytes);
                    exchange.getResponseHeaders().set("Docker-Content-Digest", digest);
                    exchange.getResponseHeaders().set("Location", "/v2/" + name + "/manifests/" + digest);
                    send(exchange, 201, new byte[0]);
                }
            }
            default -> error(exchange, 405, "UNSUPPORTED");
        }
    }

    private Optional<String> missing(Repository repository, JsonNode manifest) {
        List<String> needed = new ArrayList<>();
        manifest.path("layers").forEach(layer -> needed.add(layer.path("digest").asText()));
        if (manifest.has("config")) {
            needed.add(manifest.path("config").path("digest").asText());
        }
        needed.removeAll(repository.blobs());
        List<String> manifests = new ArrayList<>();
        manifest.path("manifests")
                .forEach(child -> manifests.add(child.path("digest").asText()));
        manifests.removeAll(repository.manifests());
        needed.addAll(manifests);
        return needed.stream().findFirst();
    }

    private void tagsList(HttpExchange exchange, String name) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        String last = query(exchange).getOrDefault("last", "");
        List<String> rest =
                tags(name).stream().filter(tag -> tag.compareTo(last) > 0).toList();
        List<String> page = rest.subList(0, Math.min(tagsOfPage, rest.size()));
        if (page.size() < rest.size()) {
            exchange.getResponseHeaders()
                    .set(
                            "Link",
                            "</v2/" + name + "/tags/list?n=" + tagsOfPage + "&last=" + page.get(page.size() - 1)
                                    + ">; rel=\"next\"");
        }
        send(exchange, 200, JSON.writeValueAsBytes(Map.of("name", name, "tags", page)));
    }

    private void uploads(HttpExchange exchange, String name, String id) throws IOException {
        Map<String, String> query = query(exchange);
        switch (exchange.getRequestMethod()) {
            case "POST" -> {
                String mount = query.getOrDefault("mount", "");
                String from = query.getOrDefault("from", "");
                drain(exchange);
                if (!withoutMounts
                        && repositories.containsKey(from)
                        && repository(from).blobs().contains(mount)) {
                    repository(name).blobs().add(mount);
                    created(exchange, name, mount);
                } else {
                    String upload = UUID.randomUUID().toString();
                    uploads.put(upload, Files.createFile(folder.resolve("upload-" + upload)));
                    accepted(exchange, name, upload);
                }
            }
            case "PATCH" -> {
                if (uploads.containsKey(id)) {
                    append(exchange, id);
                    accepted(exchange, name, id);
                } else {
                    drain(exchange);
                    error(exchange, 404, "BLOB_UPLOAD_UNKNOWN");
                }
            }
            case "PUT" -> {
                if (!uploads.containsKey(id)) {
                    drain(exchange);
                    error(exchange, 404, "BLOB_UPLOAD_UNKNOWN");
                    return;
                }
                if (append(exchange, id) > 0 && onlyInParts) {
                    error(exchange, 405, "UNSUPPORTED");
                    return;
                }
                Path upload = uploads.remove(id);
                String wanted = query.getOrDefault("digest", "");
                if (digest(upload).equals(wanted)) {
                    Files.move(upload, file(wanted), StandardCopyOption.REPLACE_EXISTING);
                    repository(name).blobs().add(wanted);
                    created(exchange, name, wanted);
                } else {
                    Files.delete(upload);
                    error(exchange, 400, "DIGEST_INVALID");
                }
            }
            case "DELETE" -> {
                uploads.remove(id);
                send(exchange, 204, new byte[0]);
            }
            default -> error(exchange, 405, "UNSUPPORTED");
        }
    }

    private long append(HttpExchange exchange, String upload) throws IOException {
        try (OutputStream out =
                Files.newOutputStream(uploads.get(upload), StandardOpenOption.APPEND, StandardOpenOption.WRITE)) {
            long bytes = exchange.getRequestBody().transferTo(out);
            uploadedBytes.addAndGet(bytes);
            return bytes;
        }
    }

    private void accepted(HttpExchange exchange, String name, String upload) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set(
                "Location",
                locations.apply(url() + "/v2/" + name + "/blobs/uploads/" + upload + "?_state=some%2Fstate"));
        headers.set("Docker-Upload-UUID", upload);
        headers.set("Range", "0-" + Math.max(0, Files.size(uploads.get(upload)) - 1));
        send(exchange, 202, new byte[0]);
    }

    private void created(HttpExchange exchange, String name, String digest) throws IOException {
        exchange.getResponseHeaders().set("Location", "/v2/" + name + "/blobs/" + digest);
        exchange.getResponseHeaders().set("Docker-Content-Digest", digest);
        send(exchange, 201, new byte[0]);
    }

    private void token(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (!form.isEmpty()) {
            tokenForms.add(form);
        }
        boolean refresh = form.contains("grant_type=refresh_token") && form.contains("refresh_token=" + password);
        if (!basic(exchange) && !refresh) {
            error(exchange, 401, "UNAUTHORIZED");
            return;
        }
        String token = "token-" + UUID.randomUUID();
        tokens.add(token);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        send(exchange, 200, JSON.writeValueAsBytes(Map.of("token", token, "expires_in", 300)));
    }

    private boolean authorized(HttpExchange exchange, Request request) {
        String given = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
        if (open.test(request)) {
            return true;
        }
        boolean authorized = switch (authentication) {
            case NONE -> true;
            case BASIC -> basic(exchange);
            case TOKEN -> given.startsWith("Bearer ") && tokens.contains(given.substring("Bearer ".length()));
        };
        if (!authorized && !challenges.isEmpty()) {
            exchange.getResponseHeaders().put("WWW-Authenticate", challenges);
        } else if (!authorized) {
            Matcher path = PATH.matcher(request.path());
            String scope = path.matches() ? ",scope=\"repository:" + path.group("name") + ":pull,push\"" : "";
            exchange.getResponseHeaders()
                    .set(
                            "WWW-Authenticate",
                            authentication == Authentication.BASIC
                                    ? "Basic realm=\"embedded\""
                                    : "Bearer realm=\"" + url() + "/token\",service=\"embedded\"" + scope);
        }
        return authorized;
    }

    private boolean basic(HttpExchange exchange) {
        String wanted = "Basic "
                + Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
        return wanted.equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private void serve(HttpExchange exchange, String digest, String mediaType) throws IOException {
        Path file = file(digest);
        long size;
        try {
            size = Files.size(file);
        } catch (NoSuchFileException e) {
            error(exchange, 404, "BLOB_UNKNOWN");
            return;
        }
        if (!withoutDigests) {
            exchange.getResponseHeaders().set("Docker-Content-Digest", digest);
        }
        exchange.getResponseHeaders().set("Content-Type", mediaType);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Long.toString(size));
            exchange.sendResponseHeaders(200, -1);
        } else {
            exchange.sendResponseHeaders(200, size == 0 ? -1 : size);
            try (InputStream in = Files.newInputStream(file)) {
                in.transferTo(exchange.getResponseBody());
            }
        }
    }

    private void error(HttpExchange exchange, int status, String code) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        send(
                exchange,
                status,
                JSON.writeValueAsBytes(Map.of("errors", List.of(Map.of("code", code, "message", "says the test")))));
    }

    private void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        if (hangUpAfter.test(request(exchange))) {
            exchange.close();
            return;
        }
        if (withoutDigests) {
            exchange.getResponseHeaders().remove("Docker-Content-Digest");
        }
        boolean none = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status == 201 && success > 0 ? success : status, none ? -1 : body.length);
        if (!none) {
            exchange.getResponseBody().write(body);
        }
    }

    private static void drain(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
    }

    private static Request request(HttpExchange exchange) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""),
                headers);
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new LinkedHashMap<>();
        String raw = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        for (String pair : raw.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    private Repository repository(String name) {
        return repositories.computeIfAbsent(
                name,
                key -> new Repository(
                        new ConcurrentHashMap<>(), ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet()));
    }

    private Path file(String digest) {
        return folder.resolve(digest.replace(':', '-'));
    }

    private static JsonNode json(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(byte[] bytes) {
        return "sha256:" + HexFormat.of().formatHex(sha256().digest(bytes));
    }

    private static String digest(Path file) throws IOException {
        MessageDigest sha256 = sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha256.update(buffer, 0, n);
            }
        }
        return "sha256:" + HexFormat.of().formatHex(sha256.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
