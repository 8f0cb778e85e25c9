package io.github.olympe.maven.registry.protocol;

import com.google.cloud.tools.jib.blob.Blob;
import com.google.cloud.tools.jib.blob.Blobs;
import io.github.olympe.maven.http.Answer;
import io.github.olympe.maven.http.HttpConnections;
import io.github.olympe.maven.http.Request;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageLog;
import io.github.olympe.maven.registry.InsecureRegistries;
import io.github.olympe.maven.registry.MediaTypes;
import io.github.olympe.maven.registry.credential.RegistryCredentials;
import io.github.olympe.maven.registry.protocol.RegistryFailure.Kind;
import io.github.olympe.maven.text.ForeignText;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/**
 * One registry, accessed with Jib Core's client for the OCI distribution specification. Each method does one thing, without retries. Safe
 * for use by several threads.
 *
 * <p>Manifests are read without Jib, because Jib needs a GET to learn a digest, and its templates fail on unknown fields
 * ({@code RegistryQuirksTest.manifestsWithUnknownFieldsAreKeptByteForByte}).
 */
public final class Registry {

    private static final String MANIFEST_TYPES = String.join(
            ", ", MediaTypes.OCI_INDEX, MediaTypes.DOCKER_INDEX, MediaTypes.OCI_MANIFEST, MediaTypes.DOCKER_MANIFEST);
    private static final int LONGEST_MANIFEST = 4 << 20;
    private static final int TAGS_OF_PAGE = 1000;
    private static final int MOST_PAGES = 1000;

    /** Statuses with which some registries and proxies answer HEAD although they have the manifest and answer GET. */
    private static final Set<Integer> NO_HEAD = Set.of(400, 403, 405, 501);

    private final String name;
    private final RegistryConnection connection;
    private final RegistryLogin login;
    private final RegistryCredentials credentials;
    private final Map<Access, RegistrySession> sessions = new ConcurrentHashMap<>();

    /** A manifest as stored in the registry. */
    public record Manifest(String mediaType, Digest digest, byte[] content) {}

    /**
     * Creates a client for a registry. Nothing is sent yet.
     *
     * @param name the host with its port, as in image references
     */
    public Registry(
            String name,
            HttpConnections http,
            InsecureRegistries insecure,
            RegistryCredentials credentials,
            ImageLog log) {
        this.name = name;
        this.credentials = credentials;
        this.connection = new RegistryConnection(name, http, insecure, credentials.mask(), log);
        this.login = new RegistryLogin(name, credentials, connection);
    }

    private RegistrySession session(Access access) {
        return sessions.computeIfAbsent(
                access, key -> new RegistrySession(name, access, connection, login, credentials));
    }

    /** Finds out the registry's URL and whether it uses TLS. Every other method does this too. */
    public void connect() throws RegistryFailure {
        connection.endpoint();
    }

    /** Sends the credential for a repository, if there is one and the registry asks for one; nothing is read or changed. */
    public void logIn(Access access) throws RegistryFailure {
        session(access).authenticate();
    }

    /** Returns the digest of a manifest by its tag or digest, or empty if there is none or the registry does not say. */
    public Optional<Digest> manifestDigest(String tagOrDigest, Access access) throws RegistryFailure {
        Optional<Optional<Digest>> head = session(access)
                .request(manifestRequest("HEAD", tagOrDigest, access), answer -> {
                    if (answer.status() == 404) {
                        return Optional.of(Optional.empty());
                    }
                    if (NO_HEAD.contains(answer.status())) {
                        return Optional.empty();
                    }
                    connection.errors().requireSuccess(answer);
                    return Optional.of(answer.header("Docker-Content-Digest")
                            .or(() -> Optional.of(tagOrDigest))
                            .flatMap(Digest::parse));
                });
        if (head.isPresent()) {
            return head.get();
        }
        return session(access)
                .request(
                        manifestRequest("GET", tagOrDigest, access),
                        answer -> answer.status() == 404
                                ? Optional.empty()
                                : Optional.of(manifest(answer, tagOrDigest).digest()));
    }

    /** Returns a manifest or index. If it was requested by digest, its content is checked against that. */
    public Manifest manifest(String repository, String tagOrDigest) throws RegistryFailure {
        Access access = Access.pull(repository);
        return session(access)
                .request(manifestRequest("GET", tagOrDigest, access), answer -> manifest(answer, tagOrDigest));
    }

    private Request manifestRequest(String method, String tagOrDigest, Access access) throws RegistryFailure {
        return Request.of(method, connection.url("/v2/" + access.repository() + "/manifests/" + tagOrDigest))
                .withHeader("Accept", MANIFEST_TYPES);
    }

