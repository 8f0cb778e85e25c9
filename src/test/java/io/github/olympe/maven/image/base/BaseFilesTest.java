package io.github.olympe.maven.image.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.RecordedLog;
import io.github.olympe.maven.io.CheckedFile;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.testing.TestImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files of a base image are what a container of it would see. */
class BaseFilesTest {

    @TempDir
    Path folder;

    private final RecordedLog log = new RecordedLog();

    private BaseFiles files(TestImage image) {
        return new BaseFiles(image.asBase(ImageReference.of("baseImage", "acme/base:1")), folder.resolve("cache"), log);
    }

    /** Two layers; the upper one changes the lower one in each way that a layer can. */
    private static TestImage layered() {
        return TestImage.create()
                .folder("etc", 0, 0, 0755)
                .file("etc/kept", 1, 2, 0640, "lower")
                .file("etc/replaced", 0, 0, 0644, "lower")
                .file("etc/deleted", 0, 0, 0644, "lower")
                .file("opt/gone/deep/file", 0, 0, 0644, "lower")
                .file("opt/cleared/file", 0, 0, 0644, "lower")
                .file("opt/cleared/sub/file", 0, 0, 0644, "lower")
                .file("opt/nowAFile/file", 0, 0, 0644, "lower")
                .file("opt/nowAFolder", 0, 0, 0644, "lower")
                .folder("var", 7, 8, 0711)
                .layer()
                .file("etc/replaced", 0, 0, 0600, "upper text")
                .whiteout("etc/deleted")
                .whiteout("opt/gone")
                .file("opt/cleared/.wh..wh..opq", 0, 0, 0644, "")
                .file("opt/cleared/new", 0, 0, 0644, "upper")
                .file("opt/nowAFile", 0, 0, 0644, "upper")
                .file("opt/nowAFolder/file", 0, 0, 0644, "upper")
                .file("var/lib/new", 0, 0, 0644, "upper");
    }

    @ParameterizedTest
    @CsvSource({
        "etc/kept, 640 of 1:2 with 5",
        "etc/replaced, 600 of 0:0 with 10",
        "etc/deleted, nothing",
        "etc/missing, nothing",
        "opt, 755 of 0:0 with 0",
        "opt/gone, nothing",
        "opt/gone/deep, nothing",
        "opt/gone/deep/file, nothing",
        "opt/cleared, 755 of 0:0 with 0",
        "opt/cleared/file, nothing",
        "opt/cleared/sub, nothing",
        "opt/cleared/sub/file, nothing",
        "opt/cleared/new, 644 of 0:0 with 5",
        "opt/nowAFile, 644 of 0:0 with 5",
        "opt/nowAFile/file, nothing",
        "opt/nowAFolder, 755 of 0:0 with 0",
        "opt/nowAFolder/file, 644 of 0:0 with 5",
        "var, 711 of 7:8 with 0",
        "var/lib, 755 of 0:0 with 0",
    })
    void theUppermostLayerDecides(String path, String expected) {
        for (String way : List.of("read", "remembered")) {
            Optional<BaseFile> file = files(layered()).find(path);
            assertThat(file.map(found -> Integer.toOctalString(found.mode()) + " of " + found.uid() + ":" + found.gid()
                                    + " with " + found.size())
                            .orElse("nothing"))
                    .as(way)
                    .isEqualTo(expected);
            assertThat(file.map(BaseFile::path)).as(way).isEqualTo(file.map(found -> path));
        }
    }

    @Test
    void aFolderThatNoLayerNamesIsAFolder() {
        assertThat(files(layered()).find("opt/nowAFolder").orElseThrow().isFolder())
                .isTrue();
        assertThat(files(layered()).find("var/lib").orElseThrow().isFolder()).isTrue();
    }

    @Test
    void theRootsContentMayBeDeletedByALayer() {
        BaseFiles files = files(TestImage.create()
                .file("old", 0, 0, 0644, "old")
                .file("etc/old", 0, 0, 0644, "old")
                .layer()
                .file(".wh..wh..opq", 0, 0, 0644, "")
                .file("new", 0, 0, 0644, "new"));

        assertThat(files.names("")).containsExactly("new");
        assertThat(files.find("etc/old")).isEmpty();
        assertThat(files.find("etc")).isEmpty();
    }

    @Test
    void aFoldersNamesAreThoseOfAllLayers() {
        BaseFiles files = files(layered());

        assertThat(files.names("")).containsExactly("etc", "opt", "var");
        assertThat(files.names("etc")).containsExactly("kept", "replaced");
        assertThat(files.names("opt")).containsExactly("cleared", "nowAFile", "nowAFolder");
        assertThat(files.names("var/lib")).containsExactly("new");
        assertThat(files.names("etc/kept")).isEmpty();
        assertThat(files.names("missing")).isEmpty();
    }

