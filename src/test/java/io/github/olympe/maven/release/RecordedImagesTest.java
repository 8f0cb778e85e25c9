package io.github.olympe.maven.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.RecordedLog;
import io.github.olympe.maven.image.RegistryFixture;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.protocol.Access;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.TestImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RecordedImagesTest {

    @TempDir
    Path folder;

    private final EmbeddedRegistry registry = EmbeddedRegistry.start();
    private final EmbeddedRegistry other = EmbeddedRegistry.start();
    private RegistryFixture fixture;
    private Registries registries;
    private Digest digest;
    private final RecordedLog log = new RecordedLog();

    @BeforeEach
    void pushImage() {
        fixture = new RegistryFixture(folder);
        registries = fixture.open();
        digest = push("main-1", "1");
    }

    @AfterEach
    void stop() {
        registries.close();
        registry.close();
        other.close();
    }

    private static TestImage image(String content) {
        return TestImage.create()
                .file("etc/os-release", 0, 0, 0644, "x".repeat(20_000))
                .layer()
                .file("usr/share/nginx/html/main.js", 0, 0, 0644, content);
    }

    private Digest push(String tag, String content) {
        return digestOf(image(content).pushTo(registry.host(), "acme/shop-frontend", tag));
    }

    private static Digest digestOf(String pushed) {
        return new Digest(pushed.substring(pushed.indexOf("sha256:")));
    }

    private Optional<Digest> digest(String reference) {
        ImageReference image = ImageReference.of("test", reference);
        return registries.pulling(
                image, "image", client -> client.manifestDigest(image.identifier(), Access.pull(image.repository())));
    }

    private DeploymentRecord record(Digest recorded) {
        return Records.accepted(
                "codev",
                0,
                new DeployedImage(
                        DeployedImage.Kind.FRONTEND,
                        "frontend",
                        registry.host() + "/acme/shop-frontend:main-1",
                        recorded));
    }

    private List<DeployedImage> ready(Optional<String> target, boolean dryRun) {
        DeploymentRecord record = record(digest);
        RecordedImages.Ready ready = new RecordedImages(
                        registries, registries.pusher(fixture.cache()), folder.resolve("copy"), dryRun, log)
                .find(record.id(), record.images(), target);
        ready.push();
        return ready.images();
    }

    private String reference(List<DeployedImage> ready) {
        assertThat(ready)
                .singleElement()
                .satisfies(image -> assertThat(image.digest()).isEqualTo(digest));
        return ready.get(0).reference();
    }

    @Test
    void anImageThatStillExistsIsUsedUnchanged() {
        registry.forgetRequests();

        assertThat(reference(ready(Optional.empty(), false))).isEqualTo(registry.host() + "/acme/shop-frontend:main-1");

        assertThat(registry.requests())
                .allMatch(request ->
                        request.method().equals("HEAD") || request.path().equals("/v2/"));
    }

    @Test
    void anImageWhoseTagHasMovedGetsItsOwnTag() {
        Digest newer = push("main-1", "2");

        String reference = reference(ready(Optional.empty(), false));

        assertThat(reference).isEqualTo(registry.host() + "/acme/shop-frontend:main-1-" + digest.shortHex());
        assertThat(digest(reference)).contains(digest);
        assertThat(digest(registry.host() + "/acme/shop-frontend:main-1")).contains(newer);
    }

    @Test
    void anImageIsCopiedToAnotherRegistry() {
        String reference = reference(ready(Optional.of(other.host() + "/production"), false));

        assertThat(reference).isEqualTo(other.host() + "/production/shop-frontend:main-1");
        assertThat(digest(reference)).contains(digest);
        assertThat(registries
                        .baseImages(folder.resolve("fresh"), false)
                        .resolve(ImageReference.of("test", reference), List.of())
                        .get(0)
                        .layers())
                .hasSize(2);
    }

    @Test
    void twoImagesNeverGetTheSameReference() {
        Digest second = digestOf(image("2").pushTo(registry.host(), "other/shop-frontend", "main-1"));
        DeploymentRecord record = Records.accepted(
                "codev",
                0,
                new DeployedImage(
                        DeployedImage.Kind.BACKEND, "one", registry.host() + "/acme/shop-frontend:main-1", digest),
                new DeployedImage(
                        DeployedImage.Kind.BACKEND, "two", registry.host() + "/other/shop-frontend:main-1", second));
        RecordedImages.Ready ready = new RecordedImages(
                        registries,
                        registries.pusher(fixture.cache()),
                        folder.resolve("copy"),
                        false,
                        new RecordedLog())
                .find(record.id(), record.images(), Optional.of(other.host() + "/production"));
        ready.push();

        assertThat(ready.images())
                .extracting(DeployedImage::reference)
                .containsExactly(
                        other.host() + "/production/acme/shop-frontend:main-1",
                        other.host() + "/production/other/shop-frontend:main-1");
        assertThat(digest(ready.images().get(0).reference())).contains(digest);
        assertThat(digest(ready.images().get(1).reference())).contains(second);
    }

    @Test
    void anImageIsMountedWithinOneRegistry() {
        long before = registry.uploadedBytes();

        String reference = reference(ready(Optional.of(registry.host() + "/production"), false));

        assertThat(digest(reference)).contains(digest);
        assertThat(registry.requests()).anyMatch(request -> request.query().contains("mount="));
        assertThat(registry.uploadedBytes()).isEqualTo(before);
    }

    @Test
    void anUnreadableLayerIsReportedForTheCopiedImage() {
        registry.intercept(request -> request.toString().matches("GET .*/blobs/.*")
                ? Optional.of(new EmbeddedRegistry.Answer(404, Map.of(), ""))
                : Optional.empty());

        assertThatThrownBy(() -> ready(Optional.of(other.host() + "/production"), false))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith(
                        "The image '" + registry.host() + "/acme/shop-frontend:main-1@" + digest + "' cannot be pulled")
                .hasMessageContaining("correct " + Registries.REGISTRY)
                .hasMessageNotContaining("baseImage");
    }

    @Test
    void anImageForSeveralPlatformsIsCopiedCompletely() {
        digest = digestOf(TestImage.pushIndex(
                registry.host(),
                "acme/shop-frontend",
                "main-1",
                List.of(image("a").platform("linux", "amd64"), image("b").platform("linux", "arm64"))));

        String reference = reference(ready(Optional.of(other.host() + "/production"), false));

        assertThat(digest(reference)).contains(digest);
        assertThat(registries
                        .baseImages(folder.resolve("fresh"), false)
                        .allPlatforms(ImageReference.of("test", reference)))
                .hasSize(2);
    }

    @Test
    void aDryRunPushesNothing() {
        assertThat(reference(ready(Optional.of(other.host() + "/production"), true)))
                .isEqualTo(other.host() + "/production/shop-frontend:main-1");
        assertThat(other.repositories()).isEmpty();
        assertThat(log.lines())
                .containsExactly("Would push '" + registry.host() + "/acme/shop-frontend:main-1@" + digest + "' as '"
                        + other.host() + "/production/shop-frontend:main-1'.");
    }

    @Test
    void saysWhatItPushes() {
        ready(Optional.of(other.host() + "/production"), false);

        assertThat(log.lines())
                .contains("Pushing '" + registry.host() + "/acme/shop-frontend:main-1@" + digest + "' as '"
                        + other.host() + "/production/shop-frontend:main-1'.");
    }

    @Test
    void nothingIsPushedTwice() {
        ready(Optional.of(other.host() + "/production"), false);
        log.lines().clear();

        ready(Optional.of(other.host() + "/production"), false);

        assertThat(log.lines()).isEmpty();
    }

    /** The tag moved between two deployments. */
    @Test
    void twoImagesOfOneTagNeverGetTheSameReference() {
        Digest second = push("main-1", "2");
        String reference = registry.host() + "/acme/shop-frontend:main-1";
        DeploymentRecord record = Records.accepted(
                "codev",
                0,
                new DeployedImage(DeployedImage.Kind.BACKEND, "one", reference, digest),
                new DeployedImage(DeployedImage.Kind.BACKEND, "two", reference, second));

        assertThat(new RecordedImages(registries, registries.pusher(fixture.cache()), folder.resolve("copy"), true, log)
                        .find(record.id(), record.images(), Optional.of(other.host() + "/production"))
                        .images())
                .extracting(DeployedImage::reference)
                .containsExactly(
                        other.host() + "/production/shop-frontend:main-1",
                        other.host() + "/production/shop-frontend:main-1-" + second.shortHex());
    }

    /** A tag has at most 128 characters (OCI distribution specification). */
    @Test
    void theOwnTagOfAMovedImageIsNotTooLong() {
        String longest = "t".repeat(128);
        digest = push(longest, "3");
        push(longest, "4");
        DeploymentRecord record = Records.accepted(
                "codev",
                0,
                new DeployedImage(
                        DeployedImage.Kind.FRONTEND,
                        "frontend",
                        registry.host() + "/acme/shop-frontend:" + longest,
                        digest));

        assertThat(new RecordedImages(registries, registries.pusher(fixture.cache()), folder.resolve("copy"), true, log)
                        .find(record.id(), record.images(), Optional.empty())
                        .images())
                .singleElement()
                .extracting(DeployedImage::reference)
                .asString()
                .endsWith(":" + "t".repeat(115) + "-" + digest.shortHex());
    }

    @Test
    void aMissingImageIsAnError() {
        digest = Digest.of("gone");

        assertThatThrownBy(() -> ready(Optional.empty(), false))
                .isInstanceOf(OlympeException.class)
                .hasMessageMatching(
                        "The image '\\S+/acme/shop-frontend:main-1@" + digest + "' of the record 'codev-\\S+' is not in"
                                + " its registry any more, so it cannot be deployed again\\. Deploy another record, or build it again\\.");
    }

    @Test
    void anImageWithoutADigestIsAnError() {
        digest = null;

        assertThatThrownBy(() -> ready(Optional.empty(), false))
                .hasMessageMatching(
                        "The record 'codev-\\S+' does not have the digest of the image '\\S+', so it cannot be deployed"
                                + " again\\. Deploy it from its build\\.");
    }
}
