package io.github.olympe.maven.image;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.ci.Plan;
import io.github.olympe.maven.image.base.BaseImages;
import io.github.olympe.maven.image.layout.BuildEnv;
import io.github.olympe.maven.image.layout.ImagesFile;
import io.github.olympe.maven.image.push.PushedLayers;
import io.github.olympe.maven.registry.ImageLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The plan of {@code image}: the images that a build assembles. */
public final class ImagePlan implements Plan {

    /** The folder of the images' layouts, in {@code target/olympe}. */
    public static final String LAYOUTS = "images";

    private final ImageSettings settings;
    private final List<ImageSpec> images;

    private ImagePlan(ImageSettings settings, List<ImageSpec> images) {
        this.settings = settings;
        this.images = List.copyOf(images);
    }

    /**
     * Plans the images of this build.
     *
     * @throws OlympeException if the settings have a mistake, or a source is missing
     */
    public static ImagePlan of(ImageSettings settings, BuildContext build) {
        return new ImagePlan(settings, ImageSpecs.of(settings, build));
    }

    /** Returns the images, in the order of their sections. */
    public List<ImageSpec> images() {
        return images;
    }

    @Override
    public List<String> describe() {
        if (images.isEmpty()) {
            return List.of(
                    "There are no images to assemble: package.json has neither script, and codeAsData is skipped.");
        }
        List<String> lines = new ArrayList<>();
        images.forEach(image -> lines.add("  " + line(image)));
        if (settings.names().registry().isEmpty()) {
            lines.add("No registry is configured: each image is written as a tar that docker loads.");
        }
        return lines;
    }

    private String line(ImageSpec image) {
        String others = String.join(", ", image.tags().subList(1, image.tags().size()));
        return "image " + image.reference() + (others.isEmpty() ? "" : " (also " + others + ")") + ": "
                + image.dockerfile()
                        .map(file -> "as " + file.path() + " says, on ")
                        .orElse(image.files().folder() + " in " + image.target().folder() + " of ")
                + image.base();
    }

    private boolean isDeployed(ImageKind kind) {
        return kind != ImageKind.CODE_AS_DATA || settings.codeAsData();
    }

    /**
     * Assembles the images, and writes {@code images.json} and {@code build.env}.
     *
     * @param pushed the layers that earlier builds pushed; not used without a registry
     * @param observers provides the observers of the layers that are written
     * @return the content of {@code images.json}
     * @throws OlympeException if an image cannot be made
     */
    public ImagesFile run(
            BaseImages baseImages, ImageCache cache, PushedLayers pushed, LayerObservers observers, ImageLog log) {
        boolean archives = settings.archives() || settings.names().registry().isEmpty();
        Path layouts = settings.folder().resolve(LAYOUTS);
        ImageAssembler assembler = new ImageAssembler(baseImages, cache.images(), log)
                .observedBy(observers)
                .withoutOutput(settings.folder());
        if (settings.names().registry().isPresent()) {
            assembler.knowing(pushed);
        }
        settings.created().ifPresent(assembler::created);
        ImagesFile file =
                ImagesFile.of(assembler.assemble(images, layouts, archives)).keepingPushed(settings.folder());
        file.write(settings.folder());
        BuildEnv.write(settings.folder(), toDeploy(file), settings.project().drawVersion());
        cache.removeUnused();
        if (archives) {
            images.forEach(image -> log.info("Load it with: docker load -i "
                    + settings.project().directory().relativize(layouts.resolve(image.name() + ".tar"))));
        }
        return file;
    }

    /** Returns the images that others may deploy: those that are or will be in a registry. */
    private List<ImagesFile.Image> toDeploy(ImagesFile file) {
        return settings.names().registry().isEmpty()
                ? List.of()
                : file.images().stream()
                        .filter(image -> isDeployed(image.kind()))
                        .toList();
    }
}
