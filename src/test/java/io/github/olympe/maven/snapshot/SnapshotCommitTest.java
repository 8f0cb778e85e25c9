package io.github.olympe.maven.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.snapshot.config.SnapshotEntry;
import io.github.olympe.maven.snapshot.config.SnapshotEntry.GitTarget;
import io.github.olympe.maven.snapshot.git.ScratchRepository;
import io.github.olympe.maven.testing.BareRepository;
import io.github.olympe.maven.testing.GitHttpServer;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commit of a snapshot: on top of whatever others pushed, and nothing else in it than the snapshot. */
class SnapshotCommitTest extends SnapshotProject {

    private static final String PATCH = "snapshot/abc/Home/a.json";

    private final List<Integer> pauses = new ArrayList<>();
    private Path staged;
    private Path scratch;
    private BareRepository repository;

    @BeforeEach
    void staged() throws IOException {
        staged = folder.resolve("staged");
        scratch = folder.resolve("scratch");
        repository = repository("develop");
        stage("abc/Home/a.json", "{}");
    }

    private void stage(String path, String content) throws IOException {
        Path file = staged.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void push(String url) {
        push(url, "./snapshot", "At {date} in {folder}  \n", false);
    }

    private void push(String url, String output, String message, boolean allowEmpty) {
        SnapshotEntry entry = new SnapshotEntry(
                "entry 1",
                "Shop",
                List.of("abc"),
                List.of(),
                outputDirectory(output),
                Optional.of(new GitTarget(remote(url), "develop", message)));
        new SnapshotCommit(
                        StagedSnapshot.check(entry, staged),
                        entry.git().orElseThrow(),
                        gitSettings().withCredential(credential),
                        project,
                        mask,
                        summary,
                        new Story(story),
                        Clock.fixed(Instant.parse("2026-02-03T20:05:06Z"), ZoneOffset.UTC),
                        pauses::add)
                .run(scratch, allowEmpty, dryRun);
    }

    private String local() {
        return repository.folder().toUri().toString();
    }

    @Test
    void putsTheSnapshotOnTheNewTipWhenSomeoneElsePushedMeanwhile() {
        int[] pushes = {0};
        try (GitHttpServer server = GitHttpServer.start(repository.folder()).beforeReceiving((pack, commands) -> {
            if (++pushes[0] <= 3) {
                repository.commit("develop", Map.of("other-" + pushes[0] + ".txt", "work"));
            }
        })) {
            push(server.url());
        }
        assertThat(repository.files("develop")).containsKeys("other-1.txt", "other-2.txt", "other-3.txt", PATCH);
        assertThat(story)
                .filteredOn(line -> line.startsWith("overtaken"))
                .containsExactly("overtaken Shop: 2 of 5", "overtaken Shop: 3 of 5", "overtaken Shop: 4 of 5");
        assertThat(pauses).containsExactly(1, 2, 3);
    }

    @Test
    void givesUpAfterFiveTries() {
        int[] pushes = {0};
        try (GitHttpServer server = GitHttpServer.start(repository.folder())
                .beforeReceiving((pack, commands) ->
                        repository.commit("develop", Map.of("other-" + ++pushes[0] + ".txt", "work")))) {
            assertThatExceptionOfType(OlympeException.class)
                    .isThrownBy(() -> push(server.url()))
                    .withMessageContaining("before each of the 5 attempts to push the snapshot 'Shop'");
        }
        assertThat(pushes[0]).isEqualTo(5);
        assertThat(pauses).containsExactly(1, 2, 3, 4);
        assertThat(repository.files("develop")).doesNotContainKey(PATCH);
    }

    @Test
    void anInterruptedBuildEndsInsteadOfPushingAgain() {
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(OlympeException.class)
                    .isThrownBy(() -> SnapshotCommit.pause(1))
                    .withMessageContaining("was interrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void theCommitIsOfItsAuthorAndCommitterAtTheTimeOfTheirZone() throws IOException {
        environment.put("GIT_COMMITTER_NAME", "CI");
        environment.put("GIT_COMMITTER_EMAIL", "ci@example.com");
        summary = (before, after) -> List.of("One brick.", "Nothing else.");

        push(local());

        RevCommit commit = repository.log("develop").get(0);
        assertThat(commit.getFullMessage())
                .isEqualTo("At 2026.02.04 01:35:06 in ./snapshot\n\nOne brick.\nNothing else.\n");
        assertThat(person(commit.getAuthorIdent())).isEqualTo("Draw <draw@example.com> 1770149106 +0530");
        assertThat(person(commit.getCommitterIdent())).isEqualTo("CI <ci@example.com> 1770149106 +0530");
        assertThat(commit.getParentCount()).isEqualTo(1);
    }

    private static String person(PersonIdent person) {
        return person.toExternalString();
    }

    @Test
    void leavesNoRepositoryBehindAndNeedsNone() throws IOException {
        Files.createDirectories(scratch.resolve("refs"));
        Files.writeString(scratch.resolve("HEAD"), "left by a killed build");

        push(local());

        assertThat(scratch).doesNotExist();
        assertThat(story).anyMatch(line -> line.startsWith("fetching develop of file:"));
    }

    @Test
    void saysWhereItCannotWrite() throws IOException {
        scratch = Files.writeString(folder.resolve("file"), "").resolve("scratch");

        assertThatExceptionOfType(OlympeException.class)
                .isThrownBy(() -> push(local()))
                .withMessageContaining("The commit of the snapshot 'Shop' cannot be written in '" + scratch + "' (");
    }

    /** Git would not take a tree with two entries of a name, or in another order. */
    @Test
    void aFolderMayBecomeAFileAndAFileAFolder() throws IOException {
        repository.commit(
                "develop",
                Map.of(
                        "snapshot/abc/Home/a.json/deep/x.json", "{}",
                        "snapshot/abc/Home/b", "text",
                        "snapshot/abc/Home/c.json", "{}",
                        "snapshot/abc/Home/gone/deep/y.json", "{}"));
        repository.commit("develop", Map.of("snapshot/abc/Home/link.json", "elsewhere"), FileMode.SYMLINK);
        stage("abc/Home/b/z.json", "{}");
        stage("abc/Home/c.json", "{}");
        stage("abc/Home/link.json", "{}");
        stage("abc/Home.json", "{}");

        push(local());

        assertThat(repository.files("develop"))
                .containsOnly(
                        Map.entry("README.md", "100644 line one\r\nline two\r\n"),
                        Map.entry("bin/run.sh", "100755 #!/bin/sh\n"),
                        Map.entry("snapshot/abc/Home.json", "100644 {}"),
                        Map.entry("snapshot/abc/Home/a.json", "100644 {}"),
                        Map.entry("snapshot/abc/Home/b/z.json", "100644 {}"),
                        Map.entry("snapshot/abc/Home/c.json", "100644 {}"),
                        Map.entry("snapshot/abc/Home/link.json", "100644 {}"));
        assertThat(story)
                .contains(
                        "pushed Shop: [snapshot/abc/Home.json, snapshot/abc/Home/a.json, snapshot/abc/Home/b/z.json]"
                                + " [snapshot/abc/Home/link.json]"
                                + " [snapshot/abc/Home/a.json/deep/x.json, snapshot/abc/Home/b, snapshot/abc/Home/gone/deep/y.json]");
    }

    @Test
    void aBranchMayBecomeEmpty() throws IOException {
        repository.commit("develop", Map.of("abc/Home/a.json", "{}", "bin/run.sh", "#!/bin/sh\n"));
        Map<String, String> gone = new java.util.HashMap<>();
        gone.put("README.md", null);
        gone.put("bin/run.sh", null);
        repository.commit("develop", gone);
        Files.delete(staged.resolve("abc/Home/a.json"));

        assertThatExceptionOfType(OlympeException.class)
                .isThrownBy(() -> push(local(), ".", "Empty", false))
                .withMessageContaining("has no patch at all, while branch 'develop' of file:")
                .withMessageContaining(" has 1;");
        assertThat(repository.files("develop")).containsOnlyKeys("abc/Home/a.json");

        push(local(), ".", "Empty", true);
        assertThat(repository.files("develop")).isEmpty();
    }

    /** A second push of the same would be a second commit. */
    @Test
    void aPushThatArrivedCountsEvenIfTheConnectionBroke() {
        try (GitHttpServer server = GitHttpServer.start(repository.folder()).breakingOff()) {
            push(server.url());
        }
        assertThat(repository.files("develop")).containsKey(PATCH);
        assertThat(repository.log("develop")).hasSize(3);
        assertThat(story).anyMatch(line -> line.startsWith("pushed Shop"));
    }

    @Test
    void aPushThatDidNotArriveIsAFailure() {
        try (GitHttpServer server = GitHttpServer.start(repository.folder())
                .breakingOff()
                .beforeReceiving((pack, commands) ->
                        commands.forEach(c -> c.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, "no")))) {
            assertThatExceptionOfType(OlympeException.class)
                    .isThrownBy(() -> push(server.url()))
                    .withMessageStartingWith(
                            "The branch 'develop' cannot be pushed to the repository '" + server.url() + "' (");
        }
        assertThat(repository.files("develop")).doesNotContainKey(PATCH);
        assertThat(pauses).isEmpty();
    }

    /** Only a collision is worth another attempt. A rule stays a rule. */
    @ParameterizedTest
    @CsvSource({
        "cannot lock ref, false, true",
        "Failed to update ref, false, true",
        "something else, true, true",
        "something else, false, false",
        "pre-receive hook declined, true, false",
        "update hook declined: lock, false, false"
    })
    void pushesAgainOnlyAfterACollision(String reason, boolean othersPush, boolean again) {
        int[] pushes = {0};
        try (GitHttpServer server = GitHttpServer.start(repository.folder()).beforeReceiving((pack, commands) -> {
            if (++pushes[0] == 1) {
                if (othersPush) {
                    repository.commit("develop", Map.of("other.txt", "work"));
                }
                pack.sendMessage("  ");
                pack.sendMessage("said by");
                pack.sendMessage("the server");
                commands.forEach(c -> c.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, reason));
            }
        })) {
            if (again) {
                push(server.url());
            } else {
                assertThatExceptionOfType(OlympeException.class)
                        .isThrownBy(() -> push(server.url()))
                        .withMessageContaining(
                                "refuses the push of the snapshot 'Shop' to the branch 'develop' (" + reason
                                        + ": said by the server). Check that you may push to the branch. Give a token");
            }
        }
        assertThat(repository.files("develop").containsKey(PATCH)).isEqualTo(again);
        assertThat(pauses).hasSize(again ? 1 : 0);
    }

