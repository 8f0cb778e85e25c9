package io.github.olympe.maven.image.layout;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.base.BaseImages;
import io.github.olympe.maven.image.base.BaseLayer;
import io.github.olympe.maven.image.layer.Compression;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.MediaTypes;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An assembled image on the disk: an OCI image layout folder ({@code oci-layout}, {@code index.json}, {@code blobs/sha256/…}) with its
 * manifests, configurations and own layers. It does not have the layers of the base image; the annotations of each manifest say which image
 * has them. Nor does it have own layers that an earlier build pushed; annotations of {@code index.json} say which image has each of them.
 * The folder has everything that a push needs, so it can be copied to another machine.
 *
 * @param folder the layout folder
 * @param root the blob that tags will point to: the manifest, or the index of the manifests of several platforms
 * @param manifests the manifest of each platform, in the index's order
 */
public record ImageLayout(Path folder, Descriptor root, List<Manifest> manifests) {

    /** The annotation with the name of the base image (OCI image specification). */
    public static final String BASE_NAME = "org.opencontainers.image.base.name";

    /** The annotation with the digest of the base image's manifest (OCI image specification). */
    public static final String BASE_DIGEST = "org.opencontainers.image.base.digest";

    /** An annotation of a manifest: how the own layers were compressed, {@link Compression#fingerprint()}. */
    public static final String COMPRESSION = "io.github.olympe.compression";

    /** With the hexadecimal digits of a layer's digest, an annotation of index.json: the image in a registry that has this layer. */
    static final String LAYER_IN = "io.github.olympe.layer.";

    private static final int LARGEST_MEBIBYTES = 10;

    public ImageLayout {
        manifests = List.copyOf(manifests);
    }

    /**
     * The manifest of one platform.
     *
     * @param descriptor the manifest's own blob
     * @param configuration the image configuration's blob, whose digest is the image id
     * @param layers all layers, the lowest first, including those of the base image
     * @param base the image that has the layers of the base image, pinned by its digest
     * @param pushed the images in a registry that have own layers whose blob is not in the folder, pinned by their digests
     */
    public record Manifest(
            Descriptor descriptor,
            Descriptor configuration,
            List<Descriptor> layers,
            ImageReference base,
            Map<Digest, ImageReference> pushed) {

        public Manifest {
            layers = List.copyOf(layers);
            pushed = Map.copyOf(pushed);
        }

        /** Returns the image that has a layer whose blob is not in the folder. */
        public ImageReference holder(Digest layer) {
            return pushed.getOrDefault(layer, base);
        }

        static Manifest of(Descriptor descriptor, OciManifest manifest, Map<Digest, ImageReference> pushed) {
            ImageReference base = ImageReference.of(
                            BASE_NAME, manifest.annotations().getOrDefault(BASE_NAME, ""))
                    .withDigest(new Digest(manifest.annotations().getOrDefault(BASE_DIGEST, "")));
            return new Manifest(descriptor, manifest.config(), manifest.layers(), base, pushed);
        }
    }

    /**
     * Reads a layout folder.
     *
     * @throws OlympeException if there is no such folder, or this plugin did not write it
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
            Map<Digest, ImageReference> pushed = images.get(0).layersElsewhere();
            List<Descriptor> manifests = MediaTypes.isIndex(root.mediaType())
                    ? json(blob(folder, root.digest()), OciIndex.class).manifests().stream()
                            .map(OciIndex.Entry::descriptor)
                            .toList()
                    : List.of(root);
            List<Manifest> read = new ArrayList<>();
            for (Descriptor manifest : manifests) {
                read.add(Manifest.of(manifest, json(blob(folder, manifest.digest()), OciManifest.class), pushed));
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

    /**
     * Opens the blob of a layer: the file in the folder, or else the blob of the image that has it, which is fetched and compared with its
     * digest.
     *
     * @param images finds that image
     * @throws IOException if it cannot be read
     * @throws OlympeException if it cannot be fetched
     */
    public InputStream open(Manifest manifest, Descriptor layer, BaseImages images) throws IOException {
        Optional<Path> file = blob(layer.digest());
        if (file.isPresent()) {
            return Files.newInputStream(file.get());
        }
        ImageReference holder = manifest.holder(layer.digest());
        BaseImage image = images.resolve(holder, List.of()).get(0);
        BaseLayer found = image.layers().stream()
                .filter(each -> each.blob().digest().equals(layer.digest()))
                .findFirst()
                .orElseThrow(() -> new IOException("the image '" + holder + "' does not have it"));
        return image.open(found);
    }

    /** Returns the file of a blob; absent for layers that are only in a registry. */
    public Optional<Path> blob(Digest digest) {
        return Optional.of(blob(folder, digest)).filter(Files::isRegularFile);
    }

    public static Path blob(Path folder, Digest digest) {
        return folder.resolve("blobs").resolve("sha256").resolve(digest.hex());
    }
}
