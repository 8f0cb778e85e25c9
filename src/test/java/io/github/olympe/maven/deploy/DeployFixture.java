package io.github.olympe.maven.deploy;

import io.github.olympe.maven.deploy.payload.DeployImage;
import io.github.olympe.maven.deploy.payload.DeployImages;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Images to deploy, for tests. */
final class DeployFixture {

    private DeployFixture() {}

    static DeployImage image(String reference) {
        return DeployImage.named("test", "the test", reference);
    }

    static DeployImages.Backend backend(String reference, @Nullable String deployTo) {
        return new DeployImages.Backend(image(reference), Optional.ofNullable(deployTo));
    }

    static DeployImages images(
            @Nullable String frontend, List<DeployImages.Backend> backends, @Nullable String codeAsData) {
        return new DeployImages(
                Optional.ofNullable(frontend).map(DeployFixture::image),
                backends,
                Optional.ofNullable(codeAsData).map(DeployFixture::image));
    }
}
