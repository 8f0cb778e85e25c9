package io.github.olympe.maven.goal.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.ImageKind;
import io.github.olympe.maven.image.base.BaseFiles;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.base.BaseImages;
import io.github.olympe.maven.image.base.BaseLayer;
import io.github.olympe.maven.image.dockerfile.project.ScratchImage;
import io.github.olympe.maven.image.layout.ImageLayout;
import io.github.olympe.maven.image.layout.ImagesFile;
import io.github.olympe.maven.image.layout.ImagesFile.OwnLayer;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageLog;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.Reason;
import io.github.olympe.maven.vet.Role;
import io.github.olympe.maven.vet.VettedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Provides {@code vet} with images: those that {@code image} assembled, and those of a registry.
 *
 * @param images provides base images and the images of registries
 * @param cache the folder that caches what is in base images
 * @param log receives messages about reading a base image
 */
public record VettedImages(BaseImages images, Path cache, ImageLog log) {

    private static final int LARGEST_CONFIGURATION = 8;

    /**
     * Returns an assembled image. Only the layers that its base image does not have are inspected.
     *
     * @param folder its layout folder
     */
    public VettedImage assembled(ImagesFile.Image image, Path folder) {
        ImageLayout layout = ImageLayout.read(folder);
        Set<Digest> own = image.layers().stream().map(OwnLayer::digest).collect(Collectors.toSet());
        // The content of a layer is named by its folder in the source, and what other COPYs brought by its path in the
        // image.
        Set<Digest> others = image.layers().stream()
                .filter(layer -> layer.content().startsWith("/"))
                .map(OwnLayer::digest)
                .collect(Collectors.toSet());
        return new VettedImage(
                image.name(),
                Optional.of(role(image.kind())),
                image.targets(),
                layout.manifests().stream()
                        .map(manifest -> new VettedImage.Variant(
                                platform(configuration(layout, manifest)),
                                manifest.layers().stream()
                                        .filter(layer -> own.contains(layer.digest())
                                                || manifest.pushed().containsKey(layer.digest())
                                                || layout.blob(layer.digest()).isPresent())
                                        .toList(),
                                others,
                                tars(manifest, configuration(layout, manifest)),
                                layer -> open(layout, manifest, image, layer),
                                base(manifest.base())))
                        .toList());
    }

    /** Returns an image of a registry, with all of its layers. */
    public VettedImage inRegistry(ImageReference reference) {
        return new VettedImage(
                reference.toString(),
                Optional.empty(),
                List.of(),
                images.allPlatforms(reference).stream()
                        .map(image -> new VettedImage.Variant(
                                image.platform().toString(),
                                image.layers().stream().map(BaseLayer::blob).toList(),
                                layer -> open(image, layer),
                                path -> false))
                        .toList());
    }

    static Role role(ImageKind kind) {
        return switch (kind) {
            case FRONTEND -> Role.FRONTEND;
            case BACKEND -> Role.BACKEND;
            case CODE_AS_DATA -> Role.CODE_AS_DATA;
        };
    }

    private static String platform(JsonNode configuration) {
        return configuration.path("os").asText() + "/"
                + configuration.path("architecture").asText();
    }

    private static Map<Digest, Digest> tars(ImageLayout.Manifest manifest, JsonNode configuration) {
        JsonNode diffIds = configuration.path("rootfs").path("diff_ids");
        Map<Digest, Digest> tars = new HashMap<>();
        for (int i = 0; i < manifest.layers().size(); i++) {
            Digest layer = manifest.layers().get(i).digest();
            Digest.parse(diffIds.path(i).asText()).ifPresent(tar -> tars.put(layer, tar));
        }
        return tars;
    }

    private static JsonNode configuration(ImageLayout layout, ImageLayout.Manifest manifest) {
        Path file = ImageLayout.blob(layout.folder(), manifest.configuration().digest());
        try {
            return ForeignText.json(file, LARGEST_CONFIGURATION);
        } catch (IOException e) {
            throw new OlympeException(
                    "The file '" + file + "' of the assembled image cannot be read (" + Reason.of(e)
                            + "). Run 'mvn olympe:image' again.",
                    e);
        }
    }

    /** Opens a layer of the layout. One that is not there is in the registry to which the image was pushed. */
    private InputStream open(
            ImageLayout layout, ImageLayout.Manifest manifest, ImagesFile.Image image, Descriptor layer)
            throws IOException {
        if (layout.blob(layer.digest()).isPresent() || manifest.pushed().containsKey(layer.digest())) {
            return layout.open(manifest, layer, images);
        }
        ImageReference pushed = ImageReference.ofRepository("images.json", image.repository())
                .withDigest(manifest.descriptor().digest());
        return open(images.resolve(pushed, List.of()).get(0), layer);
    }

    private static InputStream open(BaseImage image, Descriptor layer) throws IOException {
        BaseLayer found = image.layers().stream()
                .filter(each -> each.blob().digest().equals(layer.digest()))
                .findFirst()
                .orElseThrow(() -> new IOException("the image in the registry does not have it"));
        return image.open(found);
    }

    /** Returns a test for paths in the base image, whose layers are fetched only if a finding depends on them. */
    private Predicate<String> base(ImageReference reference) {
        if (ScratchImage.is(reference)) {
            return path -> false;
        }
        return path -> {
            BaseFiles files = new BaseFiles(images.resolve(reference, List.of()).get(0), cache, log);
            return files.find(path).isPresent()
                    || files.find(files.resolve(path)).isPresent();
        };
    }
}
