package io.github.olympe.maven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.image.layout.BuildEnv;
import io.github.olympe.maven.image.layout.ImageLayout;
import io.github.olympe.maven.image.layout.ImagesFile;
import io.github.olympe.maven.image.push.PushedLayers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagePlanTest {

    private static final String REGISTRY = "registry.example.com/acme";

    @TempDir
    Path project;

    private final RecordedLog log = new RecordedLog();

    @BeforeEach
    void build() throws IOException {
        for (String file : List.of("dist/node/main.js", "dist/codeAsData/1/A.json")) {
            Files.writeString(
                    Files.createDirectories(project.resolve(file).getParent()).resolve("file"), file);
        }
    }

    private static SectionSettings section(ImageKind kind) {
        return section(kind, Optional.empty(), Optional.empty());
    }

    private static SectionSettings section(ImageKind kind, Optional<String> target, Optional<String> owner) {
        return new SectionSettings(
                kind,
                Optional.empty(),
                Optional.of(OfflineBases.NAME),
                Optional.empty(),
                target,
                owner,
                Optional.empty(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    private ImagePlan plan(String registry, boolean codeAsData, SectionSettings... sections) {
        ImageSettings settings = new ImageSettings(
                new ImageProject(project, "1.0.0", Optional.of("2.9.2"), Optional.empty(), Instant.EPOCH),
                RepositoryNames.in(registry),
                "shop",
                List.of(),
                Map.of(),
                List.of(sections),
                codeAsData,
                false,
                Optional.empty(),
                project.resolve("target/olympe"));
        BuildContext build = new BuildContext(
                "git",
                Optional.of("main"),
                Optional.of("1a2b3c4d".repeat(5)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return ImagePlan.of(settings, build);
    }

    private ImagesFile run(ImagePlan plan) {
        return plan.run(
                new OfflineBases(),
                new ImageCache(project.resolve("cache")),
                PushedLayers.NONE,
                LayerObservers.NONE,
                log);
    }

    @Test
    void saysWhatItWillDoAndWritesNothing() {
        ImagePlan plan = plan(REGISTRY, false, section(ImageKind.BACKEND), section(ImageKind.CODE_AS_DATA));

        assertThat(plan.describe())
                .containsExactly(
                        "  image registry.example.com/acme/shop-backend:main-1a2b3c4d (also main, latest):"
                                + " dist/node in /home/node/app of docker.io/acme/base:1",
                        "  image registry.example.com/acme/shop-codeasdata:main-1a2b3c4d (also main, latest):"
                                + " dist/codeAsData in /root/patches of docker.io/acme/base:1");
        assertThat(project.resolve("target")).doesNotExist();
    }

    @Test
    void aBuildWithoutImagesSaysWhy() {
        ImagePlan plan = plan(REGISTRY, false);

        assertThat(run(plan).images()).isEmpty();

        assertThat(log.lines).isEmpty();
        assertThat(plan.describe())
                .containsExactly(
                        "There are no images to assemble: package.json has neither script, and codeAsData is skipped.");
        assertThat(ImagesFile.read(project.resolve("target/olympe")).images()).isEmpty();
    }

    @Test
    void refusesInvalidSectionsBeforeAnythingIsWritten() {
        assertThatThrownBy(
                        () -> plan(REGISTRY, false, section(ImageKind.BACKEND, Optional.of("app"), Optional.empty())))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("'backends/backend/target'")
                .hasMessageContaining("'app'");
        assertThatThrownBy(
                        () -> plan(REGISTRY, false, section(ImageKind.FRONTEND, Optional.empty(), Optional.of("a b"))))
                .hasMessageContaining("'frontend/owner'")
                .hasMessageContaining("'a b'");
        assertThatThrownBy(() -> plan(REGISTRY, false, section(ImageKind.BACKEND), section(ImageKind.BACKEND)))
                .hasMessageContaining("Give each image its own name");
        assertThat(project.resolve("target")).doesNotExist();
    }

    @Test
    void theMistakesOfAllDockerfilesAreReportedAtOnce() throws IOException {
        Path folder = Files.createDirectories(project.resolve("docker"));
        Files.writeString(folder.resolve("frontend.Dockerfile"), "FROM scratch\nRUN curl x\nWRONG\n");
        Files.writeString(folder.resolve("backend.Dockerfile"), "FROM scratch\nODD\n");
        assertThatThrownBy(() -> plan(
                        REGISTRY,
                        false,
                        section(ImageKind.FRONTEND),
                        section(ImageKind.BACKEND),
                        section(ImageKind.CODE_AS_DATA)))
                .satisfies(e -> assertThat(e.getMessage().lines())
                        .satisfiesExactly(
                                line -> assertThat(line).startsWith("docker/frontend.Dockerfile:2:"),
                                line -> assertThat(line).startsWith("docker/frontend.Dockerfile:3:"),
                                line -> assertThat(line).startsWith("docker/backend.Dockerfile:2:")));
        assertThat(project.resolve("target")).doesNotExist();
    }

    @Test
    void assemblesTheImagesAndPublishesDeployedOnesToOtherJobs() {
        ImagesFile file = run(plan(REGISTRY, false, section(ImageKind.BACKEND), section(ImageKind.CODE_AS_DATA)));

        Path olympe = project.resolve("target/olympe");
        assertThat(ImagesFile.read(olympe)).isEqualTo(file);
        assertThat(file.images()).extracting(ImagesFile.Image::name).containsExactly("backend", "codeasdata");
        assertThat(file.images()).noneMatch(ImagesFile.Image::pushed);
        for (ImagesFile.Image image : file.images()) {
            assertThat(ImageLayout.read(olympe.resolve("images").resolve(image.name()))
                            .root()
                            .digest())
                    .isEqualTo(image.digest());
        }
        assertThat(olympe.resolve(BuildEnv.NAME)).content().isEqualTo("""
                BACKEND_IMAGE=registry.example.com/acme/shop-backend:main-1a2b3c4d
                DRAW_VERSION=2.9.2
                """);
    }

    @Test
    void whatAnEarlierBuildWroteIsNotCopied() throws IOException {
        Files.writeString(
                Files.createDirectories(project.resolve("docker")).resolve("backend.Dockerfile"),
                "FROM " + OfflineBases.NAME + "\nCOPY . /srv/project\n");
        Files.writeString(project.resolve(".dockerignore"), "cache\n");
        Files.createDirectories(project.resolve("target"));
        ImagesFile first = run(plan(REGISTRY, false, section(ImageKind.BACKEND)));
        ImagesFile second = run(plan(REGISTRY, false, section(ImageKind.BACKEND)));

        assertThat(second.images().get(0).digest())
                .isEqualTo(first.images().get(0).digest());
    }

    @Test
    void codeAsDataIsPublishedIfItIsDeployed() {
        run(plan(REGISTRY, true, section(ImageKind.CODE_AS_DATA)));

        assertThat(project.resolve("target/olympe").resolve(BuildEnv.NAME))
                .content()
                .isEqualTo("""
                CODEASDATA_IMAGE=registry.example.com/acme/shop-codeasdata:main-1a2b3c4d
                DRAW_VERSION=2.9.2
                """);
    }

    @Test
    void withoutARegistryEachImageIsATarForDocker() {
        ImagePlan plan = plan("", true, section(ImageKind.BACKEND));
        assertThat(plan.describe())
                .endsWith("No registry is configured: each image is written as a tar that docker loads.");

        run(plan);

        assertThat(project.resolve("target/olympe/images/backend.tar")).isRegularFile();
        assertThat(log.lines).last().isEqualTo("Load it with: docker load -i target/olympe/images/backend.tar");
        assertThat(project.resolve("target/olympe").resolve(BuildEnv.NAME))
                .content()
                .isEqualTo("DRAW_VERSION=2.9.2\n");
    }
}
