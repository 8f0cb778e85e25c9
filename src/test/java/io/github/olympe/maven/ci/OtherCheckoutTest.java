package io.github.olympe.maven.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A checkout of a pull request's commit, with variables that are for the main branch. */
class OtherCheckoutTest {

    private static final DeployBranches MAIN =
            new DeployBranches(BranchPattern.of("deployBranches", "main"), List.of(), Optional.empty());

    @TempDir
    Path directory;

    private String main;
    private String pullRequest;

    @BeforeEach
    void checkOutAPullRequest() throws Exception {
        try (Git git = Git.init()
                .setDirectory(directory.toFile())
                .setInitialBranch("main")
                .call()) {
            Files.createDirectories(directory.resolve("apps/shop"));
            Files.writeString(directory.resolve("apps/shop/package.json"), "{}");
            git.add().addFilepattern(".").call();
            main = commit(git);
            pullRequest = commit(git);
            git.checkout().setName(pullRequest).call();
        }
    }

    private static String commit(Git git) throws Exception {
        return git.commit()
                .setMessage("a commit")
                .setAllowEmpty(true)
                .setSign(false)
                .setAuthor("ann", "ann@example.com")
                .setCommitter("ann", "ann@example.com")
                .call()
                .name();
    }

    private Map<String, String> gitHub(String event, String commit) {
        return Map.of(
                "GITHUB_ACTIONS",
                "true",
                "GITHUB_EVENT_NAME",
                event,
                "GITHUB_REF",
                "refs/heads/main",
                "GITHUB_SHA",
                commit);
    }

