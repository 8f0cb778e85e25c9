package io.github.olympe.maven.goal;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.goal.bridge.VettedImages;
import io.github.olympe.maven.goal.log.Console;
import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.image.ImagePlan;
import io.github.olympe.maven.image.layout.ImagesFile;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.text.Counted;
import io.github.olympe.maven.text.InvalidParameter;
import io.github.olympe.maven.text.Texts;
import io.github.olympe.maven.vet.Annotations;
import io.github.olympe.maven.vet.VetPlan;
import io.github.olympe.maven.vet.VetReport;
import io.github.olympe.maven.vet.VetSettings;
import io.github.olympe.maven.vet.VettedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Inspects the assembled images before they are pushed. Fails if nginx would show a visitor a secret, or a pod could not read its files,
 * and warns of files that do not belong in an image. It needs only {@code target/olympe}, so it may run on another machine.
 */
@Mojo(name = "vet", defaultPhase = LifecyclePhase.PACKAGE, threadSafe = true)
public class VetMojo extends RegistryMojo<VetPlan> {

    private static final String VET_IMAGE = "vetImage (olympe.vet.image)";

    /**
     * Findings to allow, each as {@code rule:path pattern}. The patterns are Ant-style. They match the path below the folder that nginx
     * serves or that holds the application; a pattern that begins with {@code /} matches the whole path in the image. Example:
     * {@code source-map:**}.
     */
    @Parameter(property = "olympe.vet.allow")
    @Nullable List<String> vetAllow;

    /**
     * An image in a registry to inspect instead of the assembled ones, with all of its layers, for instance one that another pipeline
     * pushed: {@code registry.example.com/acme/shop-frontend:main}.
     */
    @Parameter(property = "olympe.vet.image")
    @Nullable String vetImage;

    /** The frontend's image; its {@code target} is the folder that nginx serves. */
    @Parameter
    @Nullable Frontend frontend;

    @Override
    VetPlan plan(GoalContext context) {
        return VetPlan.of(new VetSettings(
                Texts.withoutBlanks(vetAllow),
                Frontend.served(frontend),
                Texts.of(vetImage).map(image -> ImageReference.of(VET_IMAGE, image))));
    }

    @Override
    void run(VetPlan plan, GoalContext context) {
        context.inform(plan.describe());
        VetReport report;
        try (Registries registries = registries(context)) {
            VettedImages images = new VettedImages(
                    registries.images(
                            context.imageCache().baseImages(),
                            context.offline(),
                            plan.image().isPresent() ? InvalidParameter.inText(VET_IMAGE) : Registries.BASE_IMAGE),
                    context.imageCache().images().resolve("base"),
                    imageLog());
            report = plan.run(images(plan, images, context), cache(context));
        }
        report.write(context.outputDirectory());
        annotate(report, context);
        report.warnings().forEach(getLog()::warn);
        report.unused().forEach(unused -> getLog().info("The entry '" + unused + "' of vetAllow matches no finding."));
        List<String> errors = report.errors();
        getLog().info(summary(report, errors.size()));
        if (!errors.isEmpty()) {
            throw OlympeException.of(errors);
        }
    }

    /** Returns the folder that caches what is in layers. */
    static Path cache(GoalContext context) {
        return context.imageCache().images().resolve("vet");
    }

    private static List<VettedImage> images(VetPlan plan, VettedImages images, GoalContext context) {
        if (plan.image().isPresent()) {
            return List.of(images.inRegistry(plan.image().get()));
        }
        return ImagesFile.read(context.outputDirectory()).images().stream()
                .map(image -> images.assembled(
                        image,
                        context.outputDirectory().resolve(ImagePlan.LAYOUTS).resolve(image.name())))
                .toList();
    }

    private static String summary(VetReport report, int errors) {
        long allowed = report.findings().filter(finding -> finding.isAllowed()).count();
        return "Looked at " + Counted.of(report.images().size(), "image") + ": " + Counted.of(errors, "error") + ", "
                + Counted.of(report.warnings().size(), "warning") + ", " + allowed
                + " allowed. Of the files that are served, "
                + Counted.of(report.unread().binary(), "binary file") + " passed over, "
                + Counted.of(report.unread().large(), "large file") + " read in part.";
    }

    /** Shows the findings in the CI's own place for them, if it has one. */
    private void annotate(VetReport report, GoalContext context) {
        Annotations annotations = new Annotations(context.projectDirectory(), repository(context));
        if ("true".equals(context.environment().get("GITHUB_ACTIONS"))) {
            // GitHub reads them at the beginning of a line, where Maven's log has the level.
            annotations.github(report).forEach(Console.out()::println);
        }
        if (context.environment().containsKey("GITLAB_CI")) {
            annotations.writeGitlab(report, context.outputDirectory());
        }
    }

    /** Returns the folder of the git repository that contains the project. */
    private static Path repository(GoalContext context) {
        for (Path folder = context.projectDirectory(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(".git"))) {
                return folder;
            }
        }
        return context.projectDirectory();
    }
}
