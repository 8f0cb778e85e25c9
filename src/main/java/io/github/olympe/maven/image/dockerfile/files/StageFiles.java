package io.github.olympe.maven.image.dockerfile.files;

import io.github.olympe.maven.text.OneLine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of one stage. Paths are absolute paths in the image, separated by {@code /}. */
public final class StageFiles {

    /** The most links that Linux follows in a path. */
    private static final int MOST_LINKS = 40;

    /** Far more than any image has, and few enough for methods that call themselves for each folder. */
    private static final int MOST_FOLDERS = 500;

    private static final int NEW_FOLDER_MODE = 0755;
    private static final int SET_GROUP = 02000;

    private final Node root;

    private StageFiles(Node root) {
        this.root = root;
    }

    /** Creates the files of an image whose root folder has this source. */
    public static StageFiles of(FolderSource source) {
        return new StageFiles(Node.folder(NEW_FOLDER_MODE, 0, 0, source));
    }

    /** Returns an independent copy of these files. */
    public StageFiles copied() {
        return new StageFiles(root.copied());
    }

    Node root() {
        return root;
    }

    /**
     * Finds the place that a path leads to, following links on the way.
     *
     * @param followLast whether to follow a link in the last part of the path too
     * @throws FilesException if links form a circle, or the path leads through too many folders
     */
    public Spot find(String path, boolean followLast) throws FilesException {
        Deque<String> rest = new ArrayDeque<>(parts(path));
        if (rest.size() > MOST_FOLDERS) {
            throw new FilesException("the path '" + OneLine.of(path, 60) + "' leads through more than " + MOST_FOLDERS
                    + " folders; shorten it");
        }
        List<String> names = new ArrayList<>();
        List<Node> nodes = new ArrayList<>(List.of(root));
        int links = 0;
        while (!rest.isEmpty()) {
            String name = rest.removeFirst();
            Node folder = nodes.get(nodes.size() - 1);
            if (name.equals("..")) {
                if (!names.isEmpty()) {
                    names.remove(names.size() - 1);
                    nodes.remove(nodes.size() - 1);
                }
                continue;
            }
            Node node = folder.child(name);
            names.add(name);
            if (node == null) {
                return rest.isEmpty()
                        ? new Spot(join(names), folder, null, null)
                        : new Spot(clean(join(names) + "/" + String.join("/", rest)), null, null, null);
            }
            if (node.isLink() && (followLast || !rest.isEmpty())) {
                if (++links > MOST_LINKS) {
                    throw new FilesException("'" + path + "' leads through more than " + MOST_LINKS + " links");
                }
                names.remove(names.size() - 1);
                if (node.target().startsWith("/")) {
                    names.clear();
                    nodes.subList(1, nodes.size()).clear();
                }
                List<String> target = parts(node.target());
                for (int i = target.size() - 1; i >= 0; i--) {
                    rest.addFirst(target.get(i));
                }
            } else if (!node.isFolder() && !rest.isEmpty()) {
                return new Spot(clean(join(names) + "/" + String.join("/", rest)), null, null, join(names));
            } else if (rest.isEmpty()) {
                return new Spot(join(names), folder, node, null);
            } else {
                nodes.add(node);
            }
        }
        Node last = nodes.get(nodes.size() - 1);
        return new Spot(join(names), nodes.size() > 1 ? nodes.get(nodes.size() - 2) : null, last, null);
    }

    /**
     * Returns the folder at a path. If it or its parents are missing, they are created.
     *
     * @throws FilesException if a file is in the way
     */
    public Node makeFolders(String path, long uid, long gid) throws FilesException {
        String wanted = clean(path);
        Spot spot = find(wanted, true);
        if (spot.exists()) {
            return spot.requireFolder();
        }
        makeFolders(wanted.substring(0, wanted.lastIndexOf('/') + 1), uid, gid);
        return put(find(wanted, true), newFolder(NEW_FOLDER_MODE, uid, gid));
    }

    private static Node newFolder(int mode, long uid, long gid) {
        return Node.folder(mode, uid, gid, FolderSource.NOTHING);
    }

    /**
     * Creates a folder in an empty place, as a program in a container does. If the parent has the set-group-id bit, the folder gets the
     * parent's group.
     *
     * @throws FilesException if the parent folder is missing
     */
    public Node makeFolder(Spot spot, int mode, long uid, long gid) throws FilesException {
        Node folder = create(spot, newFolder(mode, uid, gid));
        folder.setMode(mode | spot.requireParent().mode() & SET_GROUP);
        return folder;
    }

