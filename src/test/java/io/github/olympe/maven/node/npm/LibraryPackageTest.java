package io.github.olympe.maven.node.npm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.node.NodeFixture;
import io.github.olympe.maven.node.PackageJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which libraries are packed and published, and what npm is told to do. npm's part is played by a script. */
class LibraryPackageTest {

    private static final Optional<String> NONE = Optional.empty();

    @TempDir
    Path folder;

    @TempDir
    Path project;

    private NpmStandIn node;

    @BeforeEach
    void writeProject() throws IOException {
        node = new NpmStandIn(folder);
        writePackageJson("");
        NodeFixture.write(project, "dist/package.json", """
                {"name": "@acme/bricks", "version": "1.2.3", "codeAsData": "data"}
                """);
        Files.createDirectory(project.resolve("dist/data"));
    }

    private void writePackageJson(String more) {
        NodeFixture.write(project, "package.json", "{\"name\": \"@acme/bricks\", \"version\": \"1.2.3\"" + more + "}");
    }

    private PackageJson packageJson() {
        return PackageJson.read(project);
    }

    private LibraryPackage library() {
        return LibraryPackage.of(packageJson(), Optional.empty());
    }

    private LibraryPackage libraryIn(Optional<String> npmRegistry) {
        return LibraryPackage.in(project.resolve("dist"), npmRegistry, packageJson());
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> failure(ThrowingCallable action) {
        return assertThatThrownBy(action).isInstanceOf(OlympeException.class);
    }

    private static void replace(Path project, String text, String replacement) {
        NpmStandIn.replace(project, "package.json", text, replacement);
    }

    @Test
    void hasTheNameAndVersionOfItsPackageJson() {
        LibraryPackage library = library();
        assertThat(library.id()).isEqualTo("@acme/bricks@1.2.3");
        assertThat(library.tarballName()).isEqualTo("acme-bricks-1.2.3.tgz");
        assertThat(library.destination()).isEqualTo("the registry of .npmrc");
        assertThat(new LibraryPackage("bricks", "1.0.0", Optional.empty()).tarballName())
                .isEqualTo("bricks-1.0.0.tgz");
    }

    @Test
    void onlyWhatNpmPublishesIsAnnounced() {
        assertThat(LibraryPackage.announcedBy(packageJson(), NONE)).contains(library());
        replace(project, "1.2.3", "1.2");
        assertThat(LibraryPackage.announcedBy(packageJson(), NONE)).isEmpty();
        replace(project, "\"1.2\"", "\"1.2.0\"");
        assertThat(LibraryPackage.announcedBy(packageJson(), NONE)).isPresent();
        replace(project, "@acme/bricks", "acme bricks");
        assertThat(LibraryPackage.announcedBy(packageJson(), NONE)).isEmpty();
        NodeFixture.write(project, "package.json", "{}");
        assertThat(LibraryPackage.announcedBy(packageJson(), NONE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"private\": true, \"name\": \"a\", \"version\": \"1.0.0\" | has \"private\": true, so that npm refuses to publish it; take that out.",
                "\"version\": \"1.0.0\" | has no 'name', without which npm cannot publish it; add \"name\": \"@acme/bricks\".",
                "\"name\": \"a\" | has no 'version', without which npm cannot publish it; add \"version\": \"1.0.0\".",
                "\"name\": \"-a\", \"version\": \"1.0.0\" | has the name '-a', which npm does not publish; write one such as '@acme/bricks'.",
                "\"name\": \"a\", \"version\": \"1.x\" | has the version '1.x', which npm does not publish; write one such as '1.0.0'.",
            })
    void whatNpmWouldNotPublishIsAnErrorThatSaysWhatToDo(String members, String message) {
        NodeFixture.write(project, "package.json", "{" + members + "}");
        failure(this::library).hasMessage("The file '" + project.resolve("package.json") + "' " + message);
    }

    @Test
    void theParameterWinsOverPublishConfig() {
        assertThat(libraryIn(NONE).registry()).isEmpty();
        writePackageJson(", \"publishConfig\": {\"registry\": \"https://project.acme.com\"}");
        assertThat(libraryIn(NONE).destination()).isEqualTo("https://project.acme.com/");
        assertThat(LibraryPackage.announcedBy(packageJson(), NONE).orElseThrow().destination())
                .isEqualTo("https://project.acme.com/");
        replace(
                project.resolve("dist"),
                "\"name\"",
                "\"publishConfig\": {\"registry\": \"https://dist.acme.com\"}, \"name\"");
        assertThat(libraryIn(NONE).destination()).isEqualTo("https://dist.acme.com/");
        assertThat(libraryIn(Optional.of("https://one.acme.com")).destination()).isEqualTo("https://one.acme.com/");
    }

    @Test
    void withoutBothNpmrcNamesTheRegistry() {
        NodeFixture.write(project, ".npmrc", "@acme:registry=https://npm.acme.com/\n");
        Npm npm = node.npm(project);
        assertThat(library().registryOf(npm)).isEqualTo(NpmRegistry.ofParameter("https://npm.acme.com"));
        assertThat(libraryIn(Optional.of("https://one.acme.com")).registryOf(npm))
                .isEqualTo(NpmRegistry.ofParameter("https://one.acme.com"));
        NodeFixture.write(project, ".npmrc", "@acme:registry=nowhere\n");
        failure(() -> library().registryOf(npm)).hasMessageContaining("in npm's configuration is not one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"codeAsData\": 1}", "{\"codeAsData\": \" \"}"})
    void aLibraryNamesItsCode(String content) {
        NodeFixture.write(project, "dist/package.json", content);
        failure(() -> libraryIn(NONE)).hasMessageContaining("has no 'codeAsData', without which");
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "..", "package.json", "/tmp"})
    void theCodeIsAFolderInThePackage(String codeAsData) {
        replace(project.resolve("dist"), "\"data\"", "\"" + codeAsData + "\"");
        failure(() -> libraryIn(NONE))
                .hasMessageContaining("has the codeAsData '" + codeAsData + "', but there is no such folder beside it");
    }

    @Test
    void aFolderWithoutPackageJsonIsNoLibrary() throws IOException {
        Files.delete(project.resolve("dist/package.json"));
        failure(() -> libraryIn(NONE))
                .hasMessageStartingWith(
                        "There is no '" + project.resolve("dist/package.json") + "', so there is nothing to publish");
    }

    @Test
    void aTarballIsThereOnlyWhenItIsWhole() throws IOException {
        Path into = Files.createDirectory(project.resolve("target"));
        Path tarball = into.resolve("acme-bricks-1.2.3.tgz");
        node.does("[ \"$1 $2\" = 'pack --pack-destination' ] && pwd > \"$3/acme-bricks-1.2.3.tgz\"");
        assertThat(library().pack(node.npm(project), project.resolve("dist"), into))
                .isEqualTo(tarball);
        assertThat(tarball).hasContent(project.resolve("dist").toString());

        node.does("echo half > \"$3/acme-bricks-1.2.3.tgz\"; exit 3");
        failure(() -> library().pack(node.npm(project), project.resolve("dist"), into));
        node.does("exit 0");
        failure(() -> library().pack(node.npm(project), project.resolve("dist"), into))
                .hasMessage("'npm pack' succeeded but made no 'acme-bricks-1.2.3.tgz'; check what it printed.");
        assertThat(into).isDirectoryContaining(tarball::equals);
        assertThat(tarball).hasContent(project.resolve("dist").toString());
        failure(() -> library().pack(node.npm(project), project, project.resolve("package.json")))
                .hasMessageContaining("cannot be written");
        node.log.said();
    }

    @Test
    void theRegistrySaysWhatIsPublished() {
        Npm npm = node.npm(project);
        node.does("""
                [ "$*" = 'view @acme/bricks@1.2.3 version --json --registry=https://one.acme.com/ --@acme:registry=https://one.acme.com/' ] &&
                  echo '"1.2.3"'
                """);
        LibraryPackage library = libraryIn(Optional.of("https://one.acme.com"));
        assertThat(library.isPublished(npm)).isTrue();
        failure(() -> library.requireUnpublished(npm))
                .hasMessageStartingWith(
                        "@acme/bricks@1.2.3 is published already in https://one.acme.com/, and a version");
        node.does("exit 0");
        assertThat(library.isPublished(npm))
                .as("the package, but not this version")
                .isFalse();
        library.requireUnpublished(npm);
        node.does("echo '{\"error\": {\"code\": \"E404\", \"summary\": \"Not found\"}}'; exit 1");
        assertThat(library.isPublished(npm)).isFalse();
        assertThat(node.log.said()).as("questions are not shown").isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "echo '{\"error\": {\"code\": \"E401\", \"summary\": \"Log in,   please\"}}' | (E401: Log in, please)",
                "echo npm broke >&2 | (npm broke)",
                "echo '{\"error\": {\"code\": \"E500\"}}' | ({\"error\": {\"code\": \"E500\"}})",
            })
    void aRegistryThatDoesNotAnswerIsAnError(String script, String reason) {
        node.does(script + "; exit 1");
        failure(() -> library().isPublished(node.npm(project)))
                .hasMessage(
                        "Whether @acme/bricks@1.2.3 is published already cannot be found out from the registry of .npmrc "
                                + reason
                                + "; check the registry and its credentials (the parameters 'npmRegistry' and 'npmServerId', or .npmrc).");
    }

