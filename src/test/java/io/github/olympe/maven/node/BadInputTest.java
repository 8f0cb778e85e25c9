package io.github.olympe.maven.node;

import static io.github.olympe.maven.testing.Mutations.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.ci.Template;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.node.npm.LibraryPackage;
import io.github.olympe.maven.node.npm.NpmCredentials;
import io.github.olympe.maven.node.npm.NpmInstall;
import io.github.olympe.maven.node.npm.NpmRegistry;
import io.github.olympe.maven.node.npm.Workspace;
import io.github.olympe.maven.node.runtime.NodeCheck;
import io.github.olympe.maven.node.runtime.NodeDownload;
import io.github.olympe.maven.node.runtime.NodeInstallation;
import io.github.olympe.maven.node.runtime.NodeVersion;
import io.github.olympe.maven.node.runtime.VersionRange;
import io.github.olympe.maven.testing.BadInput;
import io.github.olympe.maven.testing.Corpus;
import io.github.olympe.maven.testing.Mutations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a project and parameters about Node.js, from {@code src/test/resources/bad/node}. */
class BadInputTest {

    @TempDir
    Path folder;

    @Corpus("node/package-json")
    void packageJson(BadInput input) throws Exception {
        input.write(folder.resolve("package.json"));
        input.check(folder, () -> PackageJson.read(folder).name());
    }

    @Corpus("node/library")
    void library(BadInput input) throws Exception {
        Path dist = Files.createDirectories(folder.resolve("dist"));
        Files.createDirectories(dist.resolve("codeAsData"));
        Files.createFile(dist.resolve("file.txt"));
        Files.createSymbolicLink(dist.resolve("link"), folder);
        input.write(dist.resolve("package.json"));
        Files.writeString(folder.resolve("package.json"), "{}");
        input.check(folder, () -> LibraryPackage.in(dist, Optional.empty(), PackageJson.read(folder)));
    }

    @Corpus("node/import-order")
    void importOrder(BadInput input) throws Exception {
        Path output = Files.createDirectories(folder.resolve("dist/codeAsData"));
        Files.createDirectories(output.resolve("1"));
        Files.createSymbolicLink(output.resolve("link"), folder);
        input.write(output.resolve("import_order.json"));
        input.check(folder, () -> {
            new BuildOutput(folder, output, "codeAsData.source", List.of(), true)
                    .check("npx olympe buildCodeAsData", Workspace.of(folder));
            return "taken";
        });
    }

    @Corpus("node/lock")
    void lock(BadInput input) throws Exception {
        Files.writeString(folder.resolve("package.json"), "{}");
        Path lock = input.write(folder.resolve("package-lock.json"));
        NpmInstall install = install();
        input.check(folder, () -> install.reasonToInstall());
    }

    private NpmInstall install() throws IOException {
        Path installed = Files.createDirectories(folder.resolve("node_modules")).resolve(".package-lock.json");
        Files.writeString(installed, "{\"packages\": {}}");
        return new NpmInstall(
                new NodeFixture().npm(folder), List.of(), folder.resolve("locks"), Optional.empty(), new HashSet<>());
    }

    @Corpus("node/version")
    void version(BadInput input) throws Exception {
        writeVersion(input.parts().get(0));
        input.check(folder, () -> bump(input.parts().get(1)).version());
    }

    private void writeVersion(String version) throws IOException {
        Files.writeString(folder.resolve("package.json"), "{\"version\": \"" + version + "\"}");
    }

    private VersionBump bump(String version, String template) throws IOException {
        writeVersion(version);
        return bump(template);
    }

