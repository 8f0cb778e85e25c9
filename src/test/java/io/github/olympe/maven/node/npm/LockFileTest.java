package io.github.olympe.maven.node.npm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.node.NodeFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the lock file says, and whether package.json still asks for that. */
class LockFileTest {

    private static final String LOCK = """
            {"name": "shop", "version": "1.0.0", "lockfileVersion": 3, "packages": {
              "": {"name": "shop", "version": "1.0.0", "dependencies": {"one": "1"}, "devDependencies": {}},
              "node_modules/one": {"version": "1.0.0", "dependencies": {"two": "2"}},
              "apps/cart": {"name": "cart", "version": "1.0.0", "dependencies": {"two": "2"}},
              "apps/cart/node_modules/two": {"version": "2.0.0"},
              "node_modules/cart": {"link": true, "resolved": "apps/cart"}}}
            """;

    @TempDir
    Path project;

    @BeforeEach
    void writeProject() {
        NodeFixture.write(project, "package.json", "{\"dependencies\": {\"one\": \"1\"}}");
        NodeFixture.write(project, "apps/cart/package.json", "{\"dependencies\": {\"two\": \"2\"}}");
        NodeFixture.write(project, "node_modules/one/package.json", "{\"dependencies\": {\"two\": \"other\"}}");
        NodeFixture.write(project, "package-lock.json", LOCK);
    }

    private LockFile lock() {
        return LockFile.of(project).orElseThrow();
    }

    @Test
    void npmPrefersItsOlderFile() throws IOException {
        assertThat(LockFile.find(project)).contains(project.resolve("package-lock.json"));
        NodeFixture.write(project, "npm-shrinkwrap.json", "{\"packages\": {\"\": {}}}");
        assertThat(lock().file()).isEqualTo(project.resolve("npm-shrinkwrap.json"));
        assertThat(lock().packages()).hasSize(1);
        Files.delete(project.resolve("npm-shrinkwrap.json"));
        Files.delete(project.resolve("package-lock.json"));
        assertThat(LockFile.of(project)).isEmpty();
    }

    @Test
    void npmsListOfPackagesHasTheSameForm() {
        assertThat(LockFile.installed(project)).isEmpty();
        NodeFixture.write(project, "node_modules/.package-lock.json", LOCK);
        assertThat(LockFile.installed(project).orElseThrow().packages()).hasSize(5);
    }

    @Test
    void onlyTheProjectItselfIsNoPackageToInstall() {
        assertThat(lock().hasPackages()).isTrue();
        NodeFixture.write(project, "package-lock.json", "{\"packages\": {\"\": {}}}");
        assertThat(lock().hasPackages()).isFalse();
        NodeFixture.write(project, "package-lock.json", "{\"packages\": {\"\": {}, \"node_modules/one\": {}}}");
        assertThat(lock().hasPackages()).isTrue();
    }

    private Optional<String> changed(String file, String content) {
        NodeFixture.write(project, file, content);
        return lock().changedDependencies();
    }

    @Test
    void packageJsonAsksForWhatTheLockFileHas() {
        assertThat(lock().changedDependencies()).isEmpty();
        assertThat(changed("package.json", "{\"dependencies\": {\"one\": \"1\"}, \"peerDependencies\": {}, \"x\": 1}"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | dependencies",
                "{\"dependencies\": {\"one\": \"2\"}} | dependencies",
                "{\"dependencies\": {\"one\": \"1\", \"two\": \"1\"}} | dependencies",
                "{\"dependencies\": {\"one\": \"1\"}, \"devDependencies\": {\"x\": \"1\"}} | devDependencies",
                "{\"dependencies\": {\"one\": \"1\"}, \"optionalDependencies\": {\"x\": \"1\"}} | optionalDependencies",
                "{\"dependencies\": {\"one\": \"1\"}, \"peerDependencies\": {\"x\": \"1\"}} | peerDependencies",
            })
    void packageJsonAsksForSomethingElse(String packageJson, String member) {
        String reason = "package.json and package-lock.json differ in " + member;
        assertThat(changed("package.json", packageJson)).contains(reason);
    }

    @Test
    void aMemberOfTheWorkspaceAsksForSomethingElse() throws IOException {
        assertThat(changed("apps/cart/package.json", "{\"dependencies\": {\"two\": \"3\"}}"))
                .contains("package.json and package-lock.json differ in dependencies");
        Files.delete(project.resolve("apps/cart/package.json"));
        assertThat(lock().changedDependencies()).as("it is gone").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"shop\", \"version\": \"1.0.0\", \"lock",
                "\"shop\", \"version\": \"1.0.0\", \"dep",
                "\"cart\", \"version\": \"1.0.0\", \"dep"
            })
    void theVersionsOfTheProjectAndOfItsMembersDoNotMatter(String text) {
        String before = lock().digest();
        NpmStandIn.replace(project, "package-lock.json", text, text.replace("1.0.0", "1.0.1"));
        assertThat(lock().digest()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"node_modules/one\": {\"version\": \"1.0.0\" | \"node_modules/one\": {\"version\": \"1.0.1\"",
                "\"version\": \"2.0.0\" | \"version\": \"2.0.1\"",
                "\"devDependencies\": {} | \"devDependencies\": {\"x\": \"1\"}",
                "\"lockfileVersion\": 3 | \"lockfileVersion\": 2",
                "\"resolved\": \"apps/cart\" | \"resolved\": \"apps/other\"",
            })
    void allElseDoes(String text, String replacement) {
        String before = lock().digest();
        assertThat(before).matches("[0-9a-f]{64}");
        NpmStandIn.replace(project, "package-lock.json", text, replacement);
        assertThat(lock().digest()).isNotEqualTo(before);
    }

    @Test
    void aFolderThatCannotBeOneIsAnError() {
        assertThat(lock().folder("node_modules/one")).isEqualTo(project.resolve("node_modules/one"));
        assertThatThrownBy(() -> lock().folder("node_modules/\0"))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("The file '" + project.resolve("package-lock.json") + "' names the folder '");
    }

    @Test
    void aFileThatIsNoObjectHasNoPackages() {
        for (String text : new String[] {"[]", "1", "{}", "{\"packages\": 1}"}) {
            NodeFixture.write(project, "package-lock.json", text);
            assertThat(lock().packages().isObject()).isFalse();
            assertThat(lock().hasPackages()).isFalse();
            assertThat(lock().changedDependencies()).isEmpty();
            assertThat(lock().digest()).hasSize(64);
        }
    }

    @Test
    void aDamagedFileIsAnErrorThatSaysWhatToDo() throws IOException {
        NodeFixture.write(project, "package-lock.json", "<<<<<<< HEAD");
        assertThatThrownBy(this::lock)
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("The file '" + project.resolve("package-lock.json") + "' is not valid JSON (")
                .hasMessageEndingWith(
                        "delete it or check it out again, and run 'npm install' where it was a lock file.");
        Files.delete(project.resolve("package-lock.json"));
        assertThatThrownBy(() -> LockFile.read(project.resolve("package-lock.json")))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("cannot be read");
    }
}
