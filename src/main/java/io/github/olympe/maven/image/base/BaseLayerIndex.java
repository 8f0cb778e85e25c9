package io.github.olympe.maven.image.base;

import io.github.olympe.maven.io.CheckedFile;
import io.github.olympe.maven.registry.content.LayerEntries;
import io.github.olympe.maven.registry.content.Whiteout;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * The content of one layer of a base image, by path: its files, folders and links, and what it deletes from lower layers (whiteouts of the
 * OCI image specification). It also keeps the contents of the two files that every lookup needs.
 */
final class BaseLayerIndex {

    /** The files whose content is kept. */
    static final Set<String> KEPT = Set.of("etc/passwd", "etc/group");

    private static final int FORMAT = 2;
    static final int LARGEST_KEPT = 4 * 1024 * 1024;

    /** The memory for an entry, a folder or a header, without its text. */
    private static final int OVERHEAD = 160;

    private final Map<String, BaseFile> files = new LinkedHashMap<>();
    private final Set<String> parents = new HashSet<>();
    private final Set<String> removed = new HashSet<>();
    private final Set<String> opaque = new HashSet<>();
    private final Map<String, byte[]> contents = new HashMap<>();
    private long weight;

    private BaseLayerIndex() {}

    /** Returns what this layer has at the path, if anything. */
    Optional<BaseFile> find(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /** Returns whether this layer has something below this path. The path is then a folder, even if the layer does not list it. */
    boolean isParent(String path) {
        return parents.contains(path);
    }

    /** Returns whether this layer hides the path in lower layers. */
    boolean hides(String path) {
        if (removed.contains(path)) {
            return true;
        }
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            String parent = path.substring(0, slash);
            BaseFile file = files.get(parent);
            if (removed.contains(parent) || opaque.contains(parent) || (file != null && !file.isFolder())) {
                return true;
            }
        }
        return opaque.contains("");
    }

    /** Returns all of the layer's own paths. */
    Iterable<BaseFile> files() {
        return files.values();
    }

    /** Returns the content of one of the {@link #KEPT} files, if it is a file in this layer. */
    Optional<byte[]> content(String path) {
        return Optional.ofNullable(contents.get(path));
    }

    /** Returns roughly how many bytes of memory it takes. */
    long weight() {
        return weight;
    }

    /**
     * Reads a layer's tar.
     *
     * @param layerSize the size of the layer as it comes from the registry, in bytes
     * @param heaviest the most bytes of memory that the result may take
     */
    static BaseLayerIndex read(InputStream tar, long layerSize, long heaviest) throws IOException {
        BaseLayerIndex index = new BaseLayerIndex();
        LayerEntries in = new LayerEntries(tar, layerSize);
        for (TarArchiveEntry entry = in.next(); entry != null; entry = in.next()) {
            // Headers that apply to all later entries are repeated in each of these.
            index.weight += (long) OVERHEAD * (1 + entry.getExtraPaxHeaders().size());
            if (index.weight > heaviest) {
                throw new IOException("it has more entries than can be remembered");
            }
            String path = LayerEntries.clean(entry.getName());
            if (Whiteout.isOpaque(path)) {
                index.opaque.add(index.weighed(Whiteout.deleted(path)));
            } else if (Whiteout.is(path)) {
                index.removed.add(index.weighed(Whiteout.deleted(path)));
            } else if (!path.isEmpty()) {
                BaseFile file = file(entry, path);
                index.add(file);
                if (KEPT.contains(path) && file.isFile() && file.size() <= LARGEST_KEPT) {
                    index.contents.put(path, in.content().readAllBytes());
                } else {
                    index.contents.remove(path);
                }
            }
        }
        return index;
    }

    private static BaseFile file(TarArchiveEntry entry, String path) {
        char type = (char) entry.getLinkFlag();
        boolean hardLink = type == '1';
        String target = hardLink ? LayerEntries.clean(entry.getLinkName()) : type == '2' ? entry.getLinkName() : "";
        return new BaseFile(
                path,
                entry.isDirectory() ? '5' : type,
                entry.getMode() & 07777,
                entry.getLongUserId(),
                entry.getLongGroupId(),
                entry.getRealSize(),
                target);
    }

    private void add(BaseFile file) {
        String path = weighed(file.path());
        files.put(path, file);
        weighed(file.linkTarget());
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            if (!parents.add(path.substring(0, slash))) {
                return;
            }
            weight += OVERHEAD + slash;
        }
    }

    private String weighed(String path) {
        weight += path.length();
        return path;
    }

    /** Reads what {@link #remember(Path)} wrote. The result is empty if that is missing, damaged, or from another version of the plugin. */
    static Optional<BaseLayerIndex> load(Path file) {
        return CheckedFile.read(file).flatMap(memo -> {
            try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(memo))) {
                return in.readInt() == FORMAT ? Optional.of(read(in)) : Optional.empty();
            } catch (IOException e) {
                throw new IllegalStateException("a memo with the right checksum is not whole", e);
            }
        });
    }

    private static BaseLayerIndex read(DataInputStream in) throws IOException {
        BaseLayerIndex index = new BaseLayerIndex();
        for (int count = in.readInt(); count > 0; count--) {
            index.weight += OVERHEAD;
            index.add(new BaseFile(
                    in.readUTF(),
                    (char) in.readUnsignedByte(),
                    in.readInt(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readUTF()));
        }
        for (int count = in.readInt(); count > 0; count--) {
            index.removed.add(index.weighed(in.readUTF()));
        }
        for (int count = in.readInt(); count > 0; count--) {
            index.opaque.add(index.weighed(in.readUTF()));
        }
        for (int count = in.readInt(); count > 0; count--) {
            index.contents.put(in.readUTF(), in.readNBytes(in.readInt()));
        }
        return index;
    }

    /** Stores what is known of the layer, for other builds. */
    void remember(Path file) {
        CheckedFile.remember(file, out -> write(new DataOutputStream(new BufferedOutputStream(out))));
    }

    private void write(DataOutputStream out) throws IOException {
        out.writeInt(FORMAT);
        out.writeInt(files.size());
        for (BaseFile entry : files.values()) {
            out.writeUTF(entry.path());
            out.writeByte(entry.type());
            out.writeInt(entry.mode());
            out.writeLong(entry.uid());
            out.writeLong(entry.gid());
            out.writeLong(entry.size());
            out.writeUTF(entry.linkTarget());
        }
        writeAll(out, removed);
        writeAll(out, opaque);
        out.writeInt(contents.size());
        for (Map.Entry<String, byte[]> content : contents.entrySet()) {
            out.writeUTF(content.getKey());
            out.writeInt(content.getValue().length);
            out.write(content.getValue());
        }
        out.flush();
    }

    private static void writeAll(DataOutputStream out, Set<String> paths) throws IOException {
        out.writeInt(paths.size());
        for (String path : paths) {
            out.writeUTF(path);
        }
    }
}
