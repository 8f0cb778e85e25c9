package io.github.olympe.maven.adopt.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.ImageKind;
import io.github.olympe.maven.image.layout.ImagesFile;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparePlanTest {

    private static final String REGISTRY = "r.example.com/";
    private static final String COMMIT = REGISTRY + "acme/shop-frontend:main-1a2b3c4d";
    private static final String BRANCH = REGISTRY + "acme/shop-frontend:main";
    private static final String BACKEND = REGISTRY + "acme/shop-backend:main";

    @TempDir
    Path output;

    private final Images images = new Images();

    @Test
    void comparesWithTheCommitsImageOrElseTheBranchs() {
        build("frontend");
        images.there.addAll(Set.of(COMMIT, BRANCH));
        assertThat(pipeline(Map.of("frontend", List.of(COMMIT, BRANCH))).images())
                .extracting(ImageComparison::old)
                .containsExactly(COMMIT);
        images.there.remove(COMMIT);
        assertThat(pipeline(Map.of("frontend", List.of(COMMIT, BRANCH))).images())
                .extracting(ImageComparison::old)
                .containsExactly(BRANCH);
    }

    @Test
    void doesNotUseTheBranchsImageIfTheCommitsCannotBeRead() {
        build("frontend", "backend");
        images.there.addAll(Set.of(COMMIT, BRANCH, BACKEND));
        images.broken.add(COMMIT);
        ComparePlan.Comparisons found =
                pipeline(Map.of("frontend", List.of(COMMIT, BRANCH), "backend", List.of(BACKEND)));
        assertThat(found.images()).extracting(ImageComparison::old).containsExactly(BACKEND);
        assertThat(found.failed()).containsExactly("'" + COMMIT + "' is broken.");
        assertThat(found.missed()).isEmpty();
    }

    @Test
    void reportsAnUnreadableImageOfItsOwn() {
        build("frontend");
        images.there.add(COMMIT);
        images.broken.add("frontend");
        assertThatThrownBy(() -> pipeline(Map.of("frontend", List.of(COMMIT, BRANCH))))
                .isInstanceOf(OlympeException.class)
                .hasMessage("'frontend' is broken.");
    }

    @Test
    void reportsImagesThatThePipelineDidNotPush() {
        build("frontend", "backend", "codeasdata");
        images.there.add(BACKEND);
        assertThat(pipeline(Map.of("frontend", List.of(COMMIT, BRANCH), "backend", List.of(BACKEND)))
                        .missed())
                .satisfiesExactly(
                        frontend -> assertThat(frontend)
                                .startsWith("The image 'frontend' is not compared. The registry has no " + COMMIT
                                        + ", and no " + BRANCH + ". Name the old one in 'compareWith'"),
                        codeAsData -> assertThat(codeAsData)
                                .startsWith("The image 'codeasdata' is not compared."
                                        + " The pipeline does not tell how it is called in this build. Name"));
    }

    @Test
    void comparesTheOthersIfOneCannotBeRead() {
        build("frontend", "backend");
        images.there.add(BACKEND);
        ComparePlan.Comparisons found = run(List.of(COMMIT, BACKEND), Map.of());
        assertThat(found.images()).extracting(ImageComparison::name).containsExactly("backend");
        assertThat(found.failed()).containsExactly("'" + COMMIT + "' is broken.");
        assertThat(images.assembled).containsExactly("backend");
    }

    @Test
    void readsNothingIfAValueNamesNoImageOfTheBuild() {
        build("frontend", "backend");
        images.there.add(BACKEND);
        assertThatThrownBy(() -> run(List.of(BACKEND, REGISTRY + "acme/site:main"), Map.of()))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("Write one of frontend=, backend= before it.");
        assertThat(images.assembled).isEmpty();
    }

    @Test
    void readsEachImageOfTheBuildOnce() {
        build("backend");
        images.there.addAll(Set.of(BACKEND, BACKEND + "-2"));
        assertThat(run(List.of(BACKEND, BACKEND + "-2"), Map.of()).images()).hasSize(2);
        assertThat(images.assembled).containsExactly("backend");
    }

    @Test
    void choosesTheImageBySameRepositoryThenByLongestMatchingName() {
        build("api", "shop-api", "other");
        images.there.addAll(Set.of(
                REGISTRY + "old/shop-api:1",
                REGISTRY + "old/crm-api:1",
                REGISTRY + "acme/shop-other:1",
                REGISTRY + "acme/shop-api:1"));
        assertThat(List.of("old/shop-api:1", "old/crm-api:1", "acme/shop-other:1", "acme/shop-api:1"))
                .extracting(old ->
                        run(List.of(REGISTRY + old), Map.of()).images().get(0).name())
                .containsExactly("shop-api", "api", "other", "api");
        assertThat(run(List.of("other=" + REGISTRY + "acme/shop-api:1"), Map.of())
                        .images()
                        .get(0)
                        .name())
                .isEqualTo("other");
    }

    private ComparePlan.Comparisons pipeline(Map<String, List<String>> pushed) {
        return run(List.of(ComparePlan.PIPELINE), pushed);
    }

    private ComparePlan.Comparisons run(List<String> values, Map<String, List<String>> pushed) {
        Map<String, List<ImageReference>> references = new TreeMap<>();
        pushed.forEach((name, texts) -> references.put(
                name,
                texts.stream().map(text -> ImageReference.of("image", text)).toList()));
        return ComparePlan.of(values, references, image -> "").run(images, output);
    }

    /** Writes what the build has assembled: images of these names, which it pushes to {@code acme/shop-<name>}. */
    private void build(String... names) {
        List<ImagesFile.Image> built = new ArrayList<>();
        for (String name : names) {
            built.add(new ImagesFile.Image(
                    ImageKind.BACKEND,
                    name,
                    REGISTRY + "acme/shop-" + name,
                    List.of("main"),
                    Digest.of(name),
                    Digest.of(name),
                    "base@" + Digest.of("base").value(),
                    false,
                    List.of("/srv"),
                    List.of()));
        }
        new ImagesFile(built).write(output);
    }

    /** Images without files. */
    private static final class Images implements ComparedImages {

        private final Set<String> there = new HashSet<>();
        private final Set<String> broken = new HashSet<>();
        private final List<String> assembled = new ArrayList<>();

        @Override
        public WholeImage assembled(Path folder) {
            String name = folder.getFileName().toString();
            assembled.add(name);
            return read(name);
        }

        @Override
        public WholeImage inRegistry(ImageReference reference) {
            if (!there.contains(reference.toString())) {
                broken.add(reference.toString());
            }
            return read(reference.toString());
        }

        @Override
        public Optional<WholeImage> find(ImageReference reference) {
            return there.contains(reference.toString()) ? Optional.of(inRegistry(reference)) : Optional.empty();
        }

        @Override
        public Map<String, String> vetted(ImageReference reference) {
            return Map.of();
        }

        private WholeImage read(String name) {
            if (broken.contains(name)) {
                throw new OlympeException("'" + name + "' is broken.");
            }
            return new WholeImage(name, new TreeMap<>(), new TreeMap<>(), List.of(), 0, Set.of());
        }
    }
}
