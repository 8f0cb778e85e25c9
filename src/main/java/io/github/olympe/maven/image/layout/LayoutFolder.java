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
 * Writes an {@link ImageLayout}. Blobs are added to those that are there from an earlier build, each compared with its digest before it counts as
 * there; {@code index.json} is written last, and then what no longer belongs to the image is removed. So there is, at any moment, a whole image:
 * the earlier one or the new one. May be used by several threads, and by one build at a time.
 */
public final class LayoutFolder {

    static final String OCI_LAYOUT = "{\"imageLayoutVersion\":\"1.0.0\"}";

    private final Path folder;
    private final Set<Digest> blobs = ConcurrentHashMap.newKeySet();
    private final Map<Digest, ImageReference> elsewhere = new ConcurrentHashMap<>();

    public LayoutFolder(Path folder) {
        this.folder = folder;
    }

    /** Adds a blob of these bytes. */
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
     * Adds a layer: the one that is here from an earlier build, else a copy of the one in the cache.
     *
     * @return whether it is there now; {@code false} if the cache's is missing or damaged
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
     * Leaves a layer where it is.
     *
     * @param image the image of a registry that has it, pinned by its digest
     */
    public void leave(Digest layer, ImageReference image) {
        elsewhere.put(layer, image);
    }

    /** Returns the layers that were left where they are, each with the image that has it. */
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
     * Makes the blobs that were added an image, in place of the one that may be here.
     *
     * @param root what a tag is to point to
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
