package io.github.olympe.maven.image.base;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.layer.BlobCache;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.io.AtomicFile;
import io.github.olympe.maven.io.UnusedFiles;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.Platform;
import io.github.olympe.maven.registry.protocol.Access;
import io.github.olympe.maven.registry.protocol.Registry;
import io.github.olympe.maven.registry.protocol.RegistryFailure;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.OneLine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds base images in their registries. Each build asks once what a tag points to. Manifests, configurations and layers are kept by their
 * digest in a folder, so that nothing is fetched twice. Offline, a tag means the image that it last pointed to.
 */
public final class RegistryBaseImages implements BaseImages {

    private static final long LARGEST_CONFIGURATION = 8L << 20;

    private final Registries registries;
    private final Path references;
    private final BlobCache blobs;
    private final boolean offline;
    private final String parameter;
    private final Map<ImageReference, Resolution> resolutions = new ConcurrentHashMap<>();

    /** Creates a finder of images. {@code parameter} is what an error message asks the user to correct. */
    public RegistryBaseImages(Registries registries, Path cache, boolean offline, String parameter) {
        this.registries = registries;
        this.parameter = parameter;
        this.references = cache.resolve("references");
        this.blobs = registries.blobs(cache);
        this.offline = offline;
    }

    @Override
    public List<BaseImage> resolve(ImageReference reference, List<Platform> platforms) {
        Digest root = root(reference);
        JsonNode manifest = json(reference, root);
        if (!manifest.path("manifests").isArray()) {
            return List.of(single(reference, root, manifest, platforms));
        }
        BaseIndex index = BaseIndex.of(pulled(reference), manifest, source(reference));
        return index.choose(platforms.isEmpty() ? index.platformsByDefault() : platforms).stream()
                .map(digest -> image(reference, digest, json(reference, digest)))
                .toList();
    }

    @Override
    public List<BaseImage> allPlatforms(ImageReference reference) {
        Digest root = root(reference);
        JsonNode manifest = json(reference, root);
        return manifest.path("manifests").isArray()
                ? BaseIndex.of(pulled(reference), manifest, source(reference)).entries().stream()
                        .map(entry -> image(reference, entry.digest(), json(reference, entry.digest())))
                        .toList()
                : List.of(image(reference, root, manifest));
    }

    private Digest root(ImageReference reference) {
        return resolutions.computeIfAbsent(reference, key -> new Resolution()).of(reference);
    }

    private BaseIndex.Source source(ImageReference reference) {
        return new BaseIndex.Source() {
            @Override
            public JsonNode manifest(Digest digest) {
                return json(reference, digest);
            }

            @Override
            public JsonNode configuration(JsonNode manifest) {
                return parse(reference, blob(reference, descriptor(reference, manifest.path("config"))));
            }
        };
    }

    /**
     * Returns the digest that a reference points to in this build. It is requested once, so that all images of the build have the same base
     * image.
     */
    private final class Resolution {

        private @Nullable Digest digest;

        synchronized Digest of(ImageReference reference) {
            if (digest == null) {
                digest = RegistryBaseImages.this.digest(reference);
            }
            return digest;
        }
    }

    private BaseImage single(ImageReference reference, Digest digest, JsonNode manifest, List<Platform> platforms) {
        BaseImage image = image(reference, digest, manifest);
        new BaseIndex(pulled(reference), List.of(new BaseIndex.Entry(image.platform(), digest))).choose(platforms);
        return image;
    }

