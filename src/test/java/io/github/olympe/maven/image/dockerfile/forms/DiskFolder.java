package io.github.olympe.maven.image.dockerfile.forms;

import io.github.olympe.maven.image.dockerfile.files.Content;
import io.github.olympe.maven.image.dockerfile.files.FolderSource;
import io.github.olympe.maven.image.dockerfile.files.Node;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder on the disk, with its modes and owners there. */
record DiskFolder(Path folder) implements FolderSource {

    private record FileContent(Path file, long size) implements Content {

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }
    }

    @Override
    public @Nullable Node child(String name) {
        Path file = folder.resolve(name);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        try {
            Map<String, Object> unix = Files.readAttributes(file, "unix:mode,uid,gid,size", LinkOption.NOFOLLOW_LINKS);
            int mode = (int) unix.get("mode") & 07777;
            int uid = (int) unix.get("uid");
            int gid = (int) unix.get("gid");
            if (Files.isSymbolicLink(file)) {
                return Node.link(uid, gid, Files.readSymbolicLink(file).toString());
            }
            return Files.isDirectory(file)
                    ? Node.folder(mode, uid, gid, new DiskFolder(file))
                    : Node.file(mode, uid, gid, new FileContent(file, (long) unix.get("size")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Collection<String> names() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
