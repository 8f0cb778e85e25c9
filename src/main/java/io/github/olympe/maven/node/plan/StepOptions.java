package io.github.olympe.maven.node.plan;

import io.github.olympe.maven.node.IncrementalBuild;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.node.webpack.KnownInputs;
import io.github.olympe.maven.node.webpack.WebpackBuild;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Decides which steps are skipped if nothing has changed, and which run at the same time: those that the user chose, or by default those of
 * which the plugin knows everything that they read.
 *
 * @param settings what builds the parts
 * @param npm npm in the project
 */
record StepOptions(BuildSettings settings, NpmPlan npm) {

    /** Variables that Node.js, npm's scripts and the packages that come with webpack read; and those that the toolkit reads. */
    private static final List<String> PREFIXES =
            List.of("NODE_", "BABEL_", "BROWSERSLIST", "WEBPACK_", "TS_", "TSC_", "TERSER_", "ESBUILD_", "SNAPSHOT_");

    /**
     * How a step is repeated.
     *
     * @param incremental skips the step if its output would not change; empty means that it runs in each build
     * @param reason why it runs in each build
     */
    record Repeat(Optional<IncrementalBuild> incremental, String reason) {

        static Repeat always(String reason) {
            return new Repeat(Optional.empty(), reason);
        }
    }

    /** Returns how a script that builds something is repeated. */
    Repeat ofScript(PackageJson packageJson, String script) {
        return ofUser().orElseGet(() -> {
            WebpackBuild build = webpack(packageJson, script);
            return build.unknown()
                    .map(Repeat::always)
                    .orElseGet(() -> known(KnownInputs.Tool.WEBPACK, build.variables()));
        });
    }

    /** Returns how gathering the code as data is repeated. */
    Repeat ofToolkit() {
        return ofUser().orElseGet(() -> known(KnownInputs.Tool.TOOLKIT, Set.of()));
    }

    /** Returns how the tests are repeated. Only the user knows what they depend on. */
    Repeat ofTests() {
        return ofUser().orElseGet(() -> Repeat.always("tests may depend on anything"));
    }

    private Optional<Repeat> ofUser() {
        return settings.incremental()
                .map(wanted -> wanted
                        ? new Repeat(Optional.of(build(settings.variables(), Optional.empty())), "")
                        : Repeat.always("'incremental' is false"));
    }

    private Repeat known(KnownInputs.Tool tool, Collection<String> read) {
        Set<String> variables = new TreeSet<>(settings.variables());
        variables.addAll(read);
        npm.environment().keySet().stream()
                .filter(name -> PREFIXES.stream().anyMatch(name.toUpperCase(Locale.ROOT)::startsWith))
                .forEach(variables::add);
        return new Repeat(
                Optional.of(build(variables, Optional.of(new KnownInputs(tool, settings.builtFolders())))), "");
    }

    private IncrementalBuild build(Set<String> names, Optional<KnownInputs> known) {
        Map<String, String> variables = new TreeMap<>();
        names.forEach(
                name -> variables.put(name, String.valueOf(npm.environment().get(name))));
        List<Path> excluded = settings.outputs();
        excluded.add(settings.libraryFolder());
        excluded.add(settings.outputDirectory().resolve("..").normalize());
        return new IncrementalBuild(settings.outputDirectory().resolve("build"), excluded, variables, known);
    }

    /**
     * Why the frontend and the backend are not built at the same time by default; empty if they are.
     */
    Optional<String> reasonNotAtOnce(PackageJson packageJson, Machine machine) {
        if (!machine.holdsTwoBuilds()) {
            return Optional.of("this machine or container is too small");
        }
        Path frontend = settings.frontendFolder();
        for (Path backend : settings.backendFolders()) {
            if (frontend.startsWith(backend) || backend.startsWith(frontend)) {
                return Optional.of("one is built into the folder of the other");
            }
        }
        return webpack(packageJson, settings.frontendScript())
                .reasonNotBeside(webpack(packageJson, settings.backendScript()));
    }

    private WebpackBuild webpack(PackageJson packageJson, String script) {
        return WebpackBuild.of(packageJson, script, npm.workspace(), settings.builtFolders());
    }
}
