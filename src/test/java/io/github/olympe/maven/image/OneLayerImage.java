package io.github.olympe.maven.image;

import io.github.olympe.maven.image.base.BaseFiles;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.base.BaseLayer;
import io.github.olympe.maven.image.layer.LayerPlan;
import io.github.olympe.maven.image.layer.Placement;
import io.github.olympe.maven.image.source.SourceTree;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageLog;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.MediaTypes;
import io.github.olympe.maven.registry.Platform;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A base image with one layer. */
public final class OneLayerImage implements BaseImage {

    static final ImageLog SILENT = new ImageLog() {
        @Override
        public void info(String line) {}

        @Override
        public void warn(String line) {}

        @Override
        public void debug(String line) {}
    };

    /** The source of the layer. */
    @FunctionalInterface
    private interface Source {
        InputStream open() throws IOException;
    }

    private final Source source;
    private final BaseLayer layer;
    private final ImageReference reference;

    private OneLayerImage(Source source, Digest digest, long size) {
        this.source = source;
        this.layer = new BaseLayer(new Descriptor(MediaTypes.OCI_LAYER_GZIP, digest, size), Digest.of("uncompressed"));
        this.reference = ImageReference.of("baseImage", "acme/base:1").withDigest(digest);
    }

    public static OneLayerImage of(byte[] layer) {
        return new OneLayerImage(() -> new ByteArrayInputStream(layer), Digest.of(layer), layer.length);
    }

    public static OneLayerImage of(Path layer) throws IOException {
        return new OneLayerImage(() -> Files.newInputStream(layer), Digest.of(layer.toString()), Files.size(layer));
    }

    /** Looks up everything that code as data needs in a base image. */
    public String placed(Path folder) {
        ImageSpec spec = Specs.spec(
                ImageKind.CODE_AS_DATA, "codeasdata", folder, "acme/base:1", "dist", "/root/patches", "nginx");
        BaseFiles files = new BaseFiles(this, folder.resolve("cache"), SILENT);
        Placement placement = Placement.find(spec, this, files, folder.resolve("cache"));
        return new LayerPlan(spec, placement, files)
                .layers(new SourceTree(folder, List.of()))
                .toString();
    }

    @Override
    public ImageReference reference() {
        return reference;
    }

    @Override
    public Platform platform() {
        return Platform.LINUX_AMD64;
    }

    @Override
    public byte[] configuration() {
        return "{}".getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public List<BaseLayer> layers() {
        return List.of(layer);
    }

    @Override
    public InputStream open(BaseLayer ignored) {
        try {
            return source.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