    /**
     * Does what {@link #put} does, but as a program in a container: if the parent has the set-group-id bit, the node gets the parent's
     * group.
     *
     * @throws FilesException if the parent folder is missing, or a folder is there
     */
    public Node create(Spot spot, Node node) throws FilesException {
        Node parent = spot.requireParent();
        if ((parent.mode() & SET_GROUP) != 0) {
            node.setOwner(node.uid(), parent.gid());
        }
        return put(spot, node);
    }

    /**
     * Puts a node into an empty place, or replaces a file or link.
     *
     * @throws FilesException if the parent folder is missing, or a folder is there
     */
    public Node put(Spot spot, Node node) throws FilesException {
        Node parent = spot.requireParent();
        if (spot.isFolder()) {
            throw new FilesException("'" + spot.path() + "' is a folder in the image");
        }
        parent.put(spot.name(), node.madeBy(node.copy()));
        return node;
    }

    /** Removes what is there, with everything in it. */
    public void remove(Spot spot) throws FilesException {
        spot.require();
        spot.requireParent().remove(spot.name());
    }

    /**
     * Moves a file or folder to an empty place, or over another file or an empty folder.
     *
     * @throws FilesException if the parent folder of the target is missing
     */
    public void move(Spot from, Spot to) throws FilesException {
        Node node = from.require();
        Node parent = to.requireParent();
        if ((to.path() + "/").startsWith(from.path() + "/")) {
            throw new FilesException("'" + from.path() + "' cannot be moved into itself");
        }
        from.requireParent().remove(from.name());
        settle(node);
        parent.put(to.name(), node);
    }

    /** Reads everything below a node, so that it no longer depends on its original place. */
    private static void settle(Node node) {
        node.madeBy(node.copy());
        if (node.isFolder()) {
            node.load();
            node.all().values().forEach(StageFiles::settle);
            node.setSource(FolderSource.NOTHING);
        }
    }

    /** The owner and mode of a copied node. */
    public interface Attributes {

        /** Sets them on a node that still has the attributes of its original. */
        void apply(Node copied);
    }

    /**
     * Copies the content of a folder into another one, as if an archive was unpacked there: a folder that exists in both is merged and gets
     * the attributes of the copied one. Anything else is replaced.
     *
     * @throws FilesException if there is a device, pipe or socket in it
     */
    public static void merge(Node from, Node into, int instruction, Attributes attributes) throws FilesException {
        from.load();
        for (Map.Entry<String, Node> entry : from.all().entrySet()) {
            String name = entry.getKey();
            Node node = entry.getValue();
            Node copy = copy(node, instruction, attributes);
            if (!node.isFolder()) {
                into.put(name, copy);
                continue;
            }
            Node known = into.knownChild(name);
            if (known != null && known.isFolder()) {
                known.setMode(copy.mode());
                known.setOwner(copy.uid(), copy.gid());
                known.madeBy(instruction);
                copy = known;
            } else {
                copy.setSource(into.sourceOf(name));
                into.put(name, copy);
            }
            merge(node, copy, instruction, attributes);
        }
    }

    /**
     * Returns a copy of a file or link, or of a folder without its content.
     *
     * @throws FilesException if it is a device, pipe or socket
     */
    public static Node copy(Node node, int instruction, Attributes attributes) throws FilesException {
        if (node.type() == Node.Type.OTHER) {
            throw new FilesException("a device, pipe or socket cannot be copied");
        }
        Node copy = node.withoutChildren();
        attributes.apply(copy);
        return copy.madeBy(instruction);
    }

    /** Joins a path with one that may be relative to it. */
    public static String resolve(String folder, String path) {
        return path.startsWith("/") ? path : folder + "/" + path;
    }

    /** Returns a path without {@code .}, {@code ..} and doubled slashes. Links are not followed. */
    public static String clean(String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : parts(path)) {
            if (!part.equals("..")) {
                parts.addLast(part);
            } else if (!parts.isEmpty()) {
                parts.removeLast();
            }
        }
        return "/" + String.join("/", parts);
    }

    private static List<String> parts(@Nullable String path) {
        return path == null
                ? List.of()
                : Arrays.stream(path.split("/"))
                        .filter(part -> !part.isEmpty() && !part.equals("."))
                        .toList();
    }

    private static String join(List<String> names) {
        return "/" + String.join("/", names);
    }
}
