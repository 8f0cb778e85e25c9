package io.github.olympe.maven.image.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.image.dockerfile.files.Content;
import io.github.olympe.maven.image.dockerfile.files.FilesException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.Test;

/** Which files ADD would unpack. */
class ArchivesTest {

    private static final byte[] HEADER = header();

    private static byte[] header() {
        byte[] header = new byte[512];
        new TarArchiveEntry("file").writeEntryHeader(header);
        return header;
    }

    private static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] changed(int at, int value) {
        byte[] changed = HEADER.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private static boolean isArchive(byte[] bytes) throws FilesException {
        return Archives.isArchive(TestImages.content(bytes));
    }

    @Test
    void aTarFileIsAnArchiveAsItIsAndPacked() throws Exception {
        assertThat(isArchive(HEADER)).isTrue();
        assertThat(isArchive(Arrays.copyOf(HEADER, 10_240))).isTrue();
        assertThat(isArchive(TestImages.gzipped(HEADER))).isTrue();
        assertThat(isArchive(TestImages.gzipped(Arrays.copyOf(HEADER, 10_240)))).isTrue();
    }

    @Test
    void aFilePackedInAnotherWayIsTakenForAnArchive() throws Exception {
        assertThat(isArchive(bytes("BZh91AY"))).isTrue();
        assertThat(isArchive(bytes("\u00fd7zXZ\0"))).isTrue();
        assertThat(isArchive(bytes("\u0028\u00b5\u002f\u00fd"))).isTrue();
    }

    @Test
    void anyOtherFileIsNone() throws Exception {
        assertThat(isArchive(bytes(""))).isFalse();
        assertThat(isArchive(bytes("page"))).isFalse();
        assertThat(isArchive(bytes("BZ"))).isFalse();
        assertThat(isArchive(bytes("BZx"))).isFalse();
        assertThat(isArchive(bytes("\u00fd7zXZ"))).isFalse();
        assertThat(isArchive(bytes("\u0028\u00b5\u002f\u00fc"))).isFalse();
        assertThat(isArchive(new byte[512])).isFalse();
        assertThat(isArchive(Arrays.copyOf(HEADER, 511))).isFalse();
        assertThat(isArchive(changed(0, 'x'))).isFalse();
    }

    @Test
    void aPackedFileThatIsNoTarFileIsNone() throws Exception {
        assertThat(isArchive(TestImages.gzipped(bytes("page")))).isFalse();
        assertThat(isArchive(TestImages.gzipped(new byte[512]))).isFalse();
        assertThat(isArchive(TestImages.gzipped(changed(3, 'x')))).isFalse();
        assertThat(isArchive(bytes("\u001f\u008bno gzip"))).isFalse();
        assertThat(isArchive(bytes("\u001f"))).isFalse();
    }

    @Test
    void aFileThatCannotBeReadIsAnError() {
        Content torn = new Content() {
            @Override
            public long size() {
                return 1;
            }

            @Override
            public InputStream open() throws IOException {
                throw new IOException("torn");
            }
        };

        assertThatThrownBy(() -> Archives.isArchive(torn))
                .isInstanceOf(FilesException.class)
                .hasMessage("a file cannot be read (java.io.IOException: torn)");
    }
}
