package io.github.olympe.maven.image.dockerfile.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.ImageKind;
import io.github.olympe.maven.image.ImageSpec;
import io.github.olympe.maven.image.OneLayerImage;
import io.github.olympe.maven.image.RecordedLog;
import io.github.olympe.maven.image.Specs;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.dockerfile.project.DockerfileImage.Planned;
import io.github.olympe.maven.image.layer.LayerEntry;
import io.github.olympe.maven.image.layer.PlannedLayer;
import io.github.olympe.maven.image.source.ContentHashes;
import io.github.olympe.maven.image.source.SourceEntry.Type;
import io.github.olympe.maven.image.source.SourceFilter;
import io.github.olympe.maven.image.source.SourceTree;
import io.github.olympe.maven.process.Workers;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.Platform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The layers of an image that follows a Dockerfile, with their entries. */
class DockerfileImageTest {

    private static final WrittenSection NOTHING_WRITTEN =
            new WrittenSection("", Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    @TempDir
    Path project;

    @TempDir
    Path cache;

    private final Map<String, BaseImage> images = new HashMap<>();
    private final RecordedLog log = new RecordedLog();

    @BeforeEach
    void makeProject() throws IOException {
        write("dist/web/main.js", "code");
        write("dist/web/js/a.js", "aa");
        write("docker/nginx.conf", "conf");
    }

    private Path write(String path, String content) throws IOException {
        Path file = project.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private ImageSpec spec() {
        return Specs.frontend(project, "acme/base:1");
    }

    private Planned plan(BaseImage base, String dockerfile) throws IOException {
        return plan(NOTHING_WRITTEN, spec(), base, dockerfile);
    }

    private Planned plan(WrittenSection written, ImageSpec plain, BaseImage base, String dockerfile)
            throws IOException {
        write("docker/frontend.Dockerfile", dockerfile);
        ImageSpec spec = written.applyTo(plain);
        try (Workers workers = Workers.of(1)) {
            ContentHashes hashes = new ContentHashes(cache.resolve("hashes"));
            SourceTree source = SourceTree.read(
                    spec.files().path(), SourceFilter.of(spec), spec.files().modes(), workers);
            hashes.compute(source, workers);
            return new DockerfileImage(
                            spec,
                            spec.dockerfile().orElseThrow(),
                            source,
                            project.resolve("target"),
                            workers,
                            hashes,
                            (reference, platform) -> Optional.ofNullable(images.get(reference.repository()))
                                    .orElseThrow(() ->
                                            new OlympeException("No image " + reference + " for " + platform + ".")),
                            cache,
                            log)
                    .plan(base);
        }
    }

    private static BaseImage scratch() {
        return new ScratchImage(Platform.LINUX_AMD64);
    }

    /** Returns a line for each layer, with its title and instruction, and one for each of its entries. */
    private static List<String> described(Planned planned) {
        List<String> lines = new ArrayList<>();
        for (PlannedLayer layer : planned.layers()) {
            lines.add("# " + layer.content() + " # " + layer.createdBy());
            layer.entries().forEach(entry -> lines.add(described(entry)));
        }
        return lines;
    }

    private static String described(LayerEntry entry) {
        String start = entry.path() + " " + Integer.toOctalString(entry.mode()) + " " + entry.uid() + ":" + entry.gid();
        if (entry.linkTarget() != null) {
            return start + (entry.type() == Type.FILE ? " = " : " -> ") + entry.linkTarget();
        }
        if (entry.type() == Type.FOLDER) {
            return start + " folder";
        }
        try (InputStream in = Objects.requireNonNull(entry.content()).open()) {
            byte[] content = in.readAllBytes();
            assertThat(entry.size()).isEqualTo(content.length);
            assertThat(entry.hash()).isEqualTo(Digest.of(content).bytes());
            return start + " '" + new String(content, StandardCharsets.UTF_8) + "'";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void eachCopyHasALayerAndTheBuildsResultSeveral() throws IOException {
        Planned planned = plan(scratch(), """
                FROM scratch
                ENV A=b
                COPY docker/nginx.conf /etc/
                COPY --chown=1:2 $SOURCES_PATH /web/
                RUN mkdir /new && ln -s /web /w && chmod 700 /web/js
                """);

        assertThat(described(planned))
                .containsExactly(
                        "# /etc # COPY --chown=0:0 docker/nginx.conf /etc/",
                        "etc 755 0:0 folder",
                        "new 755 0:0 folder",
                        "w 777 0:0 -> /web",
                        "web 755 1:2 folder",
                        "etc/nginx.conf 644 0:0 'conf'",
                        "# js # COPY --chown=1:2 dist/web/js /web/js",
                        "web/js 700 1:2 folder",
                        "web/js/a.js 644 1:2 'aa'",
                        "# . # COPY --chown=1:2 dist/web /web/",
                        "web/main.js 644 1:2 'code'");
        assertThat(planned.history()).containsExactly("ENV A=b");
        assertThat(planned.targets()).containsExactly("/web");
    }

    @Test
    void theRootMayBeTheTarget() throws IOException {
        Planned planned = plan(scratch(), "FROM scratch\nCOPY dist/web /\n");

        assertThat(described(planned))
                .containsExactly(
                        "# js # COPY --chown=0:0 dist/web/js /js",
                        "js 755 0:0 folder",
                        "js/a.js 644 0:0 'aa'",
                        "# . # COPY --chown=0:0 dist/web /",
                        "main.js 644 0:0 'code'");
        assertThat(planned.targets()).containsExactly("/");
    }

    @Test
    void theRootMayBeTheTargetTwice() throws IOException {
        assertThat(plan(scratch(), "FROM scratch\nCOPY dist/web /a\nCOPY dist/web /\n")
                        .layers())
                .extracting(PlannedLayer::content)
                .containsExactly("js", ".", "/js", "/");
    }

    @Test
    void aLayerIsNamedAfterItsTargetIfItsNameIsTaken() throws IOException {
        Planned planned =
                plan(scratch(), "FROM scratch\nCOPY dist/web /a\nCOPY dist/web /b\nCOPY docker /c\nADD docker /c/d/\n");

        assertThat(planned.layers())
                .extracting(layer -> layer.content() + " # " + layer.createdBy())
                .containsExactly(
                        "js # COPY --chown=0:0 dist/web/js /a/js",
                        ". # COPY --chown=0:0 dist/web /a",
                        "/b/js # COPY --chown=0:0 dist/web/js /b/js",
                        "/b # COPY --chown=0:0 dist/web /b",
                        "/c # COPY --chown=0:0 docker /c",
                        "/c/d # ADD --chown=0:0 docker /c/d/");
        assertThat(planned.targets()).containsExactly("/a", "/b");
    }

    @Test
    void anInstructionWhoseFilesAreGoneHasNoLayer() throws IOException {
        assertThat(described(
                        plan(scratch(), "FROM scratch\nCOPY docker /c\nRUN rm -r /c && touch /f && mkdir -m 700 /d\n")))
                .containsExactly("# . # RUN", "d 700 0:0 folder", "f 644 0:0 ''");
        assertThat(plan(scratch(), "FROM scratch\nCOPY docker /c\nRUN rm -r /c\n")
                        .layers())
                .isEmpty();
    }

    @Test
    void hardLinksStayHardLinksIfTheyHaveOneOwner() throws IOException {
        Files.createLink(project.resolve("docker/same"), project.resolve("docker/nginx.conf"));
        write("docker/alone", "conf");

        assertThat(described(plan(scratch(), "FROM scratch\nCOPY docker /c\n")))
                .containsExactly(
                        "# /c # COPY --chown=0:0 docker /c",
                        "c 755 0:0 folder",
                        "c/alone 644 0:0 'conf'",
                        "c/frontend.Dockerfile 644 0:0 'FROM scratch\nCOPY docker /c\n'",
                        "c/nginx.conf 644 0:0 'conf'",
                        "c/same 644 0:0 = c/nginx.conf");
        assertThat(described(plan(scratch(), "FROM scratch\nCOPY docker/n* docker/s* /c/\nRUN chown 7 /c/same\n")))
                .containsExactly(
                        "# /c # COPY --chown=0:0 docker/n* docker/s* /c/",
                        "c 755 0:0 folder",
                        "c/nginx.conf 644 0:0 'conf'",
                        "c/same 644 7:0 'conf'");
    }

    @Test
    void aNameThatRemovesAFileIsRefused() {
        assertThatThrownBy(() -> plan(scratch(), "FROM scratch\nCOPY docker/nginx.conf /c/.wh.nginx.conf\n"))
                .isInstanceOf(OlympeException.class)
                .hasMessage(
                        "'/c/.wh.nginx.conf' cannot be put into an image, where a name that begins with '.wh.' removes another file. Rename it, or leave it out with 'excludes'.");
    }

    /** Its files: {@code bin/tool}, a hard link {@code bin/same}, a link {@code bin/link}, a device and the users. */
    private static BaseImage base() throws IOException {
        return base("app:x:5:6::/srv\n");
    }

    private static BaseImage base(String users) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            put(tar, "bin/", TarConstants.LF_DIR, 0750, "");
            put(tar, "bin/tool", TarConstants.LF_NORMAL, 04711, "tool");
            put(tar, "bin/same", TarConstants.LF_LINK, 04711, "bin/tool");
            put(tar, "bin/link", TarConstants.LF_SYMLINK, 0777, "tool");
            put(tar, "dev/", TarConstants.LF_DIR, 0755, "");
            put(tar, "dev/null", TarConstants.LF_CHR, 0666, "");
            put(tar, "etc/passwd", TarConstants.LF_NORMAL, 0644, users);
        }
        return OneLayerImage.of(bytes.toByteArray());
    }

    private static void put(TarArchiveOutputStream tar, String path, byte type, int mode, String content)
            throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path, type);
        entry.setMode(mode);
        entry.setIds(3, 4);
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        if (type == TarConstants.LF_NORMAL) {
            entry.setSize(bytes.length);
        } else {
            entry.setLinkName(content);
        }
        tar.putArchiveEntry(entry);
        if (type == TarConstants.LF_NORMAL) {
            tar.write(bytes);
        }
        tar.closeArchiveEntry();
    }

