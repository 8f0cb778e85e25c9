package io.github.olympe.maven.node.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.node.NodeFixture;
import io.github.olympe.maven.node.runtime.PathRuntimes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildPlansTest {

    private static final long GIBIBYTE = 1L << 30;
    private static final Machine LARGE = new Machine(2, 8 * GIBIBYTE);
    private static final Optional<Boolean> BY_DEFAULT = Optional.empty();

    @TempDir
    Path project;

    private final Map<String, String> environment = new TreeMap<>(NodeFixture.ENVIRONMENT);
    private String backendFolder = "dist/node";

    @BeforeEach
    void writeProject() {
        write("webpack --config-name node");
        NodeFixture.write(
                project,
                "webpack.config.js",
                "module.exports = [{ name: 'draw', mode: process.env.MODE }, { name: 'node', mode: 'production' }];");
    }

    private void write(String backendScript) {
        NodeFixture.write(project, "package.json", """
                {"scripts": {"build:draw": "webpack --config-name draw", "build:node": "%s", "test": "mocha", "build": "gulp"},
                 "devDependencies": {"webpack": "5.94.0", "@olympeio/toolkit": "1.2.3"}}
                """.formatted(backendScript));
    }

    private BuildPlans plans(Optional<Boolean> incremental) {
        BuildSettings settings = new BuildSettings(
                project,
                "build:draw",
                "build:node",
                Optional.empty(),
                List.of(new BuildSettings.Section(false, Optional.of(backendFolder))),
                Optional.empty(),
                "dist",
                incremental,
                Set.of("OWN"),
                project.resolve("target/olympe"));
        NpmSettings npm = new NpmSettings(
                project,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                environment,
                Duration.ofSeconds(60),
                Optional.empty(),
                Optional.empty(),
                HttpProxies.none(),
                false,
                Optional.empty());
        return new BuildPlans(settings, NpmPlan.of(npm, new PathRuntimes()));
    }

    private BuildPlan frontend(Optional<Boolean> incremental, Optional<Boolean> parallel) {
        return plans(incremental).frontend(parallel, true, LARGE);
    }

    @Test
    void byDefaultKnownBuildsAreIncrementalAndParallel() {
        BuildPlan plan = frontend(BY_DEFAULT, BY_DEFAULT);
        assertThat(plan.incremental()).containsOnlyKeys("frontend", "backend");
        assertThat(plan.incremental().values())
                .allSatisfy(build -> assertThat(build.known()).isPresent());
        assertThat(plan.details()).isEmpty();
        assertThat(plan.describe())
                .containsExactly(
                        "frontend: 'npm run build:draw' makes dist/web",
                        "backend: 'npm run build:node' makes dist/node, at the same time as frontend");
        assertThat(plans(BY_DEFAULT).codeAsData(Optional.empty(), false, true).incremental())
                .containsOnlyKeys("code as data");
    }

    @Test
    void byDefaultTheVariablesThatABuildReadsAreInputs() {
        environment.put("MODE", "production");
        environment.put("OWN", "1");
        environment.put("BROWSERSLIST_ENV", "2");
        environment.put("SOMETHING_ELSE", "3");
        assertThat(frontend(BY_DEFAULT, BY_DEFAULT)
                        .incremental()
                        .get("frontend")
                        .environment())
                .containsEntry("MODE", "production")
                .containsEntry("OWN", "1")
                .containsEntry("BROWSERSLIST_ENV", "2")
                .doesNotContainKey("SOMETHING_ELSE");
    }

    @Test
    void byDefaultAnyOtherBuildAlwaysRuns() {
        write("node build.js");
        BuildPlan plan = frontend(BY_DEFAULT, BY_DEFAULT);
        assertThat(plan.steps()).hasSize(1);
        assertThat(plan.details())
                .containsExactly(
                        "Building the frontend and the backend one after the other: the script 'build:node' runs 'node', not webpack.");
        BuildPlan backend = plans(BY_DEFAULT).backend();
        assertThat(backend.incremental()).isEmpty();
        assertThat(backend.details())
                .containsExactly("Running backend in each build: the script 'build:node' runs 'node', not webpack.");
        assertThat(plans(BY_DEFAULT).library("build").incremental()).isEmpty();
    }

    @Test
    void byDefaultTestsAlwaysRun() {
        assertThat(plans(BY_DEFAULT).test(false).incremental()).isEmpty();
        assertThat(plans(Optional.of(true)).test(false).incremental()).containsOnlyKeys("test");
    }

    @Test
    void theUserDecidesForAnyBuild() {
        write("node build.js");
        BuildPlan both = frontend(Optional.of(true), Optional.of(true));
        assertThat(both.incremental()).containsOnlyKeys("frontend", "backend");
        assertThat(both.incremental().values()).allSatisfy(build -> {
            assertThat(build.known()).isEmpty();
            assertThat(build.environment()).containsOnlyKeys("OWN");
        });
        write("webpack --config-name node");
        BuildPlan neither = frontend(Optional.of(false), Optional.of(false));
        assertThat(neither.incremental()).isEmpty();
        assertThat(neither.steps()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"1, 16", "2, 5", "2, 0", "16, 8"})
    void aSmallMachineBuildsOneAfterTheOther(int processors, long gibibytes) {
        BuildPlan plan = plans(BY_DEFAULT).frontend(BY_DEFAULT, true, new Machine(processors, gibibytes * GIBIBYTE));
        assertThat(plan.steps()).hasSize(1);
        assertThat(plan.details())
                .containsExactly(
                        "Building the frontend and the backend one after the other: this machine or container is too small.");
        assertThat(plans(BY_DEFAULT)
                        .frontend(Optional.of(true), true, new Machine(processors, gibibytes * GIBIBYTE))
                        .steps())
                .hasSize(2);
    }

    @Test
    void aSmallMachineBuildsNoMoreThanTwoModulesAtOnce() {
        assertThat(plans(BY_DEFAULT)
                        .frontend(BY_DEFAULT, true, LARGE.sharedBy(2))
                        .steps())
                .hasSize(1);
    }

    @Test
    void aBuildIntoAnothersFolderRunsAfterIt() {
        backendFolder = "dist/web/service";
        assertThat(frontend(BY_DEFAULT, BY_DEFAULT).details())
                .containsExactly(
                        "Building the frontend and the backend one after the other: one is built into the folder of the other.");
    }

    @Test
    void theMachineOfThisTestIsKnown() {
        assertThat(Machine.current().processors()).isPositive();
        assertThat(Machine.current().memory()).isGreaterThan(GIBIBYTE / 4);
    }
}
