package io.github.olympe.maven.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.deploy.payload.DeployImage;
import io.github.olympe.maven.deploy.payload.DeployImages;
import io.github.olympe.maven.deploy.payload.Payload;
import io.github.olympe.maven.deploy.payload.PayloadBase;
import io.github.olympe.maven.deploy.payload.PayloadSettings;
import io.github.olympe.maven.image.RegistryFixture;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.release.DeployedImage.Kind;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.TestImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class DeployedImageTest {

    private static final String HEX = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "r.example.com:5000/acme/shop:main-1, main-1",
        "r.example.com/acme/shop:main-1@sha256:" + HEX + ", main-1",
        "r.example.com:5000/acme/shop@sha256:" + HEX + ", 9f86d081884c",
        "r.example.com:5000/acme/shop, latest",
        "r.example.com/acme/shop@sha512:" + HEX + ", r.example.com/acme/shop@sha512:" + HEX
    })
    void itsShortNameIsTheTagElseTheBeginningOfTheDigest(String reference, String name) {
        assertThat(new DeployedImage(DeployedImage.Kind.FRONTEND, "frontend", reference, Digest.of("x")).shortName())
                .isEqualTo(name);
    }

    @Test
    void isPinnedToItsDigestIfThatIsKnown() {
        String reference = "r.example.com/acme/shop:main-1";
        Digest digest = new Digest("sha256:" + HEX);

        assertThat(new DeployedImage(DeployedImage.Kind.FRONTEND, "frontend", reference, digest).pinned())
                .hasToString(reference + "@sha256:" + HEX);
        assertThat(new DeployedImage(DeployedImage.Kind.FRONTEND, "frontend", reference, null).pinned())
                .hasToString(reference);
    }

    @Test
    void imagesOfThisBuildHaveItsNamesAndDigestsAndOthersThoseOfTheRegistry() {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start();
                Registries registries = new RegistryFixture(folder).open()) {
            String prefix = registry.host() + "/acme/shop-";
            String pushed = TestImage.create()
                    .file("index.html", 0, 0, 0644, "<html>")
                    .pushTo(registry.host(), "acme/shop-frontend", "main-1");
            Digest orders = Digest.of("orders");
            DeployImage known = new DeployImage(
                    "orders", prefix + "orders:main-1", Optional.of(orders.value()), Optional.empty(), true);
            Payload payload = Payload.of(
                    PayloadBase.none(),
                    new DeployImages(
                            Optional.of(DeployImage.planned("web", prefix + "frontend:main-1")),
                            List.of(
                                    new DeployImages.Backend(known, Optional.of("orders")),
                                    new DeployImages.Backend(
                                            DeployImage.planned("mail", prefix + "mail:main-1"), Optional.of("mail"))),
                            Optional.of(DeployImage.planned("data", prefix + "data:main-1"))),
                    PayloadSettings.of(List.of(), null, null, null, null, true));

            assertThat(new DeployedImages(registries).of(payload, List.of(known)))
                    .containsExactly(
                            new DeployedImage(
                                    Kind.FRONTEND,
                                    "frontend",
                                    prefix + "frontend:main-1",
                                    new Digest(pushed.substring(pushed.indexOf("sha256:")))),
                            new DeployedImage(Kind.BACKEND, "orders", prefix + "orders:main-1", orders),
                            new DeployedImage(Kind.BACKEND, "backend", prefix + "mail:main-1", null),
                            new DeployedImage(Kind.CODE_AS_DATA, "codeasdata", prefix + "data:main-1", null));
        }
    }
}
