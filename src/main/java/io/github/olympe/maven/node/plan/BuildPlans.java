package io.github.olympe.maven.node.plan;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.node.BuildOutput;
import io.github.olympe.maven.node.BuildScript;
import io.github.olympe.maven.node.BuildStep;
import io.github.olympe.maven.node.IncrementalBuild;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.node.ProjectPart;
import io.github.olympe.maven.node.ProjectReview;
import io.github.olympe.maven.node.UnfinishedBuilds;
import io.github.olympe.maven.text.InvalidParameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Makes the plans of the goals that build something.
 *
 * @param settings the settings of the parts
 * @param npm npm in the project
 */
public record BuildPlans(BuildSettings settings, NpmPlan npm) {

    /** The step that builds the frontend. */
    public static final String FRONTEND = "frontend";

    /** The step that builds the backends. */
    public static final String BACKEND = "backend";

    /** The step that gathers the code as data. */
    public static final String CODE_AS_DATA = "code as data";

    private static final Set<String> MODES = Set.of("all", "project", "dependencies");
    private static final String TOOLKIT = "@olympeio/toolkit";
    private static final String TOOLKIT_COMMAND = "olympe";

    /** The script that {@code npm init} writes if there are no tests yet. */
    private static final String NO_TEST = "echo \"Error: no test specified\" && exit 1";

    /**
     * Plans the frontend.
     *
     * @param parallel whether the backends are built at the same time; empty means if that is known to be safe
     * @param buildsBackend whether this build builds the backends
     * @param machine the resources for the builds
     * @throws OlympeException if a section has no script, or an output is not a separate folder
     */
    public BuildPlan frontend(Optional<Boolean> parallel, boolean buildsBackend, Machine machine) {
        PackageJson packageJson = packageJson();
        List<BuildStep> steps = new ArrayList<>();
        List<String> details = new ArrayList<>();
        boolean skipped =
                settings.frontend().filter(BuildSettings.Section::skip).isPresent();
        if (!skipped
                && ProjectPart.frontend(settings.frontendScript())
                        .isIn(packageJson, settings.frontend().isPresent())) {
            steps.add(BuildStep.script(
                    FRONTEND,
                    settings.frontendScript(),
                    List.of(output(settings.frontendFolder(), "frontend/source", false))));
            List<BuildStep> others = buildsBackend ? backendSteps(packageJson) : List.of();
            Optional<String> reason = others.isEmpty() || parallel.isPresent()
                    ? Optional.empty()
                    : options().reasonNotAtOnce(packageJson, machine);
            reason.ifPresent(
                    why -> details.add("Building the frontend and the backend one after the other: " + why + "."));
            if (parallel.orElse(reason.isEmpty())) {
                steps.addAll(others);
            }
        }
        boolean namesFolder =
                settings.frontend().flatMap(BuildSettings.Section::source).isPresent();
        return plan(
                steps,
                step -> options()
                        .ofScript(
                                packageJson,
                                step.equals(BACKEND) ? settings.backendScript() : settings.frontendScript()),
                nothing("frontend", settings.frontendScript()),
                details,
                ProjectReview.of(packageJson)
                        .scripts(settings.frontendScript(), settings.backendScript(), namesFolder));
    }

    /** Plans the backends, like {@link #frontend}. */
    public BuildPlan backend() {
        PackageJson packageJson = packageJson();
        return plan(
                backendSteps(packageJson),
                step -> options().ofScript(packageJson, settings.backendScript()),
                nothing("backend", settings.backendScript()),
                List.of(),
                List.of());
    }

    private List<BuildStep> backendSteps(PackageJson packageJson) {
        boolean described = !settings.backends().isEmpty();
        ProjectPart part = ProjectPart.backends(settings.backendScript());
        boolean wanted = false;
        for (BuildSettings.Section backend :
                described ? settings.backends() : List.of(new BuildSettings.Section(false, Optional.empty()))) {
            wanted |= !backend.skip() && part.isIn(packageJson, described);
        }
        return wanted
                ? List.of(BuildStep.script(
                        BACKEND,
                        settings.backendScript(),
                        settings.backendFolders().stream()
                                .map(folder -> output(folder, "backends/backend/source", false))
                                .toList()))
                : List.of();
    }

    private static String nothing(String part, String script) {
        return "There is no " + part + " to build: package.json has no script '" + script
                + "', or the section of the configuration skips it.";
    }