    @Test
    void filesOfTheBaseImageKeepWhatNoInstructionChanges() throws IOException {
        Planned planned = plan(base(), """
                FROM acme/base:1
                RUN chmod 700 /bin/tool && chown 0 /bin/same && chown -h 7 /bin/link
                RUN cp -a /bin /copy && chown app: /dev && mv /etc /etc2 && rm /dev/null
                """);

        assertThat(described(planned))
                .containsExactly(
                        "# . # RUN",
                        "dev/.wh.null 644 0:0 ''",
                        ".wh.etc 644 0:0 ''",
                        "bin/link 777 7:4 -> tool",
                        "bin/same 711 0:4 'tool'",
                        "bin/tool 700 3:4 'tool'",
                        "copy 750 3:4 folder",
                        "copy/link 777 7:4 -> tool",
                        "copy/same 711 0:4 'tool'",
                        "copy/tool 700 3:4 'tool'",
                        "dev 755 5:6 folder",
                        "etc2 755 0:0 folder",
                        "etc2/passwd 644 3:4 'app:x:5:6::/srv\n'");
        assertThat(planned.targets()).isEmpty();
        assertThat(planned.base().configuration()).asString().isEqualTo("{\"config\":{}}");
        assertThat(planned.base().layers()).hasSize(1);
        assertThat(planned.base().platform()).isEqualTo(Platform.LINUX_AMD64);
        assertThat(planned.base().reference().repository()).isEqualTo("acme/base");
        assertThat(planned.base().open(planned.base().layers().get(0))).isNotNull();
    }

