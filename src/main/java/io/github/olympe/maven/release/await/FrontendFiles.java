package io.github.olympe.maven.release.await;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.content.AppliedLayers;
import io.github.olympe.maven.registry.content.LayerEntries;
import io.github.olympe.maven.text.Reason;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * The small files that a frontend's image serves.
 *
 * @param files the files by their paths
 */
public record FrontendFiles(Map<String, ServedFile> files) {

    /** Larger files are left out, because the chosen file is requested again and again. */
    static final int LARGEST = 256 << 10;

    private static final String NGINX = "usr/share/nginx/html";
    private static final String INDEX = "index.html";

    public FrontendFiles {
        files = Map.copyOf(files);
    }

    /**
     * Reads the files of an image.
     *
     * @param root the folder in the image that is served, if known; otherwise nginx's default, or else the folder of the topmost
     *     {@code index.html}
     * @param passedOver layers to skip, because the image to compare with has them too
     * @throws OlympeException if a layer cannot be read
     */
    public static FrontendFiles of(FrontendLayers image, Optional<String> root, Set<Digest> passedOver) {
        AppliedLayers<ServedFile> applied = new AppliedLayers<>(FrontendFiles::read);
        for (Descriptor layer : image.layers()) {
            if (!passedOver.contains(layer.digest())) {
                add(image, layer, applied);
            }
        }
        Map<String, ServedFile> all = applied.all();
        String folder = root.map(LayerEntries::clean).orElseGet(() -> served(all.keySet()));
        Map<String, ServedFile> served = new TreeMap<>();
        all.forEach((name, file) -> {
            if (folder.isEmpty() || name.startsWith(folder + "/")) {
                String path = folder.isEmpty() ? name : name.substring(folder.length() + 1);
                served.put(path, new ServedFile(path, file.content(), file.size()));
            }
        });
        return new FrontendFiles(served);
    }

    private static void add(FrontendLayers image, Descriptor layer, AppliedLayers<ServedFile> applied) {
        try {
            applied.add(image.blobs().open(layer), layer.size());
        } catch (IOException e) {
            throw new OlympeException(
                    "The layer '" + layer.digest() + "' of the frontend's image cannot be read (" + Reason.of(e)
                            + "). Run 'mvn olympe:image' again, or leave out 'awaitUrl'.",
                    e);
        }
    }

    private static Optional<ServedFile> read(String path, TarArchiveEntry entry, LayerEntries layer)
            throws IOException {
        if (!entry.isFile() || entry.isSparse() || entry.getSize() <= 0 || entry.getSize() > LARGEST) {
            return Optional.empty();
        }
        byte[] content = layer.content().readNBytes(LARGEST);
        return Optional.of(new ServedFile(path, Digest.of(content), content.length));
    }

    private static String served(Collection<String> paths) {
        if (paths.stream().anyMatch(path -> path.startsWith(NGINX + "/"))) {
            return NGINX;
        }
        return paths.stream()
                .filter(path -> path.equals(INDEX) || path.endsWith("/" + INDEX))
                .min(Comparator.comparingInt(String::length))
                .map(path -> path.substring(0, Math.max(0, path.length() - INDEX.length() - 1)))
                .orElse(NGINX);
    }
}
