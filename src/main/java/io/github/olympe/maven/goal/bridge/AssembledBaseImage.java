package io.github.olympe.maven.goal.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.base.BaseImages;
import io.github.olympe.maven.image.base.BaseLayer;
import io.github.olympe.maven.image.layout.ImageLayout;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.Platform;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An image that this build has assembled, in the form of a registry's image. Layers that are not in its folder come from images in registries.
 */
final class AssembledBaseImage implements BaseImage {

    private final ImageLayout layout;
    private final ImageLayout.Manifest manifest;
    private final BaseImages images;
    private final byte[] configuration;
    private final List<BaseLayer> layers;

    /**
     * @param folder its layout folder
     * @param images provides its base image
     * @throws OlympeException if the folder cannot be read
     */
    AssembledBaseImage(Path folder, BaseImages images) {
        this.layout = ImageLayout.read(folder);
        this.manifest = layout.manifests().get(0);
        this.images = images;
        Path file = ImageLayout.blob(folder, manifest.configuration().digest());
        try {
            this.configuration = Files.readAllBytes(file);
            this.layers = layers(ForeignText.json(ForeignText.decoded(configuration)));
        } catch (IOException e) {
            throw new OlympeException(
                    "The file '" + file + "' of the assembled image cannot be read (" + Reason.of(e)
                            + "). Run 'mvn olympe:image' again.",
                    e);
        }
    }

    private List<BaseLayer> layers(JsonNode json) throws IOException {
        JsonNode diffIds = json.path("rootfs").path("diff_ids");
        List<Descriptor> blobs = manifest.layers();
        if (diffIds.size() != blobs.size()) {
            throw new IOException("it has " + diffIds.size() + " layers, and the manifest " + blobs.size());
        }
        List<BaseLayer> all = new ArrayList<>();
        for (int i = 0; i < blobs.size(); i++) {
            all.add(new BaseLayer(blobs.get(i), new Digest(diffIds.path(i).asText())));
        }
        return all;
    }

    @Override
    public ImageReference reference() {
        return manifest.base();
    }

    @Override
    public Platform platform() {
        return Platform.LINUX_AMD64;
    }

    @Override
    public byte[] configuration() {
        return configuration.clone();
    }

    @Override
    public List<BaseLayer> layers() {
        return layers;
    }

    @Override
    public InputStream open(BaseLayer layer) {
        try {
            return layout.open(manifest, layer.blob(), images);
        } catch (IOException e) {
            throw new OlympeException(
                    "The file '"
                            + ImageLayout.blob(layout.folder(), layer.blob().digest())
                            + "' of the assembled image cannot be read (" + Reason.of(e)
                            + "). Run 'mvn olympe:image' again.",
                    e);
        }
    }
}
