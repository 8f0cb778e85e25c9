package io.github.olympe.maven.image.dockerfile.forms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.ImageAssembler;
import io.github.olympe.maven.image.ImageKind;
import io.github.olympe.maven.image.ImageSpec;
import io.github.olympe.maven.image.RecordedLog;
import io.github.olympe.maven.image.Specs;
import io.github.olympe.maven.image.dockerfile.project.WrittenSection;
import io.github.olympe.maven.image.layout.AssembledImage;
import io.github.olympe.maven.testing.ImageTools;
import io.github.olympe.maven.testing.LayoutBaseImages;
import io.github.olympe.maven.testing.ScratchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Each Dockerfile of {@code src/test/resources/dockerfiles} is built by buildah and by the plugin, whose image is unpacked by umoci. Both are alike in every path and in every field of the configuration; or both refuse the Dockerfile.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class DockerfileFormsConformanceTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int AT_ONCE = 2;
    private static final String SOURCE = "dist/web";

    private static Path folder;
    private static Path context;
    private static Path bases;
    private static ImageTools tools;
    private static BuildahStore store;

    @BeforeAll
    static void makeBaseImages() throws IOException {
        folder = ScratchFolder.create("olympe-forms", 1L << 30);
        tools = new ImageTools(folder, "vfs");
        store = new BuildahStore(folder.resolve("storage"));
        context = Files.createDirectories(folder.resolve("context"));
        bases = folder.resolve("bases");
        DockerfileFixture.make(folder, context, tools, bases);
    }

    @AfterAll
    static void removeFiles() {
        ScratchFolder.remove(folder);
    }

    @Test
    void eachComesOutTheSameOrIsRefusedByBoth() throws Exception {
        List<DockerfileCase> cases = DockerfileCase.all();
        assertThat(cases).hasSizeGreaterThan(130);
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<List<String>>> compared = new ArrayList<>();
            for (DockerfileCase each : cases) {
                String tag = "case" + compared.size();
                compared.add(pool.submit(() -> differences(each, tag)));
            }
            List<String> differences = new ArrayList<>();
            for (Future<List<String>> future : compared) {
                differences.addAll(future.get());
            }
            assertThat(String.join("\n", differences)).isEmpty();
        } finally {
            pool.shutdownNow();
            assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    /** Where no ARG declares SOURCES_PATH, docker copies the whole project, its secrets included; the plugin copies what is meant. */
    @Test
    void anUndeclaredSourcesPathIsTheFolderWithTheBuildsResult() throws Exception {
        DockerfileCase undeclared =
                DockerfileCase.of("undeclared", "FROM localhost/base:base\nCOPY $SOURCES_PATH /srv\n");
        DockerfileCase written = DockerfileCase.of("written", "FROM localhost/base:base\nCOPY " + SOURCE + " /srv\n");
        assertThat(theirs(undeclared, "undeclared").files()).anyMatch(line -> line.startsWith("./srv/docker/start.sh"));
        assertThat(ours(undeclared, "undeclared").files())
                .isEqualTo(theirs(written, "written").files());
    }

    /** An image. */
    private record Image(TreeSet<String> files, JsonNode configuration) {}

    private static List<String> differences(DockerfileCase each, String tag) throws IOException {
        Optional<Image> theirs = built(() -> theirs(each, tag), AssertionError.class);
        Optional<Image> ours = built(() -> ours(each, tag), OlympeException.class);
        if (theirs.isEmpty() != each.refused() || ours.isEmpty() != each.refused()) {
            return List.of(each.name() + ": buildah " + (theirs.isEmpty() ? "refuses" : "builds") + " it, the plugin "
                    + (ours.isEmpty() ? "refuses" : "builds") + " it");
        }
        List<String> differences = new ArrayList<>();
        if (!each.refused()) {
            Image one = theirs.orElseThrow();
            Image other = ours.orElseThrow();
            without(one.files(), other.files()).forEach(line -> differences.add("only in buildah's: " + line));
            without(other.files(), one.files()).forEach(line -> differences.add("only in ours: " + line));
            differences.addAll(Fields.differences(one.configuration(), other.configuration()));
        }
        return each.unexpected(differences);
    }

    private interface Build {
        Image run() throws IOException;
    }

    private static Optional<Image> built(Build build, Class<? extends Throwable> refusal) throws IOException {
        try {
            return Optional.of(build.run());
        } catch (OlympeException | AssertionError e) {
            if (refusal.isInstance(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Image theirs(DockerfileCase each, String tag) throws IOException {
        tools.build(
                tag,
                context,
                each.text(),
                "--layers=false",
                "--pull-never",
                "--format=docker",
                "--identity-label=false",
                "--build-arg=SOURCES_PATH=" + SOURCE,
                "--build-arg=GIVEN=given");
        String name = "localhost/" + tag + ":latest";
        return new Image(UnpackedTree.describe(store.files(name)), store.configuration(name));
    }

    private static Image ours(DockerfileCase each, String tag) throws IOException {
        Path file = Files.writeString(folder.resolve(tag + ".Dockerfile"), each.text());
        ImageSpec spec = new WrittenSection(
                        file.toString(),
                        Map.of("GIVEN", "given"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())
                .applyTo(Specs.spec(ImageKind.FRONTEND, tag, context, "localhost/base:base", SOURCE, "/unused", "0"));
        Path images = folder.resolve("ours-" + tag);
        AssembledImage image = new ImageAssembler(
                        new LayoutBaseImages(bases), folder.resolve("cache"), new RecordedLog())
                .assemble(List.of(spec), images, true)
                .get(0);
        JsonNode configuration =
                JSON.readTree(image.layout().blob(image.imageId()).orElseThrow().toFile());
        if (configuration.path("config").path("Labels") instanceof ObjectNode labels) {
            labels.remove("draw_version");
            labels.remove(List.of("org.opencontainers.image.base.name", "org.opencontainers.image.base.digest"));
        }
        Path layout = Files.createDirectories(images.resolve("all-" + tag));
        ImageTools.bash(layout, "tar xf ../" + tag + ".tar");
        return new Image(files(layout, "t1"), configuration);
    }

    private static TreeSet<String> files(Path layout, String tag) throws IOException {
        Path root = tools.unpack(layout, tag);
        TreeSet<String> files = UnpackedTree.describe(root);
        UnpackedTree.remove(root);
        UnpackedTree.remove(layout);
        return files;
    }

    private static Set<String> without(Set<String> lines, Set<String> others) {
        Set<String> rest = new TreeSet<>(lines);
        rest.removeAll(others);
        return rest;
    }
}
