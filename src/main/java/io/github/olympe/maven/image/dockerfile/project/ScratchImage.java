package io.github.olympe.maven.image.dockerfile.project;

import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.base.BaseLayer;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.Platform;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The empty image that {@code FROM scratch} names. It is in no registry. */
public record ScratchImage(Platform platform) implements BaseImage {

    /** The name of the empty image. */
    public static final ImageReference REFERENCE =
            new ImageReference(ImageReference.DOCKER_HUB, "library/scratch", Optional.empty(), Optional.empty());

    private static final byte[] CONFIGURATION = "{}".getBytes(StandardCharsets.US_ASCII);

    /** Returns whether a reference, with or without a digest, names it. */
    public static boolean is(ImageReference reference) {
        return reference.registry().equals(REFERENCE.registry())
                && reference.repository().equals(REFERENCE.repository());
    }

    /** Returns one for each of these platforms; if there are none, one for {@link Platform#LINUX_AMD64}. */
    public static List<BaseImage> of(List<Platform> platforms) {
        return platforms.isEmpty()
                ? List.of(new ScratchImage(Platform.LINUX_AMD64))
                : platforms.stream().<BaseImage>map(ScratchImage::new).toList();
    }

    @Override
    public ImageReference reference() {
        return REFERENCE.withDigest(Digest.of(CONFIGURATION));
    }

    @Override
    public byte[] configuration() {
        return CONFIGURATION.clone();
    }

    @Override
    public List<BaseLayer> layers() {
        return List.of();
    }

    @Override
    public InputStream open(BaseLayer layer) {
        throw new IllegalArgumentException("scratch has no layers");
    }
}
