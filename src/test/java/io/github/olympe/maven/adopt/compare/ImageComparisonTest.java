package io.github.olympe.maven.adopt.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.patches.tree.Content;
import io.github.olympe.maven.patches.tree.StreamedContents;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageComparisonTest {

    private static final String FILE = "mode 0644, owner 0:0";
    private static final String FOLDER = "mode 0755, owner 0:0";
    private static final WholeImage IMAGE = image(Map.of("/srv/a.js", file("a")), Map.of("User", "node"), "b", "own");

    @Test
    void reportsEqualImages() {
        assertThat(compare(IMAGE, IMAGE).lines())
                .containsExactly("frontend and old:1: equal in all 1 file, owners, modes and the configuration.");
    }

    @Test
    void aFolderThatNoLayerNamesBelongsToRoot() {
        WholeImage named = with(IMAGE, Map.of("/srv/", StreamedContents.text("", "", FOLDER)));
        WholeImage private_ = with(IMAGE, Map.of("/srv/", StreamedContents.text("", "", "mode 0700, owner 0:0")));
        assertThat(compare(IMAGE, named).deviations()).isEmpty();
        assertThat(compare(private_, IMAGE).lines())
                .contains("  /srv/ changed (mode 0755, owner 0:0, before mode 0700, owner 0:0)");
    }

    @Test
    void reportsAnEmptyFolderButNotTheFolderOfAReportedFile() {
        Content folder = StreamedContents.text("", "", FOLDER);
        WholeImage more = with(IMAGE, Map.of("/data/", folder, "/opt/", folder, "/opt/x", file("x")));
        assertThat(compare(more, IMAGE).deviations())
                .extracting(Deviation::what)
                .containsExactlyInAnyOrder("/opt/x is only in the old image", "/data/ is only in the old image");
        assertThat(compare(IMAGE, more).deviations())
                .extracting(Deviation::what)
                .containsExactlyInAnyOrder("/opt/x is only in the new image", "/data/ is only in the new image");
    }

    @Test
    void ignoresLabelsOfToolsButNotOfThePipeline() {
        WholeImage old = image(
                IMAGE.files(),
                Map.of("User", "node", "Labels io.buildah.version", "1.28", "Labels team", "web"),
                "b",
                "own");
        WholeImage fresh = image(
                IMAGE.files(),
                Map.of("User", "node", "Labels org.opencontainers.image.version", "1.0.0", "Labels team", "shop"),
                "b",
                "own");
        assertThat(compare(old, fresh).deviations())
                .extracting(Deviation::what)
                .containsExactly("configuration: Labels team changed from 'web' to 'shop'");
    }

    @Test
    void reportsAPipelineLabelThatThePluginReplaces() {
        WholeImage old = image(IMAGE.files(), Map.of("Labels org.opencontainers.image.version", "7"), "b", "own");
        WholeImage fresh = image(IMAGE.files(), Map.of("Labels org.opencontainers.image.version", "1"), "b", "own");
        assertThat(compare(old, fresh).deviations()).hasSize(1);
    }

    @Test
    void explainsFilesFromTheBaseByAnotherBaseImage() {
        WholeImage old = image(
                Map.of("/srv/a.js", file("other"), "/bin/sh", file("sh 1")), Map.of("Env V", "1"), "before", "own");
        WholeImage fresh =
                image(Map.of("/srv/a.js", file("a"), "/bin/sh", file("sh 2")), Map.of("Env V", "2"), "b", "own");
        ImageComparison comparison = compare(old, fresh);
        assertThat(comparison.isExplained()).isFalse();
        assertThat(comparison.lines())
                .containsExactly(
                        "frontend and old:1: 3 differences, with 2 files compared.",
                        "  /srv/a.js changed (0 B, before 0 B)",
                        "  /bin/sh changed (0 B, before 0 B)",
                        "  configuration: Env V changed from '1' to '2'",
                        "    Reason: " + Reasons.BASE);
    }

    @Test
    void doesNotExplainOwnLayersByAnotherBaseImage() {
        WholeImage old = image(
                Map.of("/etc/a", file("1"), "/etc/b", file("1"), "/opt/c", file("1"), "/var/d", file("1")),
                Map.of(),
                "before",
                "own");
        WholeImage fresh = new WholeImage(
                "new:1",
                new TreeMap<>(Map.of("/etc/a", file("2"), "/etc/b", file("2"))),
                new TreeMap<>(),
                List.of("b", "own"),
                1,
                Set.of("/etc/a", "/opt"));
        assertThat(compare(old, fresh).deviations())
                .filteredOn(deviation -> deviation.reason().isPresent())
                .extracting(Deviation::what)
                .containsExactlyInAnyOrder("/etc/b changed (0 B, before 0 B)", "/var/d is only in the old image");
    }

    @Test
    void explainsAMissingFileThatVetWouldFind() {
        WholeImage old = with(IMAGE, Map.of("/srv/a.js.map", file("{}")));
        Reasons reasons = new Reasons(old, IMAGE, List.of("/srv"), "", () -> Map.of("/srv/a.js.map", "source-map"));
        assertThat(ImageComparison.of("frontend", old, IMAGE, reasons).lines())
                .contains(
                        "  /srv/a.js.map is only in the old image",
                        "    Reason: The goal vet would find it (source-map) if the new image had it.");
    }

    @Test
    void explainsMountPointsByTheTool() {
        Content folder = StreamedContents.text("", "", FOLDER);
        ImageComparison comparison =
                compare(with(IMAGE, Map.of("/proc/", folder, "/etc/", folder, "/etc/hosts", file(""))), IMAGE);
        assertThat(comparison.isExplained()).isTrue();
        assertThat(comparison.lines()).contains("    Reason: " + Reasons.TOOL);
    }

    @Test
    void showsTheFirstOfManyDifferences() {
        Map<String, Content> files = new TreeMap<>();
        IntStream.range(10, 50).forEach(i -> files.put("/srv/" + i, file("x")));
        assertThat(compare(IMAGE, with(IMAGE, files)).lines())
                .hasSize(22)
                .endsWith("  … and 20 more differences")
                .startsWith("frontend and old:1: 40 differences, with 41 files compared.");
    }

    private static ImageComparison compare(WholeImage old, WholeImage fresh) {
        return ImageComparison.of("frontend", old, fresh, new Reasons(old, fresh, List.of("/srv"), "", Map::of));
    }

    private static Content file(String content) {
        return StreamedContents.text("", content, FILE);
    }

    private static WholeImage with(WholeImage image, Map<String, Content> more) {
        SortedMap<String, Content> files = new TreeMap<>(image.files());
        files.putAll(more);
        return new WholeImage(
                image.name(), files, image.settings(), image.layers(), image.baseLayers(), image.ownPaths());
    }

    private static WholeImage image(Map<String, Content> files, Map<String, String> settings, String base, String own) {
        return new WholeImage("old:1", new TreeMap<>(files), new TreeMap<>(settings), List.of(base, own), 1, Set.of());
    }
}
