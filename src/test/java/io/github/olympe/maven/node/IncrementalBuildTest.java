package io.github.olympe.maven.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncrementalBuildTest {

    @TempDir
    Path project;

    private final NodeFixture fixture = new NodeFixture();
    private boolean fails;

    @BeforeEach
    void writeProject() throws Exception {
        Git.init().setDirectory(project.toFile()).call().close();
        write(".gitignore", "dist/\ntarget/\n*.log\n");
        write("src/a.js", "a");
        write("src/b.js", "b");
    }

    private void write(String file, String content) {
        NodeFixture.write(project, file, content);
    }

    private List<String> build(String command, Map<String, String> environment) {
        Path output = project.resolve("dist/web");
        BuildStep step = new BuildStep(
                "frontend",
                command,
                npm -> {
                    write("dist/web/main.js", "built");
                    write("dist/web/node_modules/x.js", "built");
                    if (fails) {
                        throw new OlympeException("it failed");
                    }
                },
                List.of(new BuildOutput(project, output, "frontend.source", List.of(), false)));
        new IncrementalBuild(
                        project.resolve("target/olympe/build"),
                        List.of(output, project.resolve("target")),
                        environment,
                        Optional.empty())
                .run(step, fixture.npm(project));
        return fixture.said();
    }

    private List<String> build() {
        return build("npm run build", Map.of());
    }

    @Test
    void skipsStepsWithoutChanges() throws IOException {
        assertThat(build()).containsExactly("frontend runs: there is no record of a run that succeeded");
        assertThat(build()).containsExactly("frontend skipped: nothing changed since it last succeeded");
        Files.setLastModifiedTime(project.resolve("src/a.js"), FileTime.from(Instant.EPOCH));
        write("some.log", "ignored by git");
        assertThat(build()).first().asString().startsWith("frontend skipped");
    }

    @Test
    void saysWhichInputChanged() throws IOException {
        build();
        write("src/a.js", "changed");
        assertThat(build()).containsExactly("frontend runs: src/a.js changed");
        write("src/c.js", "new");
        assertThat(build()).containsExactly("frontend runs: src/c.js added");
        Files.delete(project.resolve("src/b.js"));
        assertThat(build()).containsExactly("frontend runs: src/b.js deleted");
        write("src/a.js", "A");
        write("src/c.js", "C");
        assertThat(build()).containsExactly("frontend runs: src/a.js changed, and 1 more");
        assertThat(build()).first().asString().startsWith("frontend skipped");
    }

    @Test
    void aChangeThatKeepsTimeAndSizeIsNoticed() throws IOException {
        build();
        Path file = project.resolve("src/a.js");
        FileTime time = Files.getLastModifiedTime(file);
        write("src/a.js", "z");
        Files.setLastModifiedTime(file, time);
        assertThat(build()).containsExactly("frontend runs: src/a.js changed");
    }

    @Test
    void aChangedOutputIsBuiltAgain() throws IOException {
        build();
        write("dist/web/main.js", "edited");
        assertThat(build()).containsExactly("frontend runs: dist/web/main.js changed");
        Files.delete(project.resolve("dist/web/node_modules/x.js"));
        assertThat(build()).containsExactly("frontend runs: dist/web/node_modules/x.js deleted");
        write("dist/web/extra.js", "extra");
        assertThat(build()).containsExactly("frontend runs: dist/web/extra.js added");
        assertThat(project.resolve("dist/web/extra.js")).doesNotExist();
    }

    @Test
    void aFailedStepRunsAgain() {
        build();
        write("src/a.js", "changed");
        fails = true;
        assertThatThrownBy(this::build).hasMessage("it failed");
        assertThat(project.resolve("dist/web")).doesNotExist();
        fixture.said();
        fails = false;
        write("src/a.js", "a");
        assertThat(build()).containsExactly("frontend runs: there is no record of a run that succeeded");
    }

    @Test
    void theCommandAndItsEnvironmentAreInputs() {
        build("npm run build", Map.of("NODE_ENV", "production"));
        assertThat(build("npm run build", Map.of("NODE_ENV", "development")))
                .containsExactly("frontend runs: environment variable NODE_ENV changed");
        assertThat(build("npm run other", Map.of("NODE_ENV", "development")))
                .containsExactly("frontend runs: command 'npm run build' deleted, and 1 more");
    }

    @Test
    void storesNoValuesOfTheEnvironment() throws IOException {
        build("npm run build", Map.of("TOKEN", "s3cr3t-value"));
        assertThat(Files.readString(project.resolve("target/olympe/build/frontend.json")))
                .contains("TOKEN")
                .doesNotContain("s3cr3t-value");
    }

    @Test
    void theInstalledPackagesAreAnInput() {
        write("node_modules/.package-lock.json", "{\"packages\": {}}");
        build();
        write("node_modules/.package-lock.json", "{\"packages\": {\"node_modules/one\": {\"version\": \"1.0.0\"}}}");
        assertThat(build()).containsExactly("frontend runs: installed packages changed");
    }

    @Test
    void theFilesOfALinkedPackageAreInputs() {
        Path shop = project.resolve("apps/shop");
        write("package.json", "{\"workspaces\": [\"apps/*\", \"libs/*\"]}");
        write("apps/shop/package.json", "{}");
        write("libs/one/dist/index.js", "ignored by git, but this is what the project gets");
        write(
                "node_modules/.package-lock.json",
                "{\"packages\": {\"node_modules/one\": {\"link\": true, \"resolved\": \"libs/one\"}}}");
        project = shop;
        build();
        assertThat(build()).first().asString().startsWith("frontend skipped");
        write("../../libs/one/dist/index.js", "changed");
        assertThat(build()).containsExactly("frontend runs: ../../libs/one/dist/index.js changed");
    }

    @Test
    void aFileThatGitTracksIsAnInputEvenIfIgnored() throws Exception {
        write("kept.log", "tracked");
        try (Git git = Git.open(project.toFile())) {
            git.add().addFilepattern("kept.log").call();
            DirCache index = git.getRepository().lockDirCache();
            DirCacheEditor editor = index.editor();
            editor.add(new DirCacheEditor.PathEdit("kept.log") {
                @Override
                public void apply(DirCacheEntry entry) {
                    entry.setFileMode(FileMode.REGULAR_FILE);
                    entry.setObjectId(ObjectId.zeroId());
                }
            });
            editor.commit();
        }
        build();
        write("kept.log", "changed");
        assertThat(build()).containsExactly("frontend runs: kept.log changed");
    }

    @Test
    void worksWithoutGit(@TempDir Path plain) {
        project = plain;
        write("src/a.js", "a");
        write("node_modules/x/index.js", "x");
        build();
        write("node_modules/x/index.js", "y");
        assertThat(build()).first().asString().startsWith("frontend skipped");
        write("src/a.js", "b");
        assertThat(build()).containsExactly("frontend runs: src/a.js changed");
    }

    @Test
    void aBrokenRecordIsIgnored() {
        build();
        write("target/olympe/build/frontend.json", "{\"version\": 1, \"inputs\": [");
        assertThat(build()).containsExactly("frontend runs: there is no record of a run that succeeded");
        write("target/olympe/build/frontend.json", "{\"version\": 1}");
        assertThat(build()).containsExactly("frontend runs: there is no record of a run that succeeded");
    }
}