    @Test
    void namesInTheBaseImageMatchPatterns() throws IOException {
        assertThat(described(plan(base(), "FROM acme/base:1\nRUN rm /bin/[st]*\n")))
                .containsExactly("# . # RUN", "bin/.wh.same 644 0:0 ''", "bin/.wh.tool 644 0:0 ''");
    }

    @Test
    void theUsersOfTheBaseImageHaveALargestSize() {
        assertThatThrownBy(() -> plan(base("#".repeat((4 << 20) + 1)), "FROM acme/base:1\nRUN chown app /bin\n"))
                .isInstanceOf(OlympeException.class)
                .hasMessageEndingWith("'/etc/passwd' has 4194305 bytes in the image.");
    }

    @Test
    void filesOfAnotherImageAreCopied() throws IOException {
        images.put("acme/tools", base());

        assertThat(
                        described(
                                plan(
                                        scratch(),
                                        "FROM scratch\nCOPY --from=acme/tools:1 /bin /tools/\nADD --chown=7:8 docker/nginx.conf /etc/\n")))
                .containsExactly(
                        "# /tools # COPY --from=acme/tools:1 /bin /tools/",
                        "etc 755 7:8 folder",
                        "tools 755 0:0 folder",
                        "tools/link 777 3:4 -> tool",
                        "tools/same 4711 3:4 'tool'",
                        "tools/tool 4711 3:4 'tool'",
                        "# /etc # ADD --chown=7:8 docker/nginx.conf /etc/",
                        "etc/nginx.conf 644 7:8 'conf'");
    }

