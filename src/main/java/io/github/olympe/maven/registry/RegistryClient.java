package io.github.olympe.maven.registry;

import io.github.olympe.maven.text.ForeignText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * One registry, by the OCI distribution specification: each method is one request of it (with those for authorization, and those that a
 * redirect asks for), made once. Safe for use by several threads.
 */
public final class RegistryClient {

    private static final String MANIFEST_TYPES = String.join(
            ", ", MediaTypes.OCI_INDEX, MediaTypes.DOCKER_INDEX, MediaTypes.OCI_MANIFEST, MediaTypes.DOCKER_MANIFEST);
    private static final int LONGEST_MANIFEST = 4 << 20;
    private static final int BUFFER = 1 << 16;

    /** Statuses of registries that have the manifest and answer only GET, and of some in between. */
    private static final Set<Integer> NO_HEAD = Set.of(400, 403, 405, 501);

    private final RegistryConnection connection;
    private final RegistryAuthorization authorization;

    /** A manifest as it is in the registry. */
    public record Manifest(String mediaType, Digest digest, byte[] content) {}

    public RegistryClient(
            String registry,
            RegistryHttp http,
            InsecureRegistries insecure,
            RegistryCredentials credentials,
            ImageLog log) {
        this.connection = new RegistryConnection(registry, http, insecure, credentials.mask(), log);
        this.authorization = new RegistryAuthorization(registry, credentials, connection);
    }

    /** Finds out where the registry is and how it is spoken to, which every other method does too. */
    public void connect() throws RegistryFailure {
        connection.endpoint();
    }

    /** Sends the credential for a repository, if there is one and the registry asks for one; nothing is read or changed. */
    public void logIn(Access access) throws RegistryFailure {
        authorization.of(access);
    }

    /** The digest that a tag points to, or of a manifest itself; empty where there is none, or the registry does not say. */
    public Optional<Digest> manifestDigest(String repository, String tagOrDigest, Access access)
            throws RegistryFailure {
        Optional<Optional<Digest>> head = call(manifestRequest("HEAD", repository, tagOrDigest), access, answer -> {
            if (answer.status() == 404) {
                return Optional.of(Optional.empty());
            }
            if (NO_HEAD.contains(answer.status())) {
                return Optional.empty();
            }
            connection.expect(answer, 200);
            return Optional.of(answer.header("Docker-Content-Digest")
                    .or(() -> Optional.of(tagOrDigest))
                    .flatMap(RegistryClient::digest));
        });
        if (head.isPresent()) {
            return head.get();
        }
        return call(
                manifestRequest("GET", repository, tagOrDigest),
                access,
                answer -> answer.status() == 404
                        ? Optional.empty()
                        : Optional.of(manifest(answer, tagOrDigest).digest()));
    }

    /** A manifest or index, its content checked against the digest it was asked for by. */
    public Manifest manifest(String repository, String tagOrDigest) throws RegistryFailure {
        return call(
                manifestRequest("GET", repository, tagOrDigest),
                Access.pull(repository),
                answer -> manifest(answer, tagOrDigest));
    }

    private Manifest manifest(RegistryHttp.Answer answer, String tagOrDigest) throws IOException, RegistryFailure {
        connection.expect(answer, 200);
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
    }

    /** Whether a repository holds a blob. */
    public boolean hasBlob(String repository, Digest digest, Access access) throws RegistryFailure {
        return call(blobRequest("HEAD", repository, digest), access, answer -> {
            if (answer.status() == 404) {
                return false;
            }
            connection.expect(answer, 200);
            return true;
        });
    }

    /**
     * Reads a blob. Its content is not compared with its digest, but no more is read than its size.
     *
     * @param size how large the blob is, as the manifest says that names it
     */
    public void readBlob(String repository, Digest digest, long size, OutputStream out) throws RegistryFailure {
        call(blobRequest("GET", repository, digest), Access.pull(repository), answer -> {
            connection.expect(answer, 200);
            copy(answer.content(), out, size);
            return true;
        });
    }

