package io.github.olympe.maven.image.layer;

import io.github.olympe.maven.image.source.FileTimes;
import io.github.olympe.maven.image.source.SourceEntry.Type;
import io.github.olympe.maven.image.source.SourceTree;
import io.github.olympe.maven.registry.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Writes the tar of a layer: POSIX ustar headers, with a pax header (IEEE Std 1003.1) before each entry that does not fit (a name that is
 * not ASCII or longer than 100 bytes, a size of 8 GiB, a number over 2,097,151). The same entries always give the same bytes.
 */
final class LayerTar implements AutoCloseable {

    private final TarArchiveOutputStream tar;
    private final LayerObserver observer;
    private final byte[] buffer = new byte[64 * 1024];
    private final MessageDigest sha256 = Digest.sha256();

    LayerTar(OutputStream out, LayerObserver observer) {
        this.observer = observer;
        tar = new TarArchiveOutputStream(out, "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
    }

    void write(LayerEntry entry) throws IOException {
        TarArchiveEntry header = header(entry);
        header.setMode(entry.mode());
        header.setUserId(entry.uid());
        header.setGroupId(entry.gid());
        header.setSize(entry.size());
        long modified = entry.type() == Type.FILE ? FileTimes.of(entry.hash()) : FileTimes.EARLIEST;
        header.setModTime(modified * 1000);
        tar.putArchiveEntry(header);
        observer.entry(header);
        if (entry.content() != null) {
            copy(entry.content(), entry.size(), entry.hash());
        }
        tar.closeArchiveEntry();
    }

    private static TarArchiveEntry header(LayerEntry entry) {
        if (entry.type() == Type.FOLDER) {
            return new TarArchiveEntry(entry.path() + "/", TarConstants.LF_DIR, true);
        }
        if (entry.linkTarget() == null) {
            return new TarArchiveEntry(entry.path(), TarConstants.LF_NORMAL, true);
        }
        byte type = entry.type() == Type.LINK ? TarConstants.LF_SYMLINK : TarConstants.LF_LINK;
        TarArchiveEntry header = new TarArchiveEntry(entry.path(), type, true);
        header.setLinkName(entry.linkTarget());
        return header;
    }

    /** Copies a file's content. It must be the content that was hashed, because the hash identifies the layer from now on. */
    private void copy(Content content, long size, byte[] hash) throws IOException {
        long left = size;
        try (InputStream in = open(content)) {
            while (left > 0) {
                int n = read(in, content, (int) Math.min(left, buffer.length));
                if (n < 0) {
                    throw SourceTree.changedMeanwhile(content.toString());
                }
                tar.write(buffer, 0, n);
                observer.content(buffer, n);
                sha256.update(buffer, 0, n);
                left -= n;
            }
            if (read(in, content, 1) >= 0 || !MessageDigest.isEqual(sha256.digest(), hash)) {
                throw SourceTree.changedMeanwhile(content.toString());
            }
        }
    }

    private static InputStream open(Content content) {
        try {
            return content.open();
        } catch (IOException e) {
            throw SourceTree.unreadable(content.toString(), e);
        }
    }

    /** Distinguishes a file that cannot be read from an archive that cannot be written. */
    private int read(InputStream in, Content content, int length) {
        try {
            return in.read(buffer, 0, length);
        } catch (IOException e) {
            throw SourceTree.unreadable(content.toString(), e);
        }
    }

    /** Ends the archive. The stream below stays open. */
    @Override
    public void close() throws IOException {
        tar.finish();
    }
}
