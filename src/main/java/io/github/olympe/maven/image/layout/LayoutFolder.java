package io.github.olympe.maven.image.layout;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.layer.Layer;
import io.github.olympe.maven.io.AtomicFile;
import io.github.olympe.maven.io.FileTree;
import io.github.olympe.maven.io.TemporaryPath;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.text.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes an {@link ImageLayout}. It keeps blobs of an earlier build that have the right digest, and adds the others. {@code index.json} is
 * written last, and then blobs that no longer belong to the image are deleted. So the folder always has a complete image, the old one or
 * the new one. Safe for use by several threads, but only one build at a time.
 */
public final class LayoutFolder {

    static final String OCI_LAYOUT = "{\"imageLayoutVersion\":\"1.0.0\"}";

    private final Path folder;
    private final Set<Digest> blobs = ConcurrentHashMap.newKeySet();
    private final Map<Digest, ImageReference> elsewhere = new ConcurrentHashMap<>();

    public LayoutFolder(Path folder) {
        this.folder = folder;
    }

    /** Adds a blob with these bytes. */
    public Descriptor add(String mediaType, byte[] content) {
        Descriptor blob = new Descriptor(mediaType, Digest.of(content), content.length);
        if (!isThere(blob)) {
            try {
                AtomicFile.replace(file(blob), out -> out.write(content));
            } catch (IOException e) {
                throw unwritable(e);
            }
            blobs.add(blob.digest());
        }
        return blob;
    }

    /**
     * Adds a layer: the one from an earlier build, or else a copy from the cache.
     *
     * @return whether the folder has it now; {@code false} if the one in the cache is missing or damaged
     */
    public boolean add(Layer layer) {
        if (isThere(layer.blob())) {
            return true;
        }
        Path file = file(layer.blob());
        try (TemporaryPath copy = TemporaryPath.beside(file)) {
            if (!Files.isRegularFile(layer.file())) {
                return false;
            }
            Files.copy(layer.file(), copy.path());
            if (!isWhole(copy.path(), layer.blob())) {
                return false;
            }
            copy.replaceFile(file);
        } catch (IOException e) {
            throw unwritable(e);
        }
        blobs.add(layer.blob().digest());
        return true;
    }

    /**
     * Leaves a layer in the registry.
     *
     * @param image the image that has it, pinned by its digest
     */
    public void leave(Digest layer, ImageReference image) {
        elsewhere.put(layer, image);
    }

    /** Returns the layers that were left in a registry, each with the image that has it. */
    Map<Digest, ImageReference> elsewhere() {
        return Map.copyOf(elsewhere);
    }

    private static boolean isWhole(Path file, Descriptor blob) throws IOException {
        return Files.isRegularFile(file)
                && Files.size(file) == blob.size()
                && Digest.ofFile(file).equals(blob.digest());
    }

    private boolean isThere(Descriptor blob) {
        if (blobs.contains(blob.digest())) {
            return true;
        }
        try {
            if (!isWhole(file(blob), blob)) {
                return false;
            }
        } catch (IOException e) {
            return false; // It is written again.
        }
        blobs.add(blob.digest());
        return true;
    }

    /**
     * Makes an image of the blobs that were added, replacing an existing one.
     *
     * @param root the blob that tags will point to
     * @param manifests the manifest of each platform
     */
    public ImageLayout finish(Descriptor root, List<ImageLayout.Manifest> manifests) {
        Map<String, String> annotations = new HashMap<>();
        elsewhere.forEach((layer, image) -> annotations.put(ImageLayout.LAYER_IN + layer.hex(), image.toString()));
        Set<String> names = blobs.stream().map(Digest::hex).collect(Collectors.toSet());
        try {
            writeIfOther("oci-layout", OCI_LAYOUT.getBytes(StandardCharsets.UTF_8));
            writeIfOther(
                    "index.json",
                    OciIndex.of(List.of(OciIndex.Entry.of(root).withAnnotations(annotations)))
                            .json());
            try (Stream<Path> files = Files.list(file(root).resolveSibling(""))) {
                for (Path file : files.toList()) {
                    if (!names.contains(file.getFileName().toString())) {
                        FileTree.delete(file);
                    }
                }
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
        return new ImageLayout(folder, root, manifests);
    }

    private void writeIfOther(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
            AtomicFile.replace(file, out -> out.write(content));
        }
    }

    private OlympeException unwritable(IOException e) {
        return new OlympeException(
                "The image cannot be written to '" + folder + "' (" + Reason.of(e)
                        + "). Check the folder's permissions and the free disk space.",
                e);
    }

    private Path file(Descriptor blob) {
        return ImageLayout.blob(folder, blob.digest());
    }
}
