package io.github.olympe.maven.registry.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerEntriesTest {

    private static byte[] tar(String... pathsAndContents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (int i = 0; i < pathsAndContents.length; i += 2) {
                byte[] content = pathsAndContents[i + 1].getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(pathsAndContents[i], true);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static List<String> read(InputStream unpacked, long size) throws IOException {
        List<String> read = new ArrayList<>();
        try (LayerEntries entries = new LayerEntries(unpacked, size)) {
            for (TarArchiveEntry entry = entries.next(); entry != null; entry = entries.next()) {
                read.add(entry.getName() + "=" + new String(entries.content().readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return read;
    }

    private static List<String> read(byte[] blob) throws IOException {
        return read(LayerEntries.unpack(new ByteArrayInputStream(blob)), blob.length);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        }
        return packed.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Test
    void readsATarHoweverItIsCompressed() throws IOException {
        byte[] tar = tar("a", "1", "b", "22");
        byte[] zstd = Zstd.compress(tar);

        assertThat(read(tar)).containsExactly("a=1", "b=22");
        assertThat(read(gzip(tar))).containsExactly("a=1", "b=22");
        assertThat(read(zstd)).containsExactly("a=1", "b=22");
        byte[] skippable = {0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 'a', 'b', 'c'};
        assertThat(read(joined(skippable, zstd))).containsExactly("a=1", "b=22");
    }

    @Test
    void aBrokenBlobIsClosed() {
        boolean[] closed = {false};
        InputStream blob = new FilterInputStream(new ByteArrayInputStream(new byte[] {0x1f, (byte) 0x8b, 0, 0, 0})) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };

        assertThatThrownBy(() -> LayerEntries.unpack(blob)).isInstanceOf(IOException.class);
        assertThat(closed[0]).isTrue();
    }

    @Test
    void aBlobThatCannotBeReadIsClosed() {
        boolean[] closed = {false};
        InputStream blob = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is broken");
            }

            @Override
            public void close() {
                closed[0] = true;
            }
        };

        assertThatThrownBy(() -> LayerEntries.unpack(blob)).hasMessage("the disk is broken");
        assertThat(closed[0]).isTrue();
    }

    @Test
    void theBlobIsClosedWithTheEntries() throws IOException {
        boolean[] closed = {false};
        InputStream blob = new FilterInputStream(new ByteArrayInputStream(tar("a", "1"))) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        new LayerEntries(LayerEntries.unpack(blob), 1024).close();

        assertThat(closed[0]).isTrue();
    }

    /** Each empty part is read in the call for the one before, so that too many overflow the stack. */
    @Test
    void aGzipOfManyPartsIsReadUnlessThereAreVeryManyEmptyOnes() throws IOException {
        byte[] tar = tar("a", "1");
        byte[] empty = gzip(new byte[0]);
        byte[][] some = new byte[900][];
        Arrays.fill(some, empty);
        assertThat(read(joined(joined(some), gzip(tar)))).containsExactly("a=1");
        assertThat(read(joined(gzip(tar), joined(some)))).containsExactly("a=1");

        byte[] many = joined(joined(some), joined(some), gzip(tar));
        assertThatThrownBy(() -> read(many))
                .isInstanceOf(IOException.class)
                .hasMessage("its gzip has more than 1000 empty parts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a", "a/../../b", "./../a", "a/.."})
    void aPathThatLeadsOutOfTheImageIsRefused(String path) throws IOException {
        byte[] tar = tar(path, "1");

        assertThatThrownBy(() -> read(tar))
                .isInstanceOf(IOException.class)
                .hasMessage("its path '" + path + "' leads out of the image");
    }

    @Test
    void aPathMayHaveAsManyCharactersAsInLinux() throws IOException {
        String longest = "a/".repeat(2047) + "bc";
        assertThat(read(tar(longest, "1"))).containsExactly(longest + "=1");

        byte[] longer = tar(longest + "d", "1");
        assertThatThrownBy(() -> read(longer))
                .isInstanceOf(IOException.class)
                .hasMessage("the path '" + longest + "d' is not valid");
    }

    @ParameterizedTest
    @ValueSource(ints = {4096, 4097})
    void theTargetOfALinkIsCheckedToo(int length) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            TarArchiveEntry entry = new TarArchiveEntry("link", TarConstants.LF_SYMLINK);
            entry.setLinkName("x".repeat(length));
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        }

        if (length == 4096) {
            assertThat(read(bytes.toByteArray())).containsExactly("link=");
        } else {
            assertThatThrownBy(() -> read(bytes.toByteArray()))
                    .isInstanceOf(IOException.class)
                    .hasMessageEndingWith("x' is not valid");
        }
    }

    @Test
    void headersAreLimited() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            TarArchiveEntry first = new TarArchiveEntry("large");
            first.setSize(600 << 10);
            tar.putArchiveEntry(first);
            tar.write(new byte[600 << 10]);
            tar.closeArchiveEntry();
            TarArchiveEntry entry = new TarArchiveEntry("a");
            entry.setSize(0);
            entry.addPaxHeader("SCHILY.xattr.user.a", "x".repeat(400 << 10));
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        }
        assertThat(read(bytes.toByteArray())).hasSize(2);
        try (LayerEntries entries = new LayerEntries(new ByteArrayInputStream(bytes.toByteArray()), 1)) {
            entries.next();
            assertThat(entries.next()).as("after a content that is not read").isNotNull();
        }

        ByteArrayOutputStream larger = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(larger, "UTF-8")) {
            TarArchiveEntry entry = new TarArchiveEntry("a");
            entry.setSize(0);
            entry.addPaxHeader("SCHILY.xattr.user.a", "x".repeat(600 << 10));
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        }
        assertThatThrownBy(() -> read(larger.toByteArray()))
                .isInstanceOf(IOException.class)
                .hasMessage("its headers are larger than 512 KiB");
    }

    private static byte[] headerOf(long size) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
        TarArchiveEntry entry = new TarArchiveEntry("zeros");
        entry.setSize(size);
        tar.putArchiveEntry(entry);
        tar.flush();
        return Arrays.copyOf(bytes.toByteArray(), 512);
    }

    /** Four GiB, and a hundred times its own size. */
    @Test
    void aLayerMayUnpackToACertainSize() throws IOException {
        long allowed = (4L << 30) + 100L * 1024;
        byte[] fits = headerOf(allowed - 512);
        try (LayerEntries entries = new LayerEntries(new ByteArrayInputStream(fits), 1024)) {
            assertThat(entries.next()).isNotNull();
        }

        byte[] tooLarge = headerOf(allowed - 511);
        try (LayerEntries entries = new LayerEntries(new ByteArrayInputStream(tooLarge), 1024)) {
            assertThatThrownBy(entries::next)
                    .isInstanceOf(IOException.class)
                    .hasMessage("it unpacks to more than 4 GiB");
        }
    }

    @Test
    void aTarThatIsCutOffIsAnError() throws IOException {
        byte[] tar = tar("a", "x".repeat(2000));

        assertThatThrownBy(() -> read(Arrays.copyOf(tar, 1000))).isInstanceOf(IOException.class);
    }

    @Test
    void aSparseFileIsNotRead() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            TarArchiveEntry entry = new TarArchiveEntry("./sparse", TarConstants.LF_GNUTYPE_SPARSE);
            entry.setSize(0);
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
            TarArchiveEntry next = new TarArchiveEntry("next");
            next.setSize(1);
            tar.putArchiveEntry(next);
            tar.write('x');
            tar.closeArchiveEntry();
        }
        try (LayerEntries entries = new LayerEntries(new ByteArrayInputStream(bytes.toByteArray()), 1L << 40)) {
            assertThat(entries.next()).isNotNull();
            assertThatThrownBy(entries::content)
                    .isInstanceOf(IOException.class)
                    .hasMessage("its '/sparse' is a sparse file");
            assertThat(entries.next().getName()).isEqualTo("next");
            assertThat(entries.content().readAllBytes()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a, a",
        "./a, a",
        "/a/, a",
        ".//./a//b/./, a/b",
        "a/b/, a/b",
        "a/., a",
        "., ''",
        "./, ''",
        "/, ''",
        "'', ''",
        ".a, .a",
        "a., a.",
        "..a/b, ..a/b",
    })
    void pathsAreComparedInOneForm(String written, String clean) {
        assertThat(LayerEntries.clean(written)).isEqualTo(clean);
    }
}
