package io.github.olympe.maven.ci;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * The state of the work tree according to git.
 *
 * @param branch the branch that is checked out, absent when the head is detached
 * @param commit the full id of the commit that is checked out, absent in a repository without commits
 * @param tag the tag on that commit; if there are several, the newest annotated one, which {@code git describe} chooses too
 * @param remotes the names of the remotes
 * @param resolver finds the full id of an abbreviated commit id
 */
record GitHead(
        Optional<String> branch,
        Optional<String> commit,
        Optional<String> tag,
        Set<String> remotes,
        Function<String, Optional<String>> resolver) {

    private static final GitHead NONE =
            new GitHead(Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), id -> Optional.empty());

    /**
     * Reads the repository whose work tree contains {@code directory}. {@code .git} may be a file, as in worktrees and submodules. Without
     * a readable repository everything is absent: the CI's variables may be enough.
     */
    static GitHead read(Path directory) {
        return ask(directory, GitHead::read).orElse(NONE);
    }

    /** Returns the full id of the commit that the hex digits {@code id} abbreviate. */
    Optional<String> resolve(String id) {
        return resolver.apply(id);
    }

    private static GitHead read(Path directory, Repository repository) throws IOException {
        HeadRef head = HeadRef.of(repository).orElse(null);
        if (head == null) {
            return NONE;
        }
        // JGit cannot read commits that are named by SHA-256, nor their tags.
        Optional<ObjectId> commit = head.commit().filter(ObjectId::isId).map(ObjectId::fromString);
        return new GitHead(
                head.branch(),
                head.commit(),
                commit.isPresent() ? tagOf(repository, commit.get()) : Optional.empty(),
                repository.getRemoteNames(),
                id -> ask(directory, (path, again) -> again.resolve(id + "^{commit}"))
                        .map(ObjectId::name));
    }

    private static Optional<String> tagOf(Repository repository, ObjectId commit) throws IOException {
        List<Ref> tags = repository.getRefDatabase().getRefsByPrefix(Constants.R_TAGS);
        try (RevWalk walk = new RevWalk(repository)) {
            Optional<Ref> newest = Optional.empty();
            Comparator<Ref> byDate =
                    Comparator.comparing((Ref ref) -> tagged(walk, ref)).thenComparing(Ref::getName);
            for (Ref ref : tags) {
                if (isOn(commit, repository, ref) && (newest.isEmpty() || byDate.compare(newest.get(), ref) < 0)) {
                    newest = Optional.of(ref);
                }
            }
            return newest.map(ref -> ref.getName().substring(Constants.R_TAGS.length()));
        }
    }

    /** Returns whether a tag is on this commit; a tag whose object is missing is on none. */
    private static boolean isOn(ObjectId commit, Repository repository, Ref tag) throws IOException {
        try {
            Ref peeled = repository.getRefDatabase().peel(tag);
            return commit.equals(peeled.getPeeledObjectId() == null ? tag.getObjectId() : peeled.getPeeledObjectId());
        } catch (MissingObjectException e) {
            return false;
        }
    }

    /** Returns when an annotated tag was made; a lightweight tag counts as older than any annotated one. */
    private static Date tagged(RevWalk walk, Ref ref) {
        try {
            RevObject object = walk.parseAny(ref.getObjectId());
            PersonIdent tagger = object instanceof RevTag tag ? tag.getTaggerIdent() : null;
            return tagger == null ? new Date(0) : Date.from(tagger.getWhenAsInstant());
        } catch (IOException e) {
            return new Date(0);
        }
    }

    @FunctionalInterface
    private interface Question<T> {
        T of(Path directory, Repository repository) throws IOException;
    }

    private static <T> Optional<T> ask(Path directory, Question<T> question) {
        FileRepositoryBuilder builder = GitDirectory.find(directory);
        if (builder.getGitDir() == null) {
            return Optional.empty();
        }
        try (Repository repository = builder.build()) {
            return Optional.ofNullable(question.of(directory, repository));
        } catch (IOException | RuntimeException e) {
            // JGit throws both kinds of exception for files that do not form a repository.
            return Optional.empty();
        }
    }
}
