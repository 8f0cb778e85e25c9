package io.github.olympe.maven.goal;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.goal.bridge.ImageStates;
import io.github.olympe.maven.goal.bridge.RunningStates;
import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.goal.session.SessionReport;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.patches.DiffFiles;
import io.github.olympe.maven.patches.DiffPlan;
import io.github.olympe.maven.patches.DiffSettings;
import io.github.olympe.maven.patches.Difference;
import io.github.olympe.maven.release.Ledger;
import io.github.olympe.maven.snapshot.config.SnapshotConfig;
import io.github.olympe.maven.text.Texts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Shows what changed between two states of the code as data in Draw's terms: bricks that were added, deleted, moved, renamed or changed,
 * and what an environment will import. Also writes this to {@code target/olympe/diff/diff.json} and {@code diff.md}.
 */
@Mojo(name = "diff", threadSafe = true)
public class DiffMojo extends RegistryMojo<DiffPlan> {

    /**
     * The state before: a folder, a git revision such as {@code main} or {@code HEAD~1}, an environment of the pom (what it runs according
     * to the ledger; {@code default} if there is only one), or an image in a registry with its tag. Default: what the environment runs,
     * else {@code HEAD}.
     */
    @Parameter(property = "olympe.diff.from")
    @Nullable String from;

    /** The state after: a folder, a git revision, an environment or an image. Default: the working tree. */
    @Parameter(property = "olympe.diff.to")
    @Nullable String to;

    /** Fails the build if anything changed. */
    @Parameter(property = "olympe.diff.failOnChange", defaultValue = "false")
    boolean failOnChange;

    /**
     * The snapshot configuration, as for the goal {@code snapshot}. Its {@code outputDir} is the folder of the snapshots. Without a
     * configuration, that is {@code snapshot}.
     */
    @Parameter(property = "olympe.snapshot.config")
    @Nullable String snapshotConfig;

    @Override
    DiffPlan plan(GoalContext context) {
        Path project = context.projectDirectory();
        String packageName = Files.isRegularFile(project.resolve(PackageJson.FILE_NAME))
                ? PackageJson.read(project).name().orElse("")
                : "";
        DiffSettings settings = new DiffSettings(
                project,
                DiffFiles.in(context.outputDirectory(), context.mask()).folder(),
                from == null ? "" : from.strip(),
                to == null ? "" : to.strip(),
                snapshots(context),
                packageName,
                failOnChange,
                context.mask());
        return DiffPlan.of(settings);
    }

    private List<String> snapshots(GoalContext context) {
        Optional<String> configuration = Texts.of(snapshotConfig);
        return SnapshotConfig.isThere(configuration, context.projectDirectory())
                ? SnapshotConfig.read(configuration, context.projectDirectory(), context.credentials()::hide)
                        .outputDirectories()
                : List.of("snapshot");
    }

    @Override
    void run(DiffPlan plan, GoalContext context) {
        Difference difference = compare(plan, context);
        SessionReport.module(context).compared(difference);
        difference.lines().forEach(getLog()::info);
        getLog().info("See " + plan.files().markdown() + " and " + plan.files().json() + ".");
        plan.requireWanted(difference);
    }

    private Difference compare(DiffPlan plan, GoalContext context) {
        try (Registries registries = registries(context);
                ImageStates images = imageStates(registries, context)) {
            if (ledgerLocation().isEmpty()) {
                return plan.run(List.of(images), Optional.empty());
            }
            Ledger records = ledger(registries, ledgerLocation().get(), context);
            RunningStates environments =
                    new RunningStates(records, environments().names(), images);
            return plan.run(
                    List.of(environments, images),
                    plan.namesFrom() || context.offline() ? Optional.empty() : running(environments, context));
        }
    }

    /** Returns the default state to compare with: the environment, if what it runs is known. */
    private Optional<String> running(RunningStates states, GoalContext context) {
        try {
            return environments()
                    .about(context.build())
                    .filter(environment -> states.codeAsData(environment).isPresent());
        } catch (OlympeException e) {
            getLog().warn("It is not known what the environment runs; comparing with HEAD instead. " + e.getMessage());
            return Optional.empty();
        }
    }
}
