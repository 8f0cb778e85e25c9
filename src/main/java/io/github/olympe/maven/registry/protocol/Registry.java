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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/**
 * One registry, by Jib Core's client for the OCI distribution specification: each method does one thing, once. Safe for use by several
 * threads.
 *
 * <p>Manifests are read without Jib, which asks for one with GET to learn its digest, and whose templates fail on fields that they do not
 * know ({@code RegistryQuirksTest.manifestsWithFieldsThatNobodyKnowsAreKeptByteForByte}).
 */
public final class Registry {

    private static final String MANIFEST_TYPES = String.join(
            ", ", MediaTypes.OCI_INDEX, MediaTypes.DOCKER_INDEX, MediaTypes.OCI_MANIFEST, MediaTypes.DOCKER_MANIFEST);
    private static final int LONGEST_MANIFEST = 4 << 20;
    private static final int TAGS_OF_PAGE = 1000;
    private static final int MOST_PAGES = 1000;

    /** Statuses of registries that have the manifest and answer only GET, and of some in between. */
    private static final Set<Integer> NO_HEAD = Set.of(400, 403, 405, 501);

    private final String name;
    private final RegistryConnection connection;
    private final RegistryLogin login;
    private final RegistryCredentials credentials;
    private final Map<Access, RegistrySession> sessions = new ConcurrentHashMap<>();

    /** A manifest as it is in the registry. */
    public record Manifest(String mediaType, Digest digest, byte[] content) {}

    /**
     * A registry; nothing is sent yet.
     *
     * @param name its host with its port, as image references have it
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

    /** Finds out where the registry is and how it is spoken to, which every other method does too. */
    public void connect() throws RegistryFailure {
        connection.endpoint();
    }

    /** Sends the credential for a repository, if there is one and the registry asks for one; nothing is read or changed. */
    public void logIn(Access access) throws RegistryFailure {
        session(access).authenticate();
    }

    /** The digest that a tag points to, or of a manifest itself; empty where there is none, or the registry does not say. */
    public Optional<Digest> manifestDigest(String tagOrDigest, Access access) throws RegistryFailure {
        Optional<Optional<Digest>> head = session(access)
                .request(manifestRequest("HEAD", tagOrDigest, access), answer -> {
                    if (answer.status() == 404) {
                        return Optional.of(Optional.empty());
                    }
                    if (NO_HEAD.contains(answer.status())) {
                        return Optional.empty();
                    }
                    connection.errors().expect(answer, 200);
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

    /** A manifest or index, its content checked against the digest it was asked for by. */
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
        connection.errors().expect(answer, 200);
        byte[] content = answer.content().readNBytes(LONGEST_MANIFEST + 1);
        if (content.length > LONGEST_MANIFEST) {
            throw RegistryFailure.of(
                    Kind.REJECTED, "the manifest that came is larger than " + (LONGEST_MANIFEST >> 20) + " MiB");
        }
        Digest digest = Digest.of(content);
        Optional<Digest> wanted = Digest.parse(tagOrDigest);
        if (wanted.isPresent() && !wanted.get().equals(digest)) {
            throw RegistryFailure.of(
                    Kind.TRANSIENT, "the manifest that came has the digest " + digest + " instead of " + wanted.get());
        }
        return new Manifest(mediaType(answer, content), digest, content);
    }

    /** Whether a repository is known to hold a blob; a registry or a proxy that answers no HEAD does not say so. */
    public boolean hasBlob(Digest digest, Access access) throws RegistryFailure {
        try {
            return session(access).call(jib -> jib.checkBlob(digest.forJib()).isPresent());
        } catch (RegistryFailure failure) {
            if (failure.status() == 405 || failure.status() == 501) {
                return false;
            }
            throw failure;
        }
    }

    /**
     * Reads a blob. No more is read than its size.
     *
     * @param size how large the blob is, as the manifest says that names it
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
     * Takes a blob over from another repository of the registry.
     *
     * @return whether it was taken over
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
     * @param progress gets the number of bytes each time that some were sent
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
     * The tags of a repository, all pages of the list; none where nothing was pushed to it. A registry that lists no tags refuses it.
     *
     * @param access what else is done there, so that a token for it is asked for only once
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
            // Whoever asked for it finds the same, and can say which image it is of.
        }
        return inside.isEmpty()
                ? answer.header("Content-Type").orElse("").split(";", 2)[0].strip()
                : inside;
    }
}
