package io.github.olympe.maven.testing;

import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.base.BaseLayer;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.Platform;
import java.io.InputStream;
import java.util.List;

/**
 * A base image that notes which of its layers are read.
 *
 * @param image the image itself
 * @param configuration its configuration, which may be another one
 * @param opened receives the digest of a layer's blob each time it is opened
 */
public record CountedImage(BaseImage image, byte[] configuration, List<Digest> opened) implements BaseImage {

    /** Counts the layers of an image as it is. */
    public CountedImage(BaseImage image, List<Digest> opened) {
        this(image, image.configuration(), opened);
    }

    @Override
    public ImageReference reference() {
        return image.reference();
    }

    @Override
    public Platform platform() {
        return image.platform();
    }

    @Override
    public List<BaseLayer> layers() {
        return image.layers();
    }

    @Override
    public InputStream open(BaseLayer layer) {
        opened.add(layer.blob().digest());
        return image.open(layer);
    }
}
