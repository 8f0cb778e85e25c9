package io.github.olympe.maven.image.layout;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.MediaTypes;
import io.github.olympe.maven.text.ForeignText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An assembled image on the disk: an OCI image layout folder ({@code oci-layout}, {@code index.json}, {@code blobs/sha256/…}) that holds
 * its manifests, configurations and own layers. The layers of the base image are not copied into it: each manifest's annotations say
 * which image has them. All that a push needs is in it, so that the folder can be carried to another machine.
 *
 * @param folder the layout folder
 * @param root what a tag is to point to: the manifest, or the index of the manifests of several platforms
 * @param manifests the manifest of each platform, in the index's order
 */
public record ImageLayout(Path folder, Descriptor root, List<Manifest> manifests) {

    /** The name of the base image, as the OCI image specification has it. */
    public static final String BASE_NAME = "org.opencontainers.image.base.name";

    /** The digest of the base image's manifest, as the OCI image specification has it. */
    public static final String BASE_DIGEST = "org.opencontainers.image.base.digest";

    private static final int LARGEST_MEBIBYTES = 10;

    public ImageLayout {
        manifests = List.copyOf(manifests);
    }

    /**
     * The manifest of one platform.
     *
     * @param descriptor its own blob
     * @param configuration the image configuration's blob, whose digest is the image id
     * @param layers all layers, the lowest first, those of the base image included
     * @param base the image that has those layers whose blob is not in the folder, pinned by its digest
     */
    public record Manifest(
            Descriptor descriptor, Descriptor configuration, List<Descriptor> layers, ImageReference base) {

        public Manifest {
            layers = List.copyOf(layers);
        }
    }

    /**
     * Reads a layout folder.
     *
     * @throws OlympeException if there is none, or it is not one of ours
     */
    public static ImageLayout read(Path folder) {
        Path index = folder.resolve("index.json");
        if (!Files.isRegularFile(index)) {
            throw new OlympeException("There is no assembled image in '" + folder
                    + "'; run 'mvn olympe:image' (or 'mvn package') first.");
        }
        try {
            Descriptor root = descriptor(
                    ForeignText.json(index, LARGEST_MEBIBYTES).path("manifests").path(0));
            List<Manifest> manifests = new ArrayList<>();
            if (MediaTypes.isIndex(root.mediaType())) {
                for (JsonNode entry : json(folder, root.digest()).path("manifests")) {
                    manifests.add(manifest(folder, descriptor(entry)));
                }
            } else {
                manifests.add(manifest(folder, root));
            }
            return new ImageLayout(folder, root, manifests);
        } catch (IOException | OlympeException e) {
            throw new OlympeException(
                    "The assembled image in '" + folder + "' cannot be read (" + e.getMessage()
                            + "); run 'mvn olympe:image' again.",
                    e);
        }
    }

    /** The file of a blob, absent for the layers that only the base image has. */
    public Optional<Path> blob(Digest digest) {
        return Optional.of(blob(folder, digest)).filter(Files::isRegularFile);
    }

    public static Path blob(Path folder, Digest digest) {
        return folder.resolve("blobs").resolve("sha256").resolve(digest.hex());
    }

    private static Manifest manifest(Path folder, Descriptor descriptor) throws IOException {
        JsonNode manifest = json(folder, descriptor.digest());
        List<Descriptor> layers = new ArrayList<>();
        manifest.path("layers").forEach(layer -> layers.add(descriptor(layer)));
        JsonNode annotations = manifest.path("annotations");
        ImageReference base = ImageReference.of(
                        BASE_NAME, annotations.path(BASE_NAME).asText())
                .withDigest(new Digest(annotations.path(BASE_DIGEST).asText()));
        return new Manifest(descriptor, descriptor(manifest.path("config")), layers, base);
    }

    private static JsonNode json(Path folder, Digest digest) throws IOException {
        return ForeignText.json(blob(folder, digest), LARGEST_MEBIBYTES);
    }

    private static Descriptor descriptor(JsonNode json) {
        return new Descriptor(
                json.path("mediaType").asText(),
                new Digest(json.path("digest").asText()),
                json.path("size").asLong());
    }
}
