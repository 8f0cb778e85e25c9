package io.github.olympe.maven.image.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.RecordedLog;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.testing.TestImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers are read with any compression, whatever their media type says. */
class CompressedLayersTest {

    private static final String PASSWD = "nginx:x:101:101::/:/bin/sh\n";

    /** A frame that readers must skip: its magic number, its size, its content (RFC 8878, 3.1.2). */
    private static final byte[] SKIPPABLE = {0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 'a', 'b', 'c'};

    @TempDir
    Path folder;

    static Stream<Arguments> compressions() {
        UnaryOperator<byte[]> zstd = tar -> Zstd.compress(tar, 3);
        UnaryOperator<byte[]> frames = tar ->
                joined(zstd.apply(Arrays.copyOf(tar, 700)), zstd.apply(Arrays.copyOfRange(tar, 700, tar.length)));
        return Stream.of(
                Arguments.of("none", "", UnaryOperator.<byte[]>identity()),
                Arguments.of("zstd", "zstd", zstd),
                Arguments.of("zstd at its slowest", "zstd", (UnaryOperator<byte[]>) tar -> Zstd.compress(tar, 22)),
                Arguments.of("zstd in several frames", "zstd", frames),
                Arguments.of(
                        "zstd with a frame to skip at its end, as zstd:chunked has it", "zstd", (UnaryOperator<byte[]>)
                                tar -> joined(frames.apply(tar), SKIPPABLE)),
                Arguments.of("zstd with a frame to skip at its beginning", "zstd", (UnaryOperator<byte[]>)
                        tar -> joined(SKIPPABLE, frames.apply(tar))),
                Arguments.of("zstd that says it is gzip", "gzip", zstd));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("compressions")
    void isRead(String name, String type, UnaryOperator<byte[]> compressor) {
        BaseFiles files = files(image().compressed(type, compressor));
        assertThat(files.text("/etc/passwd")).isEqualTo(PASSWD);
        assertThat(files.find("usr/share/nginx/html")).isPresent();
    }

    @Test
    void truncatedZstdIsAnError() {
        BaseFiles files = files(image().compressed("zstd", tar -> {
            byte[] whole = Zstd.compress(tar, 3);
            return Arrays.copyOf(whole, whole.length / 2);
        }));
        assertThatThrownBy(() -> files.text("/etc/passwd"))
                .isInstanceOf(OlympeException.class)
                .hasMessageMatching(
                        "Layer sha256:.* of the base image 'docker.io/acme/base:1@.*' cannot be read \\(.*\\)\\."
                                + " Run the build again, or choose another base image\\.");
    }

    private BaseFiles files(TestImage image) {
        BaseImage base = image.asBase(ImageReference.of("baseImage", "acme/base:1"));
        return new BaseFiles(base, folder.resolve("cache"), new RecordedLog());
    }

    private static TestImage image() {
        return TestImage.create()
                .folder("etc", 0, 0, 0755)
                .file("etc/passwd", 0, 0, 0644, PASSWD.getBytes(StandardCharsets.UTF_8))
                .folder("usr/share/nginx/html", 0, 0, 0755);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
