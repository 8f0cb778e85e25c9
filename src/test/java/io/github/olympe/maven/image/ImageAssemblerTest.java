package io.github.olympe.maven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.layer.Layer;
import io.github.olympe.maven.image.layout.AssembledImage;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.Platform;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.TestBaseImages;
import io.github.olympe.maven.testing.TestImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageAssemblerTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private EmbeddedRegistry registry;
    private TestBaseImages bases;
    private final RecordedLog log = new RecordedLog();

    @BeforeEach
    void startRegistry() {
        registry = EmbeddedRegistry.start();
        bases = TestBaseImages.pushTo(registry.host());
    }

    @AfterEach
    void stopRegistry() {
        registry.close();
    }

    @Test
    void filesHaveTheirModesAndAnOwnerFromTheBaseImage() throws IOException {
        TestBaseImages.frontend("amd64", 4242).pushTo(registry.host(), "own/frontend", "1");
        Path run = write("dist/web/bin/run.sh", "#!/bin/sh");
        Files.setPosixFilePermissions(run, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-x---"));
        Files.createSymbolicLink(folder.resolve("dist/web/link"), Path.of("nowhere"));
        AssembledImage image = assemble(Specs.frontend(folder, registry.host() + "/own/frontend:1"));
        Map<String, TarArchiveEntry> entries = ImageEntries.of(image);
        assertThat(entries.keySet())
                .containsExactly(
                        "usr/share/nginx/html/bin/", "usr/share/nginx/html/bin/run.sh", "usr/share/nginx/html/link");
        TarArchiveEntry file = entries.get("usr/share/nginx/html/bin/run.sh");
        assertThat(file.getMode()).isEqualTo(0750);
        assertThat(file.getLongUserId()).isEqualTo(4242);
        assertThat(file.getLongGroupId()).isZero();
        assertThat(AssembledFiles.of(image).get(file.getName()).content())
                .asString()
                .isEqualTo("#!/bin/sh");
        TarArchiveEntry link = entries.get("usr/share/nginx/html/link");
        assertThat(link.isSymbolicLink()).isTrue();
        assertThat(link.getLinkName()).isEqualTo("nowhere");
    }

    @Test
    void theConfigurationIsTheBaseImagesWithLayersAndLabels() throws IOException {
        write("dist/web/index.html", "x");
        AssembledImage image = assemble(Specs.frontend(folder, bases.frontend()));
        JsonNode configuration = blob(image, image.imageId());
        JsonNode config = configuration.path("config");
        assertThat(config.path("Entrypoint").path(0).asText()).isEqualTo("/docker-entrypoint.sh");
        assertThat(config.path("StopSignal").asText()).isEqualTo("SIGQUIT");
        assertThat(config.path("Env").toString()).contains("NGINX_VERSION=1.27.4");
        assertThat(config.path("Labels").path("maintainer").asText()).isEqualTo("Test Base Images");
        assertThat(config.path("Labels").path("draw_version").asText()).isEqualTo("2.9.2");
        assertThat(config.path("Labels")
                        .path("org.opencontainers.image.base.name")
                        .asText())
                .isEqualTo(bases.frontend());
        assertThat(config.path("Labels")
                        .path("org.opencontainers.image.base.digest")
                        .asText())
                .startsWith("sha256:");
        assertThat(configuration.path("rootfs").path("diff_ids")).hasSize(3);
        assertThat(configuration.path("history").toString()).contains("COPY --chown=nginx:root dist/web");
    }

    @Test
    void theSameInputsGiveTheSameDigestsInAnotherFolderAndAtAnotherTime() throws IOException {
        write("dist/node/main.js", "x");
        write("dist/node/node_modules/a/index.js", "y");
        AssembledImage first = assemble(Specs.backend(folder, bases.backend()));
        Path copy = Files.createDirectories(folder.resolve("elsewhere"));
        try (Stream<Path> files = Files.walk(folder.resolve("dist"))) {
            for (Path file : files.toList()) {
                Path target = copy.resolve(folder.relativize(file).toString());
                Files.copy(file, target);
                Files.setLastModifiedTime(target, FileTime.fromMillis(1_000));
            }
        }
        try (Registries registries = new RegistryFixture(folder.resolve("other-home")).open()) {
            AssembledImage second = new ImageAssembler(
                            registries.baseImages(folder.resolve("other-bases"), false), folder.resolve("other"), log)
                    .assemble(List.of(Specs.backend(copy, bases.backend())), copy.resolve("target"), false)
                    .get(0);
            assertThat(second.digest()).isEqualTo(first.digest());
        }
    }

    @Test
    void aRebuiltTreeIsNotCompressedAgain() throws IOException {
        Path file = write("dist/web/index.html", "same");
        AssembledImage first = assemble(Specs.frontend(folder, bases.frontend()));
        Path blob = first.layers().get(0).file();
        Object inode = Files.getAttribute(blob, "unix:ino", LinkOption.NOFOLLOW_LINKS);
        Files.delete(file);
        write("dist/web/index.html", "same");
        deleteTree(folder.resolve("images"));
        AssembledImage second = assemble(Specs.frontend(folder, bases.frontend()));
        assertThat(second.digest()).isEqualTo(first.digest());
        assertThat(Files.getAttribute(blob, "unix:ino", LinkOption.NOFOLLOW_LINKS))
                .isEqualTo(inode);
    }

    @Test
    void aChangeOfTheSameSizeIsNoticedAndChangesTheFilesTime() throws IOException {
        write("dist/web/index.html", "version 1");
        String path = "usr/share/nginx/html/index.html";
        AssembledImage first = assemble(Specs.frontend(folder, bases.frontend()));
        FileTime before = ImageEntries.of(first).get(path).getLastModifiedTime();
        write("dist/web/index.html", "version 2");
        AssembledImage second = assemble(Specs.frontend(folder, bases.frontend()));
        FileTime after = ImageEntries.of(second).get(path).getLastModifiedTime();
        assertThat(after).isNotEqualTo(before);
        assertThat(List.of(before, after)).allMatch(time -> time.toMillis() < System.currentTimeMillis());
    }

    @Test
    void onlyTheLayerOfTheChangedFolderChanges() throws IOException {
        write("dist/codeAsData/olympeio.core/a.json", "1");
        Path own = write("dist/codeAsData/acme.shop/b.json", "2");
        write("dist/codeAsData/import_order.json", "3");
        AssembledImage first = assemble(Specs.codeAsData(folder, bases.codeAsData()));
        Files.writeString(own, "4");
        AssembledImage second = assemble(Specs.codeAsData(folder, bases.codeAsData()));
        assertThat(first.layers()).extracting(Layer::content).containsExactly("acme.shop", "olympeio.core", ".");
        assertThat(second.layers().get(0)).isNotEqualTo(first.layers().get(0));
        assertThat(second.layers().subList(1, 3)).isEqualTo(first.layers().subList(1, 3));
    }

    @Test
    void aMissingOrEmptySourceIsReportedBeforeAnythingIsWritten() throws IOException {
        write("dist/web/index.html", "x");
        Files.createDirectories(folder.resolve("dist/node/empty"));
        for (ImageSpec spec :
                List.of(Specs.backend(folder, bases.backend()), Specs.codeAsData(folder, bases.codeAsData()))) {
            assertThatThrownBy(() -> assemble(Specs.frontend(folder, bases.frontend()), spec))
                    .isInstanceOf(OlympeException.class)
                    .hasMessageContaining(spec.files().path().toString())
                    .hasMessageContaining(ImageSpec.parameter(spec.kind(), "source"))
                    .hasMessageContaining("mvn olympe:build-");
            assertThat(folder.resolve("images")).doesNotExist();
        }
    }

    @Test
    void theErrorForAnUnknownOwnerListsTheKnownNames() throws IOException {
        write("dist/web/index.html", "x");
        ImageSpec spec = Specs.spec(
                ImageKind.FRONTEND, "frontend", folder, bases.frontend(), "dist/web", "/srv", "www-data:root");
        assertThatThrownBy(() -> assemble(spec))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("no user 'www-data'")
                .hasMessageContaining("root, bin, daemon, nobody, nginx");
    }

    @Test
    void filesThatUpperLayersRemoveAreGone() throws IOException {
        TestImage.create()
                .folder("etc", 0, 0, 0755)
                .file("etc/passwd", 0, 0, 0644, "nginx:x:1:1::/:\n")
                .file("etc/group", 0, 0, 0644, "root:x:0:\n")
                .folder("srv/app", 5, 5, 0700)
                .layer()
                .whiteout("srv/app")
                .layer()
                .file("etc/passwd", 0, 0, 0644, "nginx:x:4242:7::/:\n")
                .pushTo(registry.host(), "own/base", "1");
        write("dist/web/index.html", "x");
        AssembledImage image = assemble(Specs.spec(
                ImageKind.FRONTEND, "x", folder, registry.host() + "/own/base:1", "dist/web", "/srv/app", "nginx"));
        Map<String, TarArchiveEntry> entries = ImageEntries.of(image);
        assertThat(entries.keySet()).containsExactly("srv/app/", "srv/app/index.html");
        assertThat(entries.get("srv/app/").getMode()).isEqualTo(0755);
        assertThat(entries.get("srv/app/").getLongUserId()).isEqualTo(4242);
        assertThat(entries.get("srv/app/index.html").getLongGroupId()).isEqualTo(7);
    }

    @Test
    void includesAndExcludesSelectFiles() throws IOException {
        for (String path : List.of("a.js", "a.js.map", "docs/x.html", "docs/deep/y.html", "img/z.png")) {
            write("dist/web/" + path, path);
        }
        ImageSpec spec = Specs.frontend(folder, bases.frontend());
        assertThat(paths(Specs.with(spec, List.of(), List.of("**/*.map", "docs/**"))))
                .containsExactly("a.js", "img/", "img/z.png");
        assertThat(paths(Specs.with(spec, List.of("**/*.html"), List.of())))
                .containsExactly("docs/", "docs/deep/", "docs/deep/y.html", "docs/x.html");
    }

    @Test
    void severalPlatformsMakeAnIndex() throws IOException {
        write("dist/web/index.html", "x");
        ImageSpec spec = Specs.frontend(folder, TestBaseImages.multiPlatform(bases.frontend()));
        ImageSpec both = Specs.with(spec, List.of(Platform.LINUX_AMD64, Platform.of("platforms", "linux/arm64")));
        AssembledImage image = assemble(both);
        assertThat(image.layout().manifests()).hasSize(2);
        JsonNode index = blob(image, image.digest());
        assertThat(index.path("manifests")
                        .path(1)
                        .path("platform")
                        .path("architecture")
                        .asText())
                .isEqualTo("arm64");
        assertThat(image.layout().manifests().get(0).layers().get(2))
                .isEqualTo(image.layout().manifests().get(1).layers().get(2));
    }

    /** Without it, a machine would get the image for another processor. */
    @Test
    void theIndexContainsTheProcessorsVariant() throws IOException {
        TestImage.pushIndex(
                registry.host(),
                "own/frontend",
                "1",
                List.of(
                        TestBaseImages.frontend("amd64"),
                        TestBaseImages.frontend("arm").variant("v7")));
        write("dist/web/index.html", "x");
        ImageSpec spec = Specs.frontend(folder, registry.host() + "/own/frontend:1");

        AssembledImage image =
                assemble(Specs.with(spec, List.of(Platform.LINUX_AMD64, Platform.of("platforms", "linux/arm/v7"))));

        assertThat(blob(image, image.digest()).path("manifests"))
                .extracting(manifest -> manifest.path("platform").toString())
                .containsExactly(
                        "{\"architecture\":\"amd64\",\"os\":\"linux\"}",
                        "{\"architecture\":\"arm\",\"os\":\"linux\",\"variant\":\"v7\"}");
    }

    @Test
    void aDamagedCacheIsNotTrusted() throws IOException {
        write("dist/web/index.html", "x");
        AssembledImage first = assemble(Specs.frontend(folder, bases.frontend()));
        deleteTree(folder.resolve("images"));
        try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, "x");
            }
        }
        assertThat(assemble(Specs.frontend(folder, bases.frontend())).digest()).isEqualTo(first.digest());
    }

    /** The frontend takes longer than the backend. */
    @Test
    void logsEachImageInTheOrderOfTheSections() throws IOException {
        write("dist/web/index.html", "x".repeat(3_000_000));
        write("dist/web/other.html", "y");
        write("dist/node/main.js", "x");

        assemble(Specs.frontend(folder, bases.frontend()), Specs.backend(folder, bases.backend()));

        List<String> told =
                log.lines.stream().filter(line -> line.startsWith("Image '")).toList();
        assertThat(told).hasSize(2);
        assertThat(told.get(0))
                .startsWith("Image 'frontend': 2 entries of dist/web in 1 layer of ")
                .contains(" on top of " + bases.frontend() + "; sha256:");
        assertThat(told.get(1)).startsWith("Image 'backend': 1 entry of dist/node in ");
    }

    private List<String> paths(ImageSpec spec) throws IOException {
        return ImageEntries.of(assemble(spec)).keySet().stream()
                .map(path -> path.substring("usr/share/nginx/html/".length()))
                .sorted()
                .toList();
    }

    private AssembledImage assemble(ImageSpec... specs) {
        try (Registries registries = new RegistryFixture(folder.resolve("home")).open()) {
            return new ImageAssembler(
                            registries.baseImages(folder.resolve("bases"), false), folder.resolve("cache"), log)
                    .assemble(List.of(specs), folder.resolve("images"), false)
                    .get(0);
        }
    }

    private Path write(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private static JsonNode blob(AssembledImage image, Digest digest) throws IOException {
        return JSON.readTree(image.layout().blob(digest).orElseThrow().toFile());
    }

    private static void deleteTree(Path root) throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            files.forEach(all::add);
        }
        for (int i = all.size() - 1; i >= 0; i--) {
            Files.delete(all.get(i));
        }
    }
}
