package io.github.olympe.maven.release.await;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.content.LayerEntries;
import io.github.olympe.maven.text.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * The small files that a frontend's image serves.
 *
 * @param files the files by their paths
 */
public record FrontendFiles(Map<String, ServedFile> files) {

    /** Larger files are left out: one of these is asked for again and again. */
    static final int LARGEST = 256 << 10;

    private static final String NGINX = "usr/share/nginx/html";
    private static final String INDEX = "index.html";
    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";

    public FrontendFiles {
        files = Map.copyOf(files);
    }

    /**
     * Reads the files of an image.
     *
     * @param root the folder in the image that is served, where it is known; else nginx's own, else that of the topmost
     *     {@code index.html}
     * @param passedOver layers that are not read, since the image to compare with has them, too
     * @throws OlympeException if a layer cannot be read
     */
    public static FrontendFiles of(FrontendLayers image, Optional<String> root, Set<Digest> passedOver) {
        SortedMap<String, ServedFile> all = new TreeMap<>();
        for (Descriptor layer : image.layers()) {
            if (!passedOver.contains(layer.digest())) {
                read(image, layer, all);
            }
        }
        String folder = root.map(LayerEntries::clean).orElseGet(() -> served(all.keySet()));
        Map<String, ServedFile> served = new TreeMap<>();
        all.values().forEach(file -> {
            if (folder.isEmpty() || file.path().startsWith(folder + "/")) {
                String path = folder.isEmpty() ? file.path() : file.path().substring(folder.length() + 1);
                served.put(path, new ServedFile(path, file.content(), file.size()));
            }
        });
        return new FrontendFiles(served);
    }

    /** Adds a layer to those below it: what it has at a path, and what it deletes, wins (OCI image specification). */
    private static void read(FrontendLayers image, Descriptor layer, SortedMap<String, ServedFile> files) {
        Map<String, ServedFile> own = new TreeMap<>();
        List<String> gone = new ArrayList<>();
        try (InputStream blob = image.blobs().open(layer);
                LayerEntries entries = new LayerEntries(LayerEntries.unpack(blob), layer.size())) {
            for (TarArchiveEntry entry = entries.next(); entry != null; entry = entries.next()) {
                String path = LayerEntries.clean(entry.getName());
                String name = path.substring(path.lastIndexOf('/') + 1);
                String folder = path.substring(0, path.length() - name.length());
                if (name.equals(OPAQUE)) {
                    gone.add(folder);
                    continue;
                }
                if (name.startsWith(WHITEOUT)) {
                    gone.add(folder + name.substring(WHITEOUT.length()));
                    continue;
                }
                own.remove(path);
                if (entry.isDirectory()) {
                    files.remove(path);
                } else {
                    gone.add(path);
                }
                if (entry.isFile() && !entry.isSparse() && entry.getSize() > 0 && entry.getSize() <= LARGEST) {
                    byte[] content = entries.content().readNBytes(LARGEST);
                    own.put(path, new ServedFile(path, Digest.of(content), content.length));
                }
            }
        } catch (IOException e) {
            throw new OlympeException(
                    "The layer '" + layer.digest() + "' of the frontend's image cannot be read (" + Reason.of(e)
                            + "). Run 'mvn olympe:image' again, or leave out 'awaitUrl'.",
                    e);
        }
        gone.forEach(path -> delete(files, path));
        files.putAll(own);
    }

    /** Deletes a path, and all below it; what is empty or ends with a slash is the content of a folder. */
    private static void delete(SortedMap<String, ServedFile> files, String path) {
        files.remove(path);
        if (path.isEmpty()) {
            files.clear();
            return;
        }
        String folder = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        files.subMap(folder + "/", folder + "0").clear(); // '0' is the character after '/'.
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
