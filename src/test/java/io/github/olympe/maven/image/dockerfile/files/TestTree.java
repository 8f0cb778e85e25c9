package io.github.olympe.maven.image.dockerfile.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Files in memory, each from a line of text: {@code path d 755 0:0}, {@code path f 644 0:0 content} or {@code path l 0:0 target}. {@code |}
 * in a content means a line break. A folder without a line belongs to root and has mode 755. It records which paths were looked up.
 */
public final class TestTree implements FolderSource {

    private final Map<String, String> lines;
    private final String prefix;
    private final List<String> asked;

    private TestTree(Map<String, String> lines, String prefix, List<String> asked) {
        this.lines = lines;
        this.prefix = prefix;
        this.asked = asked;
    }

    public static TestTree of(String text) {
        Map<String, String> lines = new TreeMap<>();
        text.lines().filter(line -> !line.isBlank()).forEach(line -> {
            String[] parts = line.strip().split(" ", 2);
            lines.put(parts[0], parts[1]);
        });
        return new TestTree(lines, "", new ArrayList<>());
    }

    /** The paths that were looked up. Those that end with a slash were listed. */
    public List<String> asked() {
        return asked;
    }

    @Override
    public @Nullable Node child(String name) {
        String path = prefix + name;
        asked.add(path);
        String line = lines.get(path);
        TestTree below = new TestTree(lines, path + "/", asked);
        if (line == null) {
            return lines.keySet().stream().anyMatch(key -> key.startsWith(path + "/"))
                    ? Node.folder(0755, 0, 0, below)
                    : null;
        }
        String[] parts = line.split(" ", 4);
        boolean isLink = parts[0].equals("l");
        String[] owner = parts[isLink ? 1 : 2].split(":");
        long uid = Long.parseLong(owner[0]);
        long gid = Long.parseLong(owner[1]);
        if (isLink) {
            return Node.link(uid, gid, parts[2]);
        }
        int mode = Integer.parseInt(parts[1], 8);
        return switch (parts[0]) {
            case "d" -> Node.folder(mode, uid, gid, below);
            case "f" -> Node.file(mode, uid, gid, content(parts.length > 3 ? parts[3] : ""));
            default -> Node.other(mode, uid, gid);
        };
    }

    @Override
    public Collection<String> names() {
        asked.add(prefix + "/");
        Set<String> names = new TreeSet<>();
        for (String path : lines.keySet()) {
            if (path.startsWith(prefix)) {
                names.add(path.substring(prefix.length()).split("/")[0]);
            }
        }
        return names;
    }

    /** A content of a text. */
    public static Content content(String text) {
        byte[] bytes = text.replace('|', '\n').getBytes(StandardCharsets.UTF_8);
        return new Content() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        };
    }

    /** Returns the differences to the original tree, a line for each path, with {@code -} before removed ones. */
    public List<String> changes(StageFiles files) {
        return describe(Changes.of(files, this));
    }

    /** Does what {@link #changes(StageFiles)} does. */
    public static List<String> describe(Changes changes) {
        Map<String, String> all = new TreeMap<>();
        changes.removed().forEach(path -> all.put(path, "- " + path));
        changes.changed().forEach(change -> all.merge(change.path(), describe(change), (a, b) -> a + " then " + b));
        return List.copyOf(all.values());
    }

    private static String describe(Changes.Change change) {
        Node node = change.node();
        String owner = node.uid() + ":" + node.gid();
        return switch (node.type()) {
            case FOLDER -> change.path() + " d " + Integer.toOctalString(node.mode()) + " " + owner;
            case FILE ->
                change.path() + " f " + Integer.toOctalString(node.mode()) + " " + owner + " " + text(node.content());
            case LINK -> change.path() + " l " + owner + " " + node.target();
            case OTHER -> change.path() + " o";
        };
    }

    private static String text(Content content) {
        try (InputStream in = content.open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace('\n', '|');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
