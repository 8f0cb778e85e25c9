package io.github.olympe.maven.snapshot;

import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.credential.Credentials;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.io.FileTree;
import io.github.olympe.maven.snapshot.config.OutputDirectory;
import io.github.olympe.maven.snapshot.git.GitRemote;
import io.github.olympe.maven.snapshot.git.GitSettings;
import io.github.olympe.maven.snapshot.summary.SnapshotSummary;
import io.github.olympe.maven.testing.BareRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.eclipse.jgit.lib.FileMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A project with a snapshot configuration, and runs of it. */
abstract class SnapshotProject {

    @TempDir
    Path folder;

    Path project;
    StandIn standIn;
    Toolkit toolkit;
    final List<String> story = new ArrayList<>();
    final SecretMask mask = new SecretMask();
    Optional<Credential> credential = Optional.empty();
    HttpProxies proxies = HttpProxies.none();
    boolean allowEmpty;
    boolean dryRun;
    SnapshotSummary summary = SnapshotSummary.none();
    Map<String, String> environment =
            new HashMap<>(Map.of("GIT_AUTHOR_NAME", "Draw", "GIT_AUTHOR_EMAIL", "draw@example.com"));
    Path home;
    String host = "draw.example.com";
    int port = 443;
    Duration timeout = Duration.ofSeconds(60);

    @BeforeEach
    void project() throws IOException {
        project = Files.createDirectories(folder.resolve("project"));
        home = Files.createDirectories(folder.resolve("home"));
        standIn = new StandIn(folder).writes(Map.of("Home/.Home.newInst.json", "{}"));
        toolkit = standIn.toolkit(Map.of("OLYMPE_GIT_TOKEN", "withheld"));
    }

    void run() {
        run(folder.resolve("target/olympe/snapshot"));
    }

    void run(Path staging) {
        plan(staging).run(toolkit, new Story(story), mask);
    }

    SnapshotPlan plan(Path staging) {
        return SnapshotPlan.of(
                new SnapshotSettings(
                        project,
                        staging,
                        Optional.empty(),
                        Optional.of(host),
                        port,
                        Optional.empty(),
                        Optional.of("git").filter(id -> credential.isPresent()),
                        true,
                        gitSettings(),
                        timeout,
                        allowEmpty,
                        summary,
                        dryRun),
                new Credentials(id -> credential, Map.of("DRAW_USERNAME", "nina", "DRAW_PASSWORD", "pa55word"), mask));
    }

    static OutputDirectory outputDirectory(String written) {
        return OutputDirectory.of(written, problem -> {
                    throw new AssertionError(problem);
                })
                .orElseThrow();
    }

    static GitRemote remote(String address) {
        return GitRemote.of(address, problem -> {
                    throw new AssertionError(problem);
                })
                .orElseThrow();
    }

    GitSettings gitSettings() {
        return new GitSettings(
                Optional.empty(),
                proxies,
                environment,
                home,
                Optional.empty(),
                Duration.ofSeconds(30),
                Optional.empty(),
                Optional.empty(),
                ZoneId.of("Asia/Kolkata"));
    }

    /** Returns the folder of a snapshot that could not be saved. */
    String kept(String name) {
        return "kept " + name + " in "
                + folder.resolve("target/olympe/snapshot").resolve(name);
    }

    void config(String file, String snapshooter) throws IOException {
        config(file, snapshooter, "");
    }

    void config(String file, String snapshooter, String git) throws IOException {
        String entry = "{'snapshooter': {" + snapshooter + "}" + (git.isEmpty() ? "" : ", 'git': {" + git + "}") + "}";
        write(file, "[" + entry.replace('\'', '"') + "]");
    }

    void write(String path, String content) throws IOException {
        Path file = project.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    BareRepository repository(String branch) {
        BareRepository repository = BareRepository.create(folder.resolve("repo.git"));
        repository.commit(branch, Map.of("README.md", "line one\r\nline two\r\n"));
        repository.commit(branch, Map.of("bin/run.sh", "#!/bin/sh\n"), FileMode.EXECUTABLE_FILE);
        return repository;
    }

    static String noise(int length) {
        Random random = new Random(7);
        StringBuilder noise = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            noise.append((char) (' ' + random.nextInt(90)));
        }
        return noise.toString();
    }

    static Map<String, String> files(Path root) throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (Map.Entry<String, Path> file : FileTree.files(root).entrySet()) {
            files.put(file.getKey(), Files.readString(file.getValue()));
        }
        return files;
    }

    static Map<String, byte[]> contents(Path root) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        for (Map.Entry<String, Path> file : FileTree.files(root).entrySet()) {
            contents.put(file.getKey(), Files.readAllBytes(file.getValue()));
        }
        return contents;
    }

    /** The log as lines. */
    record Story(List<String> lines) implements SnapshotLog {

        @Override
        public void snapshooting(String name, String orchestrator) {
            lines.add("snapshooting " + name + " from " + orchestrator);
        }

        @Override
        public void toolkit(String line) {
            lines.add(line);
        }

        @Override
        public void toolkitFailed(List<String> lastLines) {
            lines.add("failed");
        }

        @Override
        public void checked(String name, int patches) {
            lines.add("checked " + name + ": " + patches);
        }

        @Override
        public void fetching(String remote, String branch) {
            lines.add("fetching " + branch + " of " + remote);
        }

        @Override
        public void unchanged(String name, String where) {
            lines.add("unchanged " + name + ": " + where);
        }

        @Override
        public void replaced(String name, Path folder, Changes changes) {
            lines.add("replaced " + name + ": " + changes);
        }

        @Override
        public void pushed(String name, String remote, String branch, String commit, Changes changes) {
            lines.add("pushed " + name + ": " + changes.added() + " " + changes.changed() + " " + changes.deleted());
        }

        @Override
        public void overtaken(String name, String branch, int attempt, int attempts) {
            lines.add("overtaken " + name + ": " + attempt + " of " + attempts);
        }

        @Override
        public void kept(String name, Path folder) {
            lines.add("kept " + name + " in " + folder);
        }

        @Override
        public void wouldChange(String name, String where, Changes changes, List<String> summary, Path kept) {
            lines.add("would change " + name + ": " + changes.added() + " " + changes.changed() + " "
                    + changes.deleted());
            lines.addAll(summary);
        }

        @Override
        public void notSummarized(String name, String reason) {
            lines.add("not summarized " + name + ": " + reason);
        }
    }
}