    private Manifest manifest(Answer answer, String tagOrDigest) throws IOException, RegistryFailure {
        connection.errors().requireSuccess(answer);
        byte[] content = answer.content().readNBytes(LONGEST_MANIFEST + 1);
        if (content.length > LONGEST_MANIFEST) {
            throw RegistryFailure.of(Kind.REJECTED, "its manifest is larger than " + (LONGEST_MANIFEST >> 20) + " MiB");
        }
        Digest digest = Digest.of(content);
        Optional<Digest> wanted = Digest.parse(tagOrDigest);
        if (wanted.isPresent() && !wanted.get().equals(digest)) {
            throw RegistryFailure.of(
                    Kind.TRANSIENT, "its manifest has the digest " + digest + " instead of " + wanted.get());
        }
        return new Manifest(mediaType(answer, content), digest, content);
    }

    /** Returns whether a repository is known to hold a blob. It is not known if the registry or a proxy does not answer HEAD. */
    public boolean hasBlob(Digest digest, Access access) throws RegistryFailure {
        return blobSize(digest, access).isPresent();
    }

    /** The size of a blob that a repository is known to hold; empty as {@link #hasBlob} is false. */
    public OptionalLong blobSize(Digest digest, Access access) throws RegistryFailure {
        try {
            return session(access)
                    .call(jib -> jib.checkBlob(digest.forJib()))
                    .map(blob -> OptionalLong.of(blob.getSize()))
                    .orElse(OptionalLong.empty());
        } catch (RegistryFailure failure) {
            if (failure.status() == 405 || failure.status() == 501) {
                return OptionalLong.empty();
            }
            throw failure;
        }
    }

    /**
     * Reads a blob. No more is read than its size.
     *
     * @param size the blob's size according to its manifest
     * @throws IOException if {@code out} cannot be written
     */
    public void readBlob(String repository, Digest digest, long size, OutputStream out)
            throws RegistryFailure, IOException {
        LimitedOutput limited = new LimitedOutput(out, size);
        try {
            session(Access.pull(repository))
                    .call(jib -> jib.pullBlob(digest.forJib(), length -> {}, read -> {})
                            .writeTo(limited));
        } catch (RegistryFailure failure) {
            limited.requireWritable();
            throw failure;
        }
    }

    /**
     * Mounts a blob from another repository of the registry.
     *
     * @return whether it was mounted
     */
    public boolean mountBlob(String repository, Digest digest, String from) throws RegistryFailure {
        return session(Access.mount(repository, from)).call(jib -> {
            try {
                return jib.pushBlob(digest.forJib(), Blobs.from(""), from, sent -> {});
            } catch (RegistryTransport.NotMounted e) {
                return false;
            }
        });
    }

    /**
     * Sends a whole blob.
     *
     * @param progress receives the number of bytes each time some were sent
     */
    public void pushBlob(String repository, Digest digest, Blob blob, LongConsumer progress) throws RegistryFailure {
        session(Access.push(repository)).call(jib -> jib.pushBlob(digest.forJib(), blob, null, progress::accept));
    }

    /** Sends a small blob, unless the repository holds it. */
    public Digest pushBlob(String repository, byte[] content) throws RegistryFailure {
        Digest digest = Digest.of(content);
        if (!hasBlob(digest, Access.push(repository))) {
            pushBlob(repository, digest, Blobs.from(out -> out.write(content), true), sent -> {});
        }
        return digest;
    }

    /**
     * Returns the tags of a repository from all pages of the list, empty if nothing was pushed to it. Fails if the registry does not list
     * tags.
     *
     * @param access what else the caller does there, so that one token is enough
     */
    public List<String> tags(Access access) throws RegistryFailure {
        List<String> tags = new ArrayList<>();
        Optional<URI> url = Optional.of(connection.url("/v2/" + access.repository() + "/tags/list?n=" + TAGS_OF_PAGE));
        for (int pages = 0; url.isPresent(); pages++) {
            if (pages == MOST_PAGES) {
                throw RegistryFailure.of(Kind.REJECTED, "its list of tags has more than " + MOST_PAGES + " pages");
            }
            URI page = url.get();
            TagPage read = session(access)
                    .request(Request.of("GET", page), answer -> TagPage.read(answer, page, connection.errors()));
            tags.addAll(read.tags());
            url = read.next();
        }
        return tags;
    }

    /** Puts a manifest under a tag or its digest. */
    public void putManifest(String repository, String tagOrDigest, String mediaType, byte[] content)
            throws RegistryFailure {
        session(Access.push(repository))
                .call(jib -> jib.pushManifest(new RawManifest(mediaType, content), tagOrDigest));
    }

    private static String mediaType(Answer answer, byte[] content) throws IOException {
        String inside = "";
        try {
            inside = ForeignText.json(ForeignText.decoded(content))
                    .path("mediaType")
                    .asText();
        } catch (ForeignText.Malformed e) {
            // The caller finds the same problem and can say which image it concerns.
        }
        return inside.isEmpty()
                ? answer.header("Content-Type").orElse("").split(";", 2)[0].strip()
                : inside;
    }
}
