package io.github.olympe.maven.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.process.CommandResult;
import io.github.olympe.maven.snapshot.config.SnapshotEntry;
import io.github.olympe.maven.snapshot.git.GitSettings;
import io.github.olympe.maven.snapshot.summary.SnapshotSummary;
import io.github.olympe.maven.testing.BareRepository;
import io.github.olympe.maven.testing.GitHttpBackend;
import io.github.olympe.maven.testing.MadeOnce;
import io.github.olympe.maven.testing.OpenSshServer;
import io.github.olympe.maven.testing.RealProgram;
import io.github.olympe.maven.testing.Waiting;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Snapshots against real git servers, read back by the real git, and the failures of the real toolkit. */
class SnapshotConformanceTest extends SnapshotProject {

    private static final String TOOLKIT_VERSION = "1.2.3";

    @Test
    void pushesThroughGitHttpBackendBehindNginxWithBasicAuthentication() throws IOException {
        BareRepository repository = repository("develop");
        repository.commit("develop", Map.of("large.bin", noise(3_000_000)));
        try (GitHttpBackend server = GitHttpBackend.start(
                folder, folder.resolve("nginx"), Map.of("t0ken", "", "oauth2", "t0ken", "nina", "pass"))) {
            String url = "http://" + server.authority() + "/repo.git";
            patches("one");
            entry("http://t0ken@" + server.authority() + "/repo.git");
            run();
            patches("two");
            entry(url);
            credential = Optional.of(Credential.ofToken("OLYMPE_GIT_TOKEN", Secret.of("t0ken")));
            run();
            patches("three");
            credential = Optional.of(Credential.ofUser("server 'git' of settings.xml", "nina", Secret.of("pass")));
            run();
            assertThat(git("log", "--format=%an <%ae> %s", "develop").lines().limit(3))
                    .allMatch(line -> line.matches("Draw <draw@example.com> Snapshot at [0-9. :]{19} in ./snapshot"));
            assertThat(git("diff", "--stat", "--format=", "develop~1", "develop"))
                    .contains("2 files changed")
                    .contains("snapshot/abc/Home/one.json");
            assertThat(git("cat-file", "-p", "develop:snapshot/abc/Home/last.json"))
                    .isEqualTo("{\"last\":\"three\"}");
            assertThat(git("cat-file", "-p", "develop:README.md")).isEqualTo("line one\r\nline two\r\n");

            credential = Optional.of(Credential.ofToken("OLYMPE_GIT_TOKEN", Secret.of("wr0ng")));
            assertThatExceptionOfType(OlympeException.class)
                    .isThrownBy(this::run)
                    .withMessageContaining("failed with the credentials of OLYMPE_GIT_TOKEN")
                    .matches(e -> !String.valueOf(e.getMessage()).contains("wr0ng"));

            credential = Optional.of(Credential.ofToken("OLYMPE_GIT_TOKEN", Secret.of("t0ken")));
            Path hook = Files.writeString(
                    repository.folder().resolve("hooks/pre-receive"),
                    "#!/bin/sh\necho 'no pushing on Sundays' >&2\nexit 1\n");
            hook.toFile().setExecutable(true);
            patches("four");
            assertThatExceptionOfType(OlympeException.class)
                    .isThrownBy(this::run)
                    .withMessageContaining("(pre-receive hook declined: no pushing on Sundays)");
        }
        git("fsck", "--strict", "--no-dangling");
    }