    @Test
    void namesAFewOfTheBranchesThatThereAre() {
        BareRepository other = BareRepository.create(folder.resolve("other.git"));
        for (int i = 10; i < 25; i++) {
            other.commit("b" + i, Map.of("README.md", "text"));
        }
        assertThatExceptionOfType(OlympeException.class)
                .isThrownBy(() -> push(other.folder().toUri().toString()))
                .withMessageEndingWith("to one that it has (b10, b11, b12, b13, b14, b15, b16, b17, b18, b19).");
    }

    @Test
    void aRepositoryThatIsNotThereIsNamed() {
        String url = folder.resolve("missing.git").toUri().toString();
        assertThatExceptionOfType(OlympeException.class)
                .isThrownBy(() -> push(url))
                .withMessageStartingWith("The branch 'develop' cannot be fetched from the repository 'file:");
    }

    @Test
    void fetchesNoHistory() {
        for (int i = 0; i < 40; i++) {
            repository.commit("develop", Map.of("f" + i, "text " + i));
        }
        try (GitHttpServer server = GitHttpServer.start(repository.folder())) {
            push(server.url());
            assertThat(server.bytesSent()).isLessThan(5_000);
        }
    }

    /** In the form in which it was sent, too. */
    @Test
    void aTokenThatTheServerRepeatsIsHidden() {
        credential = Optional.of(Credential.ofToken("OLYMPE_GIT_TOKEN", Secret.of("t0ken-0f-9ina")));
        String sent = Base64.getEncoder().encodeToString("oauth2:t0ken-0f-9ina".getBytes(UTF_8));
        try (GitHttpServer server = GitHttpServer.start(repository.folder()).beforeReceiving((pack, commands) -> {
            pack.sendMessage("no access with Basic " + sent);
            commands.forEach(c -> c.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, "hook declined"));
        })) {
            assertThatExceptionOfType(OlympeException.class)
                    .isThrownBy(() -> push(server.url()))
                    .withMessageContaining("no access with Basic ***")
                    .matches(e -> !String.valueOf(e.getMessage()).contains(sent.substring(8, 20)));
        }
    }

    /** JGit would run a hook before each push. */
    @Test
    void runsNoHooksOfTheUser() throws Exception {
        try (Repository empty = ScratchRepository.create(scratch)) {
            Config config = new Config();
            config.fromText(Files.readString(scratch.resolve("config")));
            assertThat(config.getString("core", null, "hooksPath"))
                    .isEqualTo(scratch.resolve("hooks").toString());
            assertThat(empty.isBare()).isTrue();
        }
    }
}
