package io.github.olympe.maven.image.dockerfile.forms;

import io.github.olympe.maven.image.dockerfile.files.Changes;
import io.github.olympe.maven.image.dockerfile.files.Node;
import io.github.olympe.maven.registry.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeSet;

/** A file system of an image, unpacked into a folder. */
final class UnpackedTree extends SimpleFileVisitor<Path> {

    private final Path root;
    private final TreeSet<String> lines = new TreeSet<>();

    private UnpackedTree(Path root) {
        this.root = root;
    }

    /** Returns each path below the root with its type, mode and owner, for files also the size and hash, and for links the target. */
    static TreeSet<String> describe(Path root) throws IOException {
        UnpackedTree tree = new UnpackedTree(root);
        Files.walkFileTree(root, tree);
        return tree.lines;
    }

    /** Returns the same for the result of changing a folder. */
    static TreeSet<String> describe(Path root, Changes changes) throws IOException {
        TreeSet<String> lines = describe(root);
        for (String path : changes.removed()) {
            drop(lines, path);
        }
        for (Changes.Change change : changes.changed()) {
            Node node = change.node();
            if (node.isFolder()) {
                lines.removeIf(line -> line.startsWith("./" + change.path() + " "));
            } else {
                drop(lines, change.path());
            }
            lines.add(line(change.path(), type(node), node.mode(), node.uid(), node.gid(), content(node)));
        }
        return lines;
    }

    private static void drop(TreeSet<String> lines, String path) {
        lines.removeIf(line -> line.startsWith("./" + path + " ") || line.startsWith("./" + path + "/"));
    }

    private static String type(Node node) {
        return node.isFolder() ? "d" : node.isLink() ? "l" : "f";
    }

    private static String content(Node node) throws IOException {
        if (!node.isFile()) {
            return node.isLink() ? "-> " + node.target() : "";
        }
        try (InputStream in = node.content().open()) {
            return node.content().size() + " " + Digest.of(in.readAllBytes()).hex();
        }
    }

    /** Removes it. */
    static void remove(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        // No layer has the root: whoever unpacks it gives it a mode and an owner.
        if (!folder.equals(root)) {
            add(folder, "d", "");
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (attributes.isSymbolicLink()) {
            add(file, "l", "-> " + Files.readSymbolicLink(file));
        } else if (attributes.isRegularFile()) {
            add(
                    file,
                    "f",
                    attributes.size() + " "
                            + Digest.of(Files.readAllBytes(file)).hex());
        } else {
            add(file, "other", "");
        }
        return FileVisitResult.CONTINUE;
    }

    private void add(Path file, String type, String content) throws IOException {
        Map<String, Object> unix = Files.readAttributes(file, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
        lines.add(line(
                root.relativize(file).toString(),
                type,
                (int) unix.get("mode") & 07777,
                (int) unix.get("uid"),
                (int) unix.get("gid"),
                content));
    }

    private static String line(String path, String type, int mode, long uid, long gid, String content) {
        return "./" + path + " " + type + " " + Integer.toOctalString(mode) + " " + uid + ":" + gid + " " + content;
    }
}
