package io.github.olympe.maven.goal.bridge;

import io.github.olympe.maven.patches.tree.Content;
import io.github.olympe.maven.patches.tree.StreamedContents;
import io.github.olympe.maven.registry.content.LayerEntries;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * What the layers of an image have together, by path; an upper layer's entries, and what it deletes, win (OCI image specification, "Applying
 * Changesets"). A folder's path ends with a slash.
 */
final class LayerContents {

    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";
    private static final String LINK = "link";
    private static final int MOST = 1_000_000;

    private final String image;
    private final String kept;
    private final StreamedContents contents;
    private final SortedMap<String, Content> all = new TreeMap<>();

    /**
     * @param kept the folder whose files can be opened again
     */
    LayerContents(String image, String kept, StreamedContents contents) {
        this.image = image;
        this.kept = kept + "/";
        this.contents = contents;
    }

    Map<String, Content> all() {
        return all;
    }

    static boolean isFile(String path, Content content) {
        return !path.endsWith("/") && !content.attributes().startsWith(LINK);
    }

    /** Adds a layer's blob, which is closed. */
    void add(InputStream blob, long size) throws IOException {
        SortedMap<String, Content> layer = new TreeMap<>();
        List<String> deleted = new ArrayList<>();
        try (LayerEntries in = new LayerEntries(LayerEntries.unpack(blob), size)) {
            for (TarArchiveEntry entry = in.next(); entry != null; entry = in.next()) {
                String path = LayerEntries.clean(entry.getName());
                String name = path.substring(path.lastIndexOf('/') + 1);
                String parent = path.substring(0, path.length() - name.length());
                if (name.equals(OPAQUE)) {
                    deleted.add(parent);
                } else if (name.startsWith(WHITEOUT)) {
                    deleted.add(parent + name.substring(WHITEOUT.length()));
                } else if (!path.isEmpty()) {
                    add(path, entry, in, layer);
                }
            }
        }
        deleted.forEach(this::delete);
        layer.forEach((path, content) -> {
            if (!path.endsWith("/")) {
                delete(path);
            } else {
                all.remove(path.substring(0, path.length() - 1));
            }
            all.put(path, content);
        });
        if (all.size() > MOST) {
            throw new IOException("it has more than " + MOST + " files");
        }
    }

    private void add(String path, TarArchiveEntry entry, LayerEntries in, Map<String, Content> layer)
            throws IOException {
        String place = image + ":/" + path;
        String owner = "owner " + entry.getLongUserId() + ":" + entry.getLongGroupId();
        String attributes = String.format("mode %04o, %s", entry.getMode() & 07777, owner);
        layer.remove(path);
        layer.remove(path + "/");
        if (entry.isDirectory()) {
            layer.put(path + "/", StreamedContents.text(place, "", attributes));
        } else if (entry.isSymbolicLink()) {
            String target = entry.getLinkName();
            layer.put(path, StreamedContents.text(place, target, LINK + " to '" + target + "', " + owner));
        } else if (entry.isLink()) {
            layer.put(path, linked(LayerEntries.clean(entry.getLinkName()), place, layer));
        } else if (entry.isFile() && !entry.isSparse()) {
            boolean isKept = path.startsWith(kept);
            layer.put(
                    path,
                    isKept
                            ? contents.keep(place, in.content(), entry.getSize(), attributes)
                            : StreamedContents.compared(place, in.content(), entry.getSize(), attributes));
        } else {
            layer.put(path, StreamedContents.text(place, "special " + entry.getRealSize(), attributes));
        }
    }

    /** A hard link is the file that it leads to, as far as that was read. */
    private Content linked(String target, String place, Map<String, Content> layer) {
        Content same = layer.getOrDefault(target, all.get(target));
        return same == null ? StreamedContents.text(place, target, LINK + " to '/" + target + "'") : same;
    }

    /** Deletes a path, and all below it; what ends with a slash is the folder's content alone. */
    private void delete(String path) {
        all.remove(path);
        String below = path.endsWith("/") || path.isEmpty() ? path : path + "/";
        all.subMap(below, below.isEmpty() ? "\uffff" : below.substring(0, below.length() - 1) + "0")
                .clear();
    }
}