    @Test
    void pushesOverOpenSshWithKeysAgentAndKnownHosts() throws IOException, InterruptedException {
        BareRepository repository = repository("develop");
        Path ssh = Files.createDirectories(home.resolve(".ssh"));
        Path known = ssh.resolve("known_hosts");
        Path keys = Files.createDirectories(folder.resolve("keys"));
        OpenSshServer.generateKey(keys.resolve("plain"), "ed25519", "");
        OpenSshServer.generateKey(keys.resolve("locked"), "ed25519", "pa55phrase");
        OpenSshServer.generateKey(keys.resolve("rsa"), "rsa", "pa55phrase");
        try (OpenSshServer server = OpenSshServer.start(folder.resolve("sshd"))) {
            entry(server.url(repository.folder()));

            patches("unknown host");
            server.letIn(keys.resolve("plain"));
            credential = key(keys.resolve("plain"), Optional.empty());
            assertThatExceptionOfType(OlympeException.class)
                    .isThrownBy(this::run)
                    .withMessageContaining("is unknown; it shows the key ssh-ed25519 SHA256:")
                    .withMessageContaining("add it to '" + known + "'");
            Files.writeString(known, server.knownHostsLine(keys.resolve("plain")));
            assertThatExceptionOfType(OlympeException.class)
                    .isThrownBy(this::run)
                    .withMessageContaining("but is known with another one");
            Files.writeString(known, server.knownHostsLine());

            patches("a key of settings.xml");
            run();
            patches("one with a passphrase");
            for (String each : List.of("locked", "rsa")) {
                patches(each);
                server.letIn(keys.resolve(each));
                credential = key(keys.resolve(each), Optional.of(Secret.of("pa55phrase")));
                run();
            }

            patches("a key that is not let in");
            credential = key(keys.resolve("plain"), Optional.empty());
            assertThatExceptionOfType(OlympeException.class)
                    .isThrownBy(this::run)
                    .withMessageContaining("failed with the key of server 'git' of settings.xml")
                    .withMessageContaining("Add the public key to the server");

            patches("a wrong passphrase");
            credential = key(keys.resolve("rsa"), Optional.of(Secret.of("wr0ngphrase")));
            assertThatExceptionOfType(OlympeException.class)
                    .isThrownBy(this::run)
                    .withMessageContaining("Authentication to")
                    .matches(e -> !String.valueOf(e.getMessage()).contains("wr0ngphrase"));

            patches("the key in ~/.ssh");
            Files.copy(keys.resolve("plain"), ssh.resolve("id_ed25519"));
            Files.copy(keys.resolve("plain.pub"), ssh.resolve("id_ed25519.pub"));
            server.letIn(keys.resolve("plain"));
            credential = Optional.empty();
            run();
            Files.delete(ssh.resolve("id_ed25519"));
            Files.delete(ssh.resolve("id_ed25519.pub"));

            patches("the agent");
            Path socket = Files.createTempDirectory("agent").resolve("socket");
            Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
                    .redirectOutput(folder.resolve("agent.log").toFile())
                    .start();
            try {
                Waiting.until("the agent listens", () -> Files.exists(socket));
                RealProgram.run(
                        keys,
                        Map.of("SSH_AUTH_SOCK", socket.toString()),
                        "ssh-add",
                        keys.resolve("plain").toString());
                environment.put("SSH_AUTH_SOCK", socket.toString());
                run();
            } finally {
                agent.destroy();
            }
        }
        assertThat(git("log", "--format=%s", "develop").lines().filter(line -> line.startsWith("Snapshot at")))
                .hasSize(5);
        assertThat(git("cat-file", "-p", "develop:snapshot/abc/Home/last.json")).isEqualTo("{\"last\":\"the agent\"}");
        git("fsck", "--strict", "--no-dangling");
    }

    @Test
    void twoSnapshotsThatRaceToOneRepositoryLoseNothing() throws Exception {
        BareRepository repository = repository("develop");
        try (GitHttpBackend server = GitHttpBackend.start(folder, folder.resolve("nginx"), Map.of("oauth2", "t0ken"))) {
            credential = Optional.of(Credential.ofToken("OLYMPE_GIT_TOKEN", Secret.of("t0ken")));
            String url = "http://" + server.authority() + "/repo.git";
            GitSettings settings = gitSettings().withCredential(credential);
            ExecutorService threads = Executors.newFixedThreadPool(2);
            for (int race = 1; race <= 20; race++) {
                List<Future<?>> racers = new ArrayList<>();
                for (String name : List.of("left", "right")) {
                    StagedSnapshot staged = staged(name, race, url);
                    Path scratch = folder.resolve("scratch-" + name);
                    racers.add(threads.submit(() -> new SnapshotCommit(
                                    staged,
                                    staged.entry().git().orElseThrow(),
                                    settings,
                                    project,
                                    mask,
                                    SnapshotSummary.none(),
                                    new Story(story),
                                    java.time.Clock.systemUTC(),
                                    SnapshotCommit::pause)
                            .run(scratch, false, false)));
                }
                for (Future<?> racer : racers) {
                    racer.get();
                }
                for (String name : List.of("left", "right")) {
                    assertThat(git("cat-file", "-p", "develop:" + name + "/abc/Home/race-" + race + ".json"))
                            .isEqualTo("{\"race\":" + race + "}");
                }
            }
            threads.shutdown();
        }
        assertThat(git("log", "--format=%s", "develop").lines().filter(line -> line.startsWith("Snapshot at")))
                .hasSize(40);
        assertThat(git("log", "--merges", "--format=%s", "develop")).isEmpty();
        git("fsck", "--strict", "--no-dangling");
        System.out.println("of 40 pushes, overtaken: "
                + story.stream().filter(line -> line.startsWith("overtaken")).count());
    }