    @Test
    void everythingBelowAFolderIsListedOnceInOrder() {
        BaseFiles files = files(layered());

        assertThat(files.below("etc")).extracting(BaseFile::path).containsExactly("etc/kept", "etc/replaced");
        assertThat(files.below("etc")).extracting(BaseFile::mode).containsExactly(0640, 0600);
        assertThat(files.below("opt"))
                .extracting(BaseFile::path)
                .containsExactly("opt/cleared/new", "opt/nowAFile", "opt/nowAFolder", "opt/nowAFolder/file");
        assertThat(files.below("et")).isEmpty();
    }

    @Test
    void aLowerLayerIsReadOnlyIfTheUpperOnesDoNotDecide() {
        BaseFiles files = files(layered());
        files.find("etc/replaced");
        files.find("etc/deleted");
        files.find("opt/cleared/file");
        assertThat(log.lines()).containsExactly("Reading layer 2 of 2 of docker.io/acme/base:1@" + digest(layered()));

        files.find("etc/kept");
        files.find("etc/kept");
        assertThat(log.lines()).hasSize(2).last().asString().startsWith("Reading layer 1 of 2 of ");

        log.lines().clear();
        assertThat(files(layered()).find("etc/kept")).isPresent();
        assertThat(log.lines()).isEmpty();
    }

    private static String digest(TestImage image) {
        return image.asBase(ImageReference.of("baseImage", "acme/base:1"))
                .reference()
                .toString()
                .replaceAll(".*@", "");
    }

    @ParameterizedTest
    @CsvSource({
        "usr/share/nginx/html/a, usr/share/nginx/html/a",
        "web, usr/share/nginx/html",
        "web/a, usr/share/nginx/html/a",
        "srv/relative/a, usr/share/nginx/html/a",
        "srv/./relative//a/, usr/share/nginx/html/a",
        "srv/../web/../b, usr/share/nginx/b",
        "../../etc/x, etc/x",
        "srv/above/x, x",
        "missing/../web/missing/x, usr/share/nginx/html/missing/x",
        "srv/dangling/x, nowhere/x",
        "'', ''",
    })
    void aPathIsResolvedAsAProcessWould(String path, String resolved) {
        BaseFiles files = files(TestImage.create()
                .folder("usr/share/nginx/html", 0, 0, 0755)
                .link("web", "/usr/share/nginx/html")
                .link("srv/relative", "../usr/share/nginx/html")
                .link("srv/above", "../../../..")
                .link("srv/dangling", "/nowhere"));

        assertThat(files.resolve(path)).isEqualTo(resolved);
        assertThat(files.resolve("/" + path)).isEqualTo(resolved);
    }

    @Test
    void aPathLeadsThroughFortyLinksAndNoMore() {
        TestImage image = TestImage.create().file("end/file", 0, 0, 0644, "");
        for (int i = 1; i <= 41; i++) {
            image.link("link" + i, i == 1 ? "end" : "link" + (i - 1));
        }
        BaseFiles files = files(image);

        assertThat(files.resolve("link40/file")).isEqualTo("end/file");
        assertThatThrownBy(() -> files.resolve("/link41/file"))
                .isInstanceOf(OlympeException.class)
                .hasMessageMatching(
                        "The path '/link41/file' in the base image 'docker\\.io/acme/base:1@.*' leads through"
                                + " more than 40 symbolic links; choose another path\\.");
    }

    @Test
    void aTextIsReadThroughLinks() {
        BaseFiles files = files(TestImage.create()
                .file("etc/passwd", 0, 0, 0644, "kept in the index")
                .file("lib/real", 0, 0, 0644, "extracted")
                .hardLink("lib/hard", "lib/real")
                .hardLink("lib/harder", "lib/hard")
                .link("etc/group", "../lib/harder")
                .link("etc/dangling", "/nowhere")
                .layer()
                .folder("lib", 0, 0, 0755));

        assertThat(files.text("/etc/passwd")).isEqualTo("kept in the index");
        assertThat(files.text("/etc/group")).isEqualTo("extracted");
        assertThat(files.text("/lib/hard")).isEqualTo("extracted");
        assertThat(Stream.of("/etc", "/etc/dangling", "/missing", "/lib"))
                .allMatch(path -> files.text(path).isEmpty());
    }

    @Test
    void hardLinksThatLeadToOneAnotherAreNoText() {
        BaseFiles files =
                files(TestImage.create().hardLink("etc/passwd", "etc/other").hardLink("etc/other", "etc/passwd"));

        assertThat(files.text("/etc/passwd")).isEmpty();
    }

    @Test
    void onlyTheLastOfTwoFilesOfAPathCounts() {
        TestImage image = TestImage.create()
                .file("etc/passwd", 0, 0, 0644, "first")
                .file("etc/group", 0, 0, 0644, "first")
                .file("etc/passwd", 0, 0, 0644, "last")
                .link("etc/group", "passwd");

        for (String way : List.of("read", "remembered")) {
            BaseFiles files = files(image);
            assertThat(files.text("/etc/passwd")).as(way).isEqualTo("last");
            assertThat(files.text("/etc/group")).as(way).isEqualTo("last");
        }
    }

