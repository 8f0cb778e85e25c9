package io.github.olympe.maven.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.http.HttpProxy;
import io.github.olympe.maven.testing.BareRepository;
import io.github.olympe.maven.testing.ConnectProxy;
import io.github.olympe.maven.testing.GitHttpServer;
import io.github.olympe.maven.testing.LoopbackListener;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.junit.jupiter.api.Test;

/** A complete run with the stand-in for the toolkit, into the project and into repositories on a git server. */
class SnapshotRunTest extends SnapshotProject {

    private static final String TOKEN = "glpat-s3cr3tT0ken";

    @Test
    void replacesTheRootTagsFoldersOfTheProjectAndNothingElse() throws IOException {
        write("snapshot/abc/Home/Old.newInst.json", "{}");
        write("snapshot/abc/Home/Same.newInst.json", "{\"same\":1}");
        write("snapshot/README.md", "keep me");
        write("snapshot/other/Home/x.json", "{}");
        config("snapshot/snapshot-config.json", "'name': 'My Projects', 'rootTags': ['abc', 'def']");
        standIn.told(Map.of(
                "snapshots",
                Map.of(
                        "*",
                        Map.of(
                                "abc", Map.of("Home/Same.newInst.json", "{\"same\":1}", "Home/New.newInst.json", "{}"),
                                "def", Map.of("Home/.Home.newInst.json", "{}")))));

        run();

        assertThat(files(project.resolve("snapshot")))
                .containsOnlyKeys(
                        "README.md",
                        "abc/Home/New.newInst.json",
                        "abc/Home/Same.newInst.json",
                        "def/Home/.Home.newInst.json",
                        "other/Home/x.json",
                        "snapshot-config.json");
        assertThat(story).contains("replaced My Projects: 2 added, 0 changed, 1 deleted");
        assertThat(project.resolve(InterruptedReplacement.WORK)).doesNotExist();
        assertThat(folder.resolve("target/olympe/snapshot/My Projects")).doesNotExist();
    }

    @Test
    void givesTheToolkitOnlyWhatItNeeds() throws IOException {
        BareRepository repository = repository("develop");
        config(
                "snapshot/snapshot-config.json",
                "'name': 'My Projects', 'rootTags': ['abc'], 'exclude': ['x1']",
                "'repo': '" + repository.folder().toUri() + "'");
        standIn.told(Map.of());
        run();

        assertThat(standIn.calls()).hasSize(1);
        JsonNode call = standIn.calls().get(0);
        assertThat(call.path("arguments")).hasToString("[\"snapshot\"]");
        assertThat(call.path("environment").properties())
                .contains(
                        Map.entry("ORCHESTRATOR_HOST", TextNode.valueOf("draw.example.com")),
                        Map.entry("ORCHESTRATOR_SERVICE_PORT", TextNode.valueOf("443")),
                        Map.entry("DRAW_USERNAME", TextNode.valueOf("nina")),
                        Map.entry("DRAW_PASSWORD", TextNode.valueOf("pa55word")))
                .extracting(Map.Entry::getKey)
                .doesNotContain("OLYMPE_GIT_TOKEN");
        assertThat(call.path("configuration").toString())
                .startsWith(
                        "[{\"snapshooter\":{\"name\":\"My_Projects\",\"rootTags\":[\"abc\"],\"exclude\":[\"x1\"],\"outputDir\":")
                .doesNotContain("\"git\"");
    }

    @Test
    void worksIfThePathHasSpacesAndNonAsciiLetters() throws IOException {
        project = Files.createDirectories(folder.resolve("mein Prögramm"));
        config(
                "res/snapshot-config.json",
                "'name': 'My Projects', 'rootTags': ['abc'], 'outputDir': 'a folder/snapshot'");

        standIn.told(Map.of());
        run(project.resolve("target/olympe/snapshot"));

        assertThat(project.resolve("a folder/snapshot/abc/Home/.Home.newInst.json"))
                .exists();
    }

