package io.github.olympe.maven.snapshot.config;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.snapshot.config.SnapshotEntry.GitTarget;
import io.github.olympe.maven.snapshot.git.GitRemote;
import io.github.olympe.maven.text.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The snapshot configuration, which Olympe's documentation describes in "Saving Code as Data in git": a JSON array of entries, or one entry
 * alone, in one file or in all JSON files of a folder.
 *
 * @param entries the entries, in the order of the files' names and then of each file
 */
public record SnapshotConfig(List<SnapshotEntry> entries) {

    static final String DEFAULT_OUTPUT_DIRECTORY = "./snapshot";
    static final String DEFAULT_BRANCH = "develop";
    static final String DEFAULT_COMMIT_MESSAGE = "Snapshot at {date} in {folder}";

    public SnapshotConfig {
        entries = List.copyOf(entries);
    }

    /**
     * Reads and checks the configuration. This runs and fetches nothing.
     *
     * @param parameter the parameter {@code snapshotConfig}, absent for the default files
     * @param projectDirectory the project's folder, absolute
     * @param hide receives every token and password in an address
     * @throws OlympeException if there is none, or if it is wrong: the message has one sentence for each mistake, with file, entry and key
     */
    public static SnapshotConfig read(Optional<String> parameter, Path projectDirectory, Consumer<Secret> hide) {
        ConfigurationFiles files = ConfigurationFiles.of(parameter, projectDirectory);
        List<String> mistakes = new ArrayList<>();
        List<SnapshotEntry> entries = new ArrayList<>();
        for (Path file : files.files()) {
            new ConfigurationReader(file, files.shown(file), projectDirectory, mistakes, hide).read(entries);
        }
        mistakes.addAll(collisions(entries));
        if (!mistakes.isEmpty()) {
            throw OlympeException.of(mistakes);
        }
        if (entries.isEmpty()) {
            throw new OlympeException(String.format(
                    "The snapshot configuration %s has no entry; add one, such as"
                            + " [{\"snapshooter\": {\"name\": \"Shop\", \"rootTags\": [\"10000000000000000000\"]}}].",
                    files.shown(files.files().get(0))));
        }
        return new SnapshotConfig(entries);
    }

    /** Returns whether there is one to read: the parameter names it, or a default file exists. */
    public static boolean isThere(Optional<String> parameter, Path projectDirectory) {
        return ConfigurationFiles.areThere(parameter, projectDirectory);
    }

    /** Returns the folders in which the snapshots are saved, relative to the project or to the repository that they are pushed to. */
    public List<String> outputDirectories() {
        return entries.stream()
                .map(entry -> entry.outputDirectory().written())
                .distinct()
                .toList();
    }

    private static List<String> collisions(List<SnapshotEntry> entries) {
        List<String> collisions = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            SnapshotEntry entry = entries.get(i);
            entries.subList(0, i).stream()
                    .filter(entry::collidesWith)
                    .findFirst()
                    .ifPresent(other -> collisions.add(String.format(
                            "%s: the key 'snapshooter.outputDir' has the value '%s', where %s writes too; give each entry a folder of its own.",
                            entry.source(), entry.outputDirectory().written(), other.source())));
        }
        return collisions;
    }

    /** Returns whether an entry is committed to its own repository. */
    public boolean needsGit() {
        return entries.stream().anyMatch(entry -> entry.git().isPresent());
    }

    /**
     * Makes sure that no token or password is sent to another machine unencrypted.
     *
     * @param credential the credential for the git server, if its address has no token
     * @param allowInsecure the parameter {@code allowInsecureGit}
     * @throws OlympeException if one would be
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
                        "%s: the key 'git.repo' has the address '%s', to which the token would be sent unencrypted; use https, or set the parameter"
                                + " 'allowInsecureGit' (olympe.git.allowInsecure).",
                        entry.source(), open.get()));
            }
        }
    }

    /** Returns the hosts of the entries' git servers; a repository on this machine has no host. */
    public List<String> gitHosts() {
        return entries.stream()
                .flatMap(entry -> entry.git().stream())
                .flatMap(target -> Stream.ofNullable(target.remote().uri().getHost()))
                .distinct()
                .toList();
    }

    /** Describes what each entry does, one line each. */
    public List<String> describe() {
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
}
