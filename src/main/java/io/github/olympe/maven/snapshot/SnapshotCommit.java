package io.github.olympe.maven.snapshot;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.io.FileTree;
import io.github.olympe.maven.snapshot.SnapshotEntry.GitTarget;
import io.github.olympe.maven.snapshot.git.CommitIdentity;
import io.github.olympe.maven.snapshot.git.GitServer;
import io.github.olympe.maven.snapshot.git.GitServer.PushAnswer;
import io.github.olympe.maven.snapshot.git.GitSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * Commits a snapshot to a branch and pushes it, without a clone: the branch's tip is fetched with its trees alone into a bare repository
 * that lives as long as this, the tree is written with only the snapshot's part replaced, and the commit that has it is pushed.
 *
 * <p>When someone else has pushed in between, it begins again on the new tip, {@value #ATTEMPTS} times in all. Nothing is ever forced.
 */
final class SnapshotCommit {

    static final int ATTEMPTS = 5;

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy.MM.dd HH:mm:ss", Locale.ROOT);

    private final StagedSnapshot snapshot;
    private final GitTarget target;
    private final GitSettings settings;
    private final Path project;
    private final SecretMask mask;
    private final SnapshotLog log;
    private final Clock clock;

    SnapshotCommit(
            StagedSnapshot snapshot,
            GitTarget target,
            GitSettings settings,
            Path project,
            SecretMask mask,
            SnapshotLog log,
            Clock clock) {
        this.snapshot = snapshot;
        this.target = target;
        this.settings = settings;
        this.project = project;
        this.mask = mask;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Brings the branch up to date with the snapshot.
     *
     * @param scratch a folder that does not exist, for the bare repository; it is deleted again
     * @param allowEmpty whether a snapshot without a patch may replace one that has some
     * @param dryRun whether to end before the push
     * @throws OlympeException if it cannot be done; the branch is then as it was, and the message says where the snapshot is
     */
    void run(Path scratch, boolean allowEmpty, boolean dryRun) {
        try {
            FileTree.delete(scratch);
            try (Repository repository = repository(scratch);
                    GitServer server = new GitServer(target.remote(), target.branch(), settings, mask, repository)) {
                run(repository, server, allowEmpty, dryRun);
            } finally {
                FileTree.delete(scratch);
            }
        } catch (IOException e) {
            throw new OlympeException(
                    String.format(
                            "The commit of the snapshot '%s' cannot be written in '%s' (%s); check the folder's rights and the space on the disk.%s",
                            snapshot.entry().name(), scratch, e, kept()),
                    e);
        }
    }

    private void run(Repository repository, GitServer server, boolean allowEmpty, boolean dryRun) throws IOException {
        String name = snapshot.entry().name();
        String where = "branch '" + target.branch() + "' of " + server;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            log.fetching(server.toString(), target.branch());
            ObjectId tip = keeping(server::fetch);
            Written written = write(repository, tip);
            snapshot.refuseIfEmpty(written.tree().before(), where, allowEmpty);
            Changes changes = written.tree().changes();
            if (changes.isEmpty()) {
                log.unchanged(name, where);
                return;
            }
            if (dryRun) {
                log.wouldChange(name, where, changes, snapshot.folder());
                return;
            }
            PushAnswer answer = keeping(() -> server.push(written.commit(), tip));
            if (answer instanceof PushAnswer.Pushed) {
                log.pushed(
                        name,
                        server.toString(),
                        target.branch(),
                        written.commit().name(),
                        changes);
                return;
            }
            if (answer instanceof PushAnswer.Refused refused) {
                throw new OlympeException(String.format(
                        "The repository '%s' refuses the push of the snapshot '%s' to the branch '%s' (%s); check that the branch may be pushed to,"
                                + " or %s.%s",
                        server, name, target.branch(), refused.reason(), server.remedy(), kept()));
            }
            if (attempt < ATTEMPTS) {
                log.overtaken(name, target.branch(), attempt + 1, ATTEMPTS);
                pause(attempt);
            }
        }
        throw new OlympeException(String.format(
                "The snapshot '%s' was overtaken %d times by others who pushed to the branch '%s' of '%s'; run it again when there is less going"
                        + " on.%s",
                name, ATTEMPTS, target.branch(), server, kept()));
    }

    private record Written(ObjectId commit, SnapshotTree.Result tree) {}

    private Written write(Repository repository, ObjectId tip) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter();
                RevWalk walk = new RevWalk(repository)) {
            SnapshotTree.Result tree = SnapshotTree.write(
                    walk.getObjectReader(), inserter, walk.parseCommit(tip).getTree(), snapshot);
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(tree.id());
            commit.setParentId(tip);
            ZonedDateTime now = ZonedDateTime.now(clock).withZoneSameInstant(settings.zone());
            Identities identities = Identities.of(settings, project);
            commit.setAuthor(person(identities.author(), now));
            commit.setCommitter(person(identities.committer(), now));
            commit.setMessage(message(now));
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return new Written(id, tree);
        }
    }

    private String message(ZonedDateTime now) {
        String message = target.commitMessage()
                .replace("{date}", DATE.format(now))
                .replace("{folder}", snapshot.entry().outputDirectory().written());
        return message.endsWith("\n") ? message : message + "\n";
    }

    private static PersonIdent person(CommitIdentity identity, ZonedDateTime now) {
        return new PersonIdent(identity.name(), identity.email(), now.toInstant(), now.getZone());
    }

    /** Lets a failure of the server say where the snapshot is, which it cannot know. */
    private <T> T keeping(Supplier<T> call) {
        try {
            return call.get();
        } catch (OlympeException e) {
            throw new OlympeException(e.getMessage() + kept(), e.getCause());
        }
    }

    private String kept() {
        return String.format(" The snapshot is kept in '%s'.", snapshot.folder());
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(100L, 400L * attempt));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OlympeException("The snapshot was interrupted while it waited to push again; run it again.");
        }
    }

    /** An empty bare repository. Nothing of the remote is written into its configuration. */
    private static Repository repository(Path folder) throws IOException {
        Files.createDirectories(folder);
        Repository repository =
                new FileRepositoryBuilder().setBare().setGitDir(folder.toFile()).build();
        repository.create(true);
        StoredConfig config = repository.getConfig();
        // Whatever hooks the user has for all repositories are not meant for this one.
        config.setString("core", null, "hooksPath", folder.resolve("hooks").toString());
        config.save();
        return repository;
    }

    /** Who made the commit: a parameter, else what git's variables and configuration say, else a bot. */
    private record Identities(CommitIdentity author, CommitIdentity committer) {

        static Identities of(GitSettings settings, Path project) throws IOException {
            FileRepositoryBuilder builder = new FileRepositoryBuilder().findGitDir(project.toFile());
            if (builder.getGitDir() == null) {
                return of(settings, userConfig(settings.home()));
            }
            try (Repository repository = builder.build()) {
                return of(settings, repository.getConfig());
            }
        }

        /** The user's configuration in the home that git itself would look in, {@code $HOME}. */
        private static Config userConfig(Path home) throws IOException {
            FS fileSystem = FS.DETECTED.newInstance();
            fileSystem.setUserHome(home.toFile());
            SystemReader reader = SystemReader.getInstance();
            try {
                FileBasedConfig config = reader.openUserConfig(reader.getSystemConfig(), fileSystem);
                config.load();
                return config;
            } catch (ConfigInvalidException e) {
                throw new IOException("git's configuration cannot be read: " + e.getMessage(), e);
            }
        }

        private static Identities of(GitSettings settings, Config config) {
            CommitIdentity fallback = new CommitIdentity(
                    text(config.getString("user", null, "name")).orElse(CommitIdentity.BOT.name()),
                    text(config.getString("user", null, "email")).orElse(CommitIdentity.BOT.email()));
            return new Identities(
                    settings.author().orElseGet(() -> configured(settings, config, "author", fallback)),
                    settings.committer().orElseGet(() -> configured(settings, config, "committer", fallback)));
        }

        /** Git's own order: the variable, {@code author.name} or {@code committer.name}, {@code user.name}. */
        private static CommitIdentity configured(
                GitSettings settings, Config config, String role, CommitIdentity fallback) {
            String variable = "GIT_" + role.toUpperCase(Locale.ROOT) + "_";
            return new CommitIdentity(
                    text(settings.environment().get(variable + "NAME"))
                            .or(() -> text(config.getString(role, null, "name")))
                            .orElse(fallback.name()),
                    text(settings.environment().get(variable + "EMAIL"))
                            .or(() -> text(config.getString(role, null, "email")))
                            .orElse(fallback.email()));
        }

        private static Optional<String> text(@Nullable String value) {
            return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
        }
    }
}