    @Test
    void linksOfTheProjectStayLinks() throws IOException {
        Files.createSymbolicLink(project.resolve("docker/link"), Path.of("nginx.conf"));

        assertThat(described(plan(scratch(), "FROM scratch\nCOPY --chown=7 docker/ /c\nCOPY docker/link /d\n")))
                .contains("c/link 777 7:7 -> nginx.conf", "d 644 0:0 'conf'");
    }

    @Test
    void aDeviceOfTheBaseImageCannotBeChanged() {
        assertThatThrownBy(() -> plan(base(), "FROM acme/base:1\nRUN chmod 600 /dev/null\n"))
                .isInstanceOf(OlympeException.class)
                .hasMessage(
                        "'/dev/null' of the base image is a device, pipe or socket, whose owner or mode cannot be changed. Leave it out.");
    }

    @Test
    void otherImagesAreLookedUp() {
        assertThatThrownBy(() -> plan(base(), "FROM acme/base:1\nCOPY --from=acme/other:2 /a /b\n"))
                .isInstanceOf(OlympeException.class)
                .hasMessageMatching("No image (docker.io/)?acme/other:2 for linux/amd64.");
        assertThatThrownBy(() -> plan(
                        base(),
                        "FROM --platform=linux/arm64 acme/other:2 AS a\nFROM acme/base:1\nCOPY --from=a /a /b\n"))
                .isInstanceOf(OlympeException.class)
                .hasMessageMatching("No image (docker.io/)?acme/other:2 for linux/arm64.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ! ",
            quoteCharacter = '§',
            value = {
                "FROM --platform=linux/arm64 acme/base:1 ! the pom builds the image for 'linux/amd64'; remove '--platform', or the platform in the pom",
                "FROM --platform=arm acme/base:1 ! 'arm' is not a platform; write it as linux/amd64 or linux/arm64/v8",
                "FROM Acme/Base ! 'Acme/Base' is not the name of an image; write it as host/path:tag",
                "FROM ${NONE} ! the image's name is empty; give its variables a default, or set them with <buildArgs>",
                "FROM --platform=$NONE acme/base:1 ! the platform is empty; write one such as linux/amd64",
            })
    void theBaseImageMustBeOne(String from, String said) {
        assertThatThrownBy(() -> plan(base(), from + "\n"))
                .isInstanceOf(OlympeException.class)
                .hasMessage("docker/frontend.Dockerfile:1: '" + from + "': " + said + ".");
    }

    @Test
    void theImageOfACopyMustBeOne() {
        assertThatThrownBy(() -> plan(base(), "FROM acme/base:1\nCOPY --from=A: /a /b\n"))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith(
                        "docker/frontend.Dockerfile:2: 'COPY --from=A: /a /b': 'A:' is not the name of an image");
    }

    @Test
    void theDockerfileMustBeReadable() throws IOException {
        Path file = write("docker/frontend.Dockerfile", "FROM " + "a".repeat((1 << 20) - 5));
        assertThatThrownBy(() -> NOTHING_WRITTEN.applyTo(spec()))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("docker/frontend.Dockerfile:1: ");
        Files.writeString(file, "FROM x\n" + "#".repeat(1 << 20));
        assertThatThrownBy(() -> NOTHING_WRITTEN.applyTo(spec()))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("The Dockerfile 'docker/frontend.Dockerfile' cannot be read (")
                .hasMessageEndingWith("). Make it readable UTF-8 text.");
        Files.write(file, new byte[] {'F', (byte) 0xff});
        assertThatThrownBy(() -> NOTHING_WRITTEN.applyTo(spec()))
                .isInstanceOf(OlympeException.class)
                .hasMessage(
                        "The Dockerfile 'docker/frontend.Dockerfile' cannot be read (it is not written in UTF-8). Make it readable UTF-8 text.");
    }

    @Test
    void theContextHasWhatNothingLeavesOut() throws IOException {
        write(".dockerignore", "docker\n**/*.map\n!docker/keep\ndist/web/skip\nnone\n");
        write("docker/keep/a", "kept");
        write("docker/keep/b.map", "map");
        write("dist/web/skip/s", "skipped");
        write("dist/other", "other");
        write("dist/web/main.map", "map");
        write("none/a", "none");
        write("target/out", "output");
        write("targets", "no output");

        assertThat(described(plan(scratch(), "FROM scratch\nCOPY . /c\n")))
                .containsExactly(
                        "# /c # COPY --chown=0:0 . /c",
                        "c 755 0:0 folder",
                        "c/.dockerignore 644 0:0 'docker\n**/*.map\n!docker/keep\ndist/web/skip\nnone\n'",
                        "c/dist 755 0:0 folder",
                        "c/dist/other 644 0:0 'other'",
                        "c/dist/web 755 0:0 folder",
                        "c/dist/web/js 755 0:0 folder",
                        "c/dist/web/js/a.js 644 0:0 'aa'",
                        "c/dist/web/main.js 644 0:0 'code'",
                        "c/docker 755 0:0 folder",
                        "c/docker/keep 755 0:0 folder",
                        "c/docker/keep/a 644 0:0 'kept'",
                        "c/docker/keep/b.map 644 0:0 'map'",
                        "c/targets 644 0:0 'no output'");
    }

    /** Copying single files and by patterns sees the same context as copying a folder. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = " ! ",
            value = {
                "COPY docker/keep/a /c/ ! c/keep",
                "COPY dist/web/skip/s /c/ ! there is no 'dist/web/skip/s' in the project's folder",
                "COPY docker/nginx.conf /c/ ! there is no 'docker/nginx.conf' in the project's folder",
                "COPY none/a /c ! there is no 'none/a' in the project's folder",
                "COPY target /c ! there is no 'target' in the project's folder",
                "COPY target/out /c ! there is no 'target/out' in the project's folder",
                "COPY dist/web/*.map /c/ ! there is no 'dist/web/*.map' in the project's folder",
                "COPY t* /c/ ! c/targets",
            })
    void whatIsLeftOutCannotBeCopied(String instruction, String result) throws IOException {
        write(".dockerignore", "docker\n**/*.map\n!docker/keep\ndist/web/skip\nnone\n");
        write("docker/keep/a", "kept");
        write("dist/web/skip/s", "skipped");
        write("dist/web/main.map", "map");
        write("none/a", "none");
        write("target/out", "output");
        write("targets", "no output");
        String found;
        try {
            found = described(plan(scratch(), "FROM scratch\n" + instruction)).toString();
        } catch (OlympeException e) {
            found = e.getMessage();
        }

        assertThat(found.replace("c/a 644", "c/keep 644")).contains(result);
    }