    @Test
    void keepsTheOldSnapshotIfTheToolkitFails() throws IOException {
        for (String step : List.of("start", "connect", "write", "end")) {
            write("snapshot/abc/Home/Old.newInst.json", "{\"old\":1}");
            config("snapshot/snapshot-config.json", "'name': 'Shop', 'rootTags': ['abc']");
            Map<String, byte[]> before = contents(project);
            standIn.told(Map.of("fail", step, "connectMillis", 10));

            assertThatExceptionOfType(OlympeException.class)
                    .as(step)
                    .isThrownBy(this::run)
                    .withMessageStartingWith(
                            "The snapshot 'Shop' (snapshot/snapshot-config.json, entry 1 ('Shop')) failed: "
                                    + (step.equals("connect")
                                            ? "Failed connect to the server within 15000 ms. Check that the orchestrator 'draw.example.com:443' is"
                                            : "told to fail at '" + step
                                                    + "'. The toolkit's output above has the details"));

            assertThat(contents(project)).usingRecursiveComparison().isEqualTo(before);
        }
    }

    @Test
    void endsTheToolkitAtTheTimeLimit() throws IOException {
        config("res/snapshot-config.json", "'name': 'Shop', 'rootTags': ['abc']");
        standIn.told(Map.of("hang", "connect", "children", 2));
        timeout = Duration.ofSeconds(1);

        assertThatExceptionOfType(OlympeException.class)
                .isThrownBy(this::run)
                .withMessageContaining("was stopped after 1 seconds")
                .withMessageContaining("'snapshotTimeout'");
    }

    @Test
    void refusesASnapshotThatIsIncompleteOrNotJson() throws IOException {
        write("snapshot/abc/Home/Old.newInst.json", "{}");
        config("res/snapshot-config.json", "'name': 'Shop', 'rootTags': ['abc', 'def']");
        Map<String, byte[]> before = contents(project);

        standIn.told(Map.of("omitRootTags", List.of("def")));
        assertThatExceptionOfType(OlympeException.class)
                .isThrownBy(this::run)
                .withMessageContaining("lacks the root tag 'def'");

        for (String broken : List.of("{", "", "{} {", "{'a':1}", "[1,]")) {
            standIn.writes(Map.of("Home/a.json", broken));
            assertThatExceptionOfType(OlympeException.class)
                    .as(broken)
                    .isThrownBy(this::run)
                    .withMessageContaining("'abc/Home/a.json', which is not valid JSON");
        }
        assertThat(contents(project)).usingRecursiveComparison().isEqualTo(before);
    }

    @Test
    void refusesASnapshotWithoutPatchesUnlessAllowed() throws IOException {
        BareRepository repository = repository("develop");
        repository.commit("develop", Map.of("snapshot/abc/Home/a.json", "{}"));
        write("snapshot/abc/Home/Old.newInst.json", "{}");
        standIn.writes(Map.of());
        for (String git : List.of("", "'repo': '" + repository.folder().toUri() + "'")) {
            config("res/snapshot-config.json", "'name': 'Shop', 'rootTags': ['abc']", git);
            allowEmpty = false;
            assertThatExceptionOfType(OlympeException.class)
                    .isThrownBy(this::run)
                    .withMessageContaining("has no patch at all")
                    .withMessageContaining("'allowEmptySnapshot'");
            allowEmpty = true;
            run();
        }
        assertThat(project.resolve("snapshot/abc")).doesNotExist();
        assertThat(repository.files("develop")).containsOnlyKeys("README.md", "bin/run.sh");
    }

