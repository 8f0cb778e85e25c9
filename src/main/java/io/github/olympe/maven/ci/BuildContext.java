package io.github.olympe.maven.ci;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.InvalidParameter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;

/**
 * The branch, commit, tag and merge request that this build is for.
 *
 * @param system the CI system, as a user names it ({@code GitLab CI}), or {@code git} outside of one
 * @param branch the branch as git names it ({@code feature/Login}), absent if a tag is built or the head is detached
 * @param commit the full commit id, 40 or 64 hex digits
 * @param tag the git tag that is built, as git names it
 * @param buildNumber the CI's number for this build
 * @param mergeRequest the name of the merge or pull request ({@code merge request !12}) that this build is for, if any
 * @param otherCheckout how the checkout differs from the CI's variables, if it does; branch and tag are then absent
 */
public record BuildContext(
        String system,
        Optional<String> branch,
        Optional<String> commit,
        Optional<String> tag,
        Optional<String> buildNumber,
        Optional<String> mergeRequest,
        Optional<OtherCheckout> otherCheckout) {

    /** Creates a context whose variables match the checkout. */
    public BuildContext(
            String system,
            Optional<String> branch,
            Optional<String> commit,
            Optional<String> tag,
            Optional<String> buildNumber,
            Optional<String> mergeRequest) {
        this(system, branch, commit, tag, buildNumber, mergeRequest, Optional.empty());
    }

    /**
     * Reads the CI's variables, else git in {@code directory}. Git also fills in what the variables leave out (a commit, Jenkins' branch).
     * Without either, everything is absent.
     *
     * <p>A merge request's branch is its source branch.
     *
     * <p>The variables are trusted only if the commit that they name is checked out: a workflow that runs for a comment or for another
     * workflow has the variables of the main branch, whatever it checks out.
     *
     * @param environment the environment variables
     * @param directory a folder in the git work tree
     * @param branch the checked-out branch as the user sets it; it is trusted
     * @throws OlympeException if {@code branch} is not the name of a branch
     */
    public static BuildContext detect(Map<String, String> environment, Path directory, Optional<String> branch) {
        CiVariables variables = new CiVariables(environment, directory);
        BuildContext build = variables.read().orElseGet(() -> outsideCi(variables.git()));
        Optional<String> checkedOut = build.commit.isEmpty() || build.mergeRequest.isPresent()
                ? Optional.empty()
                : GitCheckout.otherThan(build.commit.get(), directory);
        if (checkedOut.isPresent()) {
            build = new BuildContext(
                    build.system,
                    Optional.empty(),
                    checkedOut,
                    Optional.empty(),
                    build.buildNumber,
                    Optional.empty(),
                    Optional.of(new OtherCheckout(build.system, build.branch, build.commit.get(), checkedOut.get())));
        }
        return branch.map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(build::as)
                .orElse(build);
    }

    /** Does what {@link #detect(Map, Path, Optional)} does, for a user who sets no branch. */
    public static BuildContext detect(Map<String, String> environment, Path directory) {
        return detect(environment, directory, Optional.empty());
    }

    private BuildContext as(String name) {
        if (!Repository.isValidRefName(Constants.R_HEADS + name) || name.indexOf('\ufffd') >= 0) {
            throw InvalidParameter.of(
                    "branch (olympe.branch)",
                    name,
                    "It is not the name of a branch. Write it as 'main' or 'feature/basket'.");
        }
        return onBranch(Optional.of(name));
    }

    /** Returns the same build without the difference between checkout and variables. Branch and tag stay unknown. */
    public BuildContext withoutOtherCheckout() {
        return otherCheckout.isPresent() ? onBranch(branch) : this;
    }

    /**
     * Requires that the commit of the CI's variables is checked out, before anything built from it is published.
     *
     * @throws OlympeException if another commit is checked out
     */
    public void requireNamedCheckout() {
        if (otherCheckout.isPresent()) {
            throw otherCheckout.get().refusal();
        }
    }

    /** Returns the same build on this branch, which is trusted. */
    BuildContext onBranch(Optional<String> name) {
        return new BuildContext(system, name, commit, tag, buildNumber, mergeRequest);
    }

    private static BuildContext outsideCi(GitHead git) {
        return new BuildContext("git", git.branch(), git.commit(), git.tag(), Optional.empty(), Optional.empty());
    }

    /** Returns the commit's first 8 hex digits, like GitLab's {@code CI_COMMIT_SHORT_SHA}. */
    public Optional<String> shortCommit() {
        return commit.map(id -> id.substring(0, Math.min(8, id.length())));
    }

    /** Returns the branch as a {@link Slug}. */
    public Optional<String> branchSlug() {
        return branch.map(Slug::of).filter(slug -> !slug.isEmpty());
    }

    /** Returns the tag as a {@link Slug}. */
    public Optional<String> tagSlug() {
        return tag.map(Slug::of).filter(slug -> !slug.isEmpty());
    }
}
