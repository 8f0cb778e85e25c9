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
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Builds each Dockerfile of {@code src/test/resources/dockerfiles} with buildah and with the plugin, whose image umoci unpacks. Reading
 * buildah's files in its store takes a third of the time of unpacking them; for every tenth image umoci checks that both are the same. The
 * two images must be equal in every path and in every field of the configuration, or both must refuse the Dockerfile.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class DockerfileFormsConformanceTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int AT_ONCE = 2;
    private static final String SOURCE = "dist/web";
    private static final int MADE_UP = Integer.getInteger("olympe.test.dockerfiles", 20);

    /** {@code -Dolympe.test.seed=…} generates other Dockerfiles. */
    private static final long SEED = Long.getLong("olympe.test.seed", 1);

    /** For some instructions buildah creates the folder of a base image's volume; docker does not. */
    private static final Predicate<String> VOLUME_OF_BASE =
            Pattern.compile("only in buildah's: \\./data d .*").asMatchPredicate();

    private static final AtomicInteger TAGS = new AtomicInteger();

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
    void eachFormGivesTheSameImageOrIsRefusedByBoth() throws Exception {
        List<DockerfileCase> cases = DockerfileCase.all();
        assertThat(cases).hasSizeGreaterThan(130);
        List<String> differences = new ArrayList<>();
        for (List<String> found : all(cases, (each, tag) -> differences(each, tag))) {
            differences.addAll(found);
        }
        assertThat(String.join("\n", differences)).isEmpty();
    }

    /** The plugin may refuse more of the generated Dockerfiles than buildah, if it says that it cannot follow them. */
    @Test
    void randomDockerfilesGiveTheSameImageOrAreRefusedByBoth() throws Exception {
        List<DockerfileCase> cases = new ArrayList<>();
        for (long seed = SEED; seed < SEED + MADE_UP; seed++) {
            cases.add(DockerfileCase.of("seed " + seed, MadeUpDockerfile.of(new Random(seed))));
        }
        List<Comparison> compared = all(cases, DockerfileFormsConformanceTest::compare);
        StringBuilder differences = new StringBuilder();
        for (int i = 0; i < compared.size(); i++) {
            if (!compared.get(i).isExcused()) {
                differences
                        .append(cases.get(i).name())
                        .append(": ")
                        .append(compared.get(i))
                        .append('\n')
                        .append(cases.get(i).text());
            }
        }
        assertThat(differences.toString()).isEmpty();
        assertThat(compared.stream().filter(Comparison::areBuilt))
                .as("Dockerfiles that are followed")
                .hasSizeGreaterThan(MADE_UP / 3);
    }

    private interface Work<T> {
        T of(DockerfileCase each, String tag) throws IOException;
    }

    /** Runs this for each case, some of them in parallel. */
    private static <T> List<T> all(List<DockerfileCase> cases, Work<T> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (DockerfileCase each : cases) {
                String tag = "case" + TAGS.incrementAndGet();
                futures.add(pool.submit(() -> work.of(each, tag)));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
            assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    /** If no ARG declares SOURCES_PATH, docker copies the whole project, including its secrets. The plugin copies what is meant. */
    @Test
    void anUndeclaredSourcesPathIsTheFolderWithTheBuildsResult() throws Exception {
        DockerfileCase undeclared =
                DockerfileCase.of("undeclared", "FROM localhost/base:base\nCOPY $SOURCES_PATH /srv\n");
        DockerfileCase written = DockerfileCase.of("written", "FROM localhost/base:base\nCOPY " + SOURCE + " /srv\n");
        build(undeclared, "undeclared");
        build(written, "written");
        assertThat(theirs("undeclared").files()).anyMatch(line -> line.startsWith("./srv/docker/start.sh"));
        assertThat(ours(undeclared, "undeclared").files())
                .isEqualTo(theirs("written").files());
    }

    /** An image. */
    private record Image(TreeSet<String> files, JsonNode configuration) {}

    /** The result of building a Dockerfile with both: two images and their differences, or the reasons for refusing it. */
    private record Comparison(Optional<String> theirRefusal, Optional<String> ourRefusal, List<String> differences) {

        boolean areBuilt() {
            return theirRefusal.isEmpty() && ourRefusal.isEmpty();
        }

        boolean areRefused() {
            return theirRefusal.isPresent() && ourRefusal.isPresent();
        }

        /** Whether a generated Dockerfile may have this result. */
        boolean isExcused() {
            return areBuilt()
                    ? differences.stream().allMatch(VOLUME_OF_BASE)
                    : areRefused() || ourRefusal.orElse("").contains("cannot follow");
        }
    }

    private static List<String> differences(DockerfileCase each, String tag) throws IOException {
        Comparison comparison = compare(each, tag);
        if (each.refused() ? !comparison.areRefused() : !comparison.areBuilt()) {
            return List.of(each.name() + ": " + comparison);
        }
        return each.unexpected(comparison.differences());
    }

    private static Comparison compare(DockerfileCase each, String tag) throws IOException {
        Image theirs = null;
        Image ours = null;
        Optional<String> theirRefusal = Optional.empty();
        Optional<String> ourRefusal = Optional.empty();
        try {
            build(each, tag);
        } catch (AssertionError e) {
            theirRefusal = Optional.of(String.valueOf(e.getMessage()));
        }
        if (theirRefusal.isEmpty()) {
            theirs = theirs(tag);
        }
        try {
            ours = ours(each, tag);
        } catch (OlympeException e) {
            ourRefusal = Optional.of(String.valueOf(e.getMessage()));
        }
        List<String> differences = new ArrayList<>();
        if (theirs != null && ours != null) {
            without(theirs.files(), ours.files()).forEach(line -> differences.add("only in buildah's: " + line));
            without(ours.files(), theirs.files()).forEach(line -> differences.add("only in ours: " + line));
            differences.addAll(Fields.differences(theirs.configuration(), ours.configuration()));
        }
        return new Comparison(theirRefusal, ourRefusal, differences);
    }

    private static void build(DockerfileCase each, String tag) throws IOException {
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
    }

    private static Image theirs(String tag) throws IOException {
        String name = "localhost/" + tag + ":latest";
        TreeSet<String> files = UnpackedTree.describe(store.files(name));
        if (tag.endsWith("0")) {
            Path layout = folder.resolve("theirs-" + tag);
            tools.toUncompressedLayout(tag, layout);
            assertThat(files(layout, tag)).as("what umoci unpacks of " + tag).isEqualTo(files);
        }
        return new Image(files, store.configuration(name));
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
