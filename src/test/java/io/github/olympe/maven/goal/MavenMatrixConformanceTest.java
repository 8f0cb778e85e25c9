package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.EmbeddedWebhook;
import io.github.olympe.maven.testing.MavenBuild;
import io.github.olympe.maven.testing.MavenDistribution;
import io.github.olympe.maven.testing.TestBaseImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo is taken through {@code mvn deploy} by the newest Maven of each line, with an option that changes how Maven works, in a folder
 * whose path has spaces and non-ASCII letters; its images are the same from each.
 * With {@code -Dolympe.matrix=all}: by each of them on each JDK with each option. {@code .ci/matrix} does that, and takes every project of
 * {@code src/it} through each Maven.
 */
class MavenMatrixConformanceTest {

    private static final List<String> MAVENS = List.of("3.6.3", "3.8.8", "3.9.16", "3.10.0", "4.0.0-rc-6");
    private static final List<String> OPTIONS = List.of("-B", "-T2", "-X", "-q", "-o");
    private static final boolean ALL = "all".equals(System.getProperty("olympe.matrix"));

    @TempDir
    Path folder;

    private Path project;
    private final Set<List<String>> layers = new HashSet<>();

    @TestFactory
    List<DynamicTest> deploysTheDemoOnEachMaven() throws IOException {
        project = folder.resolve("Démo d'Olympe ✓").resolve("dépôt");
        MavenBuild.copyOf("demo", project);
        Files.createDirectories(project.resolve(".mvn"));
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

    /** Only the first Maven installs the demo's packages. Everything else is built again. */
    private void deploys(String maven, int jdk, String option) throws IOException {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start();
                EmbeddedWebhook webhook = EmbeddedWebhook.start()) {
            MavenBuild build = buildOf(project, maven, jdk);
            List<String> arguments = arguments(registry, webhook, TestBaseImages.pushTo(registry.host()));
            if (option.equals("-o")) {
                // An online build fetches what the offline build needs.
                MavenBuild.Result online = build.run(with(arguments, "package"));
                assertThat(online.succeeded()).as(online.log()).isTrue();
            }

            MavenBuild.Result result = build.run(with(arguments, option, "deploy", "-Dolympe.tags={version}"));

            assertThat(result.succeeded()).as(result.log()).isTrue();
            assertThat(registry.tags("acme/shop-frontend")).containsExactly("1.0.0");
            assertThat(webhook.requests()).hasSize(1);
            assertThat(result.log()).doesNotContain("matrix-token");
            assertThat(warnings(result)).as("warnings of Maven %s", maven).isEmpty();
            layers.add(layers());
            assertThat(layers).hasSize(1);
        }
    }

    private List<String> layers() throws IOException {
        JsonNode images = new ObjectMapper()
                .readTree(Files.readAllBytes(project.resolve("target/olympe/images.json")))
                .path("images");
        assertThat(images).hasSize(3);
        List<String> digests = new ArrayList<>();
        images.forEach(image -> image.path("layers")
                .forEach(layer -> digests.add(layer.path("digest").asText())));
        return digests;
    }

    private static MavenBuild buildOf(Path project, String maven, int jdk) throws IOException {
        return MavenBuild.in(project)
                .maven(MavenDistribution.home(maven))
                .java(jdkHome(jdk))
                .with("WEBHOOK_TOKEN", "matrix-token")
                .with("GITLAB_CI", "true")
                .with("CI_COMMIT_BRANCH", "main")
                .with("CI_COMMIT_SHA", "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d");
    }

    private static List<String> arguments(EmbeddedRegistry registry, EmbeddedWebhook webhook, TestBaseImages base) {
        return List.of(
                "-Dolympe.registry=" + registry.host() + "/acme",
                "-Dolympe.deploy.url=" + webhook.url("/acme/production"),
                "-Dolympe.frontend.baseImage=" + base.frontend(),
                "-Dolympe.backend.baseImage=" + base.backend(),
                "-Dolympe.codeAsData.baseImage=" + base.codeAsData());
    }

    /**
     * But for those of a Maven that asks repositories for what they have, where the machine reaches some of them only, and the one that the
     * base images have an older Node.js than this machine.
     */
    private static List<String> warnings(MavenBuild.Result result) {
        return result.log()
                .lines()
                .filter(line -> line.startsWith("[WARNING]"))
                .filter(line -> !line.contains("/.meta/prefixes.txt"))
                .filter(line -> !line.contains("has Node.js 18 to run it"))
                .toList();
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
