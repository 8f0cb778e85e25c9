package io.github.olympe.maven.ci;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What this build is for.
 *
 * @param system the CI system, as a user names it ({@code GitLab CI}), or {@code git} outside of one
 * @param branch the branch as git has it ({@code feature/Login}), absent for a tag's build and a detached head
 * @param commit the full commit id, 40 hex digits
 * @param tag the git tag that is built, as git has it
 * @param buildNumber the CI's number for this build
 * @param mergeRequest what the merge or pull request is called ({@code merge request !12}), where this build is for one
 */
public record BuildContext(
        String system,
        Optional<String> branch,
        Optional<String> commit,
        Optional<String> tag,
        Optional<String> buildNumber,
        Optional<String> mergeRequest) {

    /**
     * What the CI's variables say, else git in {@code directory}. What the variables leave open (a commit, Jenkins' branch) is asked of
     * git too. Where there is neither, all is absent.
     *
     * <p>A merge request's branch is its source branch.
     *
     * @param environment the environment variables
     * @param directory a folder in the git work tree
     */
    public static BuildContext detect(Map<String, String> environment, Path directory) {
        CiVariables variables = new CiVariables(environment, directory);
        return variables.read().orElseGet(() -> outsideCi(variables.git()));
    }

    private static BuildContext outsideCi(GitHead git) {
        return new BuildContext("git", git.branch(), git.commit(), git.tag(), Optional.empty(), Optional.empty());
    }

    /** The commit's first 8 hex digits, as GitLab's {@code CI_COMMIT_SHORT_SHA}. */
    public Optional<String> shortCommit() {
        return commit.map(id -> id.substring(0, Math.min(8, id.length())));
    }

    /** The branch as a {@link Slug}. */
    public Optional<String> branchSlug() {
        return branch.map(Slug::of).filter(slug -> !slug.isEmpty());
    }

    /** The tag as a {@link Slug}. */
    public Optional<String> tagSlug() {
        return tag.map(Slug::of).filter(slug -> !slug.isEmpty());
    }
}
