package io.github.olympe.maven.vet.scan;

import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.MediaTypes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Makes the blob of a layer of a few entries. */
public final class LayerBlob {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

    private boolean isFinished;

    /** An empty one. */
    public LayerBlob() {
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    }

    /** A file that everybody may read. */
    public LayerBlob file(String path, String content) {
        return file(path, 0, 0, 0644, content.getBytes(StandardCharsets.UTF_8));
    }

    /** A file. */
    public LayerBlob file(String path, int uid, int gid, int mode, byte[] content) {
        return add(path, TarConstants.LF_NORMAL, uid, gid, mode, "", content);
    }

    /** A folder. */
    public LayerBlob folder(String path, int uid, int gid, int mode) {
        return add(path + "/", TarConstants.LF_DIR, uid, gid, mode, "", new byte[0]);
    }

    /** A symbolic link. */
    public LayerBlob link(String path, String target) {
        return add(path, TarConstants.LF_SYMLINK, 0, 0, 0777, target, new byte[0]);
    }

    /** Another name for a file of the layer. */
    public LayerBlob hardLink(String path, String target) {
        return add(path, TarConstants.LF_LINK, 0, 0, 0644, target, new byte[0]);
    }

    private LayerBlob add(String path, byte type, int uid, int gid, int mode, String target, byte[] content) {
        try {
            TarArchiveEntry entry = new TarArchiveEntry(path, type, true);
            entry.setLinkName(target);
            entry.setIds(uid, gid);
            entry.setMode(mode);
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The blob: the tar, compressed. */
    public byte[] bytes() {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            if (!isFinished) {
                tar.finish();
                isFinished = true;
            }
            gzip.write(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    /** What is in it. */
    public InspectedLayer inspected() {
        byte[] blob = bytes();
        try {
            LayerInspector inspector = new LayerInspector(FOLDERS);
            inspector.read(new ByteArrayInputStream(blob), blob.length);
            if (inspector.isToBeReadAgain()) {
                inspector.readAgain(new ByteArrayInputStream(blob), blob.length);
            }
            return inspector.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its descriptor. */
    public static Descriptor descriptor(byte[] blob) {
        return new Descriptor(MediaTypes.OCI_LAYER_GZIP, Digest.of(blob), blob.length);
    }

    /** The folders of Olympe's images. */
    public static final Folders FOLDERS = new Folders(
            List.of("usr/share/nginx/html"), List.of("usr/share/nginx/html", "home/node/app", "root/patches"));
}
