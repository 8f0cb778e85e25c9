package io.github.olympe.maven.snapshot;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.snapshot.SnapshotEntry.GitTarget;
import io.github.olympe.maven.snapshot.git.GitRemote;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The snapshot configuration, as Olympe's documentation has it under "Saving Code as Data in git": a JSON array of entries, or one
 * entry alone, in one file or in all JSON files of a folder.
 *
 * @param entries the entries, in the order of the files' names and then of each file
 */
public record SnapshotConfig(List<SnapshotEntry> entries) {

    /** Where the configuration is looked for, in this order, when no parameter names it. */
    static final List<String> DEFAULT_FILES = List.of("res/snapshot-config.json", "snapshot/snapshot-config.json");

    static final String DEFAULT_OUTPUT_DIRECTORY = "./snapshot";
    static final String DEFAULT_BRANCH = "develop";
    static final String DEFAULT_COMMIT_MESSAGE = "Snapshot at {date} in {folder}";

    public SnapshotConfig {
        entries = List.copyOf(entries);
    }

    /**
     * Reads and checks the configuration. Nothing is run and nothing is fetched for it.
     *
     * @param configured the parameter's file or folder, absent for the default files
     * @param projectDirectory the project's folder, absolute
     * @param hide is given every token and password that an address in it carries
     * @throws OlympeException if there is none, or something in it is wrong: for each mistake one sentence with file, entry and key
     */
    public static SnapshotConfig read(Optional<Path> configured, Path projectDirectory, Consumer<Secret> hide) {
        List<Path> files = files(configured, projectDirectory);
        List<String> mistakes = new ArrayList<>();
        List<SnapshotEntry> entries = new ArrayList<>();
        for (Path file : files) {
            new SnapshotConfigFile(file, projectDirectory, mistakes, hide).read(entries);
        }
        for (int i = 0; i < entries.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (entries.get(i).collidesWith(entries.get(j))) {
                    mistakes.add(String.format(
                            "%s: the key 'snapshooter.outputDir' has the value '%s', where %s writes too; give each entry a folder of its own.",
                            entries.get(i).source(),
                            entries.get(i).outputDirectory().written(),
                            entries.get(j).source()));
                    break;
                }
            }
        }
        if (!mistakes.isEmpty()) {
            throw OlympeException.of(mistakes);
        }
        if (entries.isEmpty()) {
            throw new OlympeException(String.format(
                    "The snapshot configuration %s has no entry; add one, such as"
                            + " [{\"snapshooter\": {\"name\": \"Shop\", \"rootTags\": [\"10000000000000000000\"]}}].",
                    shown(files.get(0), projectDirectory)));
        }
        return new SnapshotConfig(entries);
    }

    /** Returns the folders that the snapshots are saved in, relative to the project or to the repository that they are pushed to. */
    public List<String> outputDirectories() {
        return entries.stream()
                .map(entry -> entry.outputDirectory().written())
                .distinct()
                .toList();
    }

    /**
     * The file or folder that the parameter names, absent where it is not set.
     *
     * @throws OlympeException if it cannot be the name of one
     */
    public static Optional<Path> named(@Nullable String parameterValue) {
        try {
            return Optional.ofNullable(parameterValue)
                    .filter(name -> !name.isBlank())
                    .map(Path::of);
        } catch (InvalidPathException e) {
            throw notThere(String.valueOf(parameterValue));
        }
    }

    private static OlympeException notThere(String name) {
        return new OlympeException(String.format(
                "The parameter 'snapshotConfig' has the value '%s', which does not exist; name the file of the snapshot configuration, or a"
                        + " folder of them.",
                name));
    }

    /** Whether there is one to read: the parameter names it, or a default file exists. */
    public static boolean isThere(Optional<Path> configured, Path projectDirectory) {
        return configured.isPresent()
                || DEFAULT_FILES.stream().map(projectDirectory::resolve).anyMatch(Files::isRegularFile);
    }

    /** Whether an entry is committed to a repository of its own. */
    public boolean needsGit() {
        return entries.stream().anyMatch(entry -> entry.git().isPresent());
    }

    /**
     * Makes sure that no token or password goes to another machine in the clear.
     *
     * @param credential what opens the git server, where its address carries no token of its own
     * @param allowInsecure the parameter {@code allowInsecureGit}
     * @throws OlympeException if one would
     */
    public void requireEncryption(Optional<Credential> credential, boolean allowInsecure) {
        boolean found = credential.flatMap(Credential::secret).isPresent();
        for (SnapshotEntry entry : entries) {
            Optional<GitRemote> open = entry.git()
                    .map(GitTarget::remote)
                    .filter(remote ->
                            remote.isPlainHttp() && (found || remote.secret().isPresent()));
            if (open.isPresent() && !allowInsecure) {
                throw new OlympeException(String.format(
                        "%s: the key 'git.repo' has the address '%s', to which the token would go unencrypted; use https, or set the parameter"
                                + " 'allowInsecureGit' (olympe.git.allowInsecure).",
                        entry.source(), open.get()));
            }
        }
    }

    /** What each entry does, in a line, for the plan that {@code check} prints. */
    public List<String> plan() {
        return entries.stream()
                .map(entry -> String.format(
                        "snapshot '%s' of %s to %s",
                        entry.name(),
                        String.join(", ", entry.rootTags()),
                        entry.git()
                                .map(git -> String.format(
                                        "'%s' on branch '%s' of %s",
                                        entry.outputDirectory().written(), git.branch(), git.remote()))
                                .orElse("'" + entry.outputDirectory().written() + "' of the project")))
                .toList();
    }

    private static List<Path> files(Optional<Path> configured, Path projectDirectory) {
        if (configured.isEmpty()) {
            return List.of(DEFAULT_FILES.stream()
                    .map(projectDirectory::resolve)
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .orElseThrow(() -> new OlympeException(String.format(
                            "There is no snapshot configuration in '%s': neither '%s' nor '%s'; write one, or name it with the parameter"
                                    + " 'snapshotConfig' (olympe.snapshot.config).",
                            projectDirectory, DEFAULT_FILES.get(0), DEFAULT_FILES.get(1)))));
        }
        Path path = projectDirectory.resolve(configured.get());
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        if (!Files.isDirectory(path)) {
            throw notThere(configured.get().toString());
        }
        try (Stream<Path> all = Files.walk(path)) {
            List<Path> files = all.filter(file -> file.getFileName().toString().endsWith(".json"))
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new OlympeException(String.format(
                        "The parameter 'snapshotConfig' has the value '%s', a folder without any .json file; name the folder that has the"
                                + " snapshot configuration.",
                        configured.get()));
            }
            return files;
        } catch (IOException | UncheckedIOException e) {
            throw new OlympeException(
                    String.format(
                            "The parameter 'snapshotConfig' has the value '%s', a folder that cannot be read; check its rights.",
                            configured.get()),
                    e);
        }
    }

    /** A file as messages name it: relative to the project where it is in it. */
    static String shown(Path file, Path projectDirectory) {
        return file.startsWith(projectDirectory)
                ? projectDirectory.relativize(file).toString().replace('\\', '/')
                : file.toString();
    }
}
