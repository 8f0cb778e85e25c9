package io.github.olympe.maven.goal.bridge;

import io.github.olympe.maven.image.ImageKind;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.base.BaseImages;
import io.github.olympe.maven.image.base.BaseLayer;
import io.github.olympe.maven.image.layout.ImageLayout;
import io.github.olympe.maven.image.layout.ImagesFile;
import io.github.olympe.maven.image.layout.ImagesFile.OwnLayer;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.release.await.FrontendLayers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Provides {@code await} with the layers of frontend images, from this build or from a registry. One of several platforms is enough,
 * because all serve the same files.
 *
 * @param images provides the images of a registry by its host and port
 */
public record FrontendImages(Function<String, BaseImages> images) {

    /**
     * Finds the image that was deployed: the one that this build pushed, else the one in the registry.
     *
     * @param reference the image as the payload names it
     * @param outputDirectory the folder {@code target/olympe}
     */
    public FrontendLayers deployed(String reference, Path outputDirectory) {
        if (Files.isRegularFile(outputDirectory.resolve(ImagesFile.NAME))) {
            for (ImagesFile.Image image : ImagesFile.read(outputDirectory).images()) {
                if (image.kind() == ImageKind.FRONTEND
                        && image.pushed()
                        && image.reference().equals(reference)) {
                    return ofBuild(image, outputDirectory.resolve("images").resolve(image.name()));
                }
            }
        }
        return inRegistry(ImageReference.of("frontend.image", reference));
    }

    private FrontendLayers ofBuild(ImagesFile.Image image, Path folder) {
        Set<Digest> own = image.layers().stream().map(OwnLayer::digest).collect(Collectors.toSet());
        if (!Files.isRegularFile(folder.resolve("index.json"))) {
            FrontendLayers pushed = inRegistry(ImageReference.ofRepository("images.json", image.repository())
                    .withDigest(image.digest()));
            return split(pushed.layers(), layer -> own.isEmpty() || own.contains(layer), pushed.blobs());
        }
        ImageLayout layout = ImageLayout.read(folder);
        ImageLayout.Manifest manifest = layout.manifests().get(0);
        return split(
                manifest.layers(),
                layer -> layout.blob(layer).isPresent() || manifest.pushed().containsKey(layer),
                layer -> layout.open(
                        manifest,
                        layer,
                        (reference, platforms) ->
                                images.apply(reference.registry()).resolve(reference, platforms)));
    }

    private static FrontendLayers split(List<Descriptor> all, Predicate<Digest> isOwn, FrontendLayers.Blobs blobs) {
        return new FrontendLayers(
                all.stream().filter(layer -> isOwn.test(layer.digest())).toList(),
                all.stream().map(Descriptor::digest).filter(isOwn.negate()).collect(Collectors.toSet()),
                blobs);
    }

    /** Finds an image in its registry, with all of its layers. */
    public FrontendLayers inRegistry(ImageReference reference) {
        BaseImage image =
                images.apply(reference.registry()).resolve(reference, List.of()).get(0);
        return new FrontendLayers(
                image.layers().stream().map(BaseLayer::blob).toList(),
                Set.of(),
                layer -> image.open(layer(image, layer)));
    }

    private static BaseLayer layer(BaseImage image, Descriptor blob) throws IOException {
        Optional<BaseLayer> found = image.layers().stream()
                .filter(layer -> layer.blob().digest().equals(blob.digest()))
                .findFirst();
        return found.orElseThrow(() -> new IOException("the image in the registry does not have it"));
    }
}