    private static void copy(InputStream content, OutputStream out, long size) throws IOException, RegistryFailure {
        byte[] buffer = new byte[BUFFER];
        long left = size;
        for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
            left -= n;
            if (left < 0) {
                throw RegistryFailure.of(
                        RegistryFailure.Kind.TRANSIENT, "more came than the " + size + " bytes that the blob has");
            }
            out.write(buffer, 0, n);
        }
    }

    /**
     * Takes a blob over from another repository of the registry.
     *
     * @return where to upload it instead, where that repository does not have it; empty when it was taken over
     */
    public Optional<URI> mountBlob(String repository, Digest digest, String from) throws RegistryFailure {
        URI begin = connection.url(
                "/v2/" + repository + "/blobs/uploads/?mount=" + encode(digest.value()) + "&from=" + encode(from));
        return call(RegistryHttp.Request.of("POST", begin), Access.mount(repository, from), answer -> {
            if (answer.status() == 202) {
                return Optional.of(connection.location(answer, begin));
            }
            connection.expect(answer, 201);
            return Optional.empty();
        });
    }

    /** Begins an upload, and gives the place where to send the blob. */
    public URI beginUpload(String repository) throws RegistryFailure {
        URI begin = connection.url("/v2/" + repository + "/blobs/uploads/");
        return call(RegistryHttp.Request.of("POST", begin), Access.push(repository), answer -> {
            connection.expect(answer, 202);
            return connection.location(answer, begin);
        });
    }

    /**
     * Sends a whole blob, as docker does: its content in one part, which every registry takes, then its digest.
     *
     * @param location what {@link #beginUpload} or {@link #mountBlob} gave
     * @param progress is told the bytes sent each time that some were
     */
    public void upload(String repository, Digest digest, URI location, RegistryHttp.Body body, LongConsumer progress)
            throws RegistryFailure {
        RegistryHttp.Request patch = RegistryHttp.Request.of("PATCH", location)
                .withHeader("Content-Type", "application/octet-stream")
                .withBody(body, progress);
        URI next = call(patch, Access.push(repository), answer -> {
            expectUpload(answer, 202);
            return answer.header("Location").isEmpty() ? location : connection.location(answer, location);
        });
        String separator = next.getRawQuery() == null ? "?" : next.getRawQuery().isEmpty() ? "" : "&";
        URI put = URI.create(next + separator + "digest=" + encode(digest.value()));
        RegistryHttp.Request finish =
                RegistryHttp.Request.of("PUT", put).withBody(RegistryHttp.Body.of(new byte[0]), sent -> {});
        call(finish, Access.push(repository), answer -> {
            expectUpload(answer, 201);
            return true;
        });
    }

    private void expectUpload(RegistryHttp.Answer answer, int status) throws IOException, RegistryFailure {
        if (answer.status() == 404) {
            throw RegistryFailure.of(RegistryFailure.Kind.TRANSIENT, "404: the registry no longer knows this upload");
        }
        connection.expect(answer, status);
    }

    /** Puts a manifest under a tag or its digest. */
    public void putManifest(String repository, String tagOrDigest, String mediaType, byte[] content)
            throws RegistryFailure {
        RegistryHttp.Request request = RegistryHttp.Request.of(
                        "PUT", connection.url("/v2/" + repository + "/manifests/" + tagOrDigest))
                .withHeader("Content-Type", mediaType)
                .withBody(RegistryHttp.Body.of(content), sent -> {});
        Digest digest = Digest.of(content);
        call(request, Access.push(repository), answer -> {
            connection.expect(answer, 201);
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
        return RegistryHttp.Request.of(method, connection.url("/v2/" + repository + "/manifests/" + tagOrDigest))
                .withHeader("Accept", MANIFEST_TYPES);
    }

    private RegistryHttp.Request blobRequest(String method, String repository, Digest digest) throws RegistryFailure {
        return RegistryHttp.Request.of(method, connection.url("/v2/" + repository + "/blobs/" + digest.value()));
    }

    private <T> T call(RegistryHttp.Request request, Access access, RegistryHttp.Reader<T> reader)
            throws RegistryFailure {
        Optional<RegistryAuthorization.Sent> sent = authorization.of(access);
        Attempt<T> first = attempt(request, sent, reader, true);
        if (first.value().isPresent()) {
            return first.value().get();
        }
        if (authorization.accept(first.challenges(), access, sent)) {
            sent = authorization.of(access);
        }
        return attempt(request, sent, reader, false).value().orElseThrow();
    }

    /** What came of one request: a value, or the challenges of a 401. */
    private record Attempt<T>(Optional<T> value, List<String> challenges) {}

    private <T> Attempt<T> attempt(
            RegistryHttp.Request request,
            Optional<RegistryAuthorization.Sent> sent,
            RegistryHttp.Reader<T> reader,
            boolean mayBeChallenged)
            throws RegistryFailure {
        RegistryHttp.Request authorized = sent.isPresent()
                ? request.withHeader("Authorization", sent.get().header())
                : request;
        try {
            return connection.follow(
                    authorized,
                    answer -> answer.status() == 401 && mayBeChallenged
                            ? new Attempt<>(Optional.empty(), answer.headers("WWW-Authenticate"))
                            : new Attempt<>(Optional.of(reader.read(answer)), List.of()));
        } catch (RegistryFailure failure) {
            throw failure.withSent(sent.flatMap(RegistryAuthorization.Sent::source));
        }
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
