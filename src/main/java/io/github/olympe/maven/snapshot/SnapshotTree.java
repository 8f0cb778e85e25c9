package io.github.olympe.maven.snapshot;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.snapshot.config.OutputDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.util.Paths;
import org.jspecify.annotations.Nullable;

/**
 * Writes a copy of a commit's tree in which the folders of a snapshot's root tags are replaced. It reads and writes only the trees on the
 * way to those folders and within them. It reads no blobs and writes only new ones. Every other entry stays unchanged, with its mode.
 *
 * <p>A patch is stored byte for byte as the toolkit wrote it. Git does the same unless an attribute asks for a conversion. An existing
 * patch keeps its mode.
 */
final class SnapshotTree {

    private final ObjectReader reader;
    private final ObjectInserter inserter;
    private final ObjectInserter.Formatter hash = new ObjectInserter.Formatter();
    private final StagedSnapshot snapshot;
    private final List<String> added = new ArrayList<>();
    private final List<String> changed = new ArrayList<>();
    private final List<String> deleted = new ArrayList<>();
    private int before;

    private SnapshotTree(ObjectReader reader, ObjectInserter inserter, StagedSnapshot snapshot) {
        this.reader = reader;
        this.inserter = inserter;
        this.snapshot = snapshot;
    }

    /**
     * The new tree.
     *
     * @param id the tree's id; the same as the old one's if nothing changed
     * @param changes the files that differ
     * @param before how many files the folders of the root tags had
     */
    record Result(ObjectId id, Changes changes, int before) {}

    /**
     * Writes the tree and what is new in it.
     *
     * @param tree the original tree
     * @throws OlympeException if a symbolic link, a file or a submodule is in the way to the output folder
     */
    static Result write(ObjectReader reader, ObjectInserter inserter, ObjectId tree, StagedSnapshot snapshot)
            throws IOException {
        SnapshotTree writer = new SnapshotTree(reader, inserter, snapshot);
        ObjectId written = writer.descend(tree, 0);
        ObjectId id = written == null ? inserter.insert(new TreeFormatter()) : written;
        return new Result(id, new Changes(writer.added, writer.changed, writer.deleted), writer.before);
    }

    /** The entry of a tree under a name. */
    private record Entry(FileMode mode, ObjectId id) {

        boolean isTree() {
            return mode == FileMode.TREE;
        }

        boolean isFile() {
            return mode == FileMode.REGULAR_FILE || mode == FileMode.EXECUTABLE_FILE;
        }
    }

    private @Nullable ObjectId descend(@Nullable ObjectId tree, int depth) throws IOException {
        OutputDirectory output = snapshot.entry().outputDirectory();
        SortedMap<String, Entry> entries = read(tree);
        if (depth < output.names().size()) {
            String name = output.names().get(depth);
            Entry old = passable(entries, name, String.join("/", output.names().subList(0, depth + 1)));
            put(entries, name, descend(old == null ? null : old.id(), depth + 1));
        } else {
            for (Map.Entry<String, SortedMap<String, Path>> rootTag :
                    snapshot.rootTags().entrySet()) {
                String path = output.path(rootTag.getKey());
                Entry old = passable(entries, rootTag.getKey(), path);
                put(entries, rootTag.getKey(), replace(old == null ? null : old.id(), rootTag.getValue(), path));
            }
        }
        return write(entries, tree);
    }

    /** Returns the tree under this name, null if there is none. */
    private @Nullable Entry passable(SortedMap<String, Entry> entries, String name, String path) {
        Entry entry = entries.get(name);
        if (entry == null || entry.isTree()) {
            return entry;
        }
        String what = entry.mode() == FileMode.SYMLINK
                ? "the symbolic link '" + path + "'"
                : entry.mode() == FileMode.GITLINK ? "the submodule '" + path + "'" : "'" + path + "', which is a file";
        throw new OlympeException(String.format(
                "%s: the key 'snapshooter.outputDir' has the value '%s', which passes through %s in the repository; give a folder that is"
                        + " reached without it. Nothing was pushed.",
                snapshot.entry().source(), snapshot.entry().outputDirectory().written(), what));
    }

