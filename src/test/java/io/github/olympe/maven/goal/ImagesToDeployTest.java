package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.deploy.payload.DeployImage;
import io.github.olympe.maven.deploy.payload.DeployImages;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.release.DeployedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesToDeployTest {

    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    @TempDir
    Path folder;

    private DeployMojo goal;

    @BeforeEach
    void setDefaults() {
        goal = new GoalFixture<>(new DeployMojo(), folder).goal;
        goal.outputDirectory = folder.toFile();
    }

    private DeployImages images() {
        return goal.images(goal.context());
    }

    /** The images by their references alone. */
    private record References(Optional<String> frontend, List<Reference> backends, Optional<String> codeAsData) {}

    private record Reference(String image, Optional<String> deployTo) {}

    private static References references(DeployImages images) {
        return new References(
                images.frontend().map(DeployImage::reference),
                images.backends().stream()
                        .map(backend -> new Reference(backend.image().reference(), backend.deployTo()))
                        .toList(),
                images.codeAsData().map(DeployImage::reference));
    }

    @Test
    void usesThePushedImages() throws IOException {
        writeImages(
                image("frontend", "frontend", true), image("backend", "orders", true), image("backend", "mail", true));
        goal.backends = List.of(backend("orders", "^orders$"), backend("mail", "^mail$"));

        DeployImages images = images();

        assertThat(references(images))
                .isEqualTo(new References(
                        Optional.of("r.example.com/acme/shop-frontend:main"),
                        List.of(
                                new Reference("r.example.com/acme/shop-orders:main", Optional.of("^orders$")),
                                new Reference("r.example.com/acme/shop-mail:main", Optional.of("^mail$"))),
                        Optional.empty()));
        assertThat(images.all().get(0))
                .isEqualTo(new DeployImage(
                        "frontend",
                        "r.example.com/acme/shop-frontend:main",
                        Optional.of(DIGEST),
                        Optional.of(123L),
                        true));
    }

    @Test
    void referencesOfParametersWin() throws IOException {
        writeImages(
                image("frontend", "frontend", false),
                image("backend", "backend", false),
                image("codeAsData", "codeasdata", false));
        goal.frontendImage = "a/web:1";
        goal.backendImages = List.of("a/shop-orders:1", "a/shop-mail@" + DIGEST);
        goal.codeAsDataImage = "a/code:1";
        goal.backends = List.of(backend("mail", "^mail$"), backend("orders", "^orders$"));

        assertThat(references(images()))
                .isEqualTo(new References(
                        Optional.of("a/web:1"),
                        List.of(
                                new Reference("a/shop-orders:1", Optional.of("^orders$")),
                                new Reference("a/shop-mail@" + DIGEST, Optional.of("^mail$"))),
                        Optional.of("a/code:1")));
    }

    @Test
    void readsBuildEnv() throws IOException {
        Files.writeString(
                folder.resolve("build.env"),
                "FRONTEND_IMAGE=a/web:1\nSTOCK_COUNT_BACKEND_IMAGE=a/stock:1\nMAIL_BACKEND_IMAGE=a/mail:1\nDRAW_VERSION=2.9.2\n");
        goal.backends = List.of(backend("stock-count", "^stock$"), backend("mail", "^mail$"));

        assertThat(references(images()))
                .isEqualTo(new References(
                        Optional.of("a/web:1"),
                        List.of(
                                new Reference("a/mail:1", Optional.of("^mail$")),
                                new Reference("a/stock:1", Optional.of("^stock$"))),
                        Optional.empty()));
    }

    @Test
    void readsVariablesAsTheDocumentedPipelineDoes() throws IOException {
        Files.writeString(
                folder.resolve("build.env"),
                "BACKEND_IMAGE=a/one:1\nBACKEND_IMAGE_TWO=a/two:1\nMY_BACKEND_IMAGE_3=a/three:1\nBACKEND_IMAGES=x\nBACKEND_IMAGE_4=\n");

        goal.backends = List.of(backend("one", "^one$"), backend("two", "^two$"));

        assertThat(references(images()).backends())
                .containsExactly(
                        new Reference("a/one:1", Optional.empty()),
                        new Reference("a/two:1", Optional.of("^two$")),
                        new Reference("a/three:1", Optional.empty()));
    }

    /** The same name as in images.json, so that both records mean the same image. */
    @Test
    void aBackendThatThePomDoesNotDescribeHasTheDefaultName() throws IOException {
        Files.writeString(folder.resolve("build.env"), "BACKEND_IMAGE=a/shop-backend:1\n");
        assertThat(backendNames()).containsExactly("backend");
        goal.backends = List.of();
        assertThat(backendNames()).containsExactly("backend");
        goal.backends = Collections.singletonList(null); // an empty element
        assertThat(backendNames()).containsExactly("backend");

        goal.backends = null;
        goal.backendImages = List.of("a/shop-backend:1", "localhost:5000/b/mail:1", "c/orders@" + DIGEST);
        assertThat(backendNames()).containsExactly("backend", "mail", "orders");
    }

    private List<String> backendNames() {
        return images().backends().stream()
                .map(backend -> backend.image().name())
                .toList();
    }

    @Test
    void anEmptyVariableNamesNoImage() throws IOException {
        Files.writeString(
                folder.resolve("build.env"), "FRONTEND_IMAGE=\nBACKEND_IMAGE=a/service:1\nCODEASDATA_IMAGE= \n");

        DeployImages images = images();

        assertThat(images.frontend()).isEmpty();
        assertThat(images.codeAsData()).isEmpty();
        assertThat(images.backends()).hasSize(1);
    }

    @Test
    void anInvalidReferenceIsAnErrorThatNamesItsOrigin() {
        goal.frontendImage = "Not An Image";

        assertThatThrownBy(this::images)
                .isInstanceOf(OlympeException.class)
                .hasMessage(
                        "Invalid value for 'frontendImage' (olympe.frontendImage): 'Not An Image'. Write an image as in"
                                + " 'registry.example.com/acme/shop-frontend:main-1a2b3c4d'.");
    }

    @Test
    void findsNoImages() {
        assertThat(images().all()).isEmpty();
    }

    /** A record made from variables has one name for all backends. */
    @Test
    void aBackendOfARecordIsIdentifiedByItsRepository() {
        ImagesToDeploy images = new ImagesToDeploy(
                null, null, null, "shop", List.of(backend("backend", "^main$"), backend("orders", "^orders$")));

        DeployImages found = images.recorded(List.of(
                recorded("backend", "shop-backend"), recorded("backend", "shop-orders"), recorded("backend", "mail")));

        assertThat(references(found).backends())
                .containsExactly(
                        new Reference("r.example.com/acme/shop-backend:main", Optional.of("^main$")),
                        new Reference("r.example.com/acme/shop-orders:main", Optional.of("^orders$")),
                        new Reference("r.example.com/acme/mail:main", Optional.empty()));
        assertThat(references(images.recorded(List.of(recorded("orders", "copy-of-orders"))))
                        .backends())
                .containsExactly(new Reference("r.example.com/acme/copy-of-orders:main", Optional.of("^orders$")));
    }

    private static DeployedImage recorded(String name, String repository) {
        return new DeployedImage(
                DeployedImage.Kind.BACKEND, name, "r.example.com/acme/" + repository + ":main", new Digest(DIGEST));
    }

    private static Backend backend(String name, String deployTo) {
        Backend backend = new Backend();
        backend.name = name;
        backend.deployTo = deployTo;
        return backend;
    }

    private void writeImages(String... images) throws IOException {
        Files.writeString(
                folder.resolve("images.json"), "{\"version\": 1, \"images\": [" + String.join(",", images) + "]}");
    }

    private static String image(String kind, String name, boolean pushed) {
        return """
                {"kind": "%1$s", "name": "%2$s", "repository": "r.example.com/acme/shop-%2$s",
                 "reference": "r.example.com/acme/shop-%2$s:main", "tags": ["main"], "digest": "%3$s", "imageId": "%3$s",
                 "baseImage": "b:1", "pushed": %4$s, "layers": [{"digest": "%3$s", "size": 123, "content": "dist"}]}
                """.formatted(kind, name, DIGEST, pushed);
    }
}
