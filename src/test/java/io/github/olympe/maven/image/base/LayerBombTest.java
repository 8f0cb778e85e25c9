package io.github.olympe.maven.image.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.image.OneLayerImage;
import io.github.olympe.maven.image.layer.Layer;
import io.github.olympe.maven.testing.BadInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small layers of base images that unpack to more than any machine can hold. A JVM with little memory inspects all of them, as
 * {@code image} does. Each ends quickly with one message, or with its content if the rest can be skipped.
 */
class LayerBombTest {

    private static final String LITTLE_MEMORY = "-Xmx256m";
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final long LARGEST_DOWNLOAD = 64 << 20;
    private static final long GIB = 1L << 30;
    private static final int PIECE = 1 << 24;
    private static final String PASSWD = "nginx:x:101:101\n";
    private static final String A_HEADER = Layer.pax('x', "mtime=1.5\n");
    private static final String TOO_LARGE =
            "cannot be read (… it unpacks to more than … GiB). … choose another base image";

    @TempDir
    Path folder;

    /**
     * A layer.
     *
     * @param expected parts of the message; or {@code good: } and the result
     */
    record Bomb(String name, Content content, String expected) {

        BadInput asInput() {
            return new BadInput(
                    name,
                    new byte[0],
                    List.of(expected.replaceFirst("^good: ", "").split("… ?")),
                    expected.startsWith("good: "));
        }
    }

    /** Writes a layer. */
    @FunctionalInterface
    interface Content {
        void write(Layer layer) throws IOException;
    }

    static Stream<Bomb> bombs() {
        return Stream.of(
                new Bomb("nothing but zeros", layer -> layer.zeros(60 * GIB), "has no user 'nginx'"),
                new Bomb(
                        "zeros that can be passed over",
                        layer -> layer.file("var/a", GIB).file("etc/passwd", PASSWD),
                        "good: "),
                new Bomb("a file of zeros", layer -> layer.file("var/a", 12 * GIB), TOO_LARGE),
                new Bomb(
                        "many files of zeros",
                        layer -> {
                            for (int i = 0; i < 12; i++) {
                                layer.file("var/" + i, GIB);
                            }
                        },
                        TOO_LARGE),
                new Bomb(
                        "users of zeros", layer -> layer.file("etc/passwd", GIB), "'/etc/passwd' has 1073741824 bytes"),
                new Bomb("a size that is only claimed", layer -> layer.header("var/a", '0', Long.MAX_VALUE), TOO_LARGE),
                new Bomb(
                        "a size that is only claimed, of the users",
                        layer -> layer.header("etc/passwd", '0', Long.MAX_VALUE),
                        TOO_LARGE),
                new Bomb(
                        "a header's size that is only claimed",
                        layer -> layer.header("x", 'x', 3 * GIB),
                        "cannot be read"),
                new Bomb(
                        "a header's size, with zeros",
                        layer -> layer.header("x", 'x', 3 * GIB).zeros(3 * GIB),
                        "cannot be read"),
                new Bomb(
                        "users in a sparse file",
                        layer -> layer.sparse("etc/passwd", GIB),
                        "'/etc/passwd' has 1073741824 bytes"),
                new Bomb(
                        "sparse files that can be passed over",
                        layer -> {
                            for (int i = 0; i < 1000; i++) {
                                layer.sparse("var/" + i, GIB);
                            }
                            layer.file("etc/passwd", PASSWD);
                        },
                        "good: "),
                new Bomb(
                        "a sparse file to copy",
                        layer -> layer.sparse("root/patches/a", GIB).file("etc/passwd", PASSWD),
                        "'/root/patches/a' is a sparse file"),
                new Bomb(
                        "a million headers, two for each file",
                        layer -> layer.repeat(500_000, i -> A_HEADER + A_HEADER + Layer.empty("var/" + i)),
                        "cannot be read (… it has more entries than can be remembered). … choose another base image"),
                new Bomb(
                        "thousands of headers for one file",
                        layer -> layer.repeat(20_000, i -> A_HEADER),
                        "its headers are larger than 512 KiB"),
                new Bomb(
                        "a few hundred headers for one file",
                        layer -> layer.repeat(300, i -> A_HEADER).file("etc/passwd", PASSWD),
                        "good: "),
                new Bomb(
                        "headers for all files after them",
                        layer -> layer.repeat(
                                100_000, i -> Layer.pax('g', "key" + i + "=x\n") + Layer.empty("var/" + i)),
                        "it has more entries than can be remembered"),
                new Bomb(
                        "folders in folders",
                        layer -> layer.repeat(
                                2000, i -> Layer.pax('x', "path=" + i + "/a".repeat(2000) + "\n") + Layer.empty("x")),
                        "it has more entries than can be remembered"),
                new Bomb(
                        "the same entry for ever",
                        layer -> layer.repeat(500_000, i -> Layer.empty("./")),
                        "it has more entries than can be remembered"),
                new Bomb("a million empty parts", layer -> layer.emptyParts(1_000_000), "more than 1000 empty parts"),
                new Bomb(
                        "much to copy, behind much else",
                        layer -> layer.file("var/a", GIB / 4)
                                .repeat(3000, i -> Layer.empty("root/patches/" + i))
                                .file("etc/passwd", PASSWD),
                        "good: "));
    }

