package io.github.olympe.maven.node.plan;

import io.github.olympe.maven.ci.Plan;
import io.github.olympe.maven.node.BuildOutput;
import io.github.olympe.maven.node.BuildStep;
import io.github.olympe.maven.node.IncrementalBuild;
import io.github.olympe.maven.node.UnfinishedBuilds;
import io.github.olympe.maven.node.npm.Npm;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Steps of the build: the scripts that make the project's parts, and the tests.
 *
 * @param npm npm in the project
 * @param steps the steps; several run at once
 * @param nothing why there is nothing to do, if there are no steps
 * @param incremental skips steps whose output would not change, by their names
 * @param marks marks of steps that have begun and not ended
 * @param details why steps run in each build or one after the other, for debugging
 * @param warnings likely mistakes
 */
public record BuildPlan(
        NpmPlan npm,
        List<BuildStep> steps,
        String nothing,
        Map<String, IncrementalBuild> incremental,
        UnfinishedBuilds marks,
        List<String> details,
        List<String> warnings)
        implements Plan {

    public BuildPlan {
        steps = List.copyOf(steps);
        incremental = Map.copyOf(incremental);
        details = List.copyOf(details);
        warnings = List.copyOf(warnings);
    }

    @Override
    public List<String> describe() {
        return steps.isEmpty()
                ? List.of(nothing)
                : steps.stream()
                        .map(step -> step.name() + ": '" + step.shown() + "'" + makes(step) + atOnce(step))
                        .toList();
    }

    @Override
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    private String atOnce(BuildStep step) {
        return step.equals(steps.get(0))
                ? ""
                : ", at the same time as " + steps.get(0).name();
    }

    private String makes(BuildStep step) {
        List<String> folders = step.outputs().stream()
                .map(output -> output.project().relativize(output.folder()).toString())
                .toList();
        return folders.isEmpty() ? "" : " makes " + String.join(" and ", folders);
    }

    /** Returns the names of the steps of other goals that this plan carries out. */
    public Set<String> builtForOthers() {
        Set<String> built = new HashSet<>();
        steps.stream().skip(1).forEach(step -> built.add(step.name()));
        if (!steps.isEmpty() && !isCodeAsData(steps.get(0)) && readsSnapshot()) {
            built.add(BuildPlans.CODE_AS_DATA);
        }
        return built;
    }

    /** Returns whether a step gathers the code as data, and so reads the snapshot in the project. */
    public boolean readsSnapshot() {
        return steps.stream().anyMatch(step -> step.outputs().stream().anyMatch(BuildOutput::codeAsData));
    }

    private static boolean isCodeAsData(BuildStep step) {
        return step.name().equals(BuildPlans.CODE_AS_DATA);
    }

    /** Runs the steps, with the project's packages installed. */
    public void run(NodeSession session) {
        Npm installed = npm.npmWithPackages(session);
        details.forEach(installed.log()::detail);
        if (steps.size() == 1) {
            run(steps.get(0), installed);
        } else {
            BuildStep.runAtOnce(steps, installed, this::run);
        }
    }

    private void run(BuildStep step, Npm installed) {
        IncrementalBuild repeated = incremental.get(step.name());
        if (repeated != null) {
            repeated.run(step, installed);
        } else {
            step.run(installed, marks);
        }
    }
}
