package io.github.olympe.maven.image;

import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.base.BaseImages;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.Platform;
import io.github.olympe.maven.testing.TestBaseImages;
import io.github.olympe.maven.testing.TestImage;
import java.util.List;

/** A single base image in memory, whatever image is requested. */
final class OfflineBases implements BaseImages {

    static final String NAME = "acme/base:1";

    private final TestImage image;

    /** The backend's base image. */
    OfflineBases() {
        this(TestBaseImages.backend("amd64"));
    }

    OfflineBases(TestImage image) {
        this.image = image;
    }

    @Override
    public List<BaseImage> resolve(ImageReference reference, List<Platform> platforms) {
        return List.of(image.asBase(reference));
    }
}
