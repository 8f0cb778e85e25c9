package io.github.olympe.maven.image.dockerfile.files;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A file, folder or symbolic link of an image that is being made. There is one in memory for each copied file, so it is a plain class with
 * few fields.
 */
public final class Node {

    /** The kind of a node. */
    public enum Type {
        FOLDER,
        FILE,
        LINK,
        /** A device, pipe or socket. */
        OTHER
    }

    /** Marks a name in a folder as missing: it was removed, or the folder's source does not have it. */
    private static final Node REMOVED = new Node(Type.OTHER, 0, 0, 0, null, null, null);

    /** The number for files that no instruction copied. */
    public static final int NO_COPY = 0;

    private final Type type;
    private final @Nullable Content content;
    private final @Nullable String target;
    private final @Nullable SortedMap<String, Node> children;
    private FolderSource source = FolderSource.NOTHING;
    private int mode;
    private long uid;
    private long gid;
    private boolean changed;
    private int copy = NO_COPY;

    private Node(
            Type type,
            int mode,
            long uid,
            long gid,
            @Nullable Content content,
            @Nullable String target,
            @Nullable SortedMap<String, Node> children) {
        this.type = type;
        this.mode = mode;
        this.uid = uid;
        this.gid = gid;
        this.content = content;
        this.target = target;
        this.children = children;
    }

    /** Returns a folder whose content is looked up in a source when it is needed. */
    public static Node folder(int mode, long uid, long gid, FolderSource source) {
        Node folder = new Node(Type.FOLDER, mode, uid, gid, null, null, new TreeMap<>());
        folder.source = source;
        return folder;
    }

    public static Node file(int mode, long uid, long gid, Content content) {
        return new Node(Type.FILE, mode, uid, gid, content, null, null);
    }

    /** Returns a symbolic link with this text as its target. */
    public static Node link(long uid, long gid, String target) {
        return new Node(Type.LINK, 0777, uid, gid, null, target, null);
    }

    /** Returns a device, pipe or socket. It can be removed, but not copied. */
    public static Node other(int mode, long uid, long gid) {
        return new Node(Type.OTHER, mode, uid, gid, null, null, null);
    }

    public Type type() {
        return type;
    }

    public boolean isFolder() {
        return type == Type.FOLDER;
    }

    public boolean isFile() {
        return type == Type.FILE;
    }

    public boolean isLink() {
        return type == Type.LINK;
    }

    /** Returns the permission bits. */
    public int mode() {
        return mode;
    }

    public long uid() {
        return uid;
    }

    public long gid() {
        return gid;
    }

    /** Returns the content of a file. */
    public Content content() {
        if (content == null) {
            throw new IllegalStateException("only a file has content");
        }
        return content;
    }

    /** Returns the target of a link. */
    public String target() {
        if (target == null) {
            throw new IllegalStateException("only a link leads anywhere");
        }
        return target;
    }

    /** Returns whether it differs from the base image. */
    public boolean isChanged() {
        return changed;
    }

    /** Returns the number of the instruction that copied it, or {@link #NO_COPY}. */
    public int copy() {
        return copy;
    }

    public void setMode(int newMode) {
        changed |= newMode != mode;
        mode = newMode;
    }

    public void setOwner(long newUid, long newGid) {
        changed |= newUid != uid || newGid != gid;
        uid = newUid;
        gid = newGid;
    }

    /** Marks it as made by an instruction. */
    Node madeBy(int instruction) {
        changed = true;
        copy = instruction;
        return this;
    }

    /** Returns a copy without a folder's content and source. */
    Node withoutChildren() {
        return new Node(type, mode, uid, gid, content, target, isFolder() ? new TreeMap<>() : null);
    }

    /** Returns an independent copy of it, and of everything known below it. */
    Node copied() {
        Node copy = withoutChildren();
        copy.source = source;
        copy.changed = changed;
        copy.copy = this.copy;
        if (children != null) {
            children.forEach((name, child) -> copy.put(name, child == REMOVED ? REMOVED : child.copied()));
        }
        return copy;
    }

    /** Looks up everything below this folder at once, if its source is faster that way. */
    void load() {
        if (source.fill(this)) {
            source = FolderSource.NOTHING;
        }
    }

    FolderSource source() {
        return source;
    }

    void setSource(FolderSource newSource) {
        source = newSource;
    }

    /** Returns the folder's entry with this name, or {@code null} if there is none. */
    public @Nullable Node child(String name) {
        Node known = children().get(name);
        if (known == null && source != FolderSource.NOTHING) {
            known = source.child(name);
            children().put(name, known == null ? REMOVED : known);
        }
        return known == REMOVED ? null : known;
    }

    /** Returns the known entry with this name, without asking the folder's source. */
    @Nullable Node knownChild(String name) {
        Node known = children().get(name);
        return known == REMOVED ? null : known;
    }

    /** Returns the source for a folder of this name in this one. */
    FolderSource sourceOf(String name) {
        return source == FolderSource.NOTHING || children().containsKey(name)
                ? FolderSource.NOTHING
                : source.folder(name);
    }

    /** Returns the names of everything in this folder, sorted. */
    public List<String> names() {
        Set<String> names = new TreeSet<>(source.names());
        children().forEach((name, node) -> {
            if (node == REMOVED) {
                names.remove(name);
            } else {
                names.add(name);
            }
        });
        return List.copyOf(names);
    }

    /** Returns everything in this folder, by name. */
    public SortedMap<String, Node> all() {
        for (String name : source.names()) {
            child(name);
        }
        SortedMap<String, Node> all = new TreeMap<>(children());
        all.values().removeIf(node -> node == REMOVED);
        return all;
    }

    /** Returns the known entries, without asking the folder's source. They include marks for missing names. */
    SortedMap<String, Node> known() {
        return children();
    }

    /** Returns whether it only marks a missing name. */
    boolean isRemoved() {
        return this == REMOVED;
    }

    /** Puts a node into this folder, replacing the one with the same name. */
    public void put(String name, Node node) {
        children().put(name, node);
    }

    /** Removes a name from this folder. */
    void remove(String name) {
        children().put(name, REMOVED);
    }

    private SortedMap<String, Node> children() {
        if (children == null) {
            throw new IllegalStateException("only a folder has anything in it");
        }
        return children;
    }
}
