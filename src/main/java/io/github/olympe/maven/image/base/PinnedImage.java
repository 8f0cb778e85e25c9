package io.github.olympe.maven.image.base;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** An image of a registry whose layers are fetched when they are opened. */
final class PinnedImage implements BaseImage {

    private final ImageReference reference;
    private final Platform platform;
    private final byte[] configuration;
    private final Map<String, String> annotations;
    private final List<BaseLayer> layers;
    private final Function<BaseLayer, Path> fetch;

    /** Creates an image. {@code fetch} returns the file of a layer, which has the layer's digest. */
    PinnedImage(
            ImageReference reference,
            Platform platform,
            byte[] configuration,
            Map<String, String> annotations,
            List<BaseLayer> layers,
            Function<BaseLayer, Path> fetch) {
        this.reference = reference;
        this.platform = platform;
        this.configuration = configuration;
        this.annotations = Map.copyOf(annotations);
        this.layers = List.copyOf(layers);
        this.fetch = fetch;
    }

    @Override
    public ImageReference reference() {
        return reference;
    }

    @Override
    public Platform platform() {
        return platform;
    }

    @Override
    public byte[] configuration() {
        return configuration.clone();
    }

    @Override
    public Map<String, String> annotations() {
        return annotations;
    }

    @Override
    public List<BaseLayer> layers() {
        return layers;
    }

    @Override
    public InputStream open(BaseLayer layer) {
        Path file = fetch.apply(layer);
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new OlympeException("The cached file '" + file + "' cannot be read (" + e + "); remove it.", e);
        }
    }
}
