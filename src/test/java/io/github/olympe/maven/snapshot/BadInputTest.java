package io.github.olympe.maven.snapshot;

import static io.github.olympe.maven.testing.Mutations.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.snapshot.config.SnapshotConfig;
import io.github.olympe.maven.snapshot.config.SnapshotEntry;
import io.github.olympe.maven.snapshot.git.CommitIdentity;
import io.github.olympe.maven.testing.BadInput;
import io.github.olympe.maven.testing.Corpus;
import io.github.olympe.maven.testing.Mutations;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshot configurations and output of the toolkit, from {@code src/test/resources/bad/snapshot}. */
class BadInputTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path temporary;

    private Path project;

    private final List<Secret> hidden = new ArrayList<>();

    @BeforeEach
    void makeProject() throws IOException {
        project = Files.createDirectories(temporary.resolve("project"));
        Files.createDirectories(temporary.resolve("outside"));
    }

    private SnapshotConfig read(Optional<String> configured) {
        return SnapshotConfig.read(configured, project, hidden::add);
    }

    @Corpus("snapshot/config")
    void config(BadInput input) throws Exception {
        input.write(project.resolve("res/snapshot-config.json"));
        input.check(temporary, () -> read(Optional.empty()).describe());
    }

    @Corpus("snapshot/output-directory")
    void outputDirectory(BadInput input) throws Exception {
        Files.createFile(project.resolve("file.txt"));
        Files.createSymbolicLink(project.resolve("link"), temporary.resolve("outside"));
        String json = JSON.writeValueAsString(input.text());
        write("{\"name\": \"A\", \"rootTags\": [\"1\"], \"outputDir\": " + json + "}", "");
        input.check(temporary, () -> read(Optional.empty()).describe());
    }

    @Corpus("snapshot/repo")
    void repo(BadInput input) throws Exception {
        write("{\"name\": \"A\", \"rootTags\": [\"1\"]}", "{\"repo\": " + JSON.writeValueAsString(input.text()) + "}");
        input.check(temporary, () -> read(Optional.empty()).describe());
    }

    @Corpus("snapshot/branch")
    void branch(BadInput input) throws Exception {
        write(
                "{\"name\": \"A\", \"rootTags\": [\"1\"]}",
                "{\"repo\": \"https://host/a.git\", \"branch\": " + JSON.writeValueAsString(input.text()) + "}");
        input.check(temporary, () -> read(Optional.empty()).describe());
    }

    private void write(String snapshooter, String git) throws IOException {
        Path file = project.resolve("res/snapshot-config.json");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file, "[{\"snapshooter\": " + snapshooter + (git.isEmpty() ? "" : ", \"git\": " + git) + "}]");
    }

    @Corpus("snapshot/folder")
    void folder(BadInput input) throws Exception {
        for (String part : input.parts()) {
            String[] file = part.split("=", 2);
            Path path = project.resolve("configs").resolve(file[0]);
            Files.createDirectories(path.getParent());
            Files.writeString(path, file[1]);
        }
        input.check(temporary, () -> read(Optional.of("configs")).describe());
    }

    @Corpus("snapshot/staged")
    void staged(BadInput input) throws Exception {
        String written = new String(input.content(), StandardCharsets.ISO_8859_1);
        boolean link = written.contains(" -> ");
        String[] file = written.split(link ? " -> " : "=", 2);
        Path path = project.resolve(file[0]);
        Files.createDirectories(path.getParent());
        if (link) {
            Files.createSymbolicLink(path, Path.of(file[1]));
        } else {
            Files.write(path, file[1].getBytes(StandardCharsets.ISO_8859_1));
        }
        SnapshotEntry entry = new SnapshotEntry(
                "res/snapshot-config.json, entry 1",
                "A",
                List.of("1"),
                List.of(),
                SnapshotProject.outputDirectory("snapshot"),
                Optional.empty());
        input.check(temporary, () -> StagedSnapshot.check(entry, project).size());
    }

    @Corpus("snapshot/toolkit-output")
    void toolkitOutput(BadInput input) throws Exception {
        input.check(temporary, () -> {
            ToolkitReason reason = new ToolkitReason();
            input.text().lines().forEach(reason::add);
            return reason.find().orElse("none");
        });
    }

    @Corpus("snapshot/identity")
    void identity(BadInput input) throws Exception {
        input.check(temporary, () -> CommitIdentity.of("snapshotAuthor (olympe.snapshot.author)", input.text()));
    }

    @Corpus("snapshot/host")
    void host(BadInput input) throws Exception {
        Credential credential = Credential.ofUser("DRAW_PASSWORD", "jane", Secret.of("s3cr3tM4rk"));
        input.check(temporary, () -> Orchestrator.of(input.text(), 443, Optional.of(credential)));
    }

    @Test
    void randomConfigurationsCauseNoUnexpectedError() throws Exception {
        List<String> good = List.of("""
                [{"snapshooter": {"name": "My Projects", "rootTags": ["10000000000000000000"], "exclude": ["2"],
                "outputDir": "./snapshot"}}]""", """
                [{"snapshooter": {"name": "A", "rootTags": ["1", "2"]}, "git": {"repo":
                "https://t0ken@host/group/repo.git", "branch": "develop", "commitMessage": "At {date}"}}]""");
        Path file = Files.createDirectories(project.resolve("res")).resolve("snapshot-config.json");
        Mutations.survive(800, good, bytes -> {
            Files.write(file, bytes);
            read(Optional.empty()).describe();
        });
    }

    @Test
    void randomAddressesCauseNoUnexpectedError() throws Exception {
        List<String> good = List.of(
                "https://u:s3cr3tM4rk@host:8443/group/repo.git",
                "ssh://git@host/group/repo.git",
                "git@host:group/repo.git");
        Mutations.survive(600, good, text(address -> {
            write("{\"name\": \"A\", \"rootTags\": [\"1\"]}", "{\"repo\": " + JSON.writeValueAsString(address) + "}");
            read(Optional.empty());
        }));
        assertThat(hidden).isNotEmpty();
    }

    @Test
    void randomToolkitOutputCausesNoUnexpectedError() throws Exception {
        List<String> good = List.of(
                "\u001b[31m[12:00:00] app ERROR [MAIN]: Failed to execute snapshot command, reason: Error: no such tag\u001b[0m",
                "npm error code 1\n    at run (/a/b.js:1:2)\nError: unable to connect:");
        Mutations.survive(1000, good, text(output -> {
            ToolkitReason reason = new ToolkitReason();
            output.lines().forEach(reason::add);
            reason.find();
        }));
    }
}
