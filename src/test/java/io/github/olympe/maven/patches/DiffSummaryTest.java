package io.github.olympe.maven.patches;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.patches.tree.ContentTree;
import io.github.olympe.maven.patches.tree.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The body of a snapshot's commit message: what changed, in Draw's terms, and not too long. */
class DiffSummaryTest {

    @TempDir
    Path folder;

    private ContentTree tree(String name, Map<String, String> namesByTag) throws IOException {
        for (Map.Entry<String, String> instance : namesByTag.entrySet()) {
            Path file = folder.resolve(name).resolve("Home/." + instance.getValue() + ".newInst.json");
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file,
                    String.format(
                            "{\"operations\": [{\"o\": 1, \"p\": {\"ff023000000000000011\": \"%s\"}, \"t\": \"%s\"}],"
                                    + " \"rootTag\": \"%2$s\"}",
                            instance.getValue(), instance.getKey()));
        }
        return FolderTree.of(folder.resolve(name), name);
    }

    private static String tag(int number) {
        return String.format("016c0a5c0d1b2e3f%04x", number);
    }

    @Test
    void saysWhatChanged() throws IOException {
        List<String> lines = DiffSummary.of(
                tree("before", Map.of(tag(1), "Shop", tag(2), "Old")),
                tree("after", Map.of(tag(1), "Store", tag(3), "New")),
                tags -> Map.of());

        assertThat(lines.get(0)).startsWith("3 changes");
        assertThat(String.join("\n", lines)).contains("- ", "Shop", "Store", "Old", "New");
    }

    @Test
    void saysNothingIfNothingChanged() throws IOException {
        assertThat(DiffSummary.of(
                        tree("before", Map.of(tag(1), "Shop")),
                        tree("after", Map.of(tag(1), "Shop")),
                        tags -> Map.of()))
                .isEmpty();
    }

    @Test
    void aListThatFitsIsNotShortened() throws IOException {
        Map<String, String> many = new TreeMap<>();
        for (int i = 0; i < DiffSummary.MOST_LINES - 2; i++) {
            many.put(tag(i), "Brick" + i);
        }
        assertThat(DiffSummary.of(tree("before", Map.of()), tree("after", many), tags -> Map.of()))
                .startsWith(many.size() + " changes in 1 folder: " + many.size() + " added.", "", "Code as data:")
                .hasSize(DiffSummary.MOST_LINES + 1)
                .noneMatch(line -> line.startsWith("The rest"));

        many.put(tag(10_000), "One more");
        assertThat(DiffSummary.of(tree("before", Map.of()), tree("after", many), tags -> Map.of()))
                .last()
                .isEqualTo("The rest is left out: 1 line.");
    }

    @Test
    void shortensALongList() throws IOException {
        Map<String, String> many = new TreeMap<>();
        for (int i = 0; i < 1000; i++) {
            many.put(tag(i), "Brick" + i);
        }
        List<String> lines = DiffSummary.of(tree("before", Map.of()), tree("after", many), tags -> Map.of());

        assertThat(lines)
                .hasSize(DiffSummary.MOST_LINES + 3)
                .last()
                .asString()
                .matches("The rest is left out: \\d+ lines\\.");
    }
}
