package io.github.olympe.maven.patches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.io.FileTree;
import io.github.olympe.maven.patches.change.Change;
import io.github.olympe.maven.text.Json;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffPlanTest {

    @TempDir
    Path project;

    private final SecretMask mask = new SecretMask();

    @BeforeEach
    void commitSnapshot() throws Exception {
        try (Git git = Git.init()
                .setDirectory(project.toFile())
                .setInitialBranch("main")
                .call()) {
            brick("Price", "0a01", "Price");
            brick("Tax", "0a02", "Tax");
            git.add().addFilepattern(".").call();
            git.commit()
                    .setSign(false)
                    .setAuthor("A", "a@example.com")
                    .setCommitter("A", "a@example.com")
                    .setMessage("Snapshot")
                    .call();
        }
    }

    @Test
    void contradictingPatchesAreComparedWhateverTheOrderOfTheirFiles() throws IOException {
        write("before/A.newInst.json", patch("0a01", "0b", "1"));
        write("before/B.newInst.json", patch("0a01", "0b", "2"));
        write("swapped/A.newInst.json", patch("0a01", "0b", "2"));
        write("swapped/B.newInst.json", patch("0a01", "0b", "1"));
        write("first/A.newInst.json", patch("0a01", "0b", "1"));
        write("second/B.newInst.json", patch("0a01", "0b", "2"));

        assertThat(changes("before", "swapped")).isEmpty();
        assertThat(changes("before", "first")).containsExactly("Changed brick '0a01': '0b' changed from 1 and 2 to 1");
        assertThat(changes("before", "second")).containsExactly("Changed brick '0a01': '0b' changed from 1 and 2 to 2");
        assertThat(changes("second", "before")).containsExactly("Changed brick '0a01': '0b' changed from 2 to 1 and 2");
        JsonNode json = Json.parse(Files.readString(project.resolve("target/olympe/diff/diff.json")));
        assertThat(json.path("changes").get(0).path("details").get(0).path("to").toString())
                .isEqualTo("[1,2]");
    }

    private List<String> changes(String from, String to) {
        return plan(from, to, false).run(List.of(), Optional.empty()).codeAsData().changes().stream()
                .map(Change::sentence)
                .toList();
    }

    private void write(String path, String content) throws IOException {
        Path file = project.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static String patch(String tag, String property, String value) {
        return "{\"operations\":[{\"o\":1,\"t\":\"" + tag + "\",\"p\":{\"" + property + "\":" + value
                + "}}],\"rootTag\":\"" + tag + "\"}";
    }

    @Test
    void otherLineEndsInTheWorkingTreeAreNoChangeOfACommit() throws Exception {
        try (Git git = Git.open(project.toFile())) {
            write("snapshot/readme.txt", "One\nTwo\n");
            write(".gitattributes", "* text eol=crlf\n");
            git.add().addFilepattern(".").call();
            git.commit().setSign(false).setMessage("Attributes").call();
            write("snapshot/readme.txt", "One\r\nTwo\r\n");
            Files.setLastModifiedTime(
                    project.resolve("snapshot/readme.txt"),
                    FileTime.from(Instant.now().minusSeconds(100)));
            git.add().addFilepattern(".").call();
        }

        Difference difference = plan("HEAD", "", false).run(List.of(), Optional.empty());
        assertThat(difference.lines()).containsExactly("The environment imports nothing.", "No changes.");
        assertThat(plan("snapshot", "", false).run(List.of(), Optional.empty()).lines())
                .containsExactly("The environment imports nothing.", "No changes.");

        write("snapshot/readme.txt", "One\r\nThree\r\n");
        assertThat(plan("HEAD", "", false).run(List.of(), Optional.empty()).lines())
                .contains("codeAsData: readme.txt changed (12 B, before 8 B)");
    }

    @Test
    void namesCannotUseMarkdownOrMentionSomebody() throws IOException {
        brick("Price", "0a01", "@all &lt;b&gt; !12 <i> | *x*");

        plan("", "", false).run(List.of(), Optional.empty());

        assertThat(project.resolve("target/olympe/diff/diff.md"))
                .content()
                .contains("to '\\@all \\&lt;b\\&gt; \\!12 \\<i\\> \\| \\*x\\*'\n");
    }

    @Test
    void theFilesHideSecretsThatAreInTheCodeAsData() throws IOException {
        mask.add(Secret.of("hunter2secret123"));
        write("snapshot/Price.newInst.json", patch("0a01", "0b", "\"hunter2secret123\""));
        write("snapshot/Tax.newInst.json", patch("0a02", "0b", "{\"a\":\"hunter2secret123\"}"));
        brick("Total", "0a03", "see https://ann:pass@example.com/");
        write("snapshot/hunter2secret123.txt", "");

        plan("", "", false).run(List.of(), Optional.empty());

        Path folder = project.resolve("target/olympe/diff");
        for (String file : List.of("diff.md", "diff.json")) {
            assertThat(folder.resolve(file)).content().contains("*").doesNotContain("hunter2", "ann:pass");
        }
        assertThat(Json.parse(Files.readString(folder.resolve("diff.json"))).path("changes"))
                .isNotEmpty();
    }

    @Test
    void comparesTheHeadWithTheWorkingTreeByDefault() throws IOException {
        brick("Price", "0a01", "Net price");
        Files.delete(project.resolve("snapshot/Tax.newInst.json"));
        brick("Total", "0a03", "Total");

        Difference difference = plan("", "", false).run(List.of(), Optional.empty());

        assertThat(difference.lines())
                .containsExactly(
                        "Code as data:",
                        "  Deleted brick 'Tax'",
                        "  Renamed brick 'Price' to 'Net price'",
                        "  Added brick 'Total'",
                        "The environment imports 2 files (1 new brick, 1 changed brick); 0 files unchanged;"
                                + " 1 deleted brick stays in its database.",
                        "3 changes in 1 folder: 1 added, 1 deleted, 1 renamed.");
        JsonNode json = Json.parse(Files.readString(project.resolve("target/olympe/diff/diff.json")));
        assertThat(json.path("from").asText()).isEqualTo("HEAD");
        assertThat(json.path("changes")).hasSize(3);
        assertThat(json.path("changes").get(1).path("change").asText()).isEqualTo("renamed");
        assertThat(json.path("changes").get(1).path("tag").asText()).isEqualTo("0a01");
        assertThat(json.path("changes")
                        .get(1)
                        .path("details")
                        .get(0)
                        .path("from")
                        .asText())
                .isEqualTo("Price");
        assertThat(json.path("forecast").path("new").get(0).path("name").asText())
                .isEqualTo("Total");
        assertThat(project.resolve("target/olympe/diff/diff.md")).content().contains("\n- Deleted brick 'Tax'\n");
    }

    /** What the user writes is first looked up as a folder or a branch; what the plugin looks for is the environment. */
    @Test
    void comparesWithTheEnvironmentEvenIfABranchHasItsName() throws Exception {
        List<String> asked = new ArrayList<>();
        State.Source environments = (parameter, name) -> {
            asked.add(name);
            return Optional.of(FoundState.of(new State("what main runs", Optional.empty(), Map.of())));
        };

        Difference difference = plan("", "HEAD", false).run(List.of(environments), Optional.of("main"));

        assertThat(asked).containsExactly("main");
        assertThat(difference.from()).isEqualTo("what main runs");
    }

    @Test
    void saysIfNothingChanged() throws IOException {
        Difference difference = plan("HEAD", "main", true).run(List.of(), Optional.empty());

        assertThat(difference.isEmpty()).isTrue();
        assertThat(project.resolve("target/olympe/diff/diff.md")).content().contains("No changes");
        assertThat(Json.parse(Files.readString(project.resolve("target/olympe/diff/diff.json")))
                        .path("changes"))
                .isEmpty();
    }

    @Test
    void failsOnAChangeIfRequested() throws IOException {
        brick("Price", "0a01", "Net price");
        DiffPlan plan = plan("", "", true);
        Difference difference = plan.run(List.of(), Optional.empty());

        assertThatThrownBy(() -> plan.requireWanted(difference))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("1 change in 1 folder: 1 renamed between 'HEAD' and 'the working tree', and"
                        + " 'failOnChange' (olympe.diff.failOnChange) is set.");
    }

    @Test
    void saysWhatItCompares() {
        assertThat(plan("", "", false).describe()).containsExactly("compare HEAD with the working tree");
        assertThat(plan("HEAD~1", "main", false).describe()).containsExactly("compare HEAD~1 with main");
        assertThat(plan("", "main", false).namesFrom()).isFalse();
        assertThat(plan("HEAD~1", "", false).namesFrom()).isTrue();
    }

    @Test
    void aFolderIsAProjectWithItsSnapshotOrFilesOfAnyKind() throws IOException {
        Path other = Files.createDirectories(project.resolve("target/other"));
        FileTree.copy(project.resolve("snapshot"), other.resolve("snapshot"));
        Files.writeString(other.resolve("notes.txt"), "x");
        Files.writeString(other.resolve("package.json"), "{}");
        assertThat(plan("HEAD", "target/other", false)
                        .run(List.of(), Optional.empty())
                        .lines())
                .as("the snapshot of a project")
                .containsExactly("The environment imports nothing.", "No changes.");

        Files.delete(other.resolve("package.json"));
        assertThat(plan("target/other", "target/other/snapshot", false)
                        .run(List.of(), Optional.empty())
                        .lines())
                .as("a folder with patches")
                .contains("codeAsData: notes.txt deleted");
        FileTree.delete(other.resolve("snapshot"));
        assertThat(plan("target/other", "HEAD", false)
                        .run(List.of(), Optional.empty())
                        .lines())
                .as("a folder without patches")
                .contains("notes.txt deleted");
        Files.writeString(other.resolve("package.json"), "{}");
        assertThat(plan("target/other", "HEAD", false)
                        .run(List.of(), Optional.empty())
                        .lines())
                .as("a project without a snapshot")
                .contains("notes.txt deleted", "package.json deleted");
    }

    @Test
    void aProjectMayHaveSeveralSnapshots() throws IOException {
        Path second = Files.createDirectories(project.resolve("second"));
        Files.copy(project.resolve("snapshot/Tax.newInst.json"), second.resolve("Tax.newInst.json"));
        DiffPlan plan = DiffPlan.of(new DiffSettings(
                project,
                project.resolve("target/olympe/diff"),
                "HEAD",
                "",
                List.of("snapshot", "second"),
                "@acme/shop",
                false,
                mask));

        assertThat(plan.run(List.of(), Optional.empty())
                        .forecast()
                        .orElseThrow()
                        .imported())
                .containsExactly("second/Tax.newInst.json");
    }

    @Test
    void aStateMayBeOneThatAnotherSourceKnows() {
        State.Source images = (parameter, name) -> name.equals("registry.example.com/acme/shop:1")
                ? Optional.of(FoundState.of(new State("the image", Optional.empty(), Map.of())))
                : Optional.empty();

        assertThat(plan("registry.example.com/acme/shop:1", "HEAD", false)
                        .run(List.of((parameter, name) -> Optional.empty(), images), Optional.empty())
                        .from())
                .isEqualTo("the image");
    }

    @Test
    void aMissingStateIsAnError() {
        assertThatThrownBy(() -> plan("no-such-thing", "", false).run(List.of(), Optional.empty()))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith(
                        "Invalid value for 'from' (olympe.diff.from): 'no-such-thing' is neither a folder, a commit, an environment nor an image")
                .as("the clone is whole")
                .hasMessageNotContaining("unshallow");
    }

    @Test
    void aCommitMissingInAShallowCloneIsAnErrorWithAdvice() throws Exception {
        Path clone = project.resolve("target/clone");
        brick("Price", "0a01", "Net price");
        try (Git git = Git.open(project.toFile())) {
            git.commit()
                    .setAll(true)
                    .setSign(false)
                    .setAuthor("A", "a@example.com")
                    .setCommitter("A", "a@example.com")
                    .setMessage("Second")
                    .call();
        }
        Git.cloneRepository()
                .setURI(project.toUri().toString())
                .setDirectory(clone.toFile())
                .setDepth(1)
                .call()
                .close();
        project = clone;
        assertThatThrownBy(() -> plan("HEAD~1", "", false).run(List.of(), Optional.empty()))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("Invalid value for 'from' (olympe.diff.from): 'HEAD~1' is neither ")
                .hasMessageEndingWith(
                        "This clone has only a part of the history: fetch the rest first, for example with"
                                + " 'git fetch --unshallow', if that is a commit.");
    }

    @Test
    void withoutACommitItAsksForFrom() throws IOException {
        FileTree.delete(project.resolve(".git"));
        assertThatThrownBy(() -> plan("", "", false).run(List.of(), Optional.empty()))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("There is no commit to compare '" + project + "' with.")
                .hasMessageContaining("set the parameter 'from' (olympe.diff.from)");
    }

    private DiffPlan plan(String from, String to, boolean failOnChange) {
        return DiffPlan.of(new DiffSettings(
                project,
                project.resolve("target/olympe/diff"),
                from,
                to,
                List.of("snapshot"),
                "@acme/shop",
                failOnChange,
                mask));
    }

    private void brick(String file, String tag, String name) throws IOException {
        Path path = project.resolve("snapshot/" + file + ".newInst.json");
        Files.createDirectories(path.getParent());
        Files.writeString(
                path,
                "{\"operations\":[{\"o\":1,\"t\":\"" + tag + "\",\"p\":{\"ff023000000000000011\":\"" + name
                        + "\"}}],\"optionalOperations\":[],\"rootTag\":\"" + tag + "\"}");
    }
}