    @Test
    void excludesOfThePomApplyToTheBuildsResultWhereverItIsCopied() throws IOException {
        write("dist/web/main.map", "map");
        write("docker/a.map", "map");
        ImageSpec spec = Specs.with(spec(), List.of(), List.of("**/*.map"));

        assertThat(described(plan(
                        NOTHING_WRITTEN,
                        spec,
                        scratch(),
                        "FROM scratch\nCOPY dist /d\nCOPY docker/*.map dist/web/m* /e/\nCOPY $SOURCES_PATH /f\n")))
                .filteredOn(line -> line.contains("map") || line.contains("main"))
                .containsExactly(
                        "d/web/main.js 644 0:0 'code'",
                        "# source maps at the top # COPY --chown=0:0 docker/*.map dist/web/m* /e/",
                        "e/a.map 644 0:0 'map'",
                        "# . # COPY --chown=0:0 docker/*.map dist/web/m* /e/",
                        "e/main.js 644 0:0 'code'",
                        "f/main.js 644 0:0 'code'");
    }

    @Test
    void theBuildsResultMayBeOutsideOfTheProject() throws IOException {
        Path outside = cache.resolve("result");
        Files.createDirectories(outside.resolve("js"));
        Files.writeString(outside.resolve("main.js"), "outside");
        Files.writeString(outside.resolve("js/a.js"), "deep");
        ImageSpec spec = Specs.spec(
                ImageKind.FRONTEND, "frontend", project, "acme/base:1", outside.toString(), "/srv/web", "nginx:root");

        assertThat(described(plan(
                        NOTHING_WRITTEN,
                        spec,
                        scratch(),
                        "FROM scratch\nCOPY $SOURCES_PATH /w\nCOPY $SOURCES_PATH/js/a.js /\n")))
                .contains("w/main.js 644 0:0 'outside'", "w/js/a.js 644 0:0 'deep'", "a.js 644 0:0 'deep'");
    }

