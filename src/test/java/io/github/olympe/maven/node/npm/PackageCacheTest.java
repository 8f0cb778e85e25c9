package io.github.olympe.maven.node.npm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.io.FileTree;
import io.github.olympe.maven.node.NodeFixture;
import io.github.olympe.maven.node.packages.PackageCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses the real npm, with packages that are tarballs of the project, so that nothing is downloaded. */
class PackageCacheTest {

    private static final String CI = "running npm ci";

    @TempDir
    static Path results;

    private static NpmOnce once;

    @TempDir
    Path folder;

    private final NodeFixture fixture = new NodeFixture();
    private Path first;
    private Path cache;

    @BeforeAll
    static void keepResults() {
        once = NpmOnce.in(results);
    }

    @BeforeEach
    void writeProject() throws IOException {
        cache = folder.resolve("cache");
        first = Files.createDirectory(folder.resolve("first"));
        NodeFixture.write(folder, "one/package.json", """
                {"name": "one", "version": "1.0.0", "bin": {"one": "index.js"}}
                """);
        NodeFixture.write(folder, "one/index.js", "#!/usr/bin/env node");
        once.run(
                "pack",
                folder,
                () -> fixture.npm(folder.resolve("one"))
                        .run("pack", "--silent", "--pack-destination", first.toString()));
        writePackageJson("");
    }

    /** Writes package.json and its lock file. */
    private void writePackageJson(String members) {
        NodeFixture.write(
                first,
                "package.json",
                "{\"name\": \"shop\", \"version\": \"1.0.0\", \"dependencies\": {\"one\": \"file:one-1.0.0.tgz\"}"
                        + members + "}");
        once.run("lock", first, () -> fixture.npm(first).run("install", "--silent", "--package-lock-only"));
        fixture.said();
    }

    private List<String> install(Path project, Map<String, String> environment, String... arguments) {
        new NpmInstall(
                        fixture.npm(project).with(environment),
                        List.of(arguments),
                        folder.resolve("locks"),
                        Optional.of(new PackageCache(cache)),
                        new HashSet<>())
                .run();
        return fixture.said().stream()
                .filter(line -> !line.startsWith(">"))
                .map(line -> line.replace(folder.toString(), ""))
                .toList();
    }

    private List<String> install(Path project, String... arguments) {
        return install(project, Map.of(), arguments);
    }

    /** Installs the first project, whose packages are then in the cache. */
    private void installFirst() {
        once.run("install", folder, () -> install(first));
        fixture.said();
    }

    /** Another checkout of the project, without its packages. */
    private Path another(String name) throws IOException {
        Path copy = folder.resolve(name);
        FileTree.copy(first, copy);
        FileTree.delete(copy.resolve("node_modules"));
        return copy;
    }

