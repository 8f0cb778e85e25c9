package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.olympe.maven.io.FileTree;
import io.github.olympe.maven.patches.CoreSnapshots;
import io.github.olympe.maven.patches.ImportJob;
import io.github.olympe.maven.patches.RandomTree;
import io.github.olympe.maven.patches.tree.Content;
import io.github.olympe.maven.testing.DockerRegistry;
import io.github.olympe.maven.testing.ImageTools;
import io.github.olympe.maven.testing.RequiredProgram;
import io.github.olympe.maven.testing.ScratchFolder;
import io.github.olympe.maven.testing.TestImage;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Compares the forecast of {@code diff} with {@code rsync}, for images that {@code image} made and {@code push} put into Debian's
 * {@code docker-registry}. umoci unpacks both images for {@code rsync}. This is done for each step of the snapshots and for random trees.
 * {@link io.github.olympe.maven.patches.ForecastConformanceTest} compares more random trees, from the files themselves.
 */
@Timeout(600)
class UnpackedForecastConformanceTest {

    private static final int RANDOM_TREES = 3;
    private static final String REPOSITORY = "acme/shop-codeasdata";

    private final DockerRegistry registry = DockerRegistry.start();
    private Path folder;
    private Path dist;
    private int images;

    @BeforeEach
    void writeProject() throws Exception {
        folder = ScratchFolder.create("olympe-forecast", 1L << 20);
        dist = folder.resolve("dist/codeAsData");
        Files.writeString(folder.resolve("package.json"), "{\"name\": \"@olympeio/core\"}");
        TestImage.create().folder("root/patches", 1000, 1000, 0755).pushTo(registry.host(), "base/data", "1");
    }

    @AfterEach
    void stop() {
        registry.close();
        ScratchFolder.remove(folder);
    }

    @Test
    void predictsWhatTheImportJobImportsFromEachImage() throws Exception {
        try (CoreSnapshots core = CoreSnapshots.in(folder.resolve("git"))) {
            Files.createDirectories(dist);
            Files.writeString(
                    dist.resolve("import_order.json"), "[{\"name\": \"@olympeio/core\", \"path\": \"core\"}]");
            for (int i = 0; i < core.commits().size(); i++) {
                FileTree.delete(dist.resolve("core"));
                for (var file : core.snapshot(core.commits().get(i)).files().entrySet()) {
                    copy(file.getValue(), dist.resolve("core").resolve(file.getKey()));
                }
                requireForeseen("step " + i);
            }
        }
        long seed = Long.getLong("olympe.test.seed", 1);
        System.out.println("UnpackedForecastConformanceTest: seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < RANDOM_TREES; i++) {
            FileTree.delete(dist);
            RandomTree.write(dist, random);
            requireForeseen("seed " + seed + ", tree " + i);
        }
    }

    /** Makes the next image, has the job import it, and compares that with the forecast from the image before. */
    private void requireForeseen(String name) throws Exception {
        Path image = push(++images);
        Path environment = folder.resolve("environment");
        if (images == 1) {
            ImportJob.copy(image, Files.createDirectory(environment));
            return;
        }
        JsonNode files = forecast(images - 1, images).path("files");
        Set<String> old = ImportJob.importable(environment);

        Set<String> imported = ImportJob.copy(image, environment);

        Set<String> fresh = ImportJob.importable(environment);
        old.removeAll(fresh);
        assertThat(texts(files.path("imported"))).as(name).isEqualTo(imported);
        assertThat(texts(files.path("deleted"))).as(name).isEqualTo(old);
        assertThat(files.path("unchanged").asInt()).as(name).isEqualTo(fresh.size() - imported.size());
    }

    private static void copy(Content from, Path to) throws Exception {
        Files.createDirectories(to.getParent());
        try (InputStream in = from.open()) {
            Files.copy(in, to);
        }
    }

    /** Makes an image and pushes it with its number as its tag; returns the folder of its patches, unpacked. */
    private Path push(int number) throws Exception {
        GoalFixture<ImageMojo> image = goal(new ImageMojo());
        image.goal.codeAsDataBaseImage = registry.host() + "/base/data:1";
        image.goal.tags = List.of(String.valueOf(number));
        image.goal.lifecycle = PlannedGoals.of(Map.of());
        GoalFixture<PushMojo> push = goal(new PushMojo()).inBuildOf(image);
        push.goal.lifecycle = image.goal.lifecycle;
        for (ImagesMojo<?> goal : List.of(image.goal, push.goal)) {
            goal.codeAsDataDeploy = "true";
            goal.environments = List.of(GoalFixture.environment("production", "https://deploy.example.com/acme"));
            goal.environment = "production";
            goal.execute();
        }
        Path layout = folder.resolve("layout");
        FileTree.delete(layout);
        RequiredProgram.SKOPEO.run(
                "copy", "--src-tls-verify=false", "docker://" + reference(number), "oci:" + layout + ":1");
        return new ImageTools(folder).unpack(layout, "1").resolve("root/patches");
    }

    private JsonNode forecast(int from, int to) throws Exception {
        GoalFixture<DiffMojo> diff = goal(new DiffMojo());
        diff.goal.from = reference(from);
        diff.goal.to = reference(to);
        diff.goal.execute();
        return new ObjectMapper()
                .readTree(folder.resolve("target/olympe/diff/diff.json").toFile())
                .path("forecast");
    }

    private <T extends RegistryMojo<?>> GoalFixture<T> goal(T goal) {
        GoalFixture<T> fixture = new GoalFixture<>(goal, folder, "olympe:image");
        fixture.goal.registry = registry.host() + "/acme";
        fixture.goal.session.setAllProjects(List.of());
        return fixture;
    }

    private String reference(int number) {
        return registry.host() + "/" + REPOSITORY + ":" + number;
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new TreeSet<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