    @Test
    void commitsOnlyWhatChangedOnTopOfTheBranch() throws IOException {
        BareRepository repository = repository("main");
        repository.commit("main", Map.of("snapshot/abc/Home/Exec.json", "{}"), FileMode.EXECUTABLE_FILE);
        repository.commit(
                "main",
                Map.of(
                        "snapshot/abc/Home/Gone.json", "{}",
                        "snapshot/abc/Home/Same.json", "{}",
                        "snapshot/snapshot-config.json", "[]",
                        "snapshot.txt", "sorted before the folder"));
        config(
                "res/snapshot-config.json",
                "'name': 'Shop', 'rootTags': ['abc']",
                "'repo': '" + repository.folder().toUri()
                        + "', 'branch': 'main', 'commitMessage': 'Saved {folder} on {date}'");
        standIn.writes(Map.of(
                "Home/Same.json", "{}",
                // Git sorts by unsigned bytes, so this comes after all of ASCII.
                "Home/Ähre.json", "{}",
                "Home/Exec.json", "{\"now\":\r\n1}",
                "Home/New/.New.json", "{}"));

        run();
        run();

        assertThat(repository.files("main"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "README.md", "100644 line one\r\nline two\r\n",
                        "bin/run.sh", "100755 #!/bin/sh\n",
                        "snapshot/abc/Home/Same.json", "100644 {}",
                        "snapshot/abc/Home/Ähre.json", "100644 {}",
                        "snapshot/abc/Home/Exec.json", "100755 {\"now\":\r\n1}",
                        "snapshot/abc/Home/New/.New.json", "100644 {}",
                        "snapshot/snapshot-config.json", "100644 []",
                        "snapshot.txt", "100644 sorted before the folder"));
        RevCommit commit = repository.log("main").get(0);
        assertThat(repository.log("main")).hasSize(5);
        assertThat(commit.getFullMessage())
                .matches("Saved ./snapshot on \\d{4}\\.\\d\\d\\.\\d\\d \\d\\d:\\d\\d:\\d\\d\n");
        assertThat(commit.getAuthorIdent().toExternalString())
                .startsWith("Draw <draw@example.com> ")
                .endsWith(" +0530");
        assertThat(story)
                .contains(
                        "pushed Shop: [snapshot/abc/Home/New/.New.json, snapshot/abc/Home/Ähre.json]"
                                + " [snapshot/abc/Home/Exec.json] [snapshot/abc/Home/Gone.json]",
                        "unchanged Shop: branch 'main' of "
                                + new org.eclipse.jgit.transport.URIish(
                                        repository.folder().toUri().toURL()));
    }

    /** As in a container with a worktree or a submodule but without its repository. */
    @Test
    void commitsEvenIfTheProjectHasNoRepositoryOfItsOwn() throws IOException {
        BareRepository repository = repository("main");
        write(".git", "gitdir: " + folder.resolve("elsewhere/.git/worktrees/project") + "\n");
        config(
                "res/snapshot-config.json",
                "'name': 'Shop', 'rootTags': ['abc']",
                "'repo': '" + repository.folder().toUri() + "', 'branch': 'main'");

        run();

        assertThat(repository.log("main")).hasSize(3);
    }

    @Test
    void fetchesNoFileContents() throws IOException {
        BareRepository repository = repository("develop");
        repository.commit("develop", Map.of("large.bin", noise(200_000)));
        try (GitHttpServer server = GitHttpServer.start(repository.folder())) {
            config("res/snapshot-config.json", "'name': 'Shop', 'rootTags': ['abc']", "'repo': '" + server.url() + "'");
            run();
            assertThat(server.bytesSent()).isLessThan(20_000);
        }
        assertThat(repository.files("develop")).containsKeys("large.bin", "snapshot/abc/Home/.Home.newInst.json");
    }

    @Test
    void worksWithAServerThatAlwaysSendsFileContents() throws IOException {
        BareRepository repository = repository("develop").configure("uploadpack", "allowFilter", "false");
        try (GitHttpServer server = GitHttpServer.start(repository.folder())) {
            config("res/snapshot-config.json", "'name': 'Shop', 'rootTags': ['abc']", "'repo': '" + server.url() + "'");
            run();
        }
        assertThat(repository.files("develop")).containsKeys("snapshot/abc/Home/.Home.newInst.json");
    }

