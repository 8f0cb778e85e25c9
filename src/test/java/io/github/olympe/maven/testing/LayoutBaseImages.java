package io.github.olympe.maven.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.base.BaseImages;
import io.github.olympe.maven.image.base.BaseLayer;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Base images from a folder in the OCI image layout, as {@code buildah push oci:} and {@code skopeo copy} write it: the image whose
 * {@code org.opencontainers.image.ref.name} is the reference's tag.
 */
public final class LayoutBaseImages implements BaseImages {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final AtomicInteger opened = new AtomicInteger();

    public LayoutBaseImages(Path folder) {
        this.folder = folder;
    }

    /** Returns how many layers have been opened so far. */
    public int opened() {
        return opened.get();
    }

    @Override
    public List<BaseImage> resolve(ImageReference reference, List<Platform> platforms) {
        try {
            for (JsonNode entry :
                    JSON.readTree(folder.resolve("index.json").toFile()).path("manifests")) {
                String name = entry.path("annotations")
                        .path("org.opencontainers.image.ref.name")
                        .asText();
                if (name.equals(reference.tag().orElse(""))) {
                    return List.of(image(reference, descriptor(entry)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalArgumentException("the layout '" + folder + "' has no image '" + reference + "'");
    }

    private BaseImage image(ImageReference reference, Descriptor manifest) throws IOException {
        JsonNode content = JSON.readTree(blob(manifest.digest()).toFile());
        byte[] configuration =
                Files.readAllBytes(blob(descriptor(content.path("config")).digest()));
        JsonNode config = JSON.readTree(configuration);
        List<BaseLayer> layers = new ArrayList<>();
        for (int i = 0; i < content.path("layers").size(); i++) {
            layers.add(new BaseLayer(
                    descriptor(content.path("layers").path(i)),
                    new Digest(config.path("rootfs").path("diff_ids").path(i).asText())));
        }
        return new BaseImage() {
            @Override
            public ImageReference reference() {
                return reference.withDigest(manifest.digest());
            }

            @Override
            public Platform platform() {
                return new Platform(
                        config.path("os").asText(), config.path("architecture").asText(), Optional.empty());
            }

            @Override
            public byte[] configuration() {
                return configuration.clone();
            }

            @Override
            public List<BaseLayer> layers() {
                return List.copyOf(layers);
            }

            @Override
            public InputStream open(BaseLayer layer) {
                opened.incrementAndGet();
                try {
                    return Files.newInputStream(blob(layer.blob().digest()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    private Path blob(Digest digest) {
        return folder.resolve("blobs/sha256").resolve(digest.hex());
    }

    private static Descriptor descriptor(JsonNode json) {
        return new Descriptor(
                json.path("mediaType").asText(),
                new Digest(json.path("digest").asText()),
                json.path("size").asLong());
    }
}
