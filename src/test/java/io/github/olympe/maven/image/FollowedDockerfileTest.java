package io.github.olympe.maven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.dockerfile.project.WrittenSection;
import io.github.olympe.maven.image.layer.Layer;
import io.github.olympe.maven.image.layout.AssembledImage;
import io.github.olympe.maven.image.layout.ImagesFile;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.registry.Platform;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.TestBaseImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images that follow a Dockerfile of the project. */
class FollowedDockerfileTest {

    private static final WrittenSection NOTHING_WRITTEN =
            new WrittenSection("", Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    @TempDir
    Path folder;

    private EmbeddedRegistry registry;
    private TestBaseImages bases;
    private final RecordedLog log = new RecordedLog();

    @BeforeEach
    void makeProject() throws IOException {
        registry = EmbeddedRegistry.start();
        bases = TestBaseImages.pushTo(registry.host());
        for (String kind : List.of("web", "node", "codeAsData")) {
            write("dist/" + kind + "/main.js", "code of " + kind);
            write("dist/" + kind + "/js/a.js", "a");
            write("dist/" + kind + "/fonts/b.woff2", "b");
        }
        write("docker/nginx.conf", "conf");
        write(".env", "SECRET=1");
    }

    @AfterEach
    void stopRegistry() {
        registry.close();
    }

    @Test
    void theTemplatesDockerfilesMakeTheSameImagesAsNone() throws IOException {
        ImageSpec frontend = Specs.frontend(folder, bases.frontend());
        ImageSpec backend = Specs.backend(folder, bases.backend());
        ImageSpec codeAsData = Specs.codeAsData(folder, bases.codeAsData());
        AssembledImage[] before = {assemble(frontend), assemble(backend), assemble(codeAsData)};
        write(
                "docker/frontend.Dockerfile",
                "FROM " + bases.frontend() + "\nCOPY --chown=nginx:root $SOURCES_PATH /usr/share/nginx/html\n");
        write("docker/backend.Dockerfile", "FROM " + bases.backend() + "\nCOPY $SOURCES_PATH /home/node/app\n");
        write("docker/codeasdata.Dockerfile", "FROM " + bases.codeAsData() + """

                COPY --chown=1000:1000 $SOURCES_PATH /root/patches
                RUN chmod 775 ~/patches
                RUN chown -R 1000:1000 ~/patches
                """);
        assertThat(assemble(following(frontend)).digest()).isEqualTo(before[0].digest());
        assertThat(assemble(following(backend)).digest()).isEqualTo(before[1].digest());
        assertThat(assemble(following(codeAsData)).digest()).isEqualTo(before[2].digest());
    }

    @Test
    void theImageMatchesItsDockerfile() throws IOException {
        write("docker/frontend.Dockerfile", "FROM " + bases.frontend() + """

                ARG SOURCES_PATH=nowhere
                ENV MODE=production
                COPY docker/nginx.conf /etc/nginx/conf.d/
                COPY --chown=nginx $SOURCES_PATH /usr/share/nginx/html/
                RUN rm /usr/share/nginx/html/50x.html && chmod 600 /etc/nginx/conf.d/*
                EXPOSE 8080
                USER nginx
                """);
        AssembledImage image = assemble(following(Specs.frontend(folder, "example.com/another:base")));
        assertThat(log.lines)
                .contains("Image 'frontend' follows docker/frontend.Dockerfile")
                .anyMatch(line ->
                        line.startsWith("Image 'frontend': ") && line.contains("by docker/frontend.Dockerfile"));
        Map<String, TarArchiveEntry> entries = ImageEntries.of(image);
        assertThat(entries)
                .containsKeys("usr/share/nginx/html/.wh.50x.html", "usr/share/nginx/html/js/a.js")
                .doesNotContainKeys("usr/share/nginx/html/.env", "usr/share/nginx/html/");
        assertThat(entries.get("etc/nginx/conf.d/nginx.conf").getMode()).isEqualTo(0600);
        assertThat(entries.get("usr/share/nginx/html/main.js").getLongUserId()).isEqualTo(101);
        JsonNode config = configuration(image).path("config");
        assertThat(config.path("Env").toString()).contains("MODE=production", "NGINX_VERSION=1.27.4");
        assertThat(config.path("ExposedPorts").toString()).contains("80/tcp", "8080/tcp");
        assertThat(config.path("User").asText()).isEqualTo("nginx");
        assertThat(config.path("Labels").path("draw_version").asText()).isEqualTo("2.9.2");
        assertThat(config.path("Labels")
                        .path("org.opencontainers.image.base.name")
                        .asText())
                .isEqualTo(bases.frontend());
    }

    @Test
    void assembledImagesAreNotCopied() throws IOException {
        write("docker/frontend.Dockerfile", "FROM " + bases.frontend() + "\nCOPY . /srv/project\n");
        write(".dockerignore", "home\nbases\ncache\n");
        AssembledImage first = assemble(following(Specs.frontend(folder, bases.frontend())));
        AssembledImage second = assemble(following(Specs.frontend(folder, bases.frontend())));

        assertThat(ImageEntries.of(second).keySet())
                .contains("srv/project/dist/web/main.js")
                .noneMatch(path -> path.startsWith("srv/project/images"));
        assertThat(blobs(second)).isEqualTo(blobs(first));
    }

    @Test
    void theBuildsResultHasTheSameLayersAsWithoutADockerfile() throws IOException {
        write("docker/frontend.Dockerfile", "FROM " + bases.frontend() + """

                COPY docker/nginx.conf /etc/nginx/conf.d/
                COPY --chown=nginx:root dist/web /usr/share/nginx/html
                """);
        AssembledImage plain = assemble(Specs.frontend(folder, bases.frontend()));
        AssembledImage first = assemble(following(Specs.frontend(folder, bases.frontend())));
        assertThat(first.layers()).extracting(Layer::content).containsExactly("/etc/nginx/conf.d", "fonts", "js", ".");
        assertThat(blobs(first).subList(1, 4)).isEqualTo(blobs(plain));
        write("dist/web/main.js", "other code");
        AssembledImage second = assemble(following(Specs.frontend(folder, bases.frontend())));
        assertThat(blobs(second).subList(0, 3)).isEqualTo(blobs(first).subList(0, 3));
        assertThat(blobs(second).get(3)).isNotEqualTo(blobs(first).get(3));
    }

    @Test
    void thePomWinsAndTheLogSaysWhatItChanges() throws IOException {
        write("docker/frontend.Dockerfile", """
                FROM example.com/not/there:1
                LABEL draw_version=1 team=web
                COPY --chown=nginx:root dist/web /srv/web
                """);
        WrittenSection written = new WrittenSection(
                "",
                Map.of(),
                Optional.of(bases.frontend()),
                Optional.of("/usr/share/nginx/html"),
                Optional.of("7:8"),
                Optional.empty());
        AssembledImage image = assemble(written.applyTo(Specs.frontend(folder, bases.frontend())));
        assertThat(ImageEntries.of(image).get("usr/share/nginx/html/main.js").getLongUserId())
                .isEqualTo(7);
        assertThat(configuration(image).path("config").path("Labels").toString())
                .contains("\"draw_version\":\"2.9.2\"", "\"team\":\"web\"");
        assertThat(log.lines)
                .contains(
                        "docker/frontend.Dockerfile:1: 'baseImage' of the pom, '" + bases.frontend()
                                + "', replaces 'example.com/not/there:1'",
                        "docker/frontend.Dockerfile:3: 'target' of the pom, '/usr/share/nginx/html', replaces '/srv/web'",
                        "docker/frontend.Dockerfile:3: 'owner' of the pom, '7:8', replaces 'nginx:root'",
                        "docker/frontend.Dockerfile: the label 'draw_version' of the pom, '2.9.2', replaces '1'");
    }

    @Test
    void includesAndExcludesApplyOnlyToTheBuildsResult() throws IOException {
        write("dist/web/a.map", "map");
        write("docker/b.map", "map");
        write("frontend.Dockerfile", "FROM " + bases.frontend() + "\nCOPY docker /d\nCOPY dist/web /w\n");
        ImageSpec spec = Specs.with(Specs.frontend(folder, bases.frontend()), List.of(), List.of("**/*.map"));
        assertThat(ImageEntries.of(assemble(following(spec))))
                .containsKeys("d/b.map", "w/main.js")
                .doesNotContainKey("w/a.map");
        write("frontend.Dockerfile", "FROM " + bases.frontend() + "\nCOPY docker /d\n");
        assertThatThrownBy(() -> assemble(following(spec)))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("'excludes'")
                .hasMessageContaining("has no COPY from 'dist/web'");
    }

    @Test
    void theBuildsResultIsCopiedThroughAPatternOrALink() throws IOException {
        Files.createSymbolicLink(folder.resolve("latest"), Path.of("dist/web"));
        write("frontend.Dockerfile", "FROM " + bases.frontend() + "\nCOPY latest /l\nCOPY dist/w* /w\n");
        WrittenSection written = new WrittenSection(
                "", Map.of(), Optional.empty(), Optional.empty(), Optional.of("7:8"), Optional.empty());
        Map<String, TarArchiveEntry> entries =
                ImageEntries.of(assemble(written.applyTo(Specs.frontend(folder, bases.frontend()))));
        assertThat(entries.get("l/js/a.js").getLongUserId()).isZero();
        assertThat(entries.get("w/js/a.js").getLongUserId()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "COPY dist/web /srv/www/ | [/srv/www]",
                "WORKDIR /srv;COPY $SOURCES_PATH www | [/srv/www]",
                "ARG T=www;ENV ROOT=/srv/$T;COPY dist/web $ROOT | [/srv/www]",
                "COPY dist/web/* /srv/www/ | [/srv/www]",
                "COPY dist/web/js /srv/js/;COPY dist/web/main.js / | [/]",
                "COPY dist/web /tmp/w;RUN mkdir /srv && mv /tmp/w /srv/www | [/srv/www]",
                "COPY dist/web /tmp/w;RUN mkdir /srv && cp -r /tmp/w /srv/www && rm -rf /tmp/w | [/srv/www]",
                "COPY dist/web /a;COPY dist/web /usr/share/nginx/html | [/a, /usr/share/nginx/html]",
                "COPY . /srv/project | [/srv/project/dist/web]",
                "COPY --from=built /w /srv/www | [/srv/www]",
                "COPY docker /srv/www | []",
            })
    void itIsKnownWhereTheBuildsResultIsInTheImage(String instructions, String targets) throws IOException {
        write(
                "frontend.Dockerfile",
                "FROM scratch AS built\nCOPY dist/web /w\nFROM " + bases.frontend() + "\n"
                        + instructions.replace(';', '\n') + "\n");
        AssembledImage image = assemble(following(Specs.frontend(folder, bases.frontend())));
        assertThat(image.targets().toString()).isEqualTo(targets);
        assertThat(ImagesFile.of(List.of(image)).images().get(0).targets()).isEqualTo(image.targets());
    }

    @Test
    void theIgnoreFileBesideTheDockerfileIsUsed() throws IOException {
        write(".dockerignore", "**/*.js");
        write("docker/frontend.Dockerfile", "FROM " + bases.frontend() + "\nCOPY docker /d\nCOPY dist/web /w\n");
        write("docker/frontend.Dockerfile.dockerignore", "**/fonts\ndocker/*.Dockerfile*\n");
        assertThat(ImageEntries.of(assemble(following(Specs.frontend(folder, bases.frontend())))))
                .containsOnlyKeys("d/", "d/nginx.conf", "w/", "w/main.js", "w/js/", "w/js/a.js");
    }

    @Test
    void copiesFromOtherStagesAndImages() throws IOException {
        write("docker/frontend.Dockerfile", """
                FROM %s AS node
                COPY --chown=node docker /from-project
                RUN chmod 700 /from-project/nginx.conf
                FROM scratch
                COPY --from=node /from-project /p
                COPY --from=%s /root/patches /patches
                COPY dist/web /w
                """.formatted(bases.backend(), bases.codeAsData()));
        AssembledImage image = assemble(following(Specs.frontend(folder, bases.frontend())));
        Map<String, TarArchiveEntry> entries = ImageEntries.of(image);
        assertThat(entries).containsKeys("p/nginx.conf", "patches/", "w/main.js");
        assertThat(entries.get("p/nginx.conf").getMode()).isEqualTo(0700);
        assertThat(configuration(image).path("rootfs").path("diff_ids"))
                .hasSize(image.layers().size());
        assertThat(configuration(image).path("architecture").asText()).isEqualTo("amd64");
        assertThat(configuration(image).path("config").path("Labels").toString())
                .doesNotContain("base.name");
    }

    @Test
    void eachPlatformFollowsTheDockerfile() throws IOException {
        String base = TestBaseImages.multiPlatform(bases.frontend());
        write("docker/frontend.Dockerfile", "ARG TARGETARCH\nFROM " + base + """

                ARG TARGETARCH
                COPY dist/web /web/${TARGETARCH}
                """);
        ImageSpec spec = Specs.with(
                Specs.frontend(folder, base), List.of(Platform.LINUX_AMD64, Platform.of("platforms", "linux/arm64")));
        AssembledImage image = assemble(following(spec));
        assertThat(image.layout().manifests()).hasSize(2);
        assertThat(log.lines.stream().filter(line -> line.contains("follows"))).hasSize(1);
    }

    @Test
    void anImageWithoutTheBuildsResultNeedsNoBuild() throws IOException {
        write("docker/frontend.Dockerfile", "FROM " + bases.frontend() + "\nCOPY docker /d\n");
        ImageSpec spec = Specs.spec(
                ImageKind.FRONTEND, "frontend", folder, bases.frontend(), "dist/missing", "/srv/web", "nginx");
        assertThat(ImageEntries.of(assemble(following(spec)))).containsKey("d/nginx.conf");
    }

    @Test
    void anUnsupportedInstructionIsAnErrorWithItsLineAndAdvice() throws IOException {
        write("docker/frontend.Dockerfile", "FROM " + bases.frontend() + "\n\nRUN apk add curl\n");
        assertThatThrownBy(() -> following(Specs.frontend(folder, bases.frontend())))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("docker/frontend.Dockerfile:3: 'RUN apk add curl': ")
                .hasMessageContaining("base image")
                .hasMessageContaining("<dockerfile>none</dockerfile>")
                .hasMessageContaining("'deploy'");
    }

    @Test
    void theValueNoneIgnoresTheDockerfile() throws IOException {
        write("docker/frontend.Dockerfile", "FROM " + bases.frontend() + "\nRUN apk add curl\n");
        ImageSpec spec = Specs.frontend(folder, bases.frontend());
        WrittenSection none = new WrittenSection(
                "none", Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(none.applyTo(spec)).isEqualTo(spec);
    }

    private static ImageSpec following(ImageSpec spec) {
        ImageSpec followed = NOTHING_WRITTEN.applyTo(spec);
        assertThat(followed.dockerfile()).isPresent();
        return followed;
    }

    private AssembledImage assemble(ImageSpec spec) {
        try (Registries registries = new RegistryFixture(folder.resolve("home")).open()) {
            return new ImageAssembler(
                            registries.baseImages(folder.resolve("bases"), false), folder.resolve("cache"), log)
                    .assemble(List.of(spec), folder.resolve("images"), false)
                    .get(0);
        }
    }

    private Path write(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private static List<String> blobs(AssembledImage image) {
        return image.layers().stream()
                .map(layer -> layer.blob().digest().value())
                .toList();
    }

    private static JsonNode configuration(AssembledImage image) throws IOException {
        return new ObjectMapper()
                .readTree(image.layout().blob(image.imageId()).orElseThrow().toFile());
    }
}