    @Test
    void saysWhyTheServerRefusesThePushAndWhereTheSnapshotIs() throws IOException {
        BareRepository repository = repository("develop");
        try (GitHttpServer server = GitHttpServer.start(repository.folder()).beforeReceiving((pack, commands) -> {
            pack.sendMessage("GitLab: You are not allowed to push code to protected branches on this project.");
            commands.forEach(
                    c -> c.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, "pre-receive hook declined"));
        })) {
            config("res/snapshot-config.json", "'name': 'Shop', 'rootTags': ['abc']", "'repo': '" + server.url() + "'");
            assertThatExceptionOfType(OlympeException.class)
                    .isThrownBy(this::run)
                    .withMessageContaining(
                            "refuses the push of the snapshot 'Shop' to the branch 'develop' (pre-receive hook declined: GitLab: You are"
                                    + " not allowed to push code to protected branches on this project)");
        }
        try (GitHttpServer server = GitHttpServer.start(repository.folder()).readOnly()) {
            config("res/snapshot-config.json", "'name': 'Shop', 'rootTags': ['abc']", "'repo': '" + server.url() + "'");
            assertThatExceptionOfType(OlympeException.class)
                    .isThrownBy(this::run)
                    .withMessageContaining("refuses the push of the snapshot 'Shop'");
        }
        assertThat(story).filteredOn(kept("Shop")::equals).hasSize(2);
    }

    @Test
    void usesAProxyThatAsksForAPassword() throws IOException {
        BareRepository repository = repository("develop");
        credential = Optional.of(Credential.ofToken("OLYMPE_GIT_TOKEN", Secret.of(TOKEN)));
        config(
                "res/snapshot-config.json",
                "'name': 'Shop', 'rootTags': ['abc']",
                "'repo': 'http://git.example.com/group/repo.git'");
        try (GitHttpServer server =
                        GitHttpServer.start(repository.folder()).lettingIn((user, password) -> password.equals(TOKEN));
                ConnectProxy proxy = ConnectProxy.start(server.authority(), "me", "w0rd")) {
            proxies = new HttpProxies(List.of(new HttpProxy(
                    "http",
                    "127.0.0.1",
                    proxy.port(),
                    Optional.of(Credential.ofUser("proxy", "me", Secret.of("w0rd"))),
                    List.of())));
            run();
            assertThat(proxy.requests())
                    .anyMatch(line -> line.startsWith("POST http://git.example.com/group/repo.git/git-receive-pack "));
        }
        assertThat(repository.files("develop")).hasSizeGreaterThan(2);
    }

    @Test
    void acceptsATokenFromEverySource() throws IOException {
        BareRepository repository = repository("develop");
        for (String accepted : List.of(TOKEN + ":", "oauth2:" + TOKEN)) {
            try (GitHttpServer server = GitHttpServer.start(repository.folder())
                    .lettingIn((user, password) -> accepted.equals(user + ":" + password))) {
                String withToken = server.url().replace("http://", "http://" + TOKEN + "@");
                config(
                        "res/snapshot-config.json",
                        "'name': 'Shop', 'rootTags': ['abc']",
                        "'repo': '" + withToken + "'");
                credential = Optional.empty();
                run();
                assertThat(server.logins()).startsWith(TOKEN + ":");
            }
            try (GitHttpServer server = GitHttpServer.start(repository.folder())
                    .lettingIn((user, password) -> accepted.equals(user + ":" + password))) {
                config(
                        "res/snapshot-config.json",
                        "'name': 'Shop', 'rootTags': ['abc']",
                        "'repo': '" + server.url() + "'");
                credential = Optional.of(Credential.ofToken("OLYMPE_GIT_TOKEN", Secret.of(TOKEN)));
                run();
                assertThat(server.logins()).startsWith("oauth2:" + TOKEN);
            }
        }
        try (GitHttpServer server = GitHttpServer.start(repository.folder())
                .lettingIn((user, password) -> user.equals("nina") && password.equals(TOKEN))) {
            config("res/snapshot-config.json", "'name': 'Shop', 'rootTags': ['abc']", "'repo': '" + server.url() + "'");
            credential = Optional.of(Credential.ofUser("server 'git'", "nina", Secret.of(TOKEN)));
            run();
        }
        assertThat(String.join("\n", story)).doesNotContain(TOKEN);
        assertThat(contents(folder.resolve("target")).values())
                .noneMatch(
                        content -> new String(content, java.nio.charset.StandardCharsets.ISO_8859_1).contains(TOKEN));
    }

    @Test
    void saysWhichCredentialWasRefused() throws IOException {
        BareRepository repository = repository("develop");
        try (GitHttpServer server = GitHttpServer.start(repository.folder()).lettingIn((user, password) -> false)) {
            config(
                    "res/snapshot-config.json",
                    "'name': 'Shop', 'rootTags': ['abc']",
                    "'repo': '" + server.url().replace("http://", "http://" + TOKEN + "@") + "'");
            assertThatExceptionOfType(OlympeException.class)
                    .isThrownBy(this::run)
                    .withMessageContaining("Authentication to '" + server.url()
                            + "' failed with the credentials of the address in the snapshot configuration")
                    .matches(e -> !String.valueOf(e).contains(TOKEN));
            // The two ways in which hosts accept a token.
            assertThat(server.logins()).containsExactlyInAnyOrder(TOKEN + ":", "oauth2:" + TOKEN);
        }
    }

    @Test
    void sendsARefusedPasswordOnce() throws IOException {
        BareRepository repository = repository("develop");
        credential = Optional.of(Credential.ofUser("the server 'git'", "nina", Secret.of("wr0ng")));
        try (GitHttpServer server = GitHttpServer.start(repository.folder()).lettingIn((user, password) -> false)) {
            config("res/snapshot-config.json", "'name': 'Shop', 'rootTags': ['abc']", "'repo': '" + server.url() + "'");
            assertThatExceptionOfType(OlympeException.class)
                    .isThrownBy(this::run)
                    .withMessageContaining("failed with the credentials of the server 'git'");
            assertThat(server.logins()).containsExactly("nina:wr0ng");
        }
    }

    @Test
    void saysWhichBranchIsMissing() throws IOException {
        BareRepository repository = repository("main");
        Files.copy(
                repository.folder().resolve("refs/heads/main"),
                repository.folder().resolve("refs/tags/v1.0"));
        BareRepository empty = BareRepository.create(folder.resolve("empty.git"));
        for (BareRepository each : List.of(repository, empty)) {
            for (boolean http : List.of(true, false)) {
                try (GitHttpServer server = GitHttpServer.start(each.folder())) {
                    config(
                            "res/snapshot-config.json",
                            "'name': 'Shop', 'rootTags': ['abc']",
                            "'repo': '" + (http ? server.url() : each.folder().toUri()) + "'");
                    assertThatExceptionOfType(OlympeException.class)
                            .isThrownBy(this::run)
                            .withMessageContaining(
                                    each == empty
                                            ? "is empty, so it has no branch 'develop'"
                                            : "has no branch 'develop'; create it, or set the key 'git.branch' to one that it has (main)");
                }
            }
        }
    }

    @Test
    void refusesAPathThroughALinkASubmoduleOrAFileInTheRepository() throws IOException {
        BareRepository repository = repository("develop");
        repository.commit("develop", Map.of("link", "bin"), FileMode.SYMLINK);
        repository.commit("develop", Map.of("sub", "1234567890123456789012345678901234567890"), FileMode.GITLINK);
        for (Map.Entry<String, String> each : Map.of(
                        "link", "the symbolic link 'link'",
                        "link/deep", "the symbolic link 'link'",
                        "sub/deep", "the submodule 'sub'",
                        "bin/run.sh/deep", "'bin/run.sh', which is a file")
                .entrySet()) {
            config(
                    "res/snapshot-config.json",
                    "'name': 'Shop', 'rootTags': ['abc'], 'outputDir': '" + each.getKey() + "'",
                    "'repo': '" + repository.folder().toUri() + "'");
            assertThatExceptionOfType(OlympeException.class)
                    .isThrownBy(this::run)
                    .withMessageContaining("'snapshooter.outputDir' has the value '" + each.getKey()
                            + "', which passes through " + each.getValue());
        }
    }

    @Test
    void aDryRunShowsWhatWouldChangeAndChangesNothing() throws IOException {
        BareRepository repository = repository("develop");
        repository.commit("develop", Map.of("snapshot/abc/Home/Gone.json", "{}"));
        write("snapshot/abc/Home/Old.json", "{}");
        int commits = repository.log("develop").size();
        dryRun = true;
        for (String git : List.of("", "'repo': '" + repository.folder().toUri() + "'")) {
            config("res/snapshot-config.json", "'name': 'Shop', 'rootTags': ['abc']", git);
            run();
        }
        assertThat(story)
                .contains(
                        "would change Shop: [snapshot/abc/Home/.Home.newInst.json] [] [snapshot/abc/Home/Old.json]",
                        "would change Shop: [snapshot/abc/Home/.Home.newInst.json] [] [snapshot/abc/Home/Gone.json]");
        assertThat(repository.log("develop")).hasSize(commits);
        assertThat(project.resolve("snapshot/abc/Home/Old.json")).exists();
        assertThat(folder.resolve("target/olympe/snapshot/Shop/abc/Home/.Home.newInst.json"))
                .exists();
    }

    @Test
    void putsBackWhatAnInterruptedReplacementMovedAway() throws IOException {
        config("res/snapshot-config.json", "'name': 'Shop', 'rootTags': ['abc']");
        write(".olympe-snapshot/snapshot/old/abc/Home/Old.json", "{\"old\":1}");
        write(".olympe-snapshot/snapshot/new/abc/Home/New.json", "{}");
        standIn.told(Map.of("fail", "start"));

        assertThatExceptionOfType(OlympeException.class).isThrownBy(this::run);

        assertThat(files(project.resolve("snapshot"))).containsExactly(Map.entry("abc/Home/Old.json", "{\"old\":1}"));
        assertThat(project.resolve(InterruptedReplacement.WORK)).doesNotExist();
    }

    @Test
    void putsBackAllRootTagsOrNone() throws IOException {
        // Killed after both were replaced, but before that counted. One of them is new.
        write(".olympe-snapshot/my%2Fsnapshot/old/abc/Home/Old.json", "{\"old\":1}");
        write(".olympe-snapshot/my%2Fsnapshot/old/def", "");
        write("my/snapshot/abc/Home/New.json", "{}");
        write("my/snapshot/def/Home/New.json", "{}");
        write("my/snapshot/other/Home/Other.json", "{}");
        Path staging = folder.resolve("target/olympe/snapshot");

        assertThat(SnapshotPlan.putBackInterrupted(project, staging)).isTrue();

        assertThat(files(project.resolve("my/snapshot")))
                .containsOnly(Map.entry("abc/Home/Old.json", "{\"old\":1}"), Map.entry("other/Home/Other.json", "{}"));
        assertThat(project.resolve(InterruptedReplacement.WORK)).doesNotExist();
        assertThat(SnapshotPlan.putBackInterrupted(project, staging)).isFalse();
    }

    @Test
    void usesTheProxyOfTheSettings() throws IOException {
        BareRepository repository = repository("develop");
        try (GitHttpServer server = GitHttpServer.start(repository.folder())) {
            String[] authority = server.authority().split(":");
            proxies = new HttpProxies(List.of(new HttpProxy(
                    "http", authority[0], Integer.parseInt(authority[1]), Optional.empty(), List.of("localhost"))));
            config(
                    "res/snapshot-config.json",
                    "'name': 'Shop', 'rootTags': ['abc']",
                    "'repo': 'http://git.invalid/group/repo.git'");
            run();
        }
        assertThat(repository.files("develop")).containsKey("snapshot/abc/Home/.Home.newInst.json");
    }

    @Test
    void sendsTheProxyItsCredential() throws Exception {
        List<String> said = new CopyOnWriteArrayList<>();
        try (LoopbackListener proxy = LoopbackListener.open()) {
            proxy.serve(client -> refuse(client, said));
            proxies = new HttpProxies(List.of(new HttpProxy(
                    "http",
                    "127.0.0.1",
                    proxy.port(),
                    Optional.of(Credential.ofUser("proxy", "pia", Secret.of("pr0xy"))),
                    List.of())));
            config(
                    "res/snapshot-config.json",
                    "'name': 'Shop', 'rootTags': ['abc']",
                    "'repo': 'http://" + TOKEN + "@git.invalid/group/repo.git'");
            assertThatExceptionOfType(OlympeException.class)
                    .isThrownBy(this::run)
                    .withMessageContaining("cannot be fetched from the repository 'http://git.invalid/group/repo.git'");
        }
        assertThat(said)
                .anyMatch(line -> line.equalsIgnoreCase("Proxy-Authorization: Basic cGlhOnByMHh5"))
                .noneMatch(line -> line.contains(TOKEN));
    }

    /** Asks for a login, but refuses everyone. */
    private static void refuse(Socket client, List<String> said) throws IOException {
        List<String> lines =
                LoopbackListener.head(client.getInputStream()).lines().toList();
        said.addAll(lines);
        boolean known =
                lines.stream().anyMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("proxy-authorization"));
        String answer = known
                ? "HTTP/1.1 502 no\r\nContent-Length: 0\r\n\r\n"
                : "HTTP/1.1 407 who\r\nProxy-Authenticate: Basic realm=\"x\"\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
        client.getOutputStream().write(answer.getBytes(UTF_8));
    }

    @Test
    void doesNotMistakeANumberInTheAddressForAStatus() throws IOException {
        config(
                "res/snapshot-config.json",
                "'name': 'Shop', 'rootTags': ['abc']",
                "'repo': 'http://git.invalid/group/403/repo.git'");

        assertThatExceptionOfType(OlympeException.class)
                .isThrownBy(this::run)
                .withMessageContaining(
                        "cannot be fetched from the repository 'http://git.invalid/group/403/repo.git' (");
    }
}
