package io.github.olympe.maven.release;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.MediaTypes;
import io.github.olympe.maven.registry.protocol.Access;
import io.github.olympe.maven.registry.protocol.Registry;
import io.github.olympe.maven.registry.protocol.RegistryFailure;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON document in a registry: an OCI image manifest with an {@code artifactType}, the empty configuration and the document as its only
 * layer (OCI image specification, "Guidelines for Artifact Usage").
 *
 * @param digest the manifest's digest
 * @param document the document
 */
record LedgerArtifact(Digest digest, JsonNode document) {

    /** The artifact type of a record. */
    static final String RECORD_TYPE = "application/vnd.olympe.deployment.v1+json";

    /** The artifact type of what {@code await} found. */
    static final String AWAITED_TYPE = "application/vnd.olympe.deployment.awaited.v1+json";

    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);
    private static final String EMPTY_TYPE = "application/vnd.oci.empty.v1+json";
    private static final long LARGEST = 4L << 20;

    /**
     * Pushes a document under a tag. If the registry rejects artifacts, the document is pushed in the form of a Docker image, which all
     * registries accept.
     *
     * @return the manifest's digest
     */
    static Digest push(Registry registry, String repository, String tag, String type, byte[] document)
            throws RegistryFailure {
        Descriptor layer = new Descriptor(type, registry.pushBlob(repository, document), document.length);
        registry.pushBlob(repository, EMPTY);
        try {
            return put(registry, repository, tag, MediaTypes.OCI_MANIFEST, artifact(type, layer));
        } catch (RegistryFailure failure) {
            if (failure.kind() != RegistryFailure.Kind.MEDIA_TYPE && failure.status() != 400) {
                throw failure;
            }
            return put(registry, repository, tag, MediaTypes.DOCKER_MANIFEST, dockerImage(layer));
        }
    }

    private static Digest put(Registry registry, String repository, String tag, String mediaType, byte[] manifest)
            throws RegistryFailure {
        registry.putManifest(repository, tag, mediaType, manifest);
        return Digest.of(manifest);
    }

    /** Returns the digest of this document if the tag points to it, in either form. */
    static Optional<Digest> find(Registry registry, String repository, String tag, byte[] document)
            throws RegistryFailure {
        Optional<Digest> there = registry.manifestDigest(tag, Access.push(repository));
        return there.isPresent()
                        && read(registry, repository, tag)
                                .filter(artifact -> Arrays.equals(Json.bytes(artifact.document()), document))
                                .isPresent()
                ? there
                : Optional.empty();
    }

    private static byte[] artifact(String type, Descriptor layer) {
        return Manifest.of(MediaTypes.OCI_MANIFEST, EMPTY_TYPE, layer, type);
    }

    private static byte[] dockerImage(Descriptor layer) {
        Descriptor disguised = new Descriptor(MediaTypes.DOCKER_LAYER_GZIP, layer.digest(), layer.size());
        return Manifest.of(MediaTypes.DOCKER_MANIFEST, MediaTypes.DOCKER_CONFIG, disguised, null);
    }

    private record Manifest(
            int schemaVersion,
            String mediaType,
            Descriptor config,
            List<Descriptor> layers,
            @Nullable String artifactType) {

        static byte[] of(String mediaType, String configurationType, Descriptor layer, @Nullable String artifactType) {
            Descriptor config = new Descriptor(configurationType, Digest.of(EMPTY), EMPTY.length);
            return Json.bytes(new Manifest(2, mediaType, config, List.of(layer), artifactType));
        }
    }

    /** Reads the document under a tag. The result is empty if the tag holds anything else. */
    static Optional<LedgerArtifact> read(Registry registry, String repository, String tag) throws RegistryFailure {
        Registry.Manifest manifest = registry.manifest(repository, tag);
        try {
            JsonNode layers =
                    ForeignText.json(ForeignText.decoded(manifest.content())).path("layers");
            JsonNode layer = layers.path(0);
            long size = layer.path("size").asLong(-1);
            if (layers.size() != 1 || size < 0 || size > LARGEST) {
                return Optional.empty();
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            registry.readBlob(repository, Json.value(layer.path("digest"), Digest.class), size, out);
            return Optional.of(
                    new LedgerArtifact(manifest.digest(), ForeignText.json(ForeignText.decoded(out.toByteArray()))));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