    /** Writes a folder of patches in the place of an old tree. */
    private @Nullable ObjectId replace(@Nullable ObjectId oldTree, SortedMap<String, Path> files, String path)
            throws IOException {
        SortedMap<String, Entry> old = read(oldTree);
        SortedMap<String, Entry> entries = new TreeMap<>();
        SortedMap<String, SortedMap<String, Path>> folders = new TreeMap<>();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            int slash = file.getKey().indexOf('/');
            if (slash < 0) {
                entries.put(file.getKey(), blob(old.get(file.getKey()), file.getValue(), path + "/" + file.getKey()));
            } else {
                folders.computeIfAbsent(file.getKey().substring(0, slash), name -> new TreeMap<>())
                        .put(file.getKey().substring(slash + 1), file.getValue());
            }
        }
        for (Map.Entry<String, SortedMap<String, Path>> folder : folders.entrySet()) {
            Entry oldFolder = old.get(folder.getKey());
            put(
                    entries,
                    folder.getKey(),
                    replace(
                            oldFolder != null && oldFolder.isTree() ? oldFolder.id() : null,
                            folder.getValue(),
                            path + "/" + folder.getKey()));
        }
        for (Map.Entry<String, Entry> gone : old.entrySet()) {
            Entry now = entries.get(gone.getKey());
            if (now == null || now.isTree() != gone.getValue().isTree()) {
                delete(gone.getValue(), path + "/" + gone.getKey());
            }
        }
        return write(entries, oldTree);
    }

    private Entry blob(@Nullable Entry old, Path file, String path) throws IOException {
        byte[] content = Files.readAllBytes(file);
        ObjectId id = hash.idFor(Constants.OBJ_BLOB, content);
        if (old != null && old.isFile()) {
            before++;
            if (old.id().equals(id)) {
                return old;
            }
            changed.add(path);
            return new Entry(old.mode(), inserter.insert(Constants.OBJ_BLOB, content));
        }
        if (old == null || old.isTree()) {
            added.add(path);
        } else {
            before++;
            changed.add(path);
        }
        return new Entry(FileMode.REGULAR_FILE, inserter.insert(Constants.OBJ_BLOB, content));
    }

    private void delete(Entry entry, String path) throws IOException {
        if (!entry.isTree()) {
            before++;
            deleted.add(path);
            return;
        }
        for (Map.Entry<String, Entry> child : read(entry.id()).entrySet()) {
            delete(child.getValue(), path + "/" + child.getKey());
        }
    }

    private SortedMap<String, Entry> read(@Nullable ObjectId tree) throws IOException {
        SortedMap<String, Entry> entries = new TreeMap<>();
        if (tree != null) {
            CanonicalTreeParser parser = new CanonicalTreeParser(null, reader, tree);
            while (!parser.eof()) {
                entries.put(
                        parser.getEntryPathString(), new Entry(parser.getEntryFileMode(), parser.getEntryObjectId()));
                parser.next();
            }
        }
        return entries;
    }

    /** Git has no empty folders. */
    private static void put(SortedMap<String, Entry> entries, String name, @Nullable ObjectId tree) {
        if (tree == null) {
            entries.remove(name);
        } else {
            entries.put(name, new Entry(FileMode.TREE, tree));
        }
    }

    private @Nullable ObjectId write(SortedMap<String, Entry> entries, @Nullable ObjectId old) throws IOException {
        if (entries.isEmpty()) {
            return null;
        }
        TreeFormatter formatter = new TreeFormatter();
        entries.entrySet().stream()
                .sorted((a, b) -> compare(a.getKey(), a.getValue(), b.getKey(), b.getValue()))
                .forEach(entry -> formatter.append(
                        entry.getKey(),
                        entry.getValue().mode(),
                        entry.getValue().id()));
        ObjectId id = formatter.computeId(hash);
        return id.equals(old) ? id : inserter.insert(formatter);
    }

    /** Compares in git's order: by bytes, with a slash after the names of folders. */
    private static int compare(String nameA, Entry a, String nameB, Entry b) {
        byte[] bytesA = nameA.getBytes(StandardCharsets.UTF_8);
        byte[] bytesB = nameB.getBytes(StandardCharsets.UTF_8);
        return Paths.compare(
                bytesA,
                0,
                bytesA.length,
                a.mode().getBits(),
                bytesB,
                0,
                bytesB.length,
                b.mode().getBits());
    }
}
