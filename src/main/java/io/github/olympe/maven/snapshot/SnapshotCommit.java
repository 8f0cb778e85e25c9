package io.github.olympe.maven.snapshot;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.io.FileTree;
import io.github.olympe.maven.snapshot.config.SnapshotEntry.GitTarget;
import io.github.olympe.maven.snapshot.git.CommitAuthors;
import io.github.olympe.maven.snapshot.git.CommitIdentity;
import io.github.olympe.maven.snapshot.git.GitServer;
import io.github.olympe.maven.snapshot.git.GitServer.PushAnswer;
import io.github.olympe.maven.snapshot.git.GitSettings;
import io.github.olympe.maven.snapshot.git.ScratchRepository;
import io.github.olympe.maven.snapshot.summary.CommitSummary;
import io.github.olympe.maven.snapshot.summary.SnapshotSummary;
import io.github.olympe.maven.text.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntConsumer;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Commits a snapshot to a branch and pushes it, without a clone: it fetches the branch's tip with only its trees into a temporary bare
 * repository, writes a tree in which only the snapshot's part is replaced, and pushes a commit with that tree.
 *
 * <p>If someone else has pushed in between, it starts again on the new tip, with {@value #ATTEMPTS} attempts in total. It never forces a
 * push.
 */
final class SnapshotCommit {

    static final int ATTEMPTS = 5;

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy.MM.dd HH:mm:ss", Locale.ROOT);

    private final StagedSnapshot snapshot;
    private final GitTarget target;
    private final GitSettings settings;
    private final Path project;
    private final SecretMask mask;
    private final SnapshotSummary summary;
    private final SnapshotLog log;
    private final Clock clock;
    private final IntConsumer pause;

    SnapshotCommit(
            StagedSnapshot snapshot,
            GitTarget target,
            GitSettings settings,
            Path project,
            SecretMask mask,
            SnapshotSummary summary,
            SnapshotLog log,
            Clock clock,
            IntConsumer pause) {
        this.snapshot = snapshot;
        this.target = target;
        this.settings = settings;
        this.project = project;
        this.mask = mask;
        this.summary = summary;
        this.log = log;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Brings the branch up to date with the snapshot.
     *
     * @param scratch a folder that does not exist, for the bare repository; it is deleted afterwards
     * @param allowEmpty whether a snapshot without a patch may replace one that has some
     * @param dryRun whether to end before the push
     * @throws OlympeException if that fails; the branch is then unchanged
     */
    void run(Path scratch, boolean allowEmpty, boolean dryRun) {
        try {
            FileTree.delete(scratch);
            try (Repository repository = ScratchRepository.create(scratch);
                    GitServer server = new GitServer(target.remote(), target.branch(), settings, mask, repository)) {
                run(repository, server, allowEmpty, dryRun);
            } finally {
                FileTree.delete(scratch);
            }
        } catch (IOException e) {
            throw new OlympeException(
                    String.format(
                            "The commit of the snapshot '%s' cannot be written in '%s' (%s). Check the folder's permissions and the free disk space.",
                            snapshot.entry().name(), scratch, Reason.of(e)),
                    e);
        }
    }

    private void run(Repository repository, GitServer server, boolean allowEmpty, boolean dryRun) throws IOException {
        String name = snapshot.entry().name();
        String where = "branch '" + target.branch() + "' of " + server;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            log.fetching(server.toString(), target.branch());
            ObjectId tip = server.fetch();
            Written written = write(repository, tip);
            snapshot.refuseIfEmpty(written.tree().before(), where, allowEmpty);
            Changes changes = written.tree().changes();
            if (changes.isEmpty()) {
                log.unchanged(name, where);
                return;
            }
            if (dryRun) {
                log.wouldChange(name, where, changes, written.summary(), snapshot.folder());
                return;
            }
            PushAnswer answer = server.push(written.commit(), tip);
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
                        "The repository '%s' refuses the push of the snapshot '%s' to the branch '%s' (%s). Check that you may push to the branch."
                                + " %s.",
                        server, name, target.branch(), refused.reason(), server.remedy()));
            }
            if (attempt < ATTEMPTS) {
                log.overtaken(name, target.branch(), attempt + 1, ATTEMPTS);
                pause.accept(attempt);
            }
        }
        throw new OlympeException(String.format(
                "Others pushed to the branch '%s' of '%s' before each of the %d attempts to push the snapshot '%s'. Run it again when there is"
                        + " less going on.",
                target.branch(), server, ATTEMPTS, name));
    }

    private record Written(ObjectId commit, SnapshotTree.Result tree, List<String> summary) {}

    private Written write(Repository repository, ObjectId tip) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter();
                RevWalk walk = new RevWalk(repository)) {
            RevTree before = walk.parseCommit(tip).getTree();
            SnapshotTree.Result tree = SnapshotTree.write(walk.getObjectReader(), inserter, before, snapshot);
            List<String> lines = tree.changes().isEmpty() ? List.of() : summary(repository, before);
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(tree.id());
            commit.setParentId(tip);
            ZonedDateTime now = ZonedDateTime.now(clock).withZoneSameInstant(settings.zone());
            CommitAuthors authors = CommitAuthors.of(settings, project);
            commit.setAuthor(person(authors.author(), now));
            commit.setCommitter(person(authors.committer(), now));
            commit.setMessage(message(now, lines));
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return new Written(id, tree, lines);
        }
    }

    /** A commit without a summary is better than none. */
    private List<String> summary(Repository repository, ObjectId before) throws IOException {
        try {
            return new CommitSummary(summary, target, settings, mask)
                    .of(snapshot.rootTags(), snapshot.entry().outputDirectory(), repository, before);
        } catch (OlympeException e) {
            log.notSummarized(snapshot.entry().name(), String.valueOf(e.getMessage()));
            return List.of();
        }
    }

    private String message(ZonedDateTime now, List<String> lines) {
        String message = target.commitMessage()
                .replace("{date}", DATE.format(now))
                .replace("{folder}", snapshot.entry().outputDirectory().written());
        return message.stripTrailing() + "\n" + (lines.isEmpty() ? "" : "\n" + String.join("\n", lines) + "\n");
    }

    private static PersonIdent person(CommitIdentity identity, ZonedDateTime now) {
        return new PersonIdent(identity.name(), identity.email(), now.toInstant(), now.getZone());
    }

    /** Waits after this attempt, so that two that collided do not collide again. */
    static void pause(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(100L, 400L * attempt));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OlympeException("The snapshot was interrupted while it waited to push again. Run it again.");
        }
    }
}
