package io.github.olympe.maven.image.dockerfile.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.image.ImageKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerfileSearchTest {

    @TempDir
    Path project;

    private void files(String... paths) throws IOException {
        for (String path : paths) {
            Path file = project.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "FROM x\n");
        }
    }

    private String found(ImageKind kind, String name, String written) {
        return DockerfileSearch.find(project, kind, name, written)
                .map(file -> project.relativize(file).toString().replace('\\', '/'))
                .orElse("nothing");
    }

    @Test
    void theFirstPlaceWins() throws IOException {
        assertThat(found(ImageKind.FRONTEND, "frontend", "")).isEqualTo("nothing");
        files("frontend.Dockerfile");
        assertThat(found(ImageKind.FRONTEND, "frontend", "")).isEqualTo("frontend.Dockerfile");
        files("res/docker/frontend.Dockerfile");
        assertThat(found(ImageKind.FRONTEND, "frontend", "")).isEqualTo("res/docker/frontend.Dockerfile");
        files("docker/frontend/Dockerfile");
        assertThat(found(ImageKind.FRONTEND, "frontend", "")).isEqualTo("docker/frontend/Dockerfile");
        files("docker/frontend.Dockerfile");
        assertThat(found(ImageKind.FRONTEND, "frontend", "")).isEqualTo("docker/frontend.Dockerfile");
    }

    @Test
    void caseDoesNotMatter() throws IOException {
        files("Docker/codeasdata.DOCKERFILE");
        assertThat(found(ImageKind.CODE_AS_DATA, "data", "")).isEqualTo("Docker/codeasdata.DOCKERFILE");
        files("Docker/CodeAsData.Dockerfile");
        assertThat(found(ImageKind.CODE_AS_DATA, "data", "")).isEqualTo("Docker/CodeAsData.Dockerfile");
        files("Docker/codeAsData.Dockerfile");
        assertThat(found(ImageKind.CODE_AS_DATA, "data", "")).isEqualTo("Docker/codeAsData.Dockerfile");
    }

    @Test
    void aBackendMayHaveItsOwnDockerfile() throws IOException {
        files("docker/backend.Dockerfile", "orders.Dockerfile", "docker/frontend.Dockerfile");
        assertThat(found(ImageKind.BACKEND, "orders", "")).isEqualTo("orders.Dockerfile");
        assertThat(found(ImageKind.BACKEND, "billing", "")).isEqualTo("docker/backend.Dockerfile");
        assertThat(found(ImageKind.FRONTEND, "orders", "")).isEqualTo("docker/frontend.Dockerfile");
    }

    @Test
    void theParameterWins() throws IOException {
        files("docker/frontend.Dockerfile", "build/web.docker");
        assertThat(found(ImageKind.FRONTEND, "frontend", "build/web.docker")).isEqualTo("build/web.docker");
        assertThat(found(ImageKind.FRONTEND, "frontend", "none")).isEqualTo("nothing");
        assertThat(DockerfileSearch.find(
                        Path.of("/elsewhere"),
                        ImageKind.FRONTEND,
                        "x",
                        project.resolve("build/web.docker").toString()))
                .isEqualTo(Optional.of(project.resolve("build/web.docker")));
        assertThatThrownBy(() -> found(ImageKind.BACKEND, "backend", "no/Dockerfile"))
                .hasMessage(
                        "Invalid value for 'backends/backend/dockerfile': 'no/Dockerfile'. There is no such file. Name a Dockerfile, relative to the project's folder, or 'none'.");
        assertThatThrownBy(() -> found(ImageKind.FRONTEND, "frontend", "a\0b"))
                .hasMessageContaining("There is no such file");
    }
}