    @Test
    void everyLayerIsReadQuicklyAndInLittleMemory() throws Exception {
        List<String> names = new ArrayList<>();
        for (Bomb bomb : bombs().toList()) {
            Path file = folder.resolve("layer " + names.size());
            try (Layer layer = new Layer(Files.newOutputStream(file))) {
                bomb.content().write(layer);
            }
            assertThat(Files.size(file))
                    .as("what is downloaded, %s", bomb.name())
                    .isLessThan(LARGEST_DOWNLOAD);
            names.add(bomb.name());
        }
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        LITTLE_MEMORY,
                        "-cp",
                        System.getProperty("java.class.path"),
                        LayerBombTest.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean ended = process.waitFor(names.size() * LONGEST.toSeconds(), TimeUnit.SECONDS);
        process.destroyForcibly().waitFor();
        assertThat(ended).isTrue();
        assertThat(said).content().isEqualTo(String.join("\n", names) + "\n");
    }

    /** Inspects the layers in a folder. Prints the name of each bomb that behaves as expected, and what is wrong with the others. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        List<Bomb> bombs = bombs().toList();
        for (int i = 0; i < bombs.size(); i++) {
            Bomb bomb = bombs.get(i);
            Path project = Files.createDirectories(folder.resolve("project " + i));
            OneLayerImage image = OneLayerImage.of(folder.resolve("layer " + i));
            try {
                bomb.asInput().check(project, LONGEST, () -> image.placed(project));
                System.out.println(bomb.name());
            } catch (AssertionError e) {
                System.out.println(bomb.name() + ": " + e.getMessage());
                e.printStackTrace(System.out);
            }
        }
    }

    /** A layer as it is written. Several gzips in a row are one, so a repeated piece is cheap. */
    private static final class Layer implements AutoCloseable {

        private static final byte[] ZEROS = gzip(new byte[PIECE]);

        private final OutputStream out;

        Layer(OutputStream out) {
            this.out = out;
        }

        Layer header(String name, char type, long size) throws IOException {
            out.write(gzip(bytes(entry(name, type, size))));
            return this;
        }

        Layer file(String name, long zeros) throws IOException {
            return header(name, '0', zeros).zeros(zeros);
        }

        Layer file(String name, String content) throws IOException {
            out.write(gzip(bytes(entry(name, '0', content.length()) + padded(content))));
            return this;
        }

        Layer zeros(long count) throws IOException {
            for (long written = 0; written < count; written += PIECE) {
                out.write(ZEROS);
            }
            return this;
        }

        /** A file of zeros, in the form in which GNU tar writes a file with holes (PAX format 1.0). */
        Layer sparse(String name, long size) throws IOException {
            String map = padded("1\n" + size + "\n0\n");
            out.write(gzip(bytes(pax(
                            'x',
                            "GNU.sparse.major=1\n",
                            "GNU.sparse.minor=0\n",
                            "GNU.sparse.name=" + name + "\n",
                            "GNU.sparse.realsize=" + size + "\n")
                    + entry("GNUSparseFile.0/x", '0', map.length())
                    + map)));
            return this;
        }

        Layer repeat(int times, java.util.function.IntFunction<String> part) throws IOException {
            GZIPOutputStream gzip = new GZIPOutputStream(out, 1 << 16);
            for (int i = 0; i < times; i++) {
                gzip.write(bytes(part.apply(i)));
            }
            gzip.finish();
            return this;
        }

        Layer emptyParts(int count) throws IOException {
            byte[] empty = gzip(new byte[0]);
            file("etc/passwd", PASSWD);
            for (int i = 0; i < count; i++) {
                out.write(empty);
            }
            return this;
        }

        static String empty(String name) {
            return entry(name, '0', 0);
        }

        /** A header with these records, each given without its length. */
        static String pax(char type, String... records) {
            StringBuilder content = new StringBuilder();
            for (String record : records) {
                int length = IntStream.iterate(record.length() + 2, n -> n + 1)
                        .filter(n -> (n + " " + record).length() == n)
                        .findFirst()
                        .orElseThrow();
                content.append(length).append(' ').append(record);
            }
            return entry("header", type, content.length()) + padded(content.toString());
        }

        private static String entry(String name, char type, long size) {
            TarArchiveEntry entry = new TarArchiveEntry(name, (byte) type, true);
            entry.setSize(size);
            entry.setModTime(0);
            byte[] header = new byte[TarConstants.DEFAULT_RCDSIZE];
            try {
                entry.writeEntryHeader(
                        header,
                        org.apache.commons.compress.archivers.zip.ZipEncodingHelper.getZipEncoding("UTF-8"),
                        true);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return new String(header, StandardCharsets.ISO_8859_1);
        }

        private static String padded(String content) {
            int record = TarConstants.DEFAULT_RCDSIZE;
            return content + "\0".repeat((record - content.length() % record) % record);
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }

        private static byte[] gzip(byte[] content) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(content);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return bytes.toByteArray();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
