package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.EmbeddedWebhook;
import io.github.olympe.maven.testing.MavenBuild;
import io.github.olympe.maven.testing.MavenDistribution;
import io.github.olympe.maven.testing.ShopProject;
import io.github.olympe.maven.testing.TestBaseImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A project is taken through {@code mvn deploy} by the newest Maven of each line, in a folder whose path has spaces and non-ASCII letters.
 * With {@code -Dolympe.matrix=all}: by each of them on each JDK with each option.
 */
class MavenMatrixConformanceTest {

    private static final List<String> MAVENS = List.of("3.6.3", "3.8.8", "3.9.16", "3.10.0", "4.0.0-rc-6");
    private static final List<String> OPTIONS = List.of("-B", "-T2", "-X", "-q", "-o");
    private static final boolean ALL = "all".equals(System.getProperty("olympe.matrix"));

    @TempDir
    Path folder;

    @TestFactory
    List<DynamicTest> deploysOnEachMaven() {
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < MAVENS.size(); i++) {
            String maven = MAVENS.get(i);
            for (int jdk : ALL ? List.of(17, 25) : List.of(i % 2 == 0 ? 17 : 25)) {
                for (String option : ALL ? OPTIONS : List.of(OPTIONS.get(i))) {
                    tests.add(DynamicTest.dynamicTest(
                            "Maven " + maven + ", JDK " + jdk + ", " + option, () -> deploys(maven, jdk, option)));
                }
            }
        }
        return tests;
    }

    private void deploys(String maven, int jdk, String option) throws IOException {
        Path project = folder.resolve("Über uns " + maven + jdk + option).resolve("shop ✓");
        Files.createDirectories(project.resolve(".mvn"));
        ShopProject.writeTo(project);
        ShopProject.writePom(project, "<olympe.tags>{version}</olympe.tags>", "");
        try (EmbeddedRegistry registry = EmbeddedRegistry.start();
                EmbeddedWebhook webhook = EmbeddedWebhook.start()) {
            TestBaseImages base = TestBaseImages.pushTo(registry.host());
            MavenBuild build = MavenBuild.in(project)
                    .maven(MavenDistribution.home(maven))
                    .java(jdkHome(jdk))
                    .with("WEBHOOK_TOKEN", "matrix-token")
                    .with("GITLAB_CI", "true")
                    .with("CI_COMMIT_BRANCH", "main")
                    .with("CI_COMMIT_SHA", "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d");
            List<String> arguments = new ArrayList<>(List.of(
                    "-Dolympe.registry=" + registry.host() + "/acme",
                    "-Dolympe.deploy.url=" + webhook.url("/acme/production"),
                    "-Dolympe.frontend.baseImage=" + base.frontend(),
                    "-Dolympe.backend.baseImage=" + base.backend(),
                    "-Dolympe.codeAsData.baseImage=" + base.codeAsData()));
            if (option.equals("-o")) {
                // What an offline build needs is fetched by one that is not.
                MavenBuild.Result online = build.run(with(arguments, "package"));
                assertThat(online.succeeded()).as(online.log()).isTrue();
            }

            MavenBuild.Result result = build.run(with(arguments, option, "deploy"));

            assertThat(result.succeeded()).as(result.log()).isTrue();
            assertThat(registry.tags("acme/shop-frontend")).containsExactly("1.0.0");
            assertThat(webhook.requests()).hasSize(1);
            assertThat(result.log()).doesNotContain("matrix-token");
            // The one about the small project's missing lock file is the plugin's own, and right.
            assertThat(result.log()
                            .lines()
                            .filter(line -> line.startsWith("[WARNING]"))
                            .filter(line -> !line.contains("package-lock.json")))
                    .as("warnings of Maven %s", maven)
                    .isEmpty();
        }
    }

    private static String[] with(List<String> arguments, String... more) {
        List<String> all = new ArrayList<>(List.of(more));
        all.addAll(arguments);
        return all.toArray(String[]::new);
    }

    private static Path jdkHome(int version) throws IOException {
        String variable = System.getenv("JAVA_" + version + "_HOME");
        if (variable != null) {
            return Path.of(variable);
        }
        try (Stream<Path> homes = Files.list(Path.of("/usr/lib/jvm"))) {
            return homes.filter(home -> Files.isExecutable(home.resolve("bin/java")))
                    .filter(home -> releaseOf(home).contains("JAVA_VERSION=\"" + version + "."))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("There is no JDK " + version
                            + " in /usr/lib/jvm; install one (Debian: openjdk-" + version
                            + "-jdk-headless, or Temurin's), or set JAVA_" + version + "_HOME."));
        }
    }

    private static String releaseOf(Path home) {
        try {
            return Files.readString(home.resolve("release"));
        } catch (IOException e) {
            return "";
        }
    }
}