    private VersionBump bump(String template) {
        BuildContext build = new BuildContext(
                "git",
                Optional.of("main"),
                Optional.of("1a2b3c4d".repeat(5)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new VersionBump(
                PackageJson.read(folder),
                Optional.empty(),
                new Template("versionTemplate", template),
                build,
                Instant.EPOCH);
    }

    @Test
    void aVersionIsWrittenIntoBothFilesOrNone() throws Exception {
        VersionBump bump = bump("1.0.0", "2.0.0");
        Files.writeString(folder.resolve("package-lock.json"), "{\"version\": \"1.0.0\", \"packages\": {");

        BadInput input = new BadInput(
                "half a lock file",
                new byte[0],
                List.of("package-lock.json', which is not valid JSON", "correct it"),
                false);
        input.check(folder, () -> {
            bump.write("2.0.0");
            return "written";
        });

        assertThat(folder.resolve("package.json")).hasContent("{\"version\": \"1.0.0\"}");
    }

    @Test
    void twoVersionsCannotBeBumped() throws Exception {
        Files.writeString(folder.resolve("package.json"), "{\"version\": \"0.9.0\", \"version\": \"1.0.0\"}");
        VersionBump bump = new VersionBump(
                PackageJson.read(folder),
                Optional.empty(),
                new Template("versionTemplate", "2.0.0"),
                BuildContext.detect(Map.of(), folder),
                Instant.EPOCH);

        new BadInput("two versions", new byte[0], List.of("has more than one 'version'", "remove"), false)
                .check(folder, () -> {
                    bump.write("2.0.0");
                    return "written";
                });
    }

    @Corpus("node/npmrc")
    void npmrc(BadInput input) throws Exception {
        Files.writeString(folder.resolve("package.json"), "{}");
        input.write(folder.resolve(".npmrc"));
        input.check(
                folder,
                () -> NpmCredentials.registries(
                        Optional.empty(), PackageJson.read(folder), new NodeFixture().npm(folder)));
    }

    @Corpus("node/workspaces")
    void workspaces(BadInput input) throws Exception {
        Path project = Files.createDirectories(folder.resolve("root/project"));
        NodeFixture.initGit(folder.resolve("root"));
        Files.writeString(folder.resolve("root/package.json"), "{\"workspaces\": " + input.text() + "}");
        input.check(folder, () -> Workspace.of(project).root().getFileName());
    }

    @Corpus("node/node-version")
    void nodeVersion(BadInput input) throws Exception {
        input.check(
                folder,
                () -> new NodeInstallation(
                        NodeInstallation.version(input.text()),
                        Optional.empty(),
                        NodeDownload.of(
                                Optional.empty(), Optional.empty(), Optional.empty(), HttpProxies.none(), false),
                        folder,
                        false));
    }

    @Corpus("node/engines")
    void engines(BadInput input) throws Exception {
        PackageJson packageJson = new PackageJson(
                folder.resolve("package.json"),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.of(input.text()),
                false,
                Optional.empty(),
                com.fasterxml.jackson.databind.node.NullNode.getInstance());
        input.check(folder, () -> NodeCheck.engines(new NodeVersion(20, 11, 1), "'/usr/bin/node'", packageJson));
    }

    @Test
    void theTargetOfALinkIsNotEmptied() throws Exception {
        Path outside = Files.createDirectories(folder.resolve("outside/web"));
        Path kept = Files.createFile(outside.resolve("kept.txt"));
        Path project = Files.createDirectories(folder.resolve("project"));
        Files.createSymbolicLink(project.resolve("dist"), folder.resolve("outside"));

        BuildOutput output = new BuildOutput(project, Path.of("dist/web"), "frontend.source", List.of(), false);
        new BadInput("link", new byte[0], List.of("'frontend.source'", "A symbolic link leads elsewhere"), false)
                .check(folder, () -> {
                    output.remove(GitProgram.of(new NodeFixture().npm(folder)));
                    return "removed";
                });

        assertThat(kept).exists();
    }

    @Test
    void randomPackageJsonsCauseNoUnexpectedError() throws Exception {
        List<String> good = List.of("""
                {"name": "@acme/shop", "version": "1.0.0", "scripts": {"build:draw": "vite build", "test": "vitest"},
                 "engines": {"node": ">=18 <23 || ^24.1.0"}, "publishConfig": {"registry": "https://npm.example.com/"}}""", """
                {"name": "bricks", "version": "0.1.0-x.1", "private": true, "codeAsData": "codeAsData", "workspaces": ["a/*"]}""");
        Path file = folder.resolve("package.json");
        Mutations.survive(800, good, bytes -> {
            Files.write(file, bytes);
            PackageJson packageJson = PackageJson.read(folder);
            NodeCheck.engines(new NodeVersion(20, 0, 0), "node", packageJson);
            LibraryPackage.of(packageJson, Optional.empty()).tarballName();
        });
    }

    @Test
    void randomLockFilesCauseNoUnexpectedError() throws Exception {
        List<String> good = List.of("""
                {"name": "shop", "version": "1.0.0", "lockfileVersion": 3, "packages": {"": {"version": "1.0.0",
                "dependencies": {"a": "1"}}, "node_modules/a": {"version": "1.0.0", "resolved": "https://r/a.tgz"}}}""");
        Files.writeString(folder.resolve("package.json"), "{\"version\": \"1.0.0\"}");
        Path lock = folder.resolve("package-lock.json");
        Mutations.survive(200, good, bytes -> {
            Files.write(lock, bytes);
            install().reasonToInstall();
            bump("1.0.0", "2.0.0").write("2.0.0");
        });
    }

    @Test
    void randomTemplatesAndRangesCauseNoUnexpectedError() throws Exception {
        Mutations.survive(
                400,
                List.of("{version}-{commit}-{timestamp}", "{version}-{branch}.{build}", "1.2.3-{date}"),
                text(template -> bump("1.0.0-1a2b3c4d", template).version()));
        Mutations.survive(2000, List.of(">=18.14 <23 || ^24.1.0", "18.x - 20", "~20.1"), text(VersionRange::parse));
        Mutations.survive(
                1000, List.of("https://npm.example.com:4873/path/"), text(url -> NpmRegistry.of("'.npmrc'", url)));
    }
}