    /**
     * Plans the code as data.
     *
     * @param mode the parameter {@code codeAsDataMode}
     * @param library whether the project is a library, of which only its own code as data is gathered by default
     * @param savesSnapshot whether this build fetches a snapshot first
     * @throws OlympeException if the toolkit does not have the mode, or the output is not a separate folder
     */
    public BuildPlan codeAsData(Optional<String> mode, boolean library, boolean savesSnapshot) {
        PackageJson packageJson = packageJson();
        String chosen = mode.orElse(library ? "project" : "all");
        if (!MODES.contains(chosen)) {
            throw InvalidParameter.of(
                    "codeAsDataMode (olympe.codeAsData.mode)", chosen, "Use 'all', 'project' or 'dependencies'.");
        }
        if (settings.codeAsData().filter(BuildSettings.Section::skip).isPresent()) {
            return none("There is no code as data to build: the section 'codeAsData' skips it.");
        }
        List<String> arguments = new ArrayList<>(List.of("buildCodeAsData"));
        if (!chosen.equals("all")) {
            arguments.addAll(List.of("--codeAsData.mode", chosen));
        }
        if (settings.codeAsData().flatMap(BuildSettings.Section::source).isPresent()) {
            Path folder = settings.project().relativize(settings.codeAsDataFolder());
            arguments.addAll(
                    List.of("--codeAsData.workingDir", "./" + folder.toString().replace('\\', '/')));
        }
        List<String> warnings = new ArrayList<>();
        if (!chosen.equals("dependencies") && !savesSnapshot) {
            ProjectReview.of(packageJson).snapshot().ifPresent(warnings::add);
        }
        if (!packageJson.brings(TOOLKIT, npm.workspace())) {
            warnings.add("The file '" + packageJson.file() + "' does not depend on '" + TOOLKIT
                    + "', which builds the code as data; add it by 'npm install --save-dev " + TOOLKIT + "'.");
        }
        BuildStep step = new BuildStep(
                CODE_AS_DATA,
                "npx olympe " + String.join(" ", arguments),
                installed -> installed.runLocal(TOOLKIT_COMMAND, TOOLKIT, arguments),
                List.of(output(settings.codeAsDataFolder(), "codeAsData/source", true)));
        return plan(List.of(step), name -> options().ofToolkit(), "", List.of(), warnings);
    }

    /**
     * Plans a library. If its script also gathers the code as data, the step makes both.
     *
     * @throws OlympeException if there is no such script
     */
    public BuildPlan library(String script) {
        PackageJson packageJson = packageJson();
        packageJson.requireScript(script, "libraryScript");
        BuildOutput library = output(settings.libraryFolder(), "libraryDirectory", false);
        List<BuildOutput> outputs = List.of(library);
        if (library.without().contains(settings.codeAsDataFolder())
                && new BuildScript(packageJson, script).gathersCodeAsData()) {
            BuildOutput patches = output(settings.codeAsDataFolder(), "codeAsData/source", true);
            outputs = List.of(library.with(patches), patches);
        }
        return plan(
                List.of(BuildStep.script("library", script, outputs)),
                step -> options().ofScript(packageJson, script),
                "",
                List.of(),
                List.of());
    }

    /** Plans nothing, for this reason. */
    public BuildPlan none(String reason) {
        return plan(List.of(), step -> StepOptions.Repeat.always(reason), reason, List.of(), List.of());
    }

    /** Plans the tests. */
    public BuildPlan test(boolean skip) {
        if (skip) {
            return none("Tests are skipped.");
        }
        PackageJson packageJson = packageJson();
        boolean has = packageJson.hasScript("test")
                && !NO_TEST.equals(packageJson.scripts().get("test"));
        return plan(
                has
                        ? List.of(new BuildStep("test", "npm test", installed -> installed.run("test"), List.of()))
                        : List.of(),
                step -> options().ofTests(),
                "package.json has no script 'test': there is nothing to test.",
                List.of(),
                List.of());
    }

    private BuildPlan plan(
            List<BuildStep> steps,
            Function<String, StepOptions.Repeat> repeats,
            String nothing,
            List<String> details,
            List<String> warnings) {
        Map<String, IncrementalBuild> incremental = new TreeMap<>();
        List<String> told = new ArrayList<>(details);
        for (BuildStep step : steps) {
            StepOptions.Repeat repeat = repeats.apply(step.name());
            repeat.incremental().ifPresent(build -> incremental.put(step.name(), build));
            if (repeat.incremental().isEmpty()) {
                told.add("Running " + step.name() + " in each build: " + repeat.reason() + ".");
            }
        }
        UnfinishedBuilds marks = new UnfinishedBuilds(settings.outputDirectory().resolve("build"));
        return new BuildPlan(npm, steps, nothing, incremental, marks, told, warnings);
    }

    private StepOptions options() {
        return new StepOptions(settings, npm);
    }

    private BuildOutput output(Path folder, String parameter, boolean codeAsData) {
        List<Path> others = settings.outputs();
        others.removeIf(other -> other.equals(folder) || !other.startsWith(folder));
        return new BuildOutput(settings.project(), folder, parameter, others, codeAsData);
    }

    private PackageJson packageJson() {
        return PackageJson.read(settings.project());
    }
}
