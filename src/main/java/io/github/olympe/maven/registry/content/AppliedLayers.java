package io.github.olympe.maven.registry.content;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * The combined content of an image's layers, by path. Entries and deletions of upper layers win (OCI image specification, "Applying
 * Changesets"). A folder's path ends with a slash. A hard link stands for its target, if the target was read.
 *
 * @param <T> the type of what is kept of an entry
 */
public final class AppliedLayers<T> {

    private static final int MOST = 1_000_000;

    private final Reader<T> reader;
    private final SortedMap<String, T> all = new TreeMap<>();
    private final SortedSet<String> whiteouts = new TreeSet<>();

    /** Reads from an entry what is kept of it. */
    @FunctionalInterface
    public interface Reader<T> {

        /**
         * Reads an entry.
         *
         * @param path the entry's path, without a slash at its end
         * @param layer gives the entry's content, until this method returns
         * @return absent if nothing is kept of it; the entry still hides those of lower layers
         */
        Optional<T> read(String path, TarArchiveEntry entry, LayerEntries layer) throws IOException;
    }

    /** Starts without layers. */
    public AppliedLayers(Reader<T> reader) {
        this.reader = reader;
    }

    /** Returns everything that is kept, by path. */
    public SortedMap<String, T> all() {
        return all;
    }

    /** Returns the paths of the whiteouts in all layers. */
    public SortedSet<String> whiteouts() {
        return whiteouts;
    }

    /**
     * Adds a layer on top.
     *
     * @param blob the layer as it is stored; it is closed
     * @param size its size in bytes
     * @throws IOException if it cannot be read; the message is a part of a sentence
     */
    public void add(InputStream blob, long size) throws IOException {
        SortedMap<String, Optional<T>> own = new TreeMap<>();
        List<String> deleted = new ArrayList<>();
        try (LayerEntries layer = new LayerEntries(LayerEntries.unpack(blob), size)) {
            for (TarArchiveEntry entry = layer.next(); entry != null; entry = layer.next()) {
                String path = LayerEntries.clean(entry.getName());
                if (Whiteout.is(path)) {
                    deleted.add(path);
                } else if (!path.isEmpty()) {
                    own.remove(path);
                    own.remove(path + "/");
                    Optional<T> kept = entry.isLink() ? linked(entry, own) : Optional.empty();
                    own.put(
                            entry.isDirectory() ? path + "/" : path,
                            kept.isPresent() ? kept : reader.read(path, entry, layer));
                }
            }
        }
        deleted.forEach(this::delete);
        whiteouts.addAll(deleted);
        own.forEach(this::put);
        if (all.size() > MOST) {
            throw new IOException("it has more than " + MOST + " files");
        }
    }

    private Optional<T> linked(TarArchiveEntry link, SortedMap<String, Optional<T>> own) {
        String target = LayerEntries.clean(link.getLinkName());
        return own.getOrDefault(target, Optional.ofNullable(all.get(target)));
    }

    private void delete(String whiteout) {
        String path = Whiteout.deleted(whiteout);
        if (!Whiteout.isOpaque(whiteout)) {
            all.remove(path);
            all.remove(path + "/");
        }
        deleteBelow(path);
    }

    private void put(String path, Optional<T> kept) {
        if (path.endsWith("/")) {
            all.remove(path.substring(0, path.length() - 1));
        } else {
            all.remove(path);
            all.remove(path + "/");
            deleteBelow(path);
        }
        kept.ifPresent(value -> all.put(path, value));
    }

    private void deleteBelow(String folder) {
        if (folder.isEmpty()) {
            all.clear();
        } else {
            // The folder's own path, which ends with a slash, stays; '0' is the character after '/'.
            all.subMap(folder + "/\0", folder + "0").clear();
        }
    }
}
