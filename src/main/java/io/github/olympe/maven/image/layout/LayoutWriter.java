package io.github.olympe.maven.image.layout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.layer.Layer;
import io.github.olympe.maven.io.FileTree;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.MediaTypes;
import io.github.olympe.maven.text.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Collects the blobs of an image and writes them as an {@link ImageLayout}: into a folder of another name first, which is then renamed,
 * so that there is never half an image. Where the same image is there already, nothing is written.
 */
public final class LayoutWriter {

    static final String OCI_LAYOUT = "{\"imageLayoutVersion\":\"1.0.0\"}";

    private final Map<Digest, byte[]> texts = new LinkedHashMap<>();
    private final Map<Digest, Layer> layers = new LinkedHashMap<>();

    /** A blob made of these bytes. */
    public Descriptor add(String mediaType, byte[] content) {
        Digest digest = Digest.of(content);
        texts.put(digest, content);
        return new Descriptor(mediaType, digest, content.length);
    }

    public void add(Layer layer) {
        layers.put(layer.digest(), layer);
    }

    /** The {@code index.json} that points to this image. */
    static byte[] index(Descriptor root, Map<String, String> annotations) {
        ObjectNode index = Json.object();
        index.put("schemaVersion", 2);
        index.put("mediaType", MediaTypes.OCI_INDEX);
        ObjectNode entry = ImageConfiguration.json(root);
        if (!annotations.isEmpty()) {
            ObjectNode node = entry.putObject("annotations");
            annotations.forEach(node::put);
        }
        index.putArray("manifests").add(entry);
        return Json.bytes(index);
    }

    /** Writes the layout folder, replacing another image that is there. */
    public void write(Path folder, Descriptor root) {
        byte[] index = index(root, Map.of());
        Path parent = folder.resolveSibling("");
        Path fresh = parent.resolve("." + folder.getFileName() + "." + UUID.randomUUID() + ".new");
        Path old = parent.resolve("." + folder.getFileName() + "." + UUID.randomUUID() + ".old");
        try {
            if (isWhole(folder, index)) {
                return;
            }
            Files.createDirectories(parent);
            removeLeftovers(folder);
            try {
                Path blobs = Files.createDirectories(fresh.resolve("blobs").resolve("sha256"));
                for (Map.Entry<Digest, byte[]> text : texts.entrySet()) {
                    Files.write(blobs.resolve(text.getKey().hex()), text.getValue());
                }
                for (Layer layer : layers.values()) {
                    link(layer.blob(), blobs.resolve(layer.digest().hex()));
                }
                Files.writeString(fresh.resolve("oci-layout"), OCI_LAYOUT, StandardCharsets.UTF_8);
                Files.write(fresh.resolve("index.json"), index);
                if (Files.exists(folder)) {
                    Files.move(folder, old);
                }
                Files.move(fresh, folder);
            } finally {
                FileTree.delete(fresh);
                FileTree.delete(old);
            }
        } catch (IOException e) {
            throw new OlympeException(
                    "The image cannot be written to '" + folder + "' (" + e
                            + "); check the folder's rights and the space on the disk.",
                    e);
        }
    }

    private boolean isWhole(Path folder, byte[] index) throws IOException {
        Path file = folder.resolve("index.json");
        if (!Files.isRegularFile(file) || !Arrays.equals(Files.readAllBytes(file), index)) {
            return false;
        }
        for (Map.Entry<Digest, byte[]> text : texts.entrySet()) {
            Path blob = ImageLayout.blob(folder, text.getKey());
            if (!Files.isRegularFile(blob) || !Arrays.equals(Files.readAllBytes(blob), text.getValue())) {
                return false;
            }
        }
        for (Layer layer : layers.values()) {
            Path blob = ImageLayout.blob(folder, layer.digest());
            if (!Files.isRegularFile(blob) || Files.size(blob) != layer.size()) {
                return false;
            }
        }
        return Files.isRegularFile(folder.resolve("oci-layout"));
    }

    private static void link(Path existing, Path link) throws IOException {
        try {
            Files.createLink(link, existing);
        } catch (IOException | UnsupportedOperationException e) {
            // Another file system, or one without hard links.
            Files.copy(existing, link);
        }
    }

    /** What an interrupted run left behind. */
    private static void removeLeftovers(Path folder) throws IOException {
        String prefix = "." + folder.getFileName() + ".";
        try (Stream<Path> siblings = Files.list(folder.resolveSibling(""))) {
            for (Path sibling : siblings.toList()) {
                String name = sibling.getFileName().toString();
                if (name.startsWith(prefix) && (name.endsWith(".new") || name.endsWith(".old"))) {
                    FileTree.delete(sibling);
                }
            }
        }
    }
}