    @Test
    void aHugeListOfUsersIsRefused() {
        byte[] largest = new byte[BaseLayerIndex.LARGEST_KEPT];
        BaseFiles files = files(TestImage.create()
                .file("etc/passwd", 0, 0, 0644, largest)
                .file("etc/group", 0, 0, 0644, new byte[largest.length + 1]));

        assertThat(files.text("etc/passwd")).hasSize(largest.length);
        assertThatThrownBy(() -> files.text("etc/group"))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("(its '/etc/group' has 4194305 bytes). Run the build again, or choose another");
    }

    @Test
    void contentsAreThoseOfTheTargetsOfHardLinks() throws IOException {
        TestImage image = TestImage.create()
                .file("a", 0, 0, 0644, "of a")
                .file("b", 0, 0, 0644, "of b")
                .hardLink("c", "b")
                .layer()
                .hardLink("d", "a")
                .file("e", 0, 0, 0644, "");
        BaseFiles files = files(image);
        List<BaseFile> asked =
                Stream.of("a", "c", "d", "e").map(path -> found(files, path)).toList();

        assertThat(asked).extracting(files::size).containsExactly(4L, 4L, 4L, 0L);
        List<String> contents = new ArrayList<>();
        for (BaseFile file : asked) {
            BaseContent content = files.contents(asked).get(file.path());
            contents.add(Files.readString(content.file()));
            assertThat(content.size()).isEqualTo(files.size(file));
            assertThat(content.digest()).isEqualTo(Digest.ofFile(content.file()));
        }
        assertThat(contents).containsExactly("of a", "of b", "of a", "");
        assertThat(files.contents(List.of())).isEmpty();
    }

    private static BaseFile found(BaseFiles files, String path) {
        return files.find(path).orElseThrow();
    }

    @Test
    void aHardLinkToNothingIsAMistakeOfTheImage() {
        BaseFiles files = files(TestImage.create()
                .hardLink("a", "missing")
                .hardLink("b", "folder")
                .file("folder/x", 0, 0, 0644, "x"));

        assertThatThrownBy(() -> files.size(found(files, "a")))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining(
                        "(its hard link '/a' leads to '/missing', which is missing). Run the build again");
        assertThatThrownBy(() -> files.contents(List.of(found(files, "b"))))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("(its hard link '/b' leads to '/folder', which is missing). Run the build again");
    }

    /** An entry and a folder count as 160 bytes and their names; what a layer deletes is kept without an entry. */
    @Test
    void anIndexKnowsHowMuchMemoryItTakes() throws IOException {
        byte[] tar = tar(TestImage.create()
                .file("a/b", 0, 0, 0644, "")
                .link("l", "a/b")
                .whiteout("a/c")
                .file("a/.wh..wh..opq", 0, 0, 0644, ""));
        int entries = 4 * 160 + (3 + 1 + 3 + 3 + 1);
        int folder = 160 + 1;
        BaseLayerIndex index = BaseLayerIndex.read(new ByteArrayInputStream(tar), tar.length, entries + folder - 1);
        assertThat(index.weight()).isEqualTo(entries + folder);
        assertThatThrownBy(() -> BaseLayerIndex.read(new ByteArrayInputStream(tar), tar.length, entries + folder - 2))
                .isInstanceOf(IOException.class)
                .hasMessage("it has more entries than can be remembered");

        Path memo = this.folder.resolve("memo");
        index.remember(memo);
        assertThat(BaseLayerIndex.load(memo).orElseThrow().weight()).isEqualTo(entries - 2 * 160 + folder);
    }

    private static byte[] tar(TestImage image) throws IOException {
        BaseImage base = image.compressed("", tar -> tar).asBase(ImageReference.of("baseImage", "acme/base:1"));
        try (InputStream in = base.open(base.layers().get(0))) {
            return in.readAllBytes();
        }
    }

    @Test
    void aMemoOfAnotherVersionIsReadAgain() throws IOException {
        BaseLayerIndex index = BaseLayerIndex.read(new ByteArrayInputStream(new byte[1024]), 1024, 1000);
        Path memo = folder.resolve("memo");
        index.remember(memo);
        assertThat(BaseLayerIndex.load(memo)).isPresent();

        CheckedFile.write(memo, out -> out.write(new byte[] {0, 0, 0, 1, 0, 0, 0, 0}));

        assertThat(BaseLayerIndex.load(memo)).isEmpty();
        assertThat(BaseLayerIndex.load(folder.resolve("missing"))).isEmpty();
    }

    @Test
    void aLayerThatIsBrokenIsNamed() {
        TestImage image = TestImage.create()
                .compressed(
                        "gzip",
                        tar -> "no tar, but long enough to be read as one"
                                .repeat(100)
                                .getBytes(StandardCharsets.UTF_8));
        BaseFiles files = files(image);

        assertThatThrownBy(() -> files.find("etc"))
                .isInstanceOf(OlympeException.class)
                .hasMessageMatching(
                        "Layer sha256:[0-9a-f]{64} of the base image 'docker\\.io/acme/base:1@sha256:.*' cannot"
                                + " be read \\(.+\\)\\. Run the build again, or choose another base image\\.");
    }
}
