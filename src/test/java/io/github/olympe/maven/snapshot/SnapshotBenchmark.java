package io.github.olympe.maven.snapshot;

import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.io.FileTree;
import io.github.olympe.maven.snapshot.config.SnapshotEntry;
import io.github.olympe.maven.snapshot.git.GitSettings;
import io.github.olympe.maven.snapshot.summary.SnapshotSummary;
import io.github.olympe.maven.testing.GitHttpBackend;
import io.github.olympe.maven.testing.RealProgram;
import io.github.olympe.maven.testing.Waiting;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** What {@code src/bench/snapshot/run} runs: the plugin's way of committing a snapshot beside the toolkit's. */
final class SnapshotBenchmark {

    private static final int FILES = 20_000;
    private static final long BYTES = 500_000_000;
    private static final int PATCHES = 2_000;
    private static final int CHANGED = 10;
    private static final String TAG = "10000000000000000000";

    private final Path folder;
    private final Path repositories;

    private SnapshotBenchmark(Path folder) {
        this.folder = folder;
        this.repositories = folder.resolve("repositories");
    }

    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("snapshot-bench");
        try {
            new SnapshotBenchmark(folder).run(rounds);
        } finally {
            FileTree.delete(folder);
        }
    }

    private void run(int rounds) throws Exception {
        generate();
        try (GitHttpBackend server =
                GitHttpBackend.start(repositories, folder.resolve("nginx"), Map.of("oauth2", "t0ken"))) {
            List<Double> ours = new ArrayList<>();
            List<Double> theirs = new ArrayList<>();
            long ourBytes = 0;
            long theirBytes = 0;
            for (int round = 1; round <= rounds; round++) {
                Path snapshot = patches("theirs", round * 2);
                long before = sent();
                long start = System.nanoTime();
                likeTheToolkit(server.authority(), snapshot);
                theirs.add((System.nanoTime() - start) / 1e9);
                theirBytes = sent() - before;

                snapshot = patches("ours", round * 2 + 1);
                before = sent();
                start = System.nanoTime();
                likeThePlugin(server.authority(), snapshot);
                ours.add((System.nanoTime() - start) / 1e9);
                ourBytes = sent() - before;
            }
            String stat = RealProgram.run(
                    repositories.resolve("repo.git"),
                    "git",
                    "-c",
                    "safe.directory=*",
                    "diff",
                    "--stat",
                    "develop~1",
                    "develop");
            System.out.println(stat.lines().reduce((a, b) -> b).orElse("").strip());
            double our = median(ours);
            double their = median(theirs);
            System.out.printf(
                    Locale.ROOT,
                    "snapshot into git, %d files of %d MB, %d patches of which %d changed, median of %d rounds%n"
                            + "  git clone, add, commit, push  %6.2f s  %,12d bytes fetched%n"
                            + "  olympe-maven-plugin           %6.2f s  %,12d bytes fetched%n"
                            + "  ratio                         %6.3f    %12.5f%n",
                    FILES,
                    BYTES / 1_000_000,
                    PATCHES,
                    CHANGED,
                    rounds,
                    their,
                    theirBytes,
                    our,
                    ourBytes,
                    our / their,
                    (double) ourBytes / theirBytes);
        }
    }

    /** What the toolkit does with its clone, without the snapshot itself. */
    private void likeTheToolkit(String authority, Path snapshot) throws IOException {
        Path clone = folder.resolve("clone");
        FileTree.delete(clone);
        git(
                folder,
                "clone",
                "-q",
                "--depth",
                "1",
                "--branch",
                "develop",
                "http://oauth2:t0ken@" + authority + "/repo.git",
                "clone");
        FileTree.delete(clone.resolve("snapshot"));
        FileTree.copy(snapshot, clone.resolve("snapshot"));
        RealProgram.run(clone, "sh", "-c", "git add ./*");
        git(clone, "-c", "user.name=Bench", "-c", "user.email=bench@example.com", "commit", "-q", "-m", "Snapshot");
        git(clone, "push", "-q");
    }

    private void likeThePlugin(String authority, Path snapshot) {
        SnapshotEntry entry = new SnapshotEntry(
                "bench",
                "bench",
                List.of(TAG),
                List.of(),
                SnapshotProject.outputDirectory("snapshot"),
                Optional.of(new SnapshotEntry.GitTarget(
                        SnapshotProject.remote("http://" + authority + "/repo.git"), "develop", "Snapshot at {date}")));
        GitSettings settings = new GitSettings(
                Optional.of(Credential.ofToken("bench", Secret.of("t0ken"))),
                HttpProxies.none(),
                Map.of(),
                folder,
                Optional.empty(),
                Duration.ofSeconds(60),
                Optional.empty(),
                Optional.empty(),
                ZoneId.of("UTC"));
        new SnapshotCommit(
                        StagedSnapshot.check(entry, snapshot),
                        entry.git().orElseThrow(),
                        settings,
                        folder,
                        new SecretMask(),
                        SnapshotSummary.none(),
                        new SnapshotProject.Story(new ArrayList<>()),
                        Clock.systemUTC(),
                        SnapshotCommit::pause)
                .run(folder.resolve("scratch"), false, false);
    }

    /** A snapshot in which ten patches are different each time. */
    private Path patches(String name, int seed) throws IOException {
        Path snapshot = folder.resolve("snapshot-" + name);
        FileTree.delete(snapshot);
        for (int i = 0; i < PATCHES; i++) {
            Path file = snapshot.resolve(patch(i));
            Files.createDirectories(file.getParent());
            Files.writeString(file, content(i, i < CHANGED ? seed : 0));
        }
        return snapshot;
    }

    private static String patch(int i) {
        return TAG + "/Home/Folder_" + i % 40 + "/Brick_" + i + ".newInst.json";
    }

    private static String content(int i, int seed) {
        return "{\"operations\": [{\"o\": 1, \"p\": {\"text\": \"patch " + i + " of " + seed + "\"}}],\n \"more\": \""
                + "x".repeat(2000) + "\"}\n";
    }

    /** One commit, made by fast-import so that it is quick. */
    private void generate() throws Exception {
        Files.createDirectories(repositories);
        git(repositories, "init", "-q", "--bare", "repo.git");
        Path repository = repositories.resolve("repo.git");
        git(repository, "config", "uploadpack.allowFilter", "true");
        git(repository, "config", "http.receivepack", "true");
        git(repository, "config", "core.compression", "1");
        Process fastImport = new ProcessBuilder("git", "fast-import", "--quiet")
                .directory(repository.toFile())
                .start();
        Random random = new Random(20_000);
        try (OutputStream out = fastImport.getOutputStream()) {
            print(
                    out,
                    "commit refs/heads/develop\ncommitter Bench <bench@example.com> 1700000000 +0000\ndata 5\nFirst\n");
            byte[] content = new byte[(int) (BYTES / (FILES - PATCHES))];
            for (int i = 0; i < FILES - PATCHES; i++) {
                random.nextBytes(content);
                file(out, "src/folder_" + i % 200 + "/file_" + i + ".bin", content);
            }
            for (int i = 0; i < PATCHES; i++) {
                file(out, "snapshot/" + patch(i), content(i, 0).getBytes(StandardCharsets.UTF_8));
            }
        }
        if (fastImport.waitFor() != 0) {
            throw new IllegalStateException("git fast-import failed");
        }
        System.out.println(git(repository, "count-objects", "-vH").replace('\n', ' '));
    }

    private static void file(OutputStream out, String path, byte[] content) throws IOException {
        print(out, "M 100644 inline " + path + "\ndata " + content.length + "\n");
        out.write(content);
        print(out, "\n");
    }

    private static void print(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String git(Path directory, String... arguments) {
        List<String> line = new ArrayList<>(List.of("git"));
        line.addAll(List.of(arguments));
        return RealProgram.run(directory, Map.of("GIT_TERMINAL_PROMPT", "0"), line.toArray(String[]::new));
    }

    /** The bytes that nginx has sent, by its log: the tenth field. */
    private long sent() throws IOException, InterruptedException {
        Waiting.delay(Duration.ofMillis(200));
        Path log = folder.resolve("nginx/access.log");
        if (!Files.exists(log)) {
            return 0;
        }
        return Files.readAllLines(log).stream()
                .mapToLong(line -> Long.parseLong(line.replaceFirst(".*\" \\d{3} (\\d+) .*", "$1")))
                .sum();
    }

    private static double median(List<Double> seconds) {
        return seconds.stream().sorted().skip(seconds.size() / 2).findFirst().orElseThrow();
    }
}
