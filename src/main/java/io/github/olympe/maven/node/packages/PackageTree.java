package io.github.olympe.maven.node.packages;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.github.olympe.maven.io.FileNames;
import io.github.olympe.maven.node.packages.UnpackedFiles.UnpackedFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * The {@code node_modules} folders of a project or workspace, as one file: a tar, compressed by zstd with its checksum, so that a file which
 * was cut off or changed is noticed while it is read. Owners are not stored: a file belongs to the user who unpacks it.
 *
 * @param root the folder of the project or workspace
 * @param folders its {@code node_modules} folders, the one of the root first
 */
record PackageTree(Path root, List<Path> folders) {

    /** npm writes it when all else is there; it comes last here too, so that no interrupted unpacking looks finished. */
    private static final String LAST = "node_modules/.package-lock.json";

    /** The plugin's own note, which each install writes again. */
    private static final String STAMP = "node_modules/.olympe-install";

    private static final Path HERE = Path.of("");
    private static final int LEVEL = 1;
    private static final int BUFFER = 1 << 16;
    private static final int SMALL = 1 << 20;
    private static final PosixFilePermission[] BITS = {
        PosixFilePermission.OTHERS_EXECUTE,
        PosixFilePermission.OTHERS_WRITE,
        PosixFilePermission.OTHERS_READ,
        PosixFilePermission.GROUP_EXECUTE,
        PosixFilePermission.GROUP_WRITE,
        PosixFilePermission.GROUP_READ,
        PosixFilePermission.OWNER_EXECUTE,
        PosixFilePermission.OWNER_WRITE,
        PosixFilePermission.OWNER_READ
    };

    /** Thrown where a tree would not be the same in another folder. */
    static final class NotMovableException extends IOException {

        private static final long serialVersionUID = 1;

        NotMovableException(String message) {
            super(message);
        }
    }

    /**
     * Packs the tree.
     *
     * @throws NotMovableException if a link leads out of the project, or there is something other than files, folders and links
     * @throws IOException if the tree cannot be read, or {@code out} cannot be written
     */
    void pack(OutputStream out) throws IOException {
        ZstdOutputStreamNoFinalizer compressed = new ZstdOutputStreamNoFinalizer(out, LEVEL);
        compressed.setChecksum(true);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(compressed, "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) { // All packages of a member may be for another platform.
                Files.walkFileTree(folder, new Packing(tar));
            }
        }
        Path last = root.resolve(LAST);
        addFile(tar, LAST, last, Files.readAttributes(last, BasicFileAttributes.class));
        tar.finish();
        tar.flush();
        compressed.close();
    }

    private final class Packing extends SimpleFileVisitor<Path> {

        private final TarArchiveOutputStream tar;

        Packing(TarArchiveOutputStream tar) {
            this.tar = tar;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            TarArchiveEntry entry = new TarArchiveEntry(name(folder) + "/");
            entry.setMode(mode(folder));
            add(tar, entry);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            String name = name(file);
            if (attributes.isSymbolicLink()) {
                Path target = Files.readSymbolicLink(file);
                if (target.isAbsolute()
                        || !file.resolveSibling(target).normalize().startsWith(root)) {
                    throw new NotMovableException("the link '" + name + "' leads to '" + target + "'");
                }
                TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
                entry.setLinkName(FileNames.text(target));
                add(tar, entry);
            } else if (!attributes.isRegularFile()) {
                throw new NotMovableException("'" + name + "' is neither a file nor a folder nor a link");
            } else if (!name.equals(LAST) && !name.equals(STAMP)) {
                addFile(tar, name, file, attributes);
            }
            return FileVisitResult.CONTINUE;
        }
    }

    private static void add(TarArchiveOutputStream tar, TarArchiveEntry entry) throws IOException {
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private static void addFile(TarArchiveOutputStream tar, String name, Path file, BasicFileAttributes attributes)
            throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(attributes.size());
        entry.setMode(mode(file));
        entry.setModTime(FileTime.fromMillis(attributes.lastModifiedTime().toMillis() / 1000 * 1000));
        tar.putArchiveEntry(entry);
        Files.copy(file, tar);
        tar.closeArchiveEntry();
    }

    private String name(Path file) {
        return FileNames.text(root.relativize(file));
    }

    private static int mode(Path file) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
        int mode = 0;
        for (int bit = 0; bit < BITS.length; bit++) {
            mode |= permissions.contains(BITS[bit]) ? 1 << bit : 0;
        }
        return mode;
    }

    /**
     * Makes the folders, which must not be there, from what {@link #pack} has packed. Where it fails, part of it may be there, but not npm's note that an install
     * has succeeded.
     *
     * @throws IOException if what is read is damaged, or a file cannot be written
     */
    void unpack(InputStream in) throws IOException {
        InputStream bytes = new BufferedInputStream(new ZstdInputStreamNoFinalizer(in), BUFFER);
        TarArchiveInputStream tar = new TarArchiveInputStream(bytes, "UTF-8");
        boolean whole = false;
        try (UnpackedFiles files = new UnpackedFiles()) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                whole = entry.getName().equals(LAST);
                if (whole) {
                    files.finish();
                }
                write(entry, tar, files);
            }
            files.finish();
        }
        bytes.transferTo(OutputStream.nullOutputStream()); // The checksum stands at the end.
        if (!whole) {
            throw new IOException("it has no end");
        }
    }

    private void write(TarArchiveEntry entry, InputStream content, UnpackedFiles files) throws IOException {
        Path path = FileNames.resolve(root, entry.getName()).normalize();
        if (folders.stream().noneMatch(path::startsWith)) {
            throw new IOException("it has '" + entry.getName() + "', which is no npm package");
        }
        if (entry.isDirectory()) {
            Files.createDirectory(path);
            setMode(path, entry.getMode());
        } else if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, FileNames.resolve(HERE, entry.getLinkName()));
        } else if (entry.getSize() <= SMALL && !entry.getName().equals(LAST)) {
            byte[] bytes = content.readNBytes((int) entry.getSize());
            files.add(new UnpackedFile(path, entry.getMode(), entry.getLastModifiedTime(), bytes));
        } else {
            Files.copy(content, path);
            setMode(path, entry.getMode());
            if (!entry.getName().equals(LAST)) { // npm reads it only where it is newer than the folders.
                Files.setLastModifiedTime(path, entry.getLastModifiedTime());
            }
        }
    }

    static void setMode(Path path, int mode) throws IOException {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < BITS.length; bit++) {
            if ((mode & 1 << bit) != 0) {
                permissions.add(BITS[bit]);
            }
        }
        Files.setPosixFilePermissions(path, permissions);
    }
}
