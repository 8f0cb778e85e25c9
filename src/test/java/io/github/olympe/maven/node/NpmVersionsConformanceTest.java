package io.github.olympe.maven.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.node.npm.LibraryPackage;
import io.github.olympe.maven.node.npm.Npm;
import io.github.olympe.maven.node.npm.NpmCredentials;
import io.github.olympe.maven.node.npm.NpmInstall;
import io.github.olympe.maven.node.npm.Workspace;
import io.github.olympe.maven.node.runtime.NodeRuntime;
import io.github.olympe.maven.process.ProgramSearch;
import io.github.olympe.maven.testing.MadeOnce;
import io.github.olympe.maven.testing.NpmPackages;
import io.github.olympe.maven.testing.Verdaccio;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The npm that comes with Node.js 18 (and 20, 22, 24), at a real registry that requires a credential. */
class NpmVersionsConformanceTest {

    private static final String PASSWORD = "pa55-m4rked-word";

    private static Verdaccio verdaccio;

    @TempDir
    Path folder;

    private final NodeFixture fixture = new NodeFixture();

    @BeforeAll
    static void start(@TempDir Path storage) throws Exception {
        verdaccio = Verdaccio.start(storage, PASSWORD);
    }

    @AfterAll
    static void stop() {
        verdaccio.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"9.9.4", "10.9.9", "11.6.2"})
    void aPrivateRegistryIsPublishedToAndInstalledFrom(String version) throws Exception {
        Npm npm = npm(version);
        String name = "@acme/bricks-" + version.replace('.', '-');
        Path dist = folder.resolve("library/dist");
        NodeFixture.write(dist, "package.json", """
                {"name": "%s", "version": "1.0.0", "codeAsData": "codeAsData", "publishConfig": {"registry": "%s"}}
                """.formatted(name, verdaccio.url()));
        NodeFixture.write(dist, "codeAsData/patch.json", "{}");
        NodeFixture.write(folder.resolve("library"), "package.json", "{\"name\": \"%s\"}".formatted(name));
        Npm publisher = in(npm, folder.resolve("library"));
        PackageJson packageJson = PackageJson.read(dist);
        LibraryPackage library = LibraryPackage.in(dist, Optional.empty(), packageJson);
        Npm withToken = publisher.withSecrets(NpmCredentials.variables(
                NpmCredentials.registries(Optional.empty(), packageJson, publisher),
                Credential.ofToken("server 'npm'", Secret.of(verdaccio.token()))));

        assertThatThrownBy(() -> library.isPublished(publisher))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("Whether " + name + "@1.0.0 is published already cannot be found out from "
                        + verdaccio.url() + " (")
                .hasMessageMatching(".*(E401|ENEEDAUTH).*");
        assertThat(library.isPublished(withToken)).isFalse();
        library.publish(
                withToken,
                library.pack(publisher, dist, folder.resolve("packed")),
                Optional.of("next"),
                Optional.of("restricted"));
        assertThat(library.isPublished(withToken)).isTrue();
        assertThatThrownBy(() -> library.requireUnpublished(withToken))
                .hasMessageStartingWith(name + "@1.0.0 is published already in " + verdaccio.url());

        // Three ways to the same packages: a server of settings.xml with a user, one with a token, and .npmrc alone.
        String scope = "@acme:registry=" + verdaccio.url() + "\n";
        Path user = project("user", name, scope);
        install(
                withCredential(
                        in(npm, user),
                        Optional.empty(),
                        Credential.ofUser("server 'npm'", verdaccio.user(), Secret.of(PASSWORD))),
                name);
        Path token = project("token", name, scope);
        install(
                withCredential(
                        in(npm, token),
                        Optional.of(verdaccio.url()),
                        Credential.ofToken("server 'npm'", Secret.of(verdaccio.token()))),
                name);
        String line = verdaccio.url().replace("http:", "") + ":_authToken=${NPM_TOKEN}\n";
        install(in(npm, project("npmrc", name, scope + line)).with(Map.of("NPM_TOKEN", verdaccio.token())), name);

        assertThatThrownBy(() -> new NpmInstall(
                                in(npm, project("nobody", name, scope)),
                                List.of(),
                                folder.resolve("locks"),
                                Optional.empty(),
                                new HashSet<>())
                        .run())
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("'npm install' failed with exit code 1");
        assertThat(fixture.said()).noneMatch(text -> text.contains(PASSWORD));
    }

    /** Installs twice: first without a lock file, then with the one that npm wrote, after everything is forgotten. */
    private void install(Npm npm, String name) throws IOException {
        Path installed = npm.project().resolve("node_modules").resolve(name).resolve("package.json");
        new NpmInstall(npm, List.of(), folder.resolve("locks"), Optional.empty(), new HashSet<>()).run();
        assertThat(installed).exists();
        assertThat(npm.project().resolve("package-lock.json")).exists();
        Files.delete(installed);
        new NpmInstall(npm, List.of(), folder.resolve("locks"), Optional.empty(), new HashSet<>()).run();
        assertThat(installed).exists();
    }

    private static Npm withCredential(Npm npm, Optional<String> registry, Credential credential) {
        return npm.withSecrets(NpmCredentials.variables(
                NpmCredentials.registries(registry, PackageJson.read(npm.project()), npm), credential));
    }

    private static Npm in(Npm npm, Path project) {
        return new Npm(npm.runtime(), npm.runner(), Workspace.of(project), npm.environment(), npm.timeout(), npm.log());
    }

    private Path project(String folderName, String dependency, String npmrc) {
        Path project = folder.resolve(folderName);
        NodeFixture.write(project, "package.json", """
                {"name": "shop", "version": "1.0.0", "dependencies": {"%s": "1.0.0"}}
                """.formatted(dependency));
        NodeFixture.write(project, ".npmrc", npmrc);
        return project;
    }

    /** The npm of a version, found on the PATH like a user's. Each has its own cache, so that it asks the registry. */
    private Npm npm(String version) {
        Path bin =
                MadeOnce.folder("npm-" + version, into -> unpack(version, into)).resolve("bin");
        Map<String, String> environment = new TreeMap<>(NodeFixture.ENVIRONMENT);
        environment.put("PATH", bin + ":" + environment.get("PATH"));
        environment.put("npm_config_cache", folder.resolve("cache").toString());
        NodeRuntime runtime = NodeRuntime.onPath(folder, environment, ProgramSearch.current());
        Npm npm = fixture.npm(folder);
        Npm ofVersion = new Npm(runtime, npm.runner(), Workspace.of(folder), environment, npm.timeout(), fixture);
        ofVersion.run("--version");
        assertThat(fixture.said()).contains("> " + version);
        return ofVersion;
    }

    private static void unpack(String version, Path folder) throws IOException {
        NpmPackages.unpack(NpmPackages.download("npm@" + version, folder), folder.resolve("package"));
        assertThat(folder.resolve("package/bin/npm-cli.js").toFile().setExecutable(true))
                .isTrue();
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("npm"), Path.of("../package/bin/npm-cli.js"));
    }
}
