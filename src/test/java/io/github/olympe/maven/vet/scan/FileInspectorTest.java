package io.github.olympe.maven.vet.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.vet.scan.Inspection.Unread;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret is found however its file is encoded, and files that are not inspected are counted. */
@Timeout(120)
class FileInspectorTest {

    private static final int LARGEST_TEXT = 100_000;
    private static final int LARGEST_WHOLE = 20_000;
    private static final String TOKEN = "glpat-" + "Zx9Kq2Lw8Rt5Vb1Nm4Pc";
    private static final String TEXT = "{\"token\": \"" + TOKEN + "\"}";

    private static Inspection inspect(String path, byte[] content) {
        return new LayerBlob()
                .file("usr/share/nginx/html/" + path, 0, 0, 0644, content)
                .inspected()
                .inspection();
    }

    private static List<String> rules(String path, byte[] content) {
        return inspect(path, content).found().stream()
                .map(found -> found.rule() + ":" + found.line())
                .toList();
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "ISO-8859-1", "windows-1252"})
    void inEachEncoding(String charset) {
        byte[] small = ("\n" + TEXT + " für").getBytes(Charset.forName(charset));
        assertThat(rules("config.json", small)).containsExactly("gitlab-token:2");
        assertThat(rules("config", small)).containsExactly("gitlab-token:2");
        byte[] large = ("\n" + TEXT + " für".repeat(LARGEST_WHOLE)).getBytes(Charset.forName(charset));
        assertThat(inPartsOf(3_000, "config.json", large).hits())
                .singleElement()
                .matches(hit -> hit.rule().id().equals("gitlab-token") && hit.line() == 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE"})
    void afterAByteOrderMarkAndWithTheLineEndsOfWindows(String charset) {
        byte[] content = "\ufeffA=1\r\nAPI_TOKEN=9f8e7d6c5b4a\r\n".getBytes(Charset.forName(charset));
        assertThat(rules(".env", content)).containsExactly("env-secret:2");
        byte[] first = "\ufeffAPI_TOKEN=9f8e7d6c5b4a\r\n".getBytes(Charset.forName(charset));
        assertThat(rules(".env", first)).containsExactly("env-secret:1");
    }

    @Test
    void findsASecretNextToAZeroByteInATextFile() {
        byte[] content = ("a=\"\0\";" + TEXT).getBytes(StandardCharsets.UTF_8);
        assertThat(rules("main.js", content)).containsExactly("gitlab-token:1");
        assertThat(inspect("data.bin", content).unread()).isEqualTo(new Unread(1, 0));
    }

    @Test
    void findsASecretInAGzipFile() {
        byte[] env = "API_TOKEN=9f8e7d6c5b4a".getBytes(StandardCharsets.UTF_8);
        byte[] text = TEXT.getBytes(StandardCharsets.UTF_8);
        assertThat(rules("main.js.gz", gzip(text))).containsExactly("gitlab-token:1");
        assertThat(rules("main", gzip(text))).containsExactly("gitlab-token:1");
        assertThat(rules(".env.gz", gzip(env))).containsExactly("env-secret:1");
        byte[] large = Arrays.copyOf(text, 3 * LARGEST_WHOLE);
        assertThat(inPartsOf(3_000, "large.json.gz", gzip(large)).hits()).hasSize(1);
        assertThat(rules("main.js.map.gz", gzip(text))).containsExactly("source-map:0", "gitlab-token:1");
    }

    @Test
    void countsFilesThatAreNotInspected() {
        byte[] text = TEXT.getBytes(StandardCharsets.UTF_8);
        assertThat(inspect("a.gz", gzip(gzip(text))).unread()).isEqualTo(new Unread(1, 0));
        assertThat(inspect("font.woff.gz", gzip("wOFF\0\0".getBytes(StandardCharsets.UTF_8)))
                        .unread())
                .isEqualTo(new Unread(1, 0));
        // More than 64 MiB of zeros, as small as a decompression bomb.
        assertThat(inspect("bomb.txt.gz", gzip(new byte[65 << 20])).unread()).isEqualTo(new Unread(0, 1));
        byte[] damaged = Arrays.copyOf(gzip(text), 20);
        assertThat(inspect("damaged.txt.gz", damaged).found()).isEmpty();
        assertThat(inspect("short.gz", new byte[] {0x1f, (byte) 0x8b}).found()).isEmpty();
    }

    /** Inspects a file that comes in parts, with lower limits than those of images. */
    private static FileInspector.Result inPartsOf(int part, String path, byte[] content) {
        FileInspector files = new FileInspector(LARGEST_TEXT, LARGEST_WHOLE);
        files.begin(path, true, content.length);
        for (int from = 0; from < content.length; from += part) {
            files.add(content, from, Math.min(part, content.length - from));
        }
        return files.end();
    }

    private static byte[] blank(int size) {
        byte[] blank = new byte[size];
        Arrays.fill(blank, (byte) ' ');
        return blank;
    }

    /** A layer is looked through while it is written, and while it is read. The sizes of the parts differ. */
    @ParameterizedTest
    @ValueSource(ints = {100, 4000, 8000, 8001, 1 << 16})
    void theFirst8000BytesTellWhetherAFileIsAText(int part) {
        byte[] text = Arrays.copyOf("x".repeat(8000).getBytes(StandardCharsets.UTF_8), 8100);
        byte[] token = (" " + TOKEN).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(token, 0, text, 8010, token.length);
        assertThat(inPartsOf(part, "data", text).hits()).hasSize(1);
        byte[] binary = text.clone();
        binary[7999] = 0;
        assertThat(inPartsOf(part, "data", binary)).isEqualTo(new FileInspector.Result(List.of(), true, false));
    }

    @Test
    void findsASecretInTheFirstPartOfALargeFile() {
        byte[] token = TOKEN.getBytes(StandardCharsets.UTF_8);
        byte[] content = blank(LARGEST_TEXT + 100);
        System.arraycopy(token, 0, content, LARGEST_TEXT - token.length, token.length);
        FileInspector.Result result = inPartsOf(30_000, "data", content);
        assertThat(result.hits()).hasSize(1);
        assertThat(result.isLarge()).isTrue();
        assertThat(inPartsOf(30_000, "data", Arrays.copyOf(content, LARGEST_TEXT))
                        .isLarge())
                .isFalse();

        byte[] after = blank(LARGEST_TEXT + 100);
        System.arraycopy(token, 0, after, LARGEST_TEXT, token.length);
        assertThat(inPartsOf(30_000, "data", after).hits()).isEmpty();
    }

    @Test
    void aZeroByteInATokenIsNotPassedOver() {
        byte[] content =
                Arrays.copyOf(("glpat-\0" + TOKEN.substring(6)).getBytes(StandardCharsets.UTF_8), LARGEST_WHOLE + 1);

        assertThat(inPartsOf(100, "main.js", content).hits()).isEmpty();
    }

    /** U+010A has the byte of a line end in UTF-16. */
    @Test
    void theLineIsRightInUtf16() {
        byte[] content = ("\ufeff\u010aebejja\n" + TEXT).getBytes(StandardCharsets.UTF_16LE);
        assertThat(rules("notes.txt", content)).containsExactly("gitlab-token:2");
    }

    @Test
    void aConfigurationThatIsNotTooLargeIsInspectedAsAWhole() {
        assertThat(inPartsOf(3_000, "oConfig.json", configuration(LARGEST_WHOLE))
                        .hits())
                .hasSize(1);
        assertThat(inPartsOf(3_000, "oConfig.json", configuration(LARGEST_WHOLE + 1))
                        .hits())
                .isEmpty();
    }

    /** A configuration of so many bytes with a password. */
    private static byte[] configuration(int size) {
        byte[] content = blank(size);
        byte[] text = "{\"db.password\": \"kr0kodil\"}".getBytes(StandardCharsets.UTF_8);
        System.arraycopy(text, 0, content, 0, text.length);
        return content;
    }

    /** How large it is unpacked is known before, from the end of the file. */
    @Test
    void aCompressedConfigurationThatIsNotTooLargeIsInspectedAsAWhole() {
        assertThat(inPartsOf(3_000, "oConfig.json.gz", gzip(configuration(LARGEST_WHOLE)))
                        .hits())
                .hasSize(1);
        assertThat(inPartsOf(3_000, "oConfig.json.gz", gzip(configuration(LARGEST_WHOLE + 1)))
                        .hits())
                .isEmpty();
    }

    @Test
    void aCompressedFileThatIsNotTooLargeIsUnpacked() {
        assertThat(inPartsOf(3_000, "a.gz", gzipOfSize(LARGEST_WHOLE)).hits()).hasSize(1);
        assertThat(inPartsOf(3_000, "a.gz", gzipOfSize(LARGEST_WHOLE + 1)))
                .isEqualTo(new FileInspector.Result(List.of(), true, false));
    }

    /** A file with a token, as large as it is to be by the original name of the file in its header (RFC 1952). */
    private static byte[] gzipOfSize(int size) {
        byte[] packed = gzip(TEXT.getBytes(StandardCharsets.UTF_8));
        int header = 10;
        byte[] content = new byte[size];
        Arrays.fill(content, (byte) 'n');
        System.arraycopy(packed, 0, content, 0, header);
        content[3] = 8; // It has a name.
        int rest = packed.length - header;
        content[size - rest - 1] = 0;
        System.arraycopy(packed, header, content, size - rest, rest);
        return content;
    }

    @Test
    void onlyTheFirstPartOfALargeContentIsUnpacked() {
        assertThat(inPartsOf(3_000, "a.txt.gz", gzip(new byte[LARGEST_TEXT])).isLarge())
                .isFalse();
        assertThat(inPartsOf(3_000, "a.txt.gz", gzip(new byte[LARGEST_TEXT + 1]))
                        .isLarge())
                .isTrue();
        byte[] parts = Arrays.copyOf(gzip(new byte[LARGEST_TEXT + 1]), 1000);
        byte[] last = gzip(new byte[1]);
        int end = gzip(new byte[LARGEST_TEXT + 1]).length;
        System.arraycopy(last, 0, parts, end, last.length);
        assertThat(inPartsOf(3_000, "a.txt.gz", Arrays.copyOf(parts, end + last.length))
                        .isLarge())
                .as("a file of two parts")
                .isTrue();
        // If what comes after it were unpacked, this one would be damaged, and not large.
        byte[] damaged = gzip(new byte[10 * LARGEST_TEXT]);
        damaged[damaged.length - 8]++;
        assertThat(inPartsOf(3_000, "a.txt.gz", damaged).isLarge()).isTrue();
    }

    @Test
    void findsASecretInAConfigurationOfMegabytes() {
        String password = "{\"padding\": \"" + "x".repeat(3 << 20) + "\",\n\"db.password\": \"kr0kodil\"}";
        assertThat(rules("oConfig.json", password.getBytes(StandardCharsets.UTF_8)))
                .containsExactly("oconfig-password:2");
    }
}