    private BaseImage image(ImageReference reference, Digest digest, JsonNode manifest) {
        JsonNode config = manifest.path("config");
        if (manifest.path("schemaVersion").asInt() != 2 || !config.isObject()) {
            throw pulled(reference)
                    .invalid("a manifest of a kind that is not supported (schema version "
                            + manifest.path("schemaVersion").asText() + ")");
        }
        ImageReference pinned = reference.withDigest(digest);
        byte[] configuration = blob(reference, descriptor(reference, config));
        JsonNode image = parse(reference, configuration);
        JsonNode diffIds = image.path("rootfs").path("diff_ids");
        JsonNode layers = manifest.path("layers");
        if (layers.size() != diffIds.size()) {
            throw pulled(reference)
                    .invalid(layers.size() + " layers in its manifest and " + diffIds.size() + " in its configuration");
        }
        List<BaseLayer> baseLayers = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            JsonNode layer = layers.path(i);
            baseLayers.add(new BaseLayer(
                    descriptor(reference, layer),
                    pulled(reference).digest(diffIds.path(i).asText())));
        }
        Map<String, String> annotations = new HashMap<>();
        manifest.path("annotations")
                .properties()
                .forEach(annotation -> annotations.put(
                        annotation.getKey(), annotation.getValue().asText()));
        return new PinnedImage(
                pinned,
                BaseIndex.platform(image),
                configuration,
                annotations,
                baseLayers,
                layer -> fetchBlob(reference, layer.blob()));
    }

    private PulledImage pulled(ImageReference reference) {
        return new PulledImage(reference, parameter);
    }

    private Descriptor descriptor(ImageReference reference, JsonNode json) {
        long size = json.path("size").asLong(-1);
        if (size < 0) {
            throw pulled(reference)
                    .invalid("a manifest with the size '"
                            + OneLine.of(json.path("size").asText(), 100) + "', which is not valid");
        }
        return new Descriptor(json.path("mediaType").asText(), pulled(reference).digest(json), size);
    }

    private Digest digest(ImageReference reference) {
        if (reference.digest().isPresent()) {
            return reference.digest().get();
        }
        Path file = references
                .resolve(reference.registry().replace(':', '_'))
                .resolve(reference.repository())
                // No part of a repository's name begins with this, so it never collides with the folder of another
                // repository.
                .resolve("_" + reference.identifier());
        if (offline) {
            return remembered(file).orElseThrow(() -> notCached(reference));
        }
        Digest digest = registries.pulling(reference, parameter, registry -> {
            Optional<Digest> head =
                    registry.manifestDigest(reference.identifier(), Access.pull(reference.repository()));
            if (head.isPresent() && blobs.find(head.get()).isPresent()) {
                return head.get();
            }
            Registry.Manifest manifest = registry.manifest(reference.repository(), reference.identifier());
            blobs.get(manifest.digest(), out -> out.write(manifest.content()));
            return manifest.digest();
        });
        if (!remembered(file).equals(Optional.of(digest))) {
            AtomicFile.write(file, digest.value() + "\n");
        }
        return digest;
    }

    private static Optional<Digest> remembered(Path file) {
        try {
            UnusedFiles.markUsed(file);
            return Optional.of(
                    new Digest(Files.readString(file, StandardCharsets.UTF_8).strip()));
        } catch (IOException | OlympeException e) {
            return Optional.empty();
        }
    }

    private JsonNode json(ImageReference reference, Digest manifest) {
        Path file = fetch(
                reference,
                manifest,
                (registry, out) -> out.write(registry.manifest(reference.repository(), manifest.value())
                        .content()));
        return parse(reference, read(file));
    }

    private byte[] blob(ImageReference reference, Descriptor descriptor) {
        if (descriptor.size() > LARGEST_CONFIGURATION) {
            throw pulled(reference).invalid("a configuration of " + descriptor.size() + " bytes, which is too large");
        }
        return read(fetchBlob(reference, descriptor));
    }

    private Path fetchBlob(ImageReference reference, Descriptor blob) {
        return fetch(
                reference,
                blob.digest(),
                (registry, out) -> registry.readBlob(reference.repository(), blob.digest(), blob.size(), out));
    }

    private interface Fetch {
        void writeTo(Registry registry, OutputStream out) throws IOException, RegistryFailure;
    }

    private Path fetch(ImageReference reference, Digest digest, Fetch fetch) {
        Optional<Path> cached = blobs.find(digest);
        if (cached.isPresent()) {
            return cached.get();
        }
        if (offline) {
            throw notCached(reference);
        }
        return registries.pulling(
                reference, parameter, registry -> blobs.get(digest, out -> fetch.writeTo(registry, out)));
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new OlympeException("The cached file '" + file + "' cannot be read (" + e + "); remove it.", e);
        }
    }

    private JsonNode parse(ImageReference reference, byte[] content) {
        try {
            return ForeignText.json(ForeignText.decoded(content));
        } catch (ForeignText.Malformed e) {
            throw pulled(reference).invalid("a manifest or configuration that is not JSON (" + e.reason() + ")");
        }
    }

    private static OlympeException notCached(ImageReference reference) {
        return new OlympeException("The image '" + reference
                + "' is not in the local repository, and Maven is offline (-o); run the build once online.");
    }
}