    @Test
    void reportsTheRealToolkitsOwnReasonAndKeepsTheOldSnapshot() throws Exception {
        toolkit = StandIn.toolkit(realToolkit(), System.getenv());
        write("snapshot/abc/Home/Old.newInst.json", "{\"old\":1}");
        config("snapshot/snapshot-config.json", "'name': 'My Projects', 'rootTags': ['abc']");
        Map<String, byte[]> before = contents(project);
        host = "127.0.0.1";
        port = 9;

        assertThatExceptionOfType(OlympeException.class)
                .isThrownBy(this::run)
                .withMessageStartingWith(
                        "The snapshot 'My Projects' (snapshot/snapshot-config.json, entry 1 ('My Projects')) failed: Failed connect to"
                                + " the server within 15000 ms. Check that the orchestrator '127.0.0.1:9' is");
        assertThat(contents(project)).usingRecursiveComparison().isEqualTo(before);
    }

    @Test
    void theStandInBehavesLikeTheRealToolkit() throws IOException {
        Path config = folder.resolve("config.json");
        for (Path tool : List.of(realToolkit(), StandIn.MAIN)) {
            Path output = folder.resolve("out-" + Math.abs(tool.hashCode()));
            Files.createDirectories(output.resolve("old"));
            Files.writeString(
                    config,
                    "[{\"snapshooter\":{\"name\":\"My Projects\",\"rootTags\":[\"abc\",\"def\"],\"outputDir\":\""
                            + output + "\"}}]");
            List<String> lines = new ArrayList<>();
            CommandResult outcome = StandIn.toolkit(tool, System.getenv())
                    .run(
                            new Toolkit.Call(
                                    List.of("snapshot"),
                                    Map.of("SNAPSHOT_CONFIG", config.toString(), "ORCHESTRATOR_HOST", "127.0.0.1"),
                                    Map.of(),
                                    java.util.Set.of(),
                                    folder,
                                    timeout),
                            lines::add);
            ToolkitReason reason = new ToolkitReason();
            lines.forEach(reason::add);

            assertThat(outcome.exitCode()).as(tool.toString()).isEqualTo(1);
            assertThat(reason.find())
                    .as(tool.toString())
                    .contains(
                            "Failed to parse JSON config file: SyntaxError: Unterminated string in JSON at position 11");
            assertThat(output.toFile().list()).as(tool.toString()).containsExactlyInAnyOrder("abc", "def");
        }
    }

    private Optional<Credential> key(Path key, Optional<Secret> passphrase) {
        return Optional.of(new Credential(
                "server 'git' of settings.xml", Optional.empty(), Optional.empty(), Optional.of(key), passphrase));
    }

    private void entry(String url) throws IOException {
        config("res/snapshot-config.json", "'name': 'Shop', 'rootTags': ['abc']", "'repo': '" + url + "'");
    }

    private void patches(String last) {
        String content = "{\"last\":\"" + last + "\"}";
        standIn.writes(
                last.equals("three")
                        ? Map.of("Home/last.json", content)
                        : Map.of("Home/one.json", "{}", "Home/last.json", content));
    }

    private StagedSnapshot staged(String name, int race, String url) throws IOException {
        SnapshotEntry entry = new SnapshotEntry(
                name,
                name,
                List.of("abc"),
                List.of(),
                outputDirectory(name),
                Optional.of(new SnapshotEntry.GitTarget(remote(url), "develop", "Snapshot at {date} in {folder}")));
        Path staging = folder.resolve("staging-" + name + "-" + race);
        for (int i = 1; i <= race; i++) {
            Path file = staging.resolve("abc/Home/race-" + i + ".json");
            Files.createDirectories(file.getParent());
            Files.writeString(file, "{\"race\":" + i + "}");
        }
        return StagedSnapshot.check(entry, staging);
    }

    private String git(String... arguments) {
        List<String> line =
                new ArrayList<>(List.of(RealProgram.find("git", "git").toString(), "-c", "safe.directory=*"));
        line.addAll(List.of(arguments));
        return RealProgram.run(folder.resolve("repo.git"), line.toArray(String[]::new));
    }

    /** The real one, from npm, once for all builds in this {@code target}. */
    private static Path realToolkit() {
        return MadeOnce.folder("toolkit-" + TOOLKIT_VERSION, folder -> {
                    Files.writeString(folder.resolve("package.json"), "{\"private\": true}");
                    RealProgram.run(
                            folder,
                            RealProgram.find("npm", "npm").toString(),
                            "install",
                            "--no-audit",
                            "--no-fund",
                            "@olympeio/toolkit@" + TOOLKIT_VERSION);
                })
                .resolve("node_modules/.bin/olympe");
    }
}