    @Test
    void anEndlessAnswerIsCutOff() {
        node.does("yes 'a long line of an answer that is not JSON' | head -n 30000");
        assertThat(library().isPublished(node.npm(project))).isTrue();
        node.does("echo '{'; yes '   ' | head -n 600000; echo '\"error\": {\"code\": \"E404\"}}'; exit 1");
        failure(() -> library().isPublished(node.npm(project)));
    }

    @Test
    void theTarballIsPublishedWithItsTagAndAccess() {
        Npm npm = node.npm(project);
        node.does("exit 0");
        Path tarball = project.resolve("one.tgz");
        libraryIn(Optional.of("https://one.acme.com"))
                .publish(npm, tarball, Optional.of("next"), Optional.of("public"));
        library().publish(npm, tarball, NONE, NONE);
        assertThat(node.log.said())
                .containsExactly(
                        "running npm publish " + tarball + " --tag next --access public"
                                + " --registry=https://one.acme.com/ --@acme:registry=https://one.acme.com/",
                        "running npm publish " + tarball);
    }

    @Test
    void aNameWithoutAScopeNeedsNoRegistryOfItsOwn() {
        assertThat(NpmRegistry.ofParameter("https://one.acme.com").arguments("bricks"))
                .containsExactly("--registry=https://one.acme.com/");
    }
}
