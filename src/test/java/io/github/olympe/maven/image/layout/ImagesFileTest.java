package io.github.olympe.maven.image.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.ImageKind;
import io.github.olympe.maven.registry.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImagesFileTest {

    private static final Digest DIGEST = Digest.of("manifest");

    @TempDir
    Path folder;

    @Test
    void canBeReadBack() {
        ImagesFile file = new ImagesFile(List.of(image(ImageKind.FRONTEND, "frontend"), image(ImageKind.BACKEND, "a")));
        file.write(folder);
        assertThat(ImagesFile.read(folder)).isEqualTo(file);
    }

    @Test
    void aMissingFileSaysWhatToRun() {
        assertThatThrownBy(() -> ImagesFile.read(folder))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("mvn olympe:image");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"version\":2}",
                "{\"version\":1,\"images\":[{}]}",
                "{\"version\":1,\"images\":[{\"kind\":\"x\",\"name\":\"a\",\"tags\":[\"t\"]}]}",
                "{\"version\":1,\"images\":[{\"kind\":\"backend\",\"name\":\"../a\",\"tags\":[\"t\"]}]}",
                "{\"version\":1,\"images\":[{\"kind\":\"backend\",\"name\":\"a\",\"tags\":[\"t t\"]}]}",
                "{\"version\":1,\"images\":[{\"kind\":\"backend\",\"name\":\"a\",\"tags\":[\"t\"],\"digest\":\"x\"}]}"
            })
    void aBrokenFileIsNamed(String content) throws IOException {
        Files.writeString(folder.resolve(ImagesFile.NAME), content);
        assertThatThrownBy(() -> ImagesFile.read(folder))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining(folder.resolve(ImagesFile.NAME).toString())
                .hasMessageContaining("mvn olympe:image");
    }

    @Test
    void buildEnvHasAVariableForEachImage() throws IOException {
        BuildEnv.write(
                folder,
                List.of(image(ImageKind.FRONTEND, "frontend"), image(ImageKind.BACKEND, "backend")),
                Optional.of("2.9.2"));
        assertThat(folder.resolve(BuildEnv.NAME)).hasContent("""
                        FRONTEND_IMAGE=reg.io/acme/shop-frontend:t1
                        BACKEND_IMAGE=reg.io/acme/shop-backend:t1
                        DRAW_VERSION=2.9.2
                        """);
        assertThat(BuildEnv.drawVersion(folder)).contains("2.9.2");
    }

    @Test
    void variablesOfSeveralBackendsBeginWithTheirNames() throws IOException {
        BuildEnv.write(
                folder,
                List.of(image(ImageKind.BACKEND, "order-service"), image(ImageKind.BACKEND, "billing")),
                Optional.empty());
        assertThat(Files.readAllLines(folder.resolve(BuildEnv.NAME)))
                .containsExactly(
                        "ORDER_SERVICE_BACKEND_IMAGE=reg.io/acme/shop-order-service:t1",
                        "BILLING_BACKEND_IMAGE=reg.io/acme/shop-billing:t1");
        assertThat(BuildEnv.drawVersion(folder)).isEmpty();
    }

    private static ImagesFile.Image image(ImageKind kind, String name) {
        return new ImagesFile.Image(
                kind,
                name,
                "reg.io/acme/shop-" + name,
                List.of("t1", "latest"),
                DIGEST,
                Digest.of("configuration"),
                "docker.io/olympeio/x:stable@" + DIGEST,
                true,
                List.of("/home/node/app"),
                List.of(new ImagesFile.OwnLayer(Digest.of("layer"), 12, "node_modules")));
    }
}
