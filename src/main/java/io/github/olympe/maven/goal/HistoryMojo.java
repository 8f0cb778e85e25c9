package io.github.olympe.maven.goal;

import io.github.olympe.maven.ci.DeployBranches;
import io.github.olympe.maven.ci.Plan;
import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.release.DeploymentRecord;
import io.github.olympe.maven.release.History;
import io.github.olympe.maven.release.Ledger;
import io.github.olympe.maven.text.InvalidParameter;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Shows what was deployed to the environments, when, and from which commit, the newest first: a table, and the file
 * {@code target/olympe/history.json}. {@code olympe.environment} chooses one environment.
 */
@Mojo(name = "history", threadSafe = true)
public class HistoryMojo extends RegistryMojo<Plan> {

    /** How many records are shown at most. */
    @Parameter(property = "olympe.history.count", defaultValue = "20")
    int historyCount;

    @Override
    Plan plan(GoalContext context) {
        if (historyCount < 1) {
            throw InvalidParameter.of("historyCount (olympe.history.count)", historyCount, "Use a number from 1.");
        }
        ImageReference repository = repository();
        List<String> names = names(environments().branches());
        return () -> List.of("Showing what was deployed to " + String.join(", ", names) + ", by '" + repository + "'.");
    }

    private ImageReference repository() {
        return ledgerLocation()
                .orElseThrow(() -> InvalidParameter.missing(
                        "registry (olympe.registry)", "Set it to the registry that has the records of deployments."));
    }

    private static List<String> names(DeployBranches branches) {
        if (branches.chosen().isPresent()) {
            return List.of(branches.chosen().get());
        }
        return branches.environments().isEmpty()
                ? List.of(DeploymentRecord.ONLY)
                : branches.environments().stream()
                        .map(DeployBranches.Environment::name)
                        .toList();
    }

    @Override
    void run(Plan plan, GoalContext context) {
        ImageReference repository = repository();
        context.requireOnline("connect", repository.registry());
        List<String> names = names(environments().branches());
        try (Registries registries = registries(context)) {
            History history = History.read(new Ledger(registries, repository, imageLog()), names, historyCount);
            history.write(context.outputDirectory());
            if (history.records().isEmpty()) {
                getLog().info("The ledger '" + repository + "' has no deployment to " + String.join(", ", names) + ".");
                return;
            }
            history.lines().forEach(getLog()::info);
            getLog().info("The record marked with > was deployed last. See "
                    + context.outputDirectory().resolve(History.FILE) + " for all of it.");
        }
    }
}
