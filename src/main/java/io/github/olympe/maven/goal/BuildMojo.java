package io.github.olympe.maven.goal;

import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.node.plan.BuildPlan;
import io.github.olympe.maven.node.plan.BuildPlans;
import io.github.olympe.maven.node.plan.BuildSettings;
import io.github.olympe.maven.snapshot.SnapshotPlan;
import io.github.olympe.maven.text.Texts;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** A goal that builds something with a script of package.json or with the toolkit. */
abstract class BuildMojo extends NodeMojo<BuildPlan> {

    /** The prefix of the keys under which goals record, in Maven's context of a project, what they built for later goals. */
    private static final String BUILT = "olympe.built.";

    /**
     * Skips a step if neither its inputs nor its outputs have changed since it last succeeded. With {@code true}, the inputs are the
     * project's files that git does not ignore, the installed packages, the step's script and arguments, Node.js's version and the
     * variables of {@code environmentVariables} and {@code incrementalEnvironment}; all are compared by content. By default, this is done
     * for the code as data, and for scripts that run webpack if the plugin knows everything that the build reads; then all of the
     * project's files are inputs. {@code false} runs each step in each build.
     */
    @Parameter(property = "olympe.incremental")
    @Nullable Boolean incremental;

    /** Names of environment variables that the steps depend on, such as {@code NODE_ENV}: with {@code incremental}, a change runs them. */
    @Parameter(property = "olympe.incrementalEnvironment")
    @Nullable List<String> incrementalEnvironment;

    /** The folder of the built library, which is packed and published. */
    @Parameter(property = "olympe.libraryDirectory", defaultValue = "dist")
    String libraryDirectory;

    /** The frontend's image; its {@code source} is the folder that the frontend's script creates (default {@code dist/web}). */
    @Parameter
    @Nullable Frontend frontend;

    /** The backends' images; each {@code source} is a folder that the backend's script creates (default {@code dist/node}). */
    @Parameter
    @Nullable List<Backend> backends;

    /** The image of the code as data; its {@code source} is the folder that the toolkit creates (default {@code dist/codeAsData}). */
    @Parameter
    @Nullable CodeAsData codeAsData;

    /** Makes plans from the goal's parameters. */
    final BuildPlans plans(GoalContext context) {
        Set<String> variables = new HashSet<>(Texts.withoutBlanks(incrementalEnvironment));
        if (environmentVariables != null) {
            variables.addAll(environmentVariables.keySet());
        }
        return new BuildPlans(
                new BuildSettings(
                        context.projectDirectory(),
                        frontendScript,
                        backendScript,
                        section(frontend),
                        backends == null
                                ? List.of()
                                : backends.stream()
                                        .map(backend -> section(backend == null ? new Backend() : backend)
                                                .orElseThrow())
                                        .toList(),
                        section(codeAsData),
                        libraryDirectory,
                        Optional.ofNullable(incremental),
                        variables,
                        context.outputDirectory()),
                npm(context));
    }

    private static Optional<BuildSettings.Section> section(@Nullable ImageSection section) {
        return Optional.ofNullable(section)
                .map(written -> new BuildSettings.Section(written.skip, Optional.ofNullable(written.source)));
    }

    /** Returns whether an earlier goal of this build has already built, or is going to build, what this one would build. */
    final boolean isBuilt(String step, GoalContext context) {
        return context.before().built().contains(step) || pluginContext().containsKey(BUILT + step);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> pluginContext() {
        Map<String, Object> kept = getPluginContext();
        return kept == null ? Map.of() : kept;
    }

    @Override
    GoalContext after(BuildPlan plan, GoalContext context) {
        return context.after(context.before().withBuilt(plan.builtForOthers()));
    }

    @Override
    void run(BuildPlan plan, GoalContext context) {
        if (plan.readsSnapshot()
                && SnapshotPlan.putBackInterrupted(
                        context.projectDirectory(), context.outputDirectory().resolve("snapshot"))) {
            getLog().warn("Restored the snapshot in the project: a later snapshot was killed while replacing it.");
        }
        plan.run(nodeSession(context));
        for (String step : List.of(BuildPlans.BACKEND, BuildPlans.CODE_AS_DATA)) {
            if (plan.builtForOthers().contains(step)) {
                pluginContext().put(BUILT + step, true);
            }
        }
    }
}
