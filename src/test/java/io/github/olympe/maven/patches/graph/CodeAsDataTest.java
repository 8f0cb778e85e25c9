package io.github.olympe.maven.patches.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.patches.CoreSnapshots;
import io.github.olympe.maven.patches.tree.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeAsDataTest {

    @TempDir
    Path folder;

    @Test
    void readsARealSnapshot() throws Exception {
        try (CoreSnapshots core = CoreSnapshots.in(folder)) {
            CodeAsData snapshot = CodeAsData.of(core.snapshot(core.newest()));
            Graph graph = snapshot.graph(new Interner());

            assertThat(snapshot.patches()).hasSize(810);
            // 5126 instances are created, and one, the folder of the project, is expected.
            assertThat(graph.instances()).hasSize(5127);
            // 18749 that are required, and of 807 optional ones those that are not among them.
            assertThat(graph.relations()).hasSize(19155);
            assertThat(graph.instance("01833b2d211c06d24c64").orElseThrow().name())
                    .contains("Get From Context");
            assertThat(graph.model("01833b2d211c06d24c64")).contains("01621fb84e320000f011");
        }
    }

    @Test
    void readsGatheredPackagesInTheOrderOfTheirImport() throws IOException {
        patch("b.first/X.newInst.json", "first");
        patch("a.second/X.newInst.json", "second");
        patch("a.other/X.newInst.json", "third");
        Files.writeString(
                folder.resolve("import_order.json"),
                "[{\"name\":\"@b/first\",\"path\":\"b.first\"},{\"name\":\"@a/second\",\"path\":\"a.second\"}]");

        CodeAsData gathered = CodeAsData.of(FolderTree.of(folder, "dist/codeAsData"));

        assertThat(gathered.patches().keySet())
                .containsExactly("b.first/X.newInst.json", "a.second/X.newInst.json", "a.other/X.newInst.json");
        assertThat(gathered.graph(new Interner()).instance("01").orElseThrow().name())
                .contains("first and second and third");
        assertThat(gathered.of("@b/first")
                        .orElseThrow()
                        .graph(new Interner())
                        .instance("01")
                        .orElseThrow()
                        .name())
                .contains("first");
        assertThat(gathered.of("@c/third")).isEmpty();
    }

    @Test
    void aBrokenImportOrderIsAnError() throws IOException {
        Files.writeString(folder.resolve("import_order.json"), "[{");

        assertThatThrownBy(() -> CodeAsData.of(FolderTree.of(folder, "dist/codeAsData")))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("The file 'dist/codeAsData/import_order.json' is broken: line 1, column ");
    }

    private void patch(String path, String name) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "{\"operations\":[{\"o\":1,\"t\":\"01\",\"p\":{\"ff023000000000000011\":\"" + name
                        + "\"}}],\"rootTag\":\"01\"}");
    }
}
