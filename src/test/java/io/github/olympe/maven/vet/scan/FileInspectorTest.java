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
        byte[] large = ("\n" + TEXT + " für".repeat(3_000_000)).getBytes(Charset.forName(charset));
        assertThat(rules("config.json", large)).containsExactly("gitlab-token:2");
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
        byte[] large = Arrays.copyOf(text, 20 << 20);
        assertThat(rules("large.json.gz", gzip(large))).containsExactly("gitlab-token:1");
        assertThat(rules("main.js.map.gz", gzip(text))).containsExactly("source-map:0", "gitlab-token:1");
    }

    @Test
    void countsFilesThatAreNotInspected() {
        byte[] text = TEXT.getBytes(StandardCharsets.UTF_8);
        assertThat(inspect("a.gz", gzip(gzip(text))).unread()).isEqualTo(new Unread(1, 0));
        assertThat(inspect("font.woff.gz", gzip("wOFF\0\0".getBytes(StandardCharsets.UTF_8)))
                        .unread())
                .isEqualTo(new Unread(1, 0));
        // 100 MiB of zeros, as small as a decompression bomb.
        assertThat(inspect("bomb.txt.gz", gzip(new byte[100 << 20])).unread()).isEqualTo(new Unread(0, 1));
        byte[] damaged = Arrays.copyOf(gzip(text), 20);
        assertThat(inspect("damaged.txt.gz", damaged).found()).isEmpty();
        assertThat(inspect("short.gz", new byte[] {0x1f, (byte) 0x8b}).found()).isEmpty();
    }

    @Test
    void findsASecretInAConfigurationOfMegabytes() {
        String password = "{\"padding\": \"" + "x".repeat(3 << 20) + "\",\n\"db.password\": \"kr0kodil\"}";
        assertThat(rules("oConfig.json", password.getBytes(StandardCharsets.UTF_8)))
                .containsExactly("oconfig-password:2");
    }
}
