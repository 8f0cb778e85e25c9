package io.github.olympe.maven.goal;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.adopt.AdoptPlan;
import io.github.olympe.maven.adopt.AdoptSettings;
import io.github.olympe.maven.adopt.compare.ComparePlan;
import io.github.olympe.maven.adopt.compare.CompareSettings;
import io.github.olympe.maven.adopt.compare.ImageComparison;
import io.github.olympe.maven.goal.bridge.ImageStates;
import io.github.olympe.maven.goal.bridge.VettedImages;
import io.github.olympe.maven.goal.bridge.WholeImages;
import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.image.base.BaseImages;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.text.InvalidParameter;
import io.github.olympe.maven.text.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Reads an existing Olympe project (package.json, Dockerfiles, the pipeline) and writes a pom, a Maven wrapper and a pipeline that do the
 * same with this plugin. Reports what became of each part of the old project and what it did not understand. The project needs no pom.
 * Nothing is overwritten: an existing file stays, and the new one is written beside it.
 */
@Mojo(name = "adopt", requiresProject = false, threadSafe = true)
public class AdoptMojo extends RegistryMojo<AdoptPlan> {

    /**
     * The CI system to write a pipeline for: {@code gitlab}, {@code azure}, {@code github} or {@code jenkins}. Default: the CI whose
     * pipeline the project has.
     */
    @Parameter(property = "olympe.adopt.ci")
    @Nullable String ci;

    /**
     * Images of the old pipeline to compare the assembled images in {@code target/olympe} with: references with tags, separated by commas,
     * or {@code pipeline} for the ones that the pipeline names for this commit. If a reference does not show which image it is, put the
     * image's name before it: {@code backend=registry.example.com/acme/server:main}.
     */
    @Parameter(property = "olympe.adopt.compareWith")
    @Nullable List<String> compareWith;

    @Override
    AdoptPlan plan(GoalContext context) {
        List<String> with = Texts.withoutBlanks(compareWith);
        return AdoptPlan.of(new AdoptSettings(
                context.projectDirectory(),
                Texts.of(ci),
                mojoExecution.getVersion(),
                dryRun,
                with.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new CompareSettings(with, context.build(), context.environment()))));
    }

    @Override
    void run(AdoptPlan plan, GoalContext context) {
        plan.describe().forEach(getLog()::info);
        plan.run().forEach(getLog()::info);
        plan.comparison().ifPresent(comparison -> compare(comparison, context));
    }

    private void compare(ComparePlan comparison, GoalContext context) {
        Path output = assembled(context);
        try (Registries registries = registries(context);
                ImageStates states =
                        new ImageStates(named -> images(named, registries, context), "", output.resolve("diff"))) {
            String parameter = InvalidParameter.inText(ComparePlan.PARAMETER);
            VettedImages vetted = new VettedImages(
                    images(parameter, registries, context),
                    context.imageCache().images().resolve("base"),
                    imageLog());
            // Offline, the image must have been read before; reading it reports an error otherwise.
            Predicate<ImageReference> isThere = reference -> context.offline() || registries.has(reference, parameter);
            ComparePlan.Comparisons found =
                    comparison.run(new WholeImages(states, isThere, vetted, VetMojo.cache(context)), output);
            for (ImageComparison image : found.images()) {
                image.lines().forEach(image.isExplained() ? getLog()::info : getLog()::warn);
            }
            found.missed().forEach(getLog()::warn);
            getLog().info(ImageComparison.NOT_COMPARED);
            if (!found.failed().isEmpty()) {
                throw OlympeException.of(found.failed());
            }
        }
    }

    private static BaseImages images(String parameter, Registries registries, GoalContext context) {
        return registries.images(context.imageCache().baseImages(), context.offline(), parameter);
    }

    /** The folder with the images of the project, which another pom may have built. */
    private Path assembled(GoalContext context) {
        boolean isOfThisPom = project.getBasedir() != null
                && project.getBasedir().toPath().toAbsolutePath().normalize().equals(context.projectDirectory());
        return isOfThisPom
                ? context.outputDirectory()
                : context.projectDirectory().resolve("target/olympe");
    }
}
