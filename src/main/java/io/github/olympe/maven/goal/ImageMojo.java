package io.github.olympe.maven.goal;

import io.github.olympe.maven.image.CreationTime;
import io.github.olympe.maven.image.ImageAssembler;
import io.github.olympe.maven.image.ImageSpec;
import io.github.olympe.maven.image.layout.AssembledImage;
import io.github.olympe.maven.image.layout.BuildEnv;
import io.github.olympe.maven.image.layout.ImagesFile;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.io.UnusedFiles;
import java.util.List;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Assembles the images of the frontend, the backends and the code as data from what the builds left in {@code dist}, as the Dockerfiles of
 * Olympe's documentation would, without Docker. With no registry configured, or with {@code imageTar}, a {@code docker load}-able tar of
 * each is written to {@code target/olympe/images}, too.
 */
@Mojo(name = "image", defaultPhase = LifecyclePhase.PACKAGE, threadSafe = true)
public class ImageMojo extends AbstractImageMojo {

    private static final long LARGEST_CACHE = 10L << 30;

    /** Writes the tar of each image for {@code docker load} even where a registry is configured. */
    @Parameter(property = "olympe.image.tar", defaultValue = "false")
    boolean imageTar;

    /** The time that the images say they were made at; an ISO 8601 time or seconds since 1970. Default: their base image's. */
    @Parameter(defaultValue = "${project.build.outputTimestamp}", readonly = true)
    @Nullable String outputTimestamp;

    @Override
    void run() {
        boolean archives = imageTar || registry().isEmpty();
        List<ImageSpec> specs;
        try (Registries registries = registries().warmUp()) {
            specs = imageSpecs();
            if (specs.isEmpty()) {
                getLog().info(
                                "There are no images to assemble: package.json has neither script, and codeAsData is skipped.");
            }
            specs.forEach(spec -> unfinishedBuilds().requireFinished(projectDirectory(), spec.sourceFolder()));
            ImageAssembler assembler = new ImageAssembler(
                    registries.baseImages(baseImageCache(), session.isOffline()), imageCache(), imageLog());
            List<AssembledImage> assembled = CreationTime.of(outputTimestamp)
                    .map(assembler::created)
                    .orElse(assembler)
                    .assemble(specs, imagesFolder(), archives);
            handOver(ImagesFile.of(assembled).keepingPushed(outputDirectory()));
        }
        UnusedFiles.remove(imageCache(), LARGEST_CACHE);
        UnusedFiles.remove(baseImageCache(), LARGEST_CACHE);
        if (archives) {
            specs.forEach(spec -> getLog().info("Load it with: docker load -i "
                    + projectDirectory().relativize(imagesFolder().resolve(spec.name() + ".tar"))));
        }
    }

    private void handOver(ImagesFile file) {
        file.write(outputDirectory());
        SessionReport.module(context()).assembled(file);
        List<ImagesFile.Image> toDeploy = registry().isEmpty()
                ? List.of()
                : file.images().stream().filter(image -> pushes(image.kind())).toList();
        BuildEnv.write(outputDirectory(), toDeploy, drawVersion());
    }
}
