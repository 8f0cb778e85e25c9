package io.github.olympe.maven.node;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.node.npm.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packages that the toolkit lists in import_order.json without making a folder for them. */
class ImportOrderTest {

    private static final String NO_FOLDER =
            "'npx olympe buildCodeAsData' wrote an '%s' that names the folder 'acme.bricks', which does not exist; run it again, and"
                    + " update @olympeio/toolkit if that does not help.";

    @TempDir
    Path root;

    private Path project;
    private Path folder;

    @BeforeEach
    void gatherThePatchesOfCoreAlone() {
        project = root.resolve("shop");
        folder = project.resolve("dist/codeAsData");
        write("shop/dist/codeAsData/olympeio.core/.Core.newInst.json", "{}");
        write("shop/dist/codeAsData/import_order.json", """
                [{"name": "@olympeio/core", "rootTag": "10000000000000000000", "path": "olympeio.core"},
                 {"name": "@acme/bricks", "rootTag": "10000000000000000000", "path": "acme.bricks"}]
                """);
    }

    private void write(String file, String content) {
        NodeFixture.write(root, file, content);
    }

    private void install(String nodeModules, String packageJson) {
        write(nodeModules + "/@acme/bricks/package.json", packageJson);
    }

    private void check() {
        new ImportOrder(Workspace.of(project), folder).check("npx olympe buildCodeAsData");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop/node_modules", "node_modules"})
    void aPackageWithAnEmptyImportOrderNeedsNoFolder(String nodeModules) {
        NodeFixture.initGit(root);
        write("package.json", "{\"workspaces\": [\"shop\"]}");
        write("shop/package.json", "{}");
        install(nodeModules, "{\"codeAsData\": \"codeAsData\"}");
        write(nodeModules + "/@acme/bricks/codeAsData/import_order.json", "[]");
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void aPackageWithoutPatchesNeedsNoFolder() throws Exception {
        install("shop/node_modules", "{\"codeAsData\": \"import\"}");
        assertThatCode(this::check).doesNotThrowAnyException();
        Files.createDirectories(project.resolve("node_modules/@acme/bricks/import"));
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void aLinkedPackageNeedsNoFolder() throws Exception {
        write("bricks/package.json", "{\"codeAsData\": \"codeAsData\"}");
        write("bricks/codeAsData/import_order.json", "[]");
        Files.createDirectories(project.resolve("node_modules/@acme"));
        Files.createSymbolicLink(project.resolve("node_modules/@acme/bricks"), root.resolve("bricks"));
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acme.bricks/.Bricks.newInst.json",
                "Bricks/image.zip",
                "import_order.json", // and it lists a folder
            })
    void aPackageWithCodeAsDataNeedsItsFolder(String file) {
        install("shop/node_modules", "{\"codeAsData\": \"codeAsData\"}");
        write("shop/node_modules/@acme/bricks/codeAsData/" + file, "[{\"path\": \"acme.bricks\"}]");
        assertThatThrownBy(this::check)
                .isInstanceOf(OlympeException.class)
                .hasMessage(
                        "'npx olympe buildCodeAsData' wrote an '%s' that names the folder 'acme.bricks' for the package"
                                + " '@acme/bricks', but copied nothing there from '%s'; delete node_modules and install the packages again, or use"
                                + " another version of that package.",
                        folder.resolve("import_order.json"), project.resolve("node_modules/@acme/bricks/codeAsData"));
    }

    @Test
    void aPackageThatIsNotInstalledNeedsItsFolder() {
        assertThatThrownBy(this::check).hasMessage(NO_FOLDER, folder.resolve("import_order.json"));
    }

    @Test
    void aPackageWithoutACodeAsDataEntryNeedsItsFolder() {
        install("shop/node_modules", "{}");
        assertThatThrownBy(this::check).hasMessage(NO_FOLDER, folder.resolve("import_order.json"));
    }

    @Test
    void aNameThatLeadsOutIsNotAPackage() {
        write("shop/package.json", "{\"codeAsData\": \"nothing\"}");
        write("shop/dist/codeAsData/import_order.json", "[{\"name\": \"..\", \"path\": \"acme.bricks\"}]");
        assertThatThrownBy(this::check).hasMessage(NO_FOLDER, folder.resolve("import_order.json"));
    }
}