    @Test
    void isNotPushedOrDeployedAsTheNamedBranch() {
        for (String event : List.of("issue_comment", "workflow_run", "workflow_dispatch", "push")) {
            BuildContext build = BuildContext.detect(gitHub(event, main), directory);

            assertThat(build.branch()).isEmpty();
            assertThat(build.commit()).contains(pullRequest);
            for (var decide : List.<Runnable>of(() -> MAIN.push(build), () -> MAIN.deploy(build))) {
                assertThatThrownBy(decide::run)
                        .isInstanceOf(OlympeException.class)
                        .hasMessage("GitHub Actions says that this build is for the commit " + main.substring(0, 8)
                                + " of the branch 'main', but the commit " + pullRequest.substring(0, 8)
                                + " is checked out. Check out the commit of the branch, or set the parameter 'branch'"
                                + " (olympe.branch) to the branch that is checked out.");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a file that is not git's", "ref: refs/heads/main\n", "the build's own commit"})
    void isNoticedBelowAFolderNamedAsGitNamesThatOfSubmodules(String file) throws Exception {
        Path shop = Files.createDirectories(directory.resolve("modules/shop"));
        if (!file.isEmpty()) {
            Files.writeString(directory.resolve("HEAD"), file.replace("the build's own commit", main));
        }
        String head;
        try (Git git =
                Git.init().setDirectory(shop.toFile()).setInitialBranch("main").call()) {
            head = commit(git);
        }

        assertThat(BuildContext.detect(gitHub("issue_comment", main), shop).otherCheckout())
                .hasValueSatisfying(other -> assertThat(other.checkedOut()).isEqualTo(head));
    }

    @Test
    void doesNotMatterIfTheBuildPushesNothing() {
        BuildContext build = BuildContext.detect(gitHub("issue_comment", main), directory);

        assertThatThrownBy(build::requireNamedCheckout).isInstanceOf(OlympeException.class);
        BuildContext packaging = build.withoutOtherCheckout();
        packaging.requireNamedCheckout();
        assertThat(MAIN.push(packaging).granted()).isFalse();
    }

    @Test
    void isSkippedIfTheNamedBranchIsNotDeployed() {
        BuildContext build = BuildContext.detect(gitHub("issue_comment", main), directory);
        DeployBranches stable =
                new DeployBranches(BranchPattern.of("deployBranches", "stable"), List.of(), Optional.empty());

        assertThat(stable.push(build).granted()).isFalse();
        assertThat(stable.deploy(build).granted()).isFalse();
    }

    @Test
    void isDeployedToAChosenEnvironment() {
        DeployBranches chosen = new DeployBranches(
                BranchPattern.of("deployBranches", "main"),
                List.of(new DeployBranches.Environment("review", Optional.empty())),
                Optional.of("review"));

        assertThat(chosen.deploy(BuildContext.detect(gitHub("issue_comment", main), directory))
                        .granted())
                .isTrue();
    }

    @Test
    void theUsersBranchIsTrusted() {
        BuildContext build = BuildContext.detect(gitHub("workflow_run", main), directory, Optional.of("feature/x"));

        assertThat(build.branch()).contains("feature/x");
        assertThat(build.commit()).contains(pullRequest);
        assertThat(MAIN.push(build).granted()).isFalse();
        assertThat(MAIN.push(BuildContext.detect(gitHub("workflow_run", main), directory, Optional.of("main")))
                        .granted())
                .isTrue();
    }

    @Test
    void aMergeRequestStaysOneWhateverBranchTheUserNames() {
        Map<String, String> variables = Map.of(
                "GITHUB_ACTIONS", "true",
                "GITHUB_EVENT_NAME", "pull_request",
                "GITHUB_REF", "refs/pull/7/merge",
                "GITHUB_HEAD_REF", "feature/x",
                "GITHUB_SHA", main);

        BuildContext build = BuildContext.detect(variables, directory, Optional.of("main"));

        assertThat(build.mergeRequest()).contains("pull request #7");
        assertThat(MAIN.push(build).granted()).isFalse();
    }

    @Test
    void anInvalidBranchNameIsAnError() {
        assertThatThrownBy(() -> BuildContext.detect(Map.of(), directory, Optional.of("a..b\n")))
                .hasMessage("Invalid value for 'branch' (olympe.branch): 'a..b'. It is not the name of a"
                        + " branch. Write it as 'main' or 'feature/basket'.");
        assertThat(BuildContext.detect(Map.of(), directory, Optional.of(" ")).branch())
                .isEmpty();
    }

    @Test
    void theNamedCommitIsTrustedIfItIsCheckedOut() {
        assertThat(MAIN.push(BuildContext.detect(gitHub("push", pullRequest), directory))
                        .granted())
                .isTrue();
        assertThat(MAIN.push(BuildContext.detect(gitHub("push", pullRequest), directory.resolve("apps/shop")))
                        .granted())
                .isTrue();
    }

    @Test
    void theCheckoutIsComparedInEveryCi() {
        List<Map<String, String>> builds = List.of(
                Map.of("GITLAB_CI", "true", "CI_COMMIT_BRANCH", "main", "CI_COMMIT_SHA", main),
                Map.of("TF_BUILD", "True", "BUILD_SOURCEBRANCH", "refs/heads/main", "BUILD_SOURCEVERSION", main),
                Map.of("JENKINS_URL", "https://j", "BRANCH_NAME", "main", "GIT_COMMIT", main),
                Map.of("BITBUCKET_BUILD_NUMBER", "9", "BITBUCKET_BRANCH", "main", "BITBUCKET_COMMIT", main));
        for (Map<String, String> variables : builds) {
            BuildContext build = BuildContext.detect(variables, directory);
            assertThatThrownBy(() -> MAIN.push(build)).as("%s", variables).hasMessageContaining("is checked out");
        }
    }

    @Test
    void anUnrelatedOuterRepositoryIsNotCompared() throws Exception {
        Path built = Files.createDirectories(directory.resolve("target/it/shop"));

        assertThat(MAIN.push(BuildContext.detect(gitHub("push", main), built)).granted())
                .isTrue();
    }

    @Test
    void aSubmoduleIsAtTheCommitOfTheRepositoryAroundIt() throws Exception {
        Path outer = Files.createDirectory(directory.resolve("outer"));
        try (Git git =
                Git.init().setDirectory(outer.toFile()).setInitialBranch("main").call()) {
            git.submoduleAdd()
                    .setURI(directory.toUri().toString())
                    .setPath("shop")
                    .call()
                    .close();
            String commit = commit(git);

            Path shop = outer.resolve("shop/apps/shop");
            assertThat(MAIN.push(BuildContext.detect(gitHub("push", commit), shop))
                            .granted())
                    .isTrue();
            assertThat(BuildContext.detect(gitHub("push", ObjectId.zeroId().name()), shop)
                            .otherCheckout())
                    .isPresent();
        }
    }

    /** Makes the repository as {@code git init --object-format=sha256} and a commit do. */
    @Test
    void commitsOfSha256AreComparedInFull() throws Exception {
        Path git = directory.resolve("sha256/.git");
        String commit = "8619d0f4fe40ea16bb4f0c089980678e3778ee8f4731e90877c0bdbf7ae6c59e";
        Files.createDirectories(git.resolve("refs/heads"));
        Files.createDirectories(git.resolve("objects"));
        Files.writeString(
                git.resolve("config"),
                "[core]\n\trepositoryformatversion = 1\n\tbare = false\n[extensions]\n\tobjectformat = sha256\n");
        Files.writeString(git.resolve("HEAD"), "ref: refs/heads/main\n");
        Files.writeString(git.resolve("refs/heads/main"), commit + "\n");
        Path project = git.getParent();

        BuildContext local = BuildContext.detect(Map.of(), project);
        assertThat(local.branch()).contains("main");
        assertThat(local.commit()).contains(commit);

        assertThat(BuildContext.detect(gitHub("push", commit), project).branch())
                .contains("main");
        assertThat(BuildContext.detect(gitHub("push", "1" + commit.substring(1)), project)
                        .branch())
                .isEmpty();

        // As git gc leaves it.
        Files.delete(git.resolve("refs/heads/main"));
        Files.writeString(git.resolve("packed-refs"), """
                # pack-refs with: peeled fully-peeled sorted
                %s refs/heads/feature/main
                %s refs/heads/main
                """.formatted("1" + commit.substring(1), commit));
        assertThat(BuildContext.detect(Map.of(), project).commit()).contains(commit);

        Path shop = Files.createDirectories(project.resolve("apps/shop"));
        assertThat(BuildContext.detect(gitHub("push", "1" + commit.substring(1)), shop)
                        .otherCheckout())
                .isPresent();

        // Many CIs leave it like this, inside a repository that JGit would use instead.
        Git.init().setDirectory(directory.toFile()).call().close();
        Files.writeString(git.resolve("HEAD"), commit + "\n");
        assertThat(BuildContext.detect(Map.of(), project).commit()).contains(commit);
        assertThat(BuildContext.detect(gitHub("push", "1" + commit.substring(1)), project)
                        .otherCheckout())
                .isPresent();
    }
}
