package io.github.olympe.maven.patches;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageNamesTest {

    @TempDir
    Path folder;

    private Path project;

    @BeforeEach
    void project() throws IOException {
        project = folder.resolve("packages/shop");
        write(
                "packages/shop/package.json",
                "{\"dependencies\": {\"@acme/bricks\": \"1.0.0\", \"../evil\": \"1\", \"gone\": \"1\"}}");
    }

    private void write(String file, String content) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    /** A package with the name of one tag. */
    private void install(String where, String tag, String name) throws IOException {
        write(where + "/package.json", "{\"codeAsData\": \"codeAsData\"}");
        write(where + "/codeAsData/a/" + tag + ".newInst.json", patch(tag, name));
    }

    private static String patch(String tag, String name) {
        return "{\"operations\":[{\"o\":1,\"t\":\"" + tag + "\",\"p\":{\"ff023000000000000011\":\"" + name
                + "\"}}],\"optionalOperations\":[],\"rootTag\":\"" + tag + "\"}";
    }

    private Map<String, String> names(String... tags) {
        return new PackageNames(project).of(Set.of(tags));
    }

    @Test
    void tagsGetNamesFromOlympesPackagesAndDependencies() throws IOException {
        install("packages/shop/node_modules/@olympeio/draw", "0a01", "Brick");
        install("packages/shop/node_modules/@olympeio-extensions/rest", "0a02", "Get");
        install("packages/shop/node_modules/@acme/bricks", "0a03", "Price");
        install("packages/shop/node_modules/left-pad", "0a04", "no dependency of the project's");

        assertThat(names("0a01", "0a02", "0a03", "0a04", "0a05"))
                .isEqualTo(Map.of("0a01", "Brick", "0a02", "Get", "0a03", "Price"));
    }

    @Test
    void theRuntimesNamesComeFirst() throws IOException {
        install("packages/shop/node_modules/@olympeio/draw", "0a01", "of Draw");
        install("packages/shop/node_modules/@olympeio/runtime-web", "0a01", "of the runtime");

        assertThat(names("0a01")).containsEntry("0a01", "of the runtime");
    }

    @Test
    void findsPackagesOfAWorkspaceInAFolderAbove() throws IOException {
        install("node_modules/@olympeio/draw", "0a01", "Brick");

        assertThat(names("0a01")).containsEntry("0a01", "Brick");
    }

    @Test
    void filesOutsideOfAPackageAreNotRead() throws IOException {
        install("evil", "0a01", "Evil");
        install("packages/shop/evil", "0a02", "Evil");
        write(
                "packages/shop/node_modules/@olympeio/draw/package.json",
                "{\"codeAsData\": \"../../../../../evil/codeAsData\"}");

        assertThat(names("0a01", "0a02")).isEmpty();
    }

    @Test
    void unreadablePackagesHaveNoNames() throws IOException {
        write("packages/shop/node_modules/@olympeio/draw/package.json", "no JSON");
        write("packages/shop/node_modules/@olympeio/empty/package.json", "{}");
        write("packages/shop/node_modules/@olympeio/empty/0a02.newInst.json", patch("0a02", "not in codeAsData"));
        write("packages/shop/node_modules/@olympeio/gone/package.json", "{\"codeAsData\": \"codeAsData\"}");
        write("packages/shop/node_modules/@olympeio/no-folder/package.json", "{\"codeAsData\": \"package.json\"}");
        write("packages/shop/node_modules/@olympeio/file", "no folder");
        install("packages/shop/node_modules/@olympeio/runtime", "0a01", "Brick");
        write("packages/shop/node_modules/@olympeio/runtime/codeAsData/0a02.json", patch("0a02", "no .newInst.json"));
        write("packages/shop/node_modules/@olympeio/runtime/codeAsData/broken.newInst.json", "{ no name of these");

        assertThat(names("0a01", "0a02")).isEqualTo(Map.of("0a01", "Brick"));
        assertThat(names()).isEmpty();
    }
}
