package io.github.olympe.maven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.layout.AssembledImage;
import io.github.olympe.maven.image.source.FileModes;
import io.github.olympe.maven.testing.StrictTar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An image has exactly the content of its source folder. */
@Timeout(60)
class ImageContentTest {

    private static final int LARGE = 3_000_017;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(FileModes.class)
    void anUnusualTreeIsUnchangedInTheImage(FileModes modes) throws IOException {
        writeAwkwardTree();
        AssembledImage image = assemble(Specs.with(Specs.backend(folder, OfflineBases.NAME), modes));

        Map<String, StrictTar.Entry> expected = new TreeMap<>();
        try (Stream<Path> files = Files.walk(source())) {
            for (Path file : files.filter(path -> !path.equals(source())).toList()) {
                StrictTar.Entry entry = entry(file, modes);
                expected.put(entry.path(), entry);
            }
        }
        expected.put("home/node/app/", folder("home/node/app/", 0755));
        Map<String, StrictTar.Entry> actual = AssembledFiles.of(image);
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        Map<Object, StrictTar.Entry> firstLinks = new HashMap<>();
        expected.forEach((path, entry) -> requireSame(actual, path, entry, firstLinks));
    }

    /** The content is in the other file of the layer if a file is a hard link to that. */
    private void requireSame(
            Map<String, StrictTar.Entry> actual,
            String path,
            StrictTar.Entry expected,
            Map<Object, StrictTar.Entry> firstLinks) {
        StrictTar.Entry entry = actual.get(path);
        if (entry.type() == '1') {
            StrictTar.Entry target = actual.get(entry.linkTarget());
            assertThat(target.type()).isEqualTo('0');
            assertThat(target.content()).isEqualTo(expected.content());
            assertThat(path).endsWith("hard-2");
            assertThat(entry.linkTarget()).endsWith("hard-1");
        } else {
            assertThat(entry.content()).as(path).isEqualTo(expected.content());
            assertThat(entry.type()).as(path).isEqualTo(expected.type());
            assertThat(entry.linkTarget()).as(path).isEqualTo(expected.linkTarget());
        }
        assertThat(entry.mode()).as("mode of %s", path).isEqualTo(expected.mode());
        assertThat(List.of(entry.uid(), entry.gid())).as("owner of %s", path).isEqualTo(List.of(0L, 0L));
    }

    private StrictTar.Entry entry(Path file, FileModes modes) throws IOException {
        String path = "home/node/app/" + source().relativize(file);
        int mode = (Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
        if (Files.isSymbolicLink(file)) {
            String target = Files.readSymbolicLink(file).toString();
            return new StrictTar.Entry(path, '2', 0777, 0, 0, 0, target, new byte[0]);
        }
        if (Files.isDirectory(file)) {
            return folder(path + "/", modes == FileModes.CANONICAL ? 0755 : mode & 01777);
        }
        int canonical = (mode & 0100) == 0 ? 0644 : 0755;
        return new StrictTar.Entry(
                path,
                '0',
                modes == FileModes.CANONICAL ? canonical : mode & 01777,
                0,
                0,
                0,
                "",
                Files.readAllBytes(file));
    }

    private static StrictTar.Entry folder(String path, int mode) {
        return new StrictTar.Entry(path, '5', mode, 0, 0, 0, "", new byte[0]);
    }

    private void writeAwkwardTree() throws IOException {
        for (String name : List.of(
                "main.js",
                "empty",
                "with space",
                "with\nline",
                "back\\slash",
                "quote\"'",
                "Bücher/über.json",
                "日本/\uD83D\uDE00.txt",
                "x".repeat(99),
                "y".repeat(100),
                "z".repeat(101),
                "deep/" + "folder/".repeat(30) + "file",
                "n/".repeat(60) + "w".repeat(200),
                "=",
                "12 path=x",
                ".hidden/.file",
                "wh.not",
                "a.wh.b",
                "node_modules/.bin/tool")) {
            write(name, name.equals("empty") ? "" : "content of " + name);
        }
        byte[] large = new byte[LARGE];
        new Random(42).nextBytes(large);
        Files.write(source().resolve("large"), large);
        for (int size : new int[] {511, 512, 513}) {
            Files.write(source().resolve("size-" + size), new byte[size]);
        }
        mode("main.js", "rwxr-x---");
        mode("with space", "rw-rw-rw-");
        mode("quote\"'", "r--------");
        mode("node_modules/.bin/tool", "rwxrwxrwx");
        mode("Bücher", "rwx------");
        Files.setAttribute(source().resolve("="), "unix:mode", 06755);
        Files.createDirectories(source().resolve("empty folder/below"));
        Files.createSymbolicLink(source().resolve("link"), Path.of("main.js"));
        Files.createSymbolicLink(source().resolve("dangling"), Path.of("/no/where/" + "long/".repeat(40)));
        Files.createSymbolicLink(source().resolve("to-folder"), Path.of("Bücher"));
        Files.createSymbolicLink(source().resolve("itself"), Path.of("itself"));
        Files.createLink(source().resolve("hard-2"), write("hard-1", "linked"));
    }

    private void mode(String path, String mode) throws IOException {
        Files.setPosixFilePermissions(source().resolve(path), PosixFilePermissions.fromString(mode));
    }

    /** The image id pins the configuration and the tar of every layer. It changes if and only if the format changes. */
    @Test
    void theFormatIsTheSameInEveryVersionOfThePlugin() throws IOException {
        write("main.js", "console.log('Hello')\n");
        write("node_modules/a/index.js", "module.exports = 1\n");
        Files.createSymbolicLink(source().resolve("link"), Path.of("main.js"));
        AssembledImage image = assemble(Specs.with(Specs.backend(folder, OfflineBases.NAME), FileModes.CANONICAL));
        assertThat(image.imageId().value())
                .isEqualTo("sha256:32863d4308a8edd26f59cc341061f95117647d25c2d99b96bebedace619f6bf2");
    }

    @ParameterizedTest
    @ValueSource(strings = {".wh.main.js", "folder/.wh..wh..opq", ".wh.folder/file"})
    void aNameThatRemovesAnotherFileIsRefused(String name) throws IOException {
        write("main.js", "x");
        write(name, "x");
        ImageSpec spec = Specs.backend(folder, OfflineBases.NAME);
        assertThatThrownBy(() -> assemble(spec))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("a name that begins with '.wh.' removes another file. Rename it");
        assertThat(AssembledFiles.of(assemble(Specs.with(spec, List.of(), List.of("**/.wh.*", "**/.wh.*/**")))))
                .containsKey("home/node/app/main.js");
    }

    @Test
    void aTargetThatRemovesAnotherFileIsRefused() {
        assertThatThrownBy(() -> Specs.spec(
                        ImageKind.BACKEND, "backend", folder, OfflineBases.NAME, "dist", "/home/.wh.node", "0:0"))
                .isInstanceOf(OlympeException.class)
                .hasMessage(
                        "Invalid value for 'backends/backend/target': '/home/.wh.node'. In an image, a name that begins"
                                + " with '.wh.' removes another file. Use another folder.");
    }

    private AssembledImage assemble(ImageSpec spec) {
        return new ImageAssembler(new OfflineBases(), folder.resolve("cache"), new RecordedLog())
                .assemble(List.of(spec), folder.resolve("images"), false)
                .get(0);
    }

    private Path source() {
        return folder.resolve("dist/node");
    }

    private Path write(String path, String content) throws IOException {
        Path file = source().resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }
}
