package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.testing.BareRepository;
import io.github.olympe.maven.testing.GitHttpServer;
import io.github.olympe.maven.testing.MavenBuild;
import io.github.olympe.maven.testing.TestPom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maven in the locale C, as in many containers: letters outside of ASCII stay unchanged. */
class PosixLocaleConformanceTest {

    private static final String BRICK = "Home/Bücher 日本/.Bücher 日本.newInst.json";
    private static final String PATCH = "{\"operations\": [], \"rootTag\": \"tag1\"}";

    @TempDir
    Path folder;

    private Path project;

    @BeforeEach
    void write() throws IOException {
        project = Files.createDirectories(folder.resolve("project"));
        Path standIn = Path.of("src/test/resources/toolkit-stand-in").toAbsolutePath();
        Files.writeString(
                project.resolve("package.json"),
                "{\"name\": \"shop\", \"version\": \"1.0.0\", \"devDependencies\": {\"@olympeio/toolkit\": \"file:"
                        + standIn + "\"}}");
        Files.createDirectories(project.resolve("snapshot"));
        Files.writeString(
                folder.resolve("stand-in.json"),
                "{\"snapshots\": {\"*\": {\"*\": {\"" + BRICK + "\": \"" + PATCH.replace("\"", "\\\"") + "\"}}}}");
    }

    private MavenBuild build() {
        return MavenBuild.in(project)
                .with("LC_ALL", "C")
                .with("OLYMPE_STAND_IN", folder.resolve("stand-in.json").toString())
                .with("DRAW_USERNAME", "nina")
                .with("DRAW_PASSWORD", "dr4w-pass");
    }

    private void configuration(String more) throws IOException {
        Files.writeString(
                project.resolve("snapshot/snapshot-config.json"),
                "[{\"snapshooter\": {\"name\": \"Bücher\", \"rootTags\": [\"tag1\"]" + more + "}]");
    }

    @Test
    void aSnapshotKeepsItsNamesInTheProjectAndInGit() throws IOException {
        TestPom.of("shop")
                .configuration("<orchestratorHost>draw.example.com</orchestratorHost>")
                .writeTo(project);
        configuration(", \"outputDir\": \"snapshot\"}");
        for (int run = 0; run < 2; run++) {
            MavenBuild.Result result = build().run("olympe:snapshot");
            assertThat(result.succeeded()).as(result.log()).isTrue();
            assertThat(project.resolve("snapshot/tag1").resolve(BRICK)).hasContent(PATCH);
        }

        BareRepository repository = BareRepository.create(folder.resolve("repo.git"));
        repository.commit("develop", Map.of("README.md", "x\n"));
        try (GitHttpServer server = GitHttpServer.start(repository.folder())) {
            configuration("}, \"git\": {\"repo\": \"http://" + server.authority() + "/group/repo.git\"}");
            MavenBuild.Result result = build().run("olympe:snapshot", "-Dolympe.snapshot.author=Ann <ann@example.com>");
            assertThat(result.succeeded()).as(result.log()).isTrue();
        }
        assertThat(repository.files("develop").keySet()).anyMatch(file -> file.endsWith("tag1/" + BRICK));
    }

    @Test
    void aBranchKeepsItsNameAndCheckSaysWhatToSet() throws IOException {
        TestPom.of("shop")
                .configuration("<registry>registry.example.com/acme</registry><deployBranches>größe</deployBranches>"
                        + "<codeAsData><skip>true</skip></codeAsData>")
                .writeTo(project);
        MavenBuild.Result result = build().with("GITLAB_CI", "true")
                .with("CI_COMMIT_BRANCH", "größe")
                .with("CI_COMMIT_SHA", "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d")
                .run("olympe:check", "olympe:push");

        assertThat(result.log())
                .contains("[WARNING] Java reads names of files, variables and arguments in the encoding ")
                .contains("Set the environment variable LC_ALL to C.UTF-8.")
                .doesNotContain("Skipping push", "unknown");
    }
}