    @Test
    void theProjectMayBeTheBuildsResult() throws IOException {
        write(".dockerignore", "docker\n");
        ImageSpec spec =
                Specs.spec(ImageKind.FRONTEND, "frontend", project, "acme/base:1", ".", "/srv/web", "nginx:root");

        Planned planned = plan(NOTHING_WRITTEN, spec, scratch(), "FROM scratch\nCOPY . /w\n");

        assertThat(described(planned))
                .contains("w/dist/web/main.js 644 0:0 'code'")
                .noneMatch(line -> line.contains("nginx.conf"));
        assertThat(planned.targets()).containsExactly("/w");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ! ",
            value = {
                "COPY dist/web/main.js /start.js ! [/]",
                "COPY dist/web/main.js /srv/start.js ! [/srv]",
                "COPY dist/web/js/a.js /srv/b.js ! [/srv]",
                "COPY dist/web/js /srv/ ! [/srv]",
                "COPY dist/web /w|RUN mv /w/main.js /m.js && mv /w/js/a.js /w/js/b.js ! [/]",
                "COPY dist/web /w|RUN mv /w/js /j ! [/j, /w]",
                "COPY dist/web /w|COPY dist/web /w/in ! [/w]",
                "COPY dist/web /w/in|COPY dist/web /w ! [/w]",
                "COPY dist/web /a|COPY dist/web /ab ! [/a, /ab]",
                "COPY dist/web /w|RUN rm -r /w ! []",
                "COPY docker /w ! []",
            })
    void itIsKnownWhereTheBuildsResultIs(String instructions, String targets) throws IOException {
        assertThat(plan(scratch(), "FROM scratch\n" + instructions.replace('|', '\n'))
                        .targets())
                .hasToString(targets);
    }

