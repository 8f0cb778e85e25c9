package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.testing.MavenBuild;
import io.github.olympe.maven.testing.ProjectServers;
import io.github.olympe.maven.testing.ShopProject;
import io.github.olympe.maven.testing.TestPom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole log of a build. Each module logs each line once, and a step that did nothing logs no time. */
class LogOnceConformanceTest {

    /** The lines where Maven begins with a module, and where a delayed deployment begins. */
    private static final Pattern MODULE = Pattern.compile("\\[INFO\\] (-+< .+ >-+|Deploying the module '\\w+':)");

    /** Maven's own lines, and frames and empty lines of npm. */
    private static final Predicate<String> NO_LINE =
            Pattern.compile("\\[INFO\\]\\s*(-+\\s*)?|\\s*").asMatchPredicate();

    @TempDir
    Path folder;

    private ProjectServers servers;

    @BeforeEach
    void start() throws IOException {
        servers = ProjectServers.start(folder.toFile());
    }

    @AfterEach
    void stop() {
        servers.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-Dolympe.dryRun"})
    void ofAProject(String argument) throws IOException {
        ShopProject.writeTo(folder);
        withoutTests(folder);
        TestPom.of("shop").packaging("olympe").properties(properties()).writeTo(folder);

        assertSaysEachThingOnce(argument);
    }

    @Test
    void aReactorLogsEachThingOnce() throws IOException {
        List<String> modules = List.of("a", "b", "c");
        TestPom.writeReactor(folder, "all", modules, properties());
        for (String module : modules) {
            ShopProject.writeTo(folder.resolve(module));
            withoutTests(folder.resolve(module));
            TestPom.of(module).packaging("olympe").properties(properties()).writeTo(folder.resolve(module));
        }

        assertSaysEachThingOnce("-Dolympe.branch=main");
    }

    private String properties() {
        StringBuilder properties = new StringBuilder();
        servers.properties().forEach((name, value) -> properties.append("<%1$s>%2$s</%1$s>".formatted(name, value)));
        return properties + "<maven.deploy.skip>true</maven.deploy.skip><maven.install.skip>true</maven.install.skip>";
    }

    private static void withoutTests(Path project) throws IOException {
        Path file = project.resolve("package.json");
        Files.writeString(file, Files.readString(file).replace("\"test\":", "\"verify\":"));
    }

    private void assertSaysEachThingOnce(String argument) {
        List<String> arguments = new ArrayList<>(List.of("deploy"));
        if (!argument.isEmpty()) {
            arguments.add(argument);
        }
        MavenBuild.Result result = MavenBuild.in(folder)
                .with("GITLAB_CI", "true")
                .with("CI_COMMIT_BRANCH", "main")
                .with("CI_COMMIT_SHA", "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d")
                .with("OLYMPE_DEPLOY_TOKEN", ProjectServers.TOKEN)
                .run(arguments.toArray(String[]::new));
        assertThat(result.succeeded()).as(result.log()).isTrue();
        assertThat(twice(result.log())).as(result.log()).isEmpty();
        assertThat(result.log())
                .doesNotContainPattern("(?m)^\\[INFO\\]   (install-node|npm-test|snapshot) +\\d+\\.\\d s$");
    }

    /** The lines that a module says more than once. */
    private static List<String> twice(String log) {
        List<String> twice = new ArrayList<>();
        Set<String> said = new HashSet<>();
        for (String line : log.lines().toList()) {
            if (MODULE.matcher(line).matches()) {
                said.clear();
            }
            if (!NO_LINE.test(line) && !said.add(line.strip())) {
                twice.add(line);
            }
        }
        return twice;
    }
}
