package io.github.olympe.maven.patches.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.patches.tree.Content;
import io.github.olympe.maven.patches.tree.ContentTree;
import io.github.olympe.maven.patches.tree.StreamedContents;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FileChangeTest {

    private static Content content(String text, String attributes) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            return StreamedContents.compared("the test", new ByteArrayInputStream(bytes), bytes.length, attributes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> sentences(String part, Map<String, Content> before, Map<String, Content> after) {
        return FileChange.between(
                        part,
                        new ContentTree("before", new TreeMap<>(before)),
                        new ContentTree("after", new TreeMap<>(after)),
                        path -> path.endsWith(".newInst.json"))
                .stream()
                .map(FileChange::sentence)
                .toList();
    }

    @Test
    void saysWhichFilesWereAddedChangedAndDeleted() {
        assertThat(sentences(
                        "frontend",
                        Map.of("a.js", content("1", ""), "b.js", content("1", ""), "c.js", content("1", "")),
                        Map.of("b.js", content("22", ""), "c.js", content("1", ""), "d.js", content("4444", ""))))
                .containsExactly(
                        "frontend: a.js deleted",
                        "frontend: b.js changed (2 B, before 1 B)",
                        "frontend: d.js added (4 B)");
        assertThat(sentences("", Map.of("a.js", content("1", "")), Map.of("a.js", content("2", ""))))
                .containsExactly("a.js changed (1 B, before 1 B)");
    }

    @Test
    void modesAndOwnersAreComparedIfBothSidesHaveThem() {
        assertThat(sentences(
                        "backend",
                        Map.of("a.js", content("1", "0644, 0:0"), "b.js", content("1", "0644, 0:0")),
                        Map.of("a.js", content("1", "0600, 0:0"), "b.js", content("22", "0600, 0:0"))))
                .containsExactly(
                        "backend: a.js changed (0600, 0:0, before 0644, 0:0)",
                        "backend: b.js changed (2 B, before 1 B; 0600, 0:0, before 0644, 0:0)");
        assertThat(sentences("", Map.of("a.js", content("1", "0644, 0:0")), Map.of("a.js", content("1", ""))))
                .isEmpty();
        assertThat(sentences("", Map.of("a.js", content("1", "")), Map.of("a.js", content("1", "0644, 0:0"))))
                .isEmpty();
        assertThat(sentences("", Map.of("a.js", content("1", "")), Map.of("a.js", content("22", "0644, 0:0"))))
                .containsExactly("a.js changed (2 B, before 1 B)");
        assertThat(sentences("", Map.of("a.js", content("1", "0644, 0:0")), Map.of("a.js", content("22", ""))))
                .containsExactly("a.js changed (2 B, before 1 B)");
    }

    /** Patches are compared as code as data, and layers need not list the folders above their files. */
    @Test
    void patchesAndFoldersThatOneSideHasAreNotNamed() {
        assertThat(sentences(
                        "codeAsData",
                        Map.of("old/", content("", ""), "a.newInst.json", content("1", "0644, 0:0")),
                        Map.of(
                                "new/",
                                content("", ""),
                                "a.newInst.json",
                                content("2", "0644, 0:0"),
                                "b.newInst.json",
                                content("1", ""))))
                .isEmpty();
        assertThat(sentences(
                        "codeAsData",
                        Map.of("a.newInst.json", content("1", "0644, 0:0")),
                        Map.of("a.newInst.json", content("2", "0600, 0:0"))))
                .as("their modes are")
                .containsExactly("codeAsData: a.newInst.json changed (0600, 0:0, before 0644, 0:0)");
    }
}