    @Test
    void theLogSaysOnceWhatThePomReplaces() throws IOException {
        write("docker/frontend.Dockerfile", """
                FROM scratch
                LABEL draw_version=1 other=2
                COPY dist/web /w
                """);
        WrittenSection written = new WrittenSection(
                "", Map.of("NO", "1"), Optional.empty(), Optional.of("/srv"), Optional.empty(), Optional.empty());

        plan(written, spec(), scratch(), Files.readString(project.resolve("docker/frontend.Dockerfile")));

        assertThat(log.lines())
                .containsExactly(
                        "docker/frontend.Dockerfile:3: 'target' of the pom, '/srv', replaces '/w'",
                        "docker/frontend.Dockerfile: no ARG declares 'NO' of 'buildArgs'",
                        "docker/frontend.Dockerfile: the label 'draw_version' of the pom, '2.9.2', replaces '1'");
    }

    @Test
    void aLabelWithTheSameValueReplacesNothing() throws IOException {
        plan(scratch(), "FROM scratch\nLABEL draw_version=2.9.2\n");

        assertThat(log.lines()).isEmpty();
    }

    @Test
    void thePlatformOfTheDockerfileIsThatOfItsImage() throws IOException {
        write("docker/frontend.Dockerfile", "FROM --platform=linux/arm64 acme/base:1\n");

        FollowedDockerfile followed =
                NOTHING_WRITTEN.applyTo(spec()).dockerfile().orElseThrow();

        assertThat(followed.basePlatform()).map(Platform::toString).contains("linux/arm64");
        assertThat(followed.base())
                .map(Object::toString)
                .hasValueSatisfying(base -> assertThat(base).endsWith("acme/base:1"));
        assertThat(followed.path()).isEqualTo("docker/frontend.Dockerfile");
        assertThat(followed.file()).isEqualTo(project.resolve("docker/frontend.Dockerfile"));
        assertThat(followed.copiesSource()).isFalse();
        assertThat(followed.notes()).isEmpty();
    }

    @Test
    void theDockerfileMayBeOutsideOfTheProject() throws IOException {
        Path file = Files.writeString(
                cache.resolve("x.Dockerfile"), "FROM base AS unused\nFROM acme/base:1\nCOPY $SOURCES_PATH /w\n");
        WrittenSection written = new WrittenSection(
                file.toString(), Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        FollowedDockerfile followed = written.applyTo(spec()).dockerfile().orElseThrow();

        assertThat(followed.path()).isEqualTo(file.toString());
        assertThat(followed.copiesSource()).isTrue();
        assertThat(followed.notes())
                .containsExactly(file + ":1: the stage 'unused' is left out, since the image does not need it");
    }

    @Test
    void theEmptyImageHasNoLayers() {
        List<BaseImage> one = ScratchImage.of(List.of());
        List<BaseImage> two = ScratchImage.of(
                List.of(Platform.of("platforms", "linux/arm64"), Platform.of("platforms", "linux/amd64")));

        assertThat(one).extracting(BaseImage::platform).containsExactly(Platform.LINUX_AMD64);
        assertThat(two).extracting(image -> image.platform().toString()).containsExactly("linux/arm64", "linux/amd64");
        assertThat(one.get(0).layers()).isEmpty();
        assertThat(one.get(0).configuration()).asString().isEqualTo("{}");
        assertThat(ScratchImage.is(one.get(0).reference())).isTrue();
        assertThat(ScratchImage.is(ScratchImage.REFERENCE)).isTrue();
        assertThat(ScratchImage.is(ImageReference.of("baseImage", "acme/scratch")))
                .isFalse();
        assertThat(ScratchImage.is(ImageReference.of("baseImage", "example.com/library/scratch")))
                .isFalse();
    }
}
