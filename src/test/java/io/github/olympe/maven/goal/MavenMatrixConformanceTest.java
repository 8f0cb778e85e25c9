package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Projects are taken through {@code mvn deploy} by the newest Maven of each line, in folders whose paths have spaces and non-ASCII letters: a
 * small one with one of the options that change how Maven works, and the demo, whose images are the same from each.
 * With {@code -Dolympe.matrix=all}: by each of them on each JDK with each option. {@code .ci/matrix} does that, and takes every project of
 * {@code src/it} through each Maven.
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

    @TestFactory
    Stream<DynamicTest> makesTheSameImagesOfTheDemoOnEachMaven() throws IOException {
        Path project = folder.resolve("Démo d'Olympe").resolve("démo");
        MavenBuild.copyOf("demo", project);
        Files.createDirectories(project.resolve(".mvn"));
        Set<List<String>> digests = new HashSet<>();
        return IntStream.range(0, MAVENS.size())
                .boxed()
                .flatMap(i -> (ALL ? Stream.of(17, 25) : Stream.of(i % 2 == 0 ? 25 : 17))
                        .map(jdk -> DynamicTest.dynamicTest("Maven " + MAVENS.get(i) + ", JDK " + jdk, () -> {
                            digests.add(digestsOfTheDemo(project, MAVENS.get(i), jdk));
                            assertThat(digests).hasSize(1);
                        })));
    }

    /** Its packages are installed by the first Maven only; all else is built anew. */
    private static List<String> digestsOfTheDemo(Path project, String maven, int jdk) throws IOException {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start();
                EmbeddedWebhook webhook = EmbeddedWebhook.start()) {
            TestBaseImages base = TestBaseImages.pushTo(registry.host());
            MavenBuild.Result result = buildOf(project, maven, jdk)
                    .run(with(arguments(registry, webhook, base), "deploy", "-Dolympe.tags=" + maven));

            assertThat(result.succeeded()).as(result.log()).isTrue();
            assertThat(webhook.requests()).hasSize(1);
            assertThat(warnings(result)).as("warnings of Maven %s", maven).isEmpty();
            JsonNode images = new ObjectMapper()
                    .readTree(Files.readAllBytes(project.resolve("target/olympe/images.json")))
                    .path("images");
            List<String> layers = new ArrayList<>();
            images.forEach(image -> image.path("layers")
                    .forEach(layer -> layers.add(layer.path("digest").asText())));
            assertThat(images).hasSize(3);
            return layers;
        }
    }

    private void deploys(String maven, int jdk, String option) throws IOException {
        Path project = folder.resolve("Über uns " + maven + jdk + option).resolve("shop ✓");
        Files.createDirectories(project.resolve(".mvn"));
        ShopProject.writeTo(project);
        ShopProject.writePom(project, "<olympe.tags>{version}</olympe.tags>", "");
        try (EmbeddedRegistry registry = EmbeddedRegistry.start();
                EmbeddedWebhook webhook = EmbeddedWebhook.start()) {
            TestBaseImages base = TestBaseImages.pushTo(registry.host());
            MavenBuild build = buildOf(project, maven, jdk);
            List<String> arguments = arguments(registry, webhook, base);
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
            assertThat(warnings(result))
                    .as("warnings of Maven %s", maven)
                    .allMatch(line -> line.contains("package-lock.json"));
        }
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

    /** But for those of a Maven that asks repositories for what they have, where the machine reaches some of them only. */
    private static List<String> warnings(MavenBuild.Result result) {
        return result.log().lines().filter(line -> line.startsWith("[WARNING]")).toList();
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
