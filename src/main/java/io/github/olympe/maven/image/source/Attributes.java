package io.github.olympe.maven.image.source;

import io.github.olympe.maven.image.source.SourceEntry.Identity;
import io.github.olympe.maven.image.source.SourceEntry.Type;
import io.github.olympe.maven.io.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The attributes of a file in a file system. */
interface Attributes {

    /** Returns the entry of a file; {@code null} if it is neither a file nor a folder nor a symbolic link. */
    @Nullable SourceEntry entry(Path file, String path) throws IOException;

    /** Returns the attributes for the file system of this folder. */
    static Attributes of(Path folder, FileModes modes) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? new Unix(modes)
                : new WithoutModes(Executables.below(folder));
    }

    /** A file system with modes, owners and inodes. */
    record Unix(FileModes modes) implements Attributes {

        private static final String ATTRIBUTES = "unix:mode,dev,ino,nlink,size,lastModifiedTime,ctime";
        private static final int TYPE_BITS = 0170000;
        private static final int FOLDER = 0040000;
        private static final int FILE = 0100000;
        private static final int LINK = 0120000;

        @Override
        public @Nullable SourceEntry entry(Path file, String path) throws IOException {
            Map<String, Object> attributes = Files.readAttributes(file, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            int mode = (Integer) value(attributes, "mode");
            Identity identity = new Identity(
                    (Long) value(attributes, "dev"),
                    (Long) value(attributes, "ino"),
                    (Integer) value(attributes, "nlink"),
                    nanoseconds((FileTime) value(attributes, "lastModifiedTime")),
                    nanoseconds((FileTime) value(attributes, "ctime")));
            return switch (mode & TYPE_BITS) {
                case FOLDER -> new SourceEntry(path, file, Type.FOLDER, modes.folder(mode), 0, identity, null);
                case FILE ->
                    new SourceEntry(
                            path, file, Type.FILE, modes.file(mode), (Long) value(attributes, "size"), identity, null);
                case LINK ->
                    new SourceEntry(
                            path, file, Type.LINK, 0777, 0, identity, FileNames.text(Files.readSymbolicLink(file)));
                default -> null;
            };
        }

        private static Object value(Map<String, Object> attributes, String name) {
            Object value = attributes.get(name);
            if (value == null) {
                throw new IllegalStateException("the file system does not have the attribute '" + name + "'");
            }
            return value;
        }
    }

    /** A file system without modes, as on Windows. */
    record WithoutModes(Executables executables) implements Attributes {

        @Override
        public @Nullable SourceEntry entry(Path file, String path) throws IOException {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isDirectory()) {
                return new SourceEntry(path, file, Type.FOLDER, 0755, 0, Identity.UNKNOWN, null);
            }
            if (attributes.isSymbolicLink()) {
                String target = Files.readSymbolicLink(file).toString().replace('\\', '/');
                return new SourceEntry(path, file, Type.LINK, 0777, 0, Identity.UNKNOWN, target);
            }
            if (attributes.isOther()) {
                return null;
            }
            int mode = executables.contains(file, path) ? 0755 : 0644;
            return new SourceEntry(path, file, Type.FILE, mode, attributes.size(), Identity.UNKNOWN, null);
        }
    }

    private static long nanoseconds(FileTime time) {
        return time.to(TimeUnit.NANOSECONDS);
    }
}
