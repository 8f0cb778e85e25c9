package io.github.olympe.maven.image.source;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.source.SourceEntry.Type;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tree that an image is made from: all that is below a folder, links as links, without what the filter leaves out, in the order of the
 * paths.
 *
 * @param root the folder
 * @param entries what is below it, a folder before what is in it
 */
public record SourceTree(Path root, List<SourceEntry> entries) {

    private static final String UNIX_ATTRIBUTES = "unix:mode,ino,nlink,size,lastModifiedTime,ctime";
    private static final int TYPE_BITS = 0170000;
    private static final int FOLDER = 0040000;
    private static final int FILE = 0100000;
    private static final int LINK = 0120000;
    private static final boolean NAMES_ARE_UTF8 =
            StandardCharsets.UTF_8.name().equalsIgnoreCase(System.getProperty("sun.jnu.encoding"));

    /** What belongs to a tree. */
    interface Filter extends Predicate<String> {

        /** Whether this entry belongs to it, by its path below the root. */
        @Override
        boolean test(String path);

        /** Whether something below this folder, which does not belong itself, may belong. */
        boolean mayHoldWanted(String path);
    }

    /**
     * Reads a tree.
     *
     * @throws OlympeException if something in it can neither be read nor be put into an image
     */
    public static SourceTree read(Path root, Filter filter, ForkJoinPool workers) {
        try {
            Path real = root.toRealPath();
            boolean unix = real.getFileSystem().supportedFileAttributeViews().contains("unix");
            List<SourceEntry> entries = workers.invoke(new FolderTask(real, "", filter, unix));
            return new SourceTree(root, entries);
        } catch (IOException e) {
            throw unreadable(root, e);
        }
    }

    /** Reads one folder, its sub-folders at the same time. */
    private static final class FolderTask extends RecursiveTask<List<SourceEntry>> {

        private static final long serialVersionUID = 1L;

        private final transient Path folder;
        private final String prefix;
        private final transient Filter filter;
        private final boolean unix;

        FolderTask(Path folder, String prefix, Filter filter, boolean unix) {
            this.folder = folder;
            this.prefix = prefix;
            this.filter = filter;
            this.unix = unix;
        }

        @Override
        protected List<SourceEntry> compute() {
            List<SourceEntry> own = new ArrayList<>();
            try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
                for (Path child : children) {
                    String path = prefix + name(child);
                    SourceEntry entry = unix ? unixEntry(child, path) : entry(child, path);
                    if (entry != null) {
                        own.add(entry);
                    } else if (filter.test(path)) {
                        throw unpackable(child);
                    }
                }
            } catch (DirectoryIteratorException e) {
                throw unreadable(folder, e);
            } catch (IOException e) {
                throw unreadable(folder, e);
            }
            own.sort(Comparator.comparing(entry -> entry.path));
            List<@Nullable FolderTask> tasks = new ArrayList<>();
            for (SourceEntry entry : own) {
                FolderTask task = null;
                if (entry.type == Type.FOLDER && (filter.test(entry.path) || filter.mayHoldWanted(entry.path))) {
                    task = new FolderTask(entry.file, entry.path + "/", filter, unix);
                    task.fork();
                }
                tasks.add(task);
            }
            List<SourceEntry> all = new ArrayList<>();
            for (int i = 0; i < own.size(); i++) {
                FolderTask task = tasks.get(i);
                List<SourceEntry> below = task == null ? List.of() : task.join();
                if (!below.isEmpty() || filter.test(own.get(i).path)) {
                    all.add(own.get(i));
                    all.addAll(below);
                }
            }
            return all;
        }
    }

    /** The entry, or nothing for what is neither a file nor a folder nor a link. */
    private static @Nullable SourceEntry unixEntry(Path file, String path) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(file, UNIX_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        int mode = (Integer) value(attributes, "mode");
        Type type = switch (mode & TYPE_BITS) {
            case FOLDER -> Type.FOLDER;
            case FILE -> Type.FILE;
            case LINK -> Type.LINK;
            default -> null;
        };
        if (type == null) {
            return null;
        }
        return new SourceEntry(
                path,
                file,
                type,
                mode & 07777,
                type == Type.FILE ? (Long) value(attributes, "size") : 0,
                nanoseconds((FileTime) value(attributes, "lastModifiedTime")),
                nanoseconds((FileTime) value(attributes, "ctime")),
                (Long) value(attributes, "ino"),
                type == Type.FILE && (Integer) value(attributes, "nlink") > 1,
                type == Type.LINK ? text(Files.readSymbolicLink(file), file) : null);
    }

    /** Where there are no POSIX modes, what a checkout on such a machine would be given. */
    private static @Nullable SourceEntry entry(Path file, String path) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Type type = attributes.isDirectory() ? Type.FOLDER : attributes.isSymbolicLink() ? Type.LINK : Type.FILE;
        if (attributes.isOther()) {
            return null;
        }
        return new SourceEntry(
                path,
                file,
                type,
                type == Type.FILE ? 0644 : 0755,
                type == Type.FILE ? attributes.size() : 0,
                nanoseconds(attributes.lastModifiedTime()),
                nanoseconds(attributes.lastModifiedTime()),
                0,
                false,
                type == Type.LINK ? Files.readSymbolicLink(file).toString().replace('\\', '/') : null);
    }

    private static Object value(Map<String, Object> attributes, String name) {
        Object value = attributes.get(name);
        if (value == null) {
            throw new IllegalStateException("the file system does not tell the attribute '" + name + "'");
        }
        return value;
    }

    private static long nanoseconds(FileTime time) {
        return time.to(TimeUnit.NANOSECONDS);
    }

    private static String name(Path file) {
        return text(file.getFileName(), file);
    }

    /**
     * The bytes of a name read as UTF-8. Where Java runs in a locale that is not UTF-8 (a container without {@code LANG}), or the name is
     * not UTF-8, {@code toString()} has lost them; the URI still has them.
     */
    private static String text(Path name, Path file) {
        String text = name.toString();
        if (isPlain(text)) {
            return text;
        }
        // An absolute path keeps the URI from being resolved against the working folder.
        boolean absolute = name.isAbsolute();
        Path anchored = absolute ? name : file.getFileSystem().getPath("/").resolve(name);
        String raw = anchored.toUri().getRawPath();
        byte[] bytes = percentDecoded(absolute ? raw : raw.substring(1));
        int length = bytes.length > 0 && bytes[bytes.length - 1] == '/' && !text.endsWith("/")
                ? bytes.length - 1
                : bytes.length;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new OlympeException(
                    "The name of '" + file + "' is not UTF-8, so that no image can have it; rename the file.");
        }
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\ufffd' || (c > 126 && !NAMES_ARE_UTF8)) {
                return false;
            }
        }
        return true;
    }

    private static byte[] percentDecoded(String raw) {
        ByteBuffer bytes = ByteBuffer.allocate(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                bytes.put((byte) Integer.parseInt(raw, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.put((byte) c);
            }
        }
        byte[] decoded = new byte[bytes.position()];
        bytes.flip().get(decoded);
        return decoded;
    }

    private static OlympeException unpackable(Path file) {
        return new OlympeException(
                "'" + file
                        + "' is neither a file nor a folder nor a link, so that it cannot be put into an image; remove it, or leave it out with 'excludes'.");
    }

    public static OlympeException unreadable(Path file, Exception e) {
        return new OlympeException("'" + file + "' cannot be read (" + e + "); check its rights.", e);
    }
}
