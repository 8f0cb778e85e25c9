package io.github.olympe.maven.image.layout;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.MediaTypes;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

        static Manifest of(Descriptor descriptor, OciManifest manifest) {
            ImageReference base = ImageReference.of(
                            BASE_NAME, manifest.annotations().getOrDefault(BASE_NAME, ""))
                    .withDigest(new Digest(manifest.annotations().getOrDefault(BASE_DIGEST, "")));
            return new Manifest(descriptor, manifest.config(), manifest.layers(), base);
        }
    }

    /**
     * Reads a layout folder.
     *
     * @throws OlympeException if there is none, or this plugin did not write it
     */
    public static ImageLayout read(Path folder) {
        Path index = folder.resolve("index.json");
        if (!Files.isRegularFile(index)) {
            throw new OlympeException("There is no assembled image in '" + folder
                    + "'. Run 'mvn olympe:image' (or 'mvn package') first.");
        }
        try {
            List<OciIndex.Entry> images = json(index, OciIndex.class).manifests();
            if (images.size() != 1) {
                throw unreadable(folder, "its index.json has " + images.size() + " images", null);
            }
            Descriptor root = images.get(0).descriptor();
            List<Descriptor> manifests = MediaTypes.isIndex(root.mediaType())
                    ? json(blob(folder, root.digest()), OciIndex.class).manifests().stream()
                            .map(OciIndex.Entry::descriptor)
                            .toList()
                    : List.of(root);
            List<Manifest> read = new ArrayList<>();
            for (Descriptor manifest : manifests) {
                read.add(Manifest.of(manifest, json(blob(folder, manifest.digest()), OciManifest.class)));
            }
            return new ImageLayout(folder, root, read);
        } catch (ForeignText.Malformed e) {
            throw unreadable(folder, e.reason(), e);
        } catch (IOException e) {
            throw unreadable(folder, Reason.of(e), e);
        }
    }

    private static <T> T json(Path file, Class<T> type) throws IOException {
        return ForeignText.json(file, LARGEST_MEBIBYTES, type);
    }

    private static OlympeException unreadable(Path folder, String why, @Nullable Exception e) {
        return new OlympeException(
                "The assembled image in '" + folder + "' cannot be read (" + why + "). Run 'mvn olympe:image' again.",
                e);
    }

    /** The file of a blob, absent for the layers that only the base image has. */
    public Optional<Path> blob(Digest digest) {
        return Optional.of(blob(folder, digest)).filter(Files::isRegularFile);
    }

    public static Path blob(Path folder, Digest digest) {
        return folder.resolve("blobs").resolve("sha256").resolve(digest.hex());
    }
}
