package io.github.olympe.maven.goal;

import io.github.olympe.maven.node.BuildOutput;
import io.github.olympe.maven.node.BuildStep;
import io.github.olympe.maven.node.IncrementalBuild;
import io.github.olympe.maven.node.ProjectPart;
import io.github.olympe.maven.node.npm.Npm;
import io.github.olympe.maven.snapshot.SnapshotPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** What the goals have that build something: the steps, and how they run. */
abstract class AbstractBuildMojo extends AbstractNodeMojo {

    /** Says in the plugin's context, which Maven keeps for each project, that the backend was built with the frontend. */
    static final String BACKEND_BUILT = "olympe.backendBuilt";

    /** Says there that the library's script gathered the code as data. */
    static final String CODE_AS_DATA_BUILT = "olympe.codeAsDataBuilt";

    /**
     * Leaves a step out when its inputs are what they were when it last succeeded, and its outputs are still what it then made. Inputs are
     * the project's files that git does not ignore, the installed packages, the step's script and arguments, Node.js's version and the
     * variables of {@code environmentVariables} and {@code incrementalEnvironment}; all are compared by content.
     */
    @Parameter(property = "olympe.incremental", defaultValue = "false")
    boolean incremental;

    /** Names of environment variables that the steps depend on, such as {@code NODE_ENV}: with {@code incremental}, a change runs them. */
    @Parameter(property = "olympe.incrementalEnvironment")
    @Nullable List<String> incrementalEnvironment;

    /** The folder of the built library, which is packed and published. */
    @Parameter(property = "olympe.libraryDirectory", defaultValue = "dist")
    String libraryDirectory;

    /** The frontend's image; its {@code source} is the folder that the frontend's script makes (default {@code dist/web}). */
    @Parameter
    @Nullable Frontend frontend;

    /** The backends' images; each {@code source} is a folder that the backend's script makes (default {@code dist/node}). */
    @Parameter
    @Nullable List<Backend> backends;

    /** The image of the code as data; its {@code source} is the folder that the toolkit makes (default {@code dist/codeAsData}). */
    @Parameter
    @Nullable CodeAsData codeAsData;

    /** What Maven keeps for this project from one goal of the plugin to the next. */
    @SuppressWarnings("unchecked")
    final Map<String, Object> pluginContext() {
        return (Map<String, Object>) getPluginContext();
    }

    /** The frontend's step, where there is a frontend. */
    final Optional<BuildStep> frontendStep() {
        boolean wanted = (frontend == null || !frontend.skip)
                && ProjectPart.frontend(frontendScript).isIn(packageJson(), frontend != null);
        return wanted
                ? Optional.of(BuildStep.script(
                        "frontend", frontendScript, List.of(output(frontendFolder(), "frontend/source", false))))
                : Optional.empty();
    }

    /** The backend's step, where there is a backend. */
    final Optional<BuildStep> backendStep() {
        boolean written = backends != null && !backends.isEmpty();
        boolean wanted = false;
        for (Backend backend : written && backends != null ? backends : List.of(new Backend())) {
            wanted |= !backend.skip && ProjectPart.backends(backendScript).isIn(packageJson(), written);
        }
        return wanted
                ? Optional.of(BuildStep.script(
                        "backend",
                        backendScript,
                        backendFolders().stream()
                                .map(folder -> output(folder, "backends/backend/source", false))
                                .toList()))
                : Optional.empty();
    }

    final Path frontendFolder() {
        return folder(frontend, "dist/web");
    }

    final List<Path> backendFolders() {
        if (backends == null || backends.isEmpty()) {
            return List.of(folder(null, "dist/node"));
        }
        return backends.stream()
                .filter(backend -> !backend.skip)
                .map(backend -> folder(backend, "dist/node"))
                .distinct()
                .toList();
    }

    final Path codeAsDataFolder() {
        return folder(codeAsData, "dist/codeAsData");
    }

    final Path libraryFolder() {
        return projectDirectory().resolve(libraryDirectory).normalize();
    }

    private Path folder(@Nullable ImageSection section, String defaultFolder) {
        String folder = section == null || section.source == null ? defaultFolder : section.source.strip();
        return projectDirectory().resolve(folder).normalize();
    }

    /** Undoes what a snapshot did that was killed while it replaced the one in the project, which a step is about to read. */
    final void putBackInterruptedSnapshot() {
        if (SnapshotPlan.putBackInterrupted(
                projectDirectory(), outputDirectory().resolve("snapshot"))) {
            getLog().warn(
                            "Put the snapshot in the project back to what it was: a later one was killed while it replaced it.");
        }
    }

    /** All folders that build steps make. */
    private List<Path> outputFolders() {
        List<Path> folders = new ArrayList<>(backendFolders());
        folders.add(frontendFolder());
        folders.add(codeAsDataFolder());
        return folders;
    }

    final BuildOutput output(Path folder, String parameter, boolean codeAsData) {
        List<Path> others = outputFolders();
        others.removeIf(other -> other.equals(folder) || !other.startsWith(folder));
        return new BuildOutput(projectDirectory(), folder, parameter, others, codeAsData);
    }

    final void run(BuildStep step) {
        run(step, npmWithPackages());
    }

    final void run(BuildStep step, Npm npm) {
        if (incremental) {
            incrementalBuild().run(step, npm);
        } else {
            step.run(npm, unfinishedBuilds());
        }
    }

    /** Says that there is nothing to build. */
    final void nothing(String part, String script) {
        getLog().info("There is no " + part + " to build: package.json has no script '" + script
                + "', or the section of the configuration skips it.");
    }

    private IncrementalBuild incrementalBuild() {
        Map<String, String> variables = new TreeMap<>();
        Map<String, String> environment = nodeEnvironment();
        for (String name : withoutBlanks(incrementalEnvironment)) {
            variables.put(name, String.valueOf(environment.get(name)));
        }
        if (environmentVariables != null) {
            environmentVariables.keySet().forEach(name -> variables.put(name, String.valueOf(environment.get(name))));
        }
        List<Path> excluded = outputFolders();
        excluded.add(libraryFolder());
        excluded.add(outputDirectory());
        excluded.add(Path.of(project.getBuild().getDirectory()).toAbsolutePath().normalize());
        return new IncrementalBuild(unfinishedBuilds().folder(), excluded, variables);
    }
}
