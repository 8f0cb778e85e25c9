package io.github.olympe.maven.goal;

import io.github.olympe.maven.ci.Plan;
import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.release.History;
import io.github.olympe.maven.text.InvalidParameter;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Shows what was deployed to the environments, when, and from which commit, newest first. Prints a table and writes the file
 * {@code target/olympe/history.json}. {@code olympe.environment} chooses one environment.
 */
@Mojo(name = "history", threadSafe = true)
public class HistoryMojo extends RegistryMojo<Plan> {

    /** The most records to show, besides those that the environments run. */
    @Parameter(property = "olympe.history.count", defaultValue = "20")
    int historyCount;

    @Override
    Plan plan(GoalContext context) {
        if (historyCount < 1) {
            throw InvalidParameter.of("historyCount (olympe.history.count)", historyCount, "Use a number from 1.");
        }
        ImageReference repository = requireLedger();
        List<String> names = environmentNames();
        return () -> List.of("Showing what was deployed to " + String.join(", ", names) + ", by '" + repository + "'.");
    }

    private List<String> environmentNames() {
        Environments all = environments();
        return all.branches().chosen().map(List::of).orElseGet(all::names);
    }

    @Override
    void run(Plan plan, GoalContext context) {
        ImageReference repository = requireLedger();
        context.requireOnline("connect", repository.registry());
        List<String> names = environmentNames();
        try (Registries registries = registries(context)) {
            History history = History.read(ledger(registries, repository, context), names, historyCount);
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