    private static List<String> paths(Path project) throws IOException {
        try (Stream<Path> paths = Files.walk(project.resolve("node_modules"))) {
            return paths.map(path -> project.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aFreshWorkspaceGetsWhatNpmInstalledInAnother() throws IOException {
        Path second = another("second");
        assertThat(install(first)).contains(CI);
        assertThat(install(second))
                .doesNotContain(CI)
                .contains(
                        "Took the npm packages from /cache: npm has installed the same on this machine before (packageCache).");
        assertThat(paths(second)).isEqualTo(paths(first));
        assertThat(second.resolve("node_modules/.package-lock.json"))
                .hasSameTextualContentAs(first.resolve("node_modules/.package-lock.json"));
        assertThat(install(second)).containsExactly("up to date");
        fixture.npm(second).run("ls");
        assertThat(fixture.said()).noneMatch(line -> line.contains("invalid") || line.contains("missing"));
    }

    @Test
    void aBuildsChangesToItsPackagesReachNoOther() throws IOException {
        Path second = another("second");
        Path third = another("third");
        installFirst();
        Files.writeString(first.resolve("node_modules/one/index.js"), "changed");
        install(second);
        Files.writeString(second.resolve("node_modules/one/index.js"), "changed");
        install(third);
        assertThat(third.resolve("node_modules/one/index.js")).hasContent("#!/usr/bin/env node");
    }

    @Test
    void npmInstallsPackagesThatDiffer() throws IOException {
        installFirst();
        assertThat(install(another("environment"), Map.of("NODE_ENV", "production")))
                .contains(CI);
        assertThat(install(another("configuration"), Map.of("npm_config_omit", "optional")))
                .contains(CI);
        assertThat(install(another("arguments"), "--omit=dev")).contains("running npm ci --omit=dev");
        assertThat(install(another("compiler"), Map.of("CFLAGS", "-O3"))).contains(CI);
        writePackageJson(", \"optionalDependencies\": {}, \"license\": \"MIT\", \"devDependencies\": {}");
        Path lock = first.resolve("package-lock.json");
        Files.writeString(lock, Files.readString(lock) + "\n");
        assertThat(install(another("lock"))).contains(CI);
    }

    @Test
    void damagedPackagesAreInstalledAgain() throws IOException {
        installFirst();
        Path file;
        try (Stream<Path> files = Files.list(cache)) {
            file = files.filter(path -> path.toString().endsWith(".zst"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(install(another("second"))).contains(CI);
        assertThat(install(another("third"))).as("kept anew").doesNotContain(CI);
    }

    @Test
    void theProjectsOwnScriptsRunEachTime() throws IOException {
        writePackageJson(", \"scripts\": {\"prepare\": \"echo prepared >> prepared.txt\"}");
        installFirst();
        Files.deleteIfExists(first.resolve("prepared.txt"));
        Path second = another("second");
        assertThat(install(second)).contains("running npm run prepare").doesNotContain(CI);
        assertThat(second.resolve("prepared.txt")).hasContent("prepared");
        Path third = another("third");
        install(another("fourth"), "--ignore-scripts");
        assertThat(install(third.resolveSibling("fourth"), "--ignore-scripts")).containsExactly("up to date");
        assertThat(folder.resolve("fourth/prepared.txt")).doesNotExist();
    }

    /** Otherwise npm's note that all packages are there would hide the failure from the next build. */
    @Test
    void aScriptOfTheProjectThatFailsFailsTheNextBuildToo() throws IOException {
        Files.createFile(first.resolve("ok")); // npm runs it when it writes the lock file, too.
        writePackageJson(
                ", \"scripts\": {\"prepare\": \"node -e \\\"process.exit(require('fs').existsSync('ok') ? 0 : 1)\\\"\"}");
        Files.delete(first.resolve("ok"));
        for (int build = 0; build < 2; build++) {
            assertThatThrownBy(() -> install(first)).isInstanceOf(OlympeException.class);
            fixture.said();
        }
        Files.createFile(first.resolve("ok"));
        installFirst();
        Path second = another("second");
        Files.delete(second.resolve("ok"));
        for (int build = 0; build < 2; build++) {
            assertThatThrownBy(() -> install(second))
                    .isInstanceOf(OlympeException.class)
                    .hasMessageContaining("npm run prepare");
        }
    }

    @Test
    void npmInstallsIfScriptsAreSwitchedOffInAnotherWay() throws IOException {
        writePackageJson(", \"scripts\": {\"prepare\": \"echo prepared >> prepared.txt\"}");
        Files.deleteIfExists(first.resolve("prepared.txt"));
        install(first, "--ignore-scripts=true");
        Path second = another("second");
        assertThat(install(second, "--ignore-scripts=true")).contains("running npm ci --ignore-scripts=true");
        assertThat(second.resolve("prepared.txt")).doesNotExist();
    }

    @Test
    void aPackageWithAnUnknownInstallScriptIsNotCached() throws IOException {
        NodeFixture.write(folder, "one/package.json", """
                {"name": "one", "version": "1.0.0", "scripts": {"postinstall": "node index.js"}}
                """);
        once.run(
                "pack",
                folder,
                () -> fixture.npm(folder.resolve("one"))
                        .run("pack", "--silent", "--pack-destination", first.toString()));
        FileTree.delete(first.resolve("package-lock.json"));
        writePackageJson("");
        assertThat(install(first))
                .contains(
                        "The npm packages are not kept for other workspaces (packageCache), because node_modules/one has the postinstall"
                                + " script 'node index.js', which may do something outside of its folder.");
        assertThat(install(another("second"))).contains(CI);
    }

    @Test
    void aWorkspaceGetsThePackagesOfItsMembers() throws IOException {
        NodeFixture.write(first, "apps/cart/package.json", """
                {"name": "cart", "version": "1.0.0", "bin": {"cart": "cart.js"}, "dependencies": {"one": "1.0.0"}}
                """);
        NodeFixture.write(first, "apps/cart/cart.js", "");
        writePackageJson(", \"workspaces\": [\"apps/*\"]");
        Path second = another("second");
        assertThat(install(first)).contains(CI);
        assertThat(install(second)).doesNotContain(CI);
        assertThat(paths(second)).isEqualTo(paths(first)).contains("node_modules/.bin/cart", "node_modules/cart");
        NodeFixture.write(second, "apps/new/package.json", "{\"name\": \"new\", \"version\": \"1.0.0\"}");
        FileTree.delete(second.resolve("node_modules"));
        assertThat(RepeatableInstall.of(
                        fixture.npm(second),
                        List.of(),
                        new InstallStamp(Map.of()),
                        LockFile.of(second).orElseThrow(),
                        new PackageCache(cache)))
                .as("the lock file does not know the new member, which npm may refuse")
                .isEmpty();
    }

    @Test
    void npmInstallsIfADependencyIsAFolder() throws IOException {
        NodeFixture.write(first, "libs/two/package.json", "{\"name\": \"two\", \"version\": \"2.0.0\"}");
        writePackageJson(", \"devDependencies\": {\"two\": \"file:libs/two\"}");
        installFirst();
        assertThat(install(another("second"))).contains(CI);
    }
}
