package io.github.olympe.maven.snapshot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.io.FileNames;
import io.github.olympe.maven.io.FileTree;
import io.github.olympe.maven.process.CommandResult;
import io.github.olympe.maven.snapshot.config.SnapshotEntry;
import io.github.olympe.maven.text.Json;
import io.github.olympe.maven.text.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The folder {@code target/olympe/snapshot}, where the toolkit writes before anything is replaced: one empty folder for each entry, and a
 * minimal configuration for the snapshot of that entry. Only one run at a time uses it.
 */
final class Staging implements AutoCloseable {

    private static final Set<String> WITHHELD = Set.of(
            "OLYMPE_GIT_TOKEN",
            "OLYMPE_DEPLOY_TOKEN",
            "WEBHOOK_TOKEN",
            "SNAPSHOT_CONFIG",
            "SNAPSHOT_REPOSITORIES",
            "SNAPSHOT_COMMIT_MESSAGE");

    private static final String WORK = ".toolkit";

    /** The prefix of the names of folders that the toolkit writes to. */
    private static final String OUTPUT = ".out-";

    private final Path root;
    private final FileChannel lockFile;
    private final Set<String> taken = new HashSet<>();

    private Staging(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /**
     * Locks the folder for this run.
     *
     * @throws OlympeException if another run uses it, or it cannot be written
     */
    static Staging open(Path root) {
        try {
            Files.createDirectories(root);
            FileChannel channel =
                    FileChannel.open(root.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            // The operating system releases the lock when this process ends, even if it is killed.
            if (!lock(channel)) {
                channel.close();
                throw new OlympeException(String.format(
                        "Another snapshot of this project is running in '%s'. Wait until it ends, then run this one again.",
                        root));
            }
            return new Staging(root, channel);
        } catch (IOException e) {
            throw cannotWrite(root, e);
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /**
     * Lets the toolkit write the snapshot of an entry.
     *
     * @return the folder that it wrote to
     * @throws OlympeException if it fails, with its own reason, or does not end in time
     */
    Path snapshot(SnapshotEntry entry, Orchestrator orchestrator, Toolkit toolkit, Duration timeout, SnapshotLog log) {
        Path folder = FileNames.resolve(root, folderName(entry.name()));
        Path work = root.resolve(WORK);
        try {
            FileTree.delete(folder);
            FileTree.delete(work);
            Files.createDirectories(folder);
            Files.createDirectories(work);
            log.snapshooting(entry.name(), orchestrator.toString());
            try (PlainPath plain = PlainPath.to(root)) {
                // A new name, because a toolkit whose Maven was killed may still be writing to an older folder.
                String name = OUTPUT + UUID.randomUUID();
                Path output = plain.path().resolve(name);
                Path target = root.resolve(name);
                deleteInterrupted();
                Files.createDirectories(target);
                Path configuration = work.resolve("snapshot-config.json");
                Files.write(configuration, Json.bytes(Json.array().add(configuration(entry, output))));
                run(entry, orchestrator, toolkit, configuration, timeout, log);
                Files.delete(folder);
                Files.move(target, folder);
            }
            FileTree.delete(work);
            return folder;
        } catch (IOException e) {
            throw cannotWrite(root, e);
        }
    }

    /** Deletes what killed runs had staged. */
    private void deleteInterrupted() throws IOException {
        try (Stream<Path> paths = Files.list(root)) {
            for (Path path : paths.toList()) {
                if (path.getFileName().toString().startsWith(OUTPUT)) {
                    deleteIfPossible(path);
                }
            }
        }
    }

    private static void deleteIfPossible(Path folder) {
        try {
            FileTree.delete(folder);
        } catch (IOException e) {
            // Something is still writing there. The next run deletes it.
            return;
        }
    }

    private void run(
            SnapshotEntry entry,
            Orchestrator orchestrator,
            Toolkit toolkit,
            Path configuration,
            Duration timeout,
            SnapshotLog log) {
        Map<String, String> environment = new TreeMap<>(orchestrator.environment());
        environment.put("SNAPSHOT_CONFIG", configuration.toString());
        ToolkitReason reason = new ToolkitReason();
        CommandResult outcome = toolkit.run(
                new Toolkit.Call(
                        List.of("snapshot"),
                        environment,
                        orchestrator.secrets(),
                        WITHHELD,
                        root.resolve(WORK),
                        timeout),
                line -> {
                    reason.add(line);
                    log.toolkit(line);
                });
        if (!outcome.succeeded()) {
            log.toolkitFailed(outcome.lastLines());
        }
        if (outcome.timedOut()) {
            throw new OlympeException(String.format(
                    "The snapshot '%s' (%s) was stopped after %d seconds. Check the orchestrator '%s', or raise the parameter 'snapshotTimeout'"
                            + " (olympe.snapshot.timeout). Nothing was replaced.",
                    entry.name(), entry.source(), timeout.toSeconds(), orchestrator));
        }
        if (outcome.exitCode() != 0) {
            throw new OlympeException(String.format(
                    "The snapshot '%s' (%s) failed: %s. %s. Nothing was replaced.",
                    entry.name(),
                    entry.source(),
                    reason.find().orElse("the toolkit ended with exit code " + outcome.exitCode()),
                    reason.isConnection()
                            ? String.format(
                                    "Check that the orchestrator '%s' is running and can be reached from this machine (parameters 'orchestratorHost' and"
                                            + " 'orchestratorPort'; TLS is used for port 443 only), and that the project's @olympeio/toolkit matches its"
                                            + " version",
                                    orchestrator)
                            : "The toolkit's output above has the details"));
        }
    }

    private static ObjectNode configuration(SnapshotEntry entry, Path output) {
        ObjectNode configuration = Json.object();
        ObjectNode snapshooter = configuration.putObject("snapshooter");
        // The toolkit does not accept names with spaces. It uses the name only for the folder of a clone.
        snapshooter.put("name", entry.name().replaceAll("[^0-9A-Za-z._-]", "_"));
        entry.rootTags().forEach(snapshooter.putArray("rootTags")::add);
        entry.exclude().forEach(snapshooter.putArray("exclude")::add);
        snapshooter.put("outputDir", output.toString());
        return configuration;
    }

    /** Returns a different folder name for each entry: the entry's name, as far as file systems allow it. */
    private String folderName(String name) {
        String safe = name.replaceAll("[\\p{Cntrl}/\\\\:*?\"<>|]", "-").replaceAll("^[.\\s]+|[.\\s]+$", "");
        int end = Math.min(safe.length(), 80);
        end -= end > 0 && Character.isHighSurrogate(safe.charAt(end - 1)) ? 1 : 0;
        safe = safe.substring(0, end).strip();
        if (safe.isEmpty()) {
            safe = "snapshot";
        }
        String free = safe;
        for (int i = 2; !taken.add(free.toLowerCase(Locale.ROOT)); i++) {
            free = safe + "-" + i;
        }
        return free;
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OlympeException cannotWrite(Path root, IOException e) {
        return new OlympeException(
                String.format(
                        "The snapshot cannot be written to '%s' (%s). Check the folder's permissions and the free disk space.",
                        root, Reason.of(e)),
                e);
    }
}
