package io.github.olympe.maven.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses the variables that each system documents, with realistic values. */
class BuildContextTest {

    private static final String COMMIT = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";

    @TempDir
    Path directory;

    private BuildContext detect(String... variables) {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return BuildContext.detect(environment, directory);
    }

    private static void assertBuild(
            BuildContext build, String system, String branch, String tag, String number, String mergeRequest) {
        assertThat(build)
                .isEqualTo(new BuildContext(
                        system,
                        Optional.ofNullable(branch),
                        Optional.of(COMMIT),
                        Optional.ofNullable(tag),
                        Optional.ofNullable(number),
                        Optional.ofNullable(mergeRequest)));
    }

    @Nested
    class GitLab {

        @Test
        void branchPipeline() {
            BuildContext build = detect(
                    "CI", "true",
                    "GITLAB_CI", "true",
                    "CI_COMMIT_BRANCH", "feature/Login-Form",
                    "CI_COMMIT_REF_NAME", "feature/Login-Form",
                    "CI_COMMIT_REF_SLUG", "feature-login-form",
                    "CI_COMMIT_SHA", COMMIT,
                    "CI_COMMIT_SHORT_SHA", "1a2b3c4d",
                    "CI_PIPELINE_SOURCE", "push",
                    "CI_PIPELINE_ID", "987654",
                    "CI_PIPELINE_IID", "42",
                    "CI_OPEN_MERGE_REQUESTS", "acme/shop!12");

            assertBuild(build, "GitLab CI", "feature/Login-Form", null, "42", null);
            assertThat(build.branchSlug()).contains("feature-login-form");
            assertThat(build.shortCommit()).contains("1a2b3c4d");
        }

        @Test
        void tagPipeline() {
            BuildContext build = detect(
                    "GITLAB_CI", "true",
                    "CI_COMMIT_TAG", "v1.2.0",
                    "CI_COMMIT_REF_NAME", "v1.2.0",
                    "CI_COMMIT_SHA", COMMIT,
                    "CI_PIPELINE_SOURCE", "push",
                    "CI_PIPELINE_IID", "43");

            assertBuild(build, "GitLab CI", null, "v1.2.0", "43", null);
            assertThat(build.tagSlug()).contains("v1-2-0");
        }

        @Test
        void mergeRequestPipeline() {
            BuildContext build = detect(
                    "GITLAB_CI", "true",
                    "CI_PIPELINE_SOURCE", "merge_request_event",
                    "CI_MERGE_REQUEST_IID", "12",
                    "CI_MERGE_REQUEST_ID", "100012",
                    "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "main",
                    "CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main",
                    "CI_COMMIT_REF_NAME", "main",
                    "CI_COMMIT_SHA", COMMIT,
                    "CI_PIPELINE_IID", "44");

            assertBuild(build, "GitLab CI", "main", null, "44", "merge request !12");
        }

        @Test
        void aPipelineThatNamesOnlyItsRefHasThatBranch() {
            assertThat(detect("GITLAB_CI", "true", "CI_COMMIT_REF_NAME", "topic")
                            .branch())
                    .contains("topic");
        }

        @Test
        void aNameWithoutLatinLettersHasNoSlug() {
            assertThat(detect("GITLAB_CI", "true", "CI_COMMIT_BRANCH", "日本").branchSlug())
                    .isEmpty();
            assertThat(detect("GITLAB_CI", "true", "CI_COMMIT_TAG", "日本").tagSlug())
                    .isEmpty();
        }

        @Test
        void aVariableOfMoreThan1000CharactersIsMadeUp() {
            String branch = "b".repeat(1000);

            assertThat(detect("GITLAB_CI", "true", "CI_COMMIT_BRANCH", branch).branch())
                    .contains(branch);
            assertThatThrownBy(() -> detect("GITLAB_CI", "true", "CI_COMMIT_BRANCH", branch + "b"))
                    .isInstanceOf(OlympeException.class)
                    .hasMessageStartingWith("The variable CI_COMMIT_BRANCH of this build has the value 'bbb")
                    .hasMessageEndingWith("or more than 1000 characters; correct what sets it.");
        }

        @Test
        void childPipelineOfAMergeRequests() {
            BuildContext build = detect(
                    "GITLAB_CI", "true",
                    "CI_PIPELINE_SOURCE", "parent_pipeline",
                    "CI_MERGE_REQUEST_IID", "12",
                    "CI_COMMIT_REF_NAME", "refs/merge-requests/12/head",
                    "CI_COMMIT_SHA", COMMIT);

            assertBuild(build, "GitLab CI", null, null, null, "merge request !12");
        }

        @Test
        void pullRequestOfAnExternalRepository() {
            BuildContext build = detect(
                    "GITLAB_CI", "true",
                    "CI_PIPELINE_SOURCE", "external_pull_request_event",
                    "CI_EXTERNAL_PULL_REQUEST_IID", "7",
                    "CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_NAME", "topic",
                    "CI_COMMIT_BRANCH", "topic",
                    "CI_COMMIT_SHA", COMMIT);

            assertBuild(build, "GitLab CI", "topic", null, null, "pull request #7");
        }
    }

    @Nested
    class Azure {

        @Test
        void branchBuild() {
            BuildContext build = detect(
                    "TF_BUILD", "True",
                    "BUILD_SOURCEBRANCH", "refs/heads/feature/tools",
                    "BUILD_SOURCEBRANCHNAME", "tools",
                    "BUILD_SOURCEVERSION", COMMIT,
                    "BUILD_BUILDNUMBER", "20261122.3",
                    "BUILD_BUILDID", "8712",
                    "BUILD_REASON", "IndividualCI");

            assertBuild(build, "Azure DevOps", "feature/tools", null, "20261122.3", null);
        }

        @Test
        void tagBuild() {
            BuildContext build = detect(
                    "TF_BUILD", "True",
                    "BUILD_SOURCEBRANCH", "refs/tags/releases/1.2",
                    "BUILD_SOURCEBRANCHNAME", "1.2",
                    "BUILD_SOURCEVERSION", COMMIT,
                    "BUILD_BUILDNUMBER", "20261122.4");

            assertBuild(build, "Azure DevOps", null, "releases/1.2", "20261122.4", null);
        }

        @Test
        void pullRequestInAzureRepos() {
            BuildContext build = detect(
                    "TF_BUILD", "True",
                    "BUILD_REASON", "PullRequest",
                    "BUILD_SOURCEBRANCH", "refs/pull/123/merge",
                    "BUILD_SOURCEBRANCHNAME", "merge",
                    "BUILD_SOURCEVERSION", COMMIT,
                    "SYSTEM_PULLREQUEST_PULLREQUESTID", "123",
                    "SYSTEM_PULLREQUEST_SOURCEBRANCH", "refs/heads/users/raisa/new-feature",
                    "SYSTEM_PULLREQUEST_TARGETBRANCH", "refs/heads/main",
                    "BUILD_BUILDNUMBER", "20261122.5");

            assertBuild(build, "Azure DevOps", "users/raisa/new-feature", null, "20261122.5", "pull request #123");
        }

        @Test
        void pullRequestInGitHub() {
            BuildContext build = detect(
                    "TF_BUILD", "True",
                    "BUILD_REASON", "PullRequest",
                    "BUILD_SOURCEBRANCH", "refs/pull/5/merge",
                    "BUILD_SOURCEVERSION", COMMIT,
                    "SYSTEM_PULLREQUEST_PULLREQUESTID", "558877",
                    "SYSTEM_PULLREQUEST_PULLREQUESTNUMBER", "5",
                    "SYSTEM_PULLREQUEST_SOURCEBRANCH", "topic");

            assertBuild(build, "Azure DevOps", "topic", null, null, "pull request #5");
        }

        @Test
        void pullRequestBuildStartedByHand() {
            BuildContext build = detect(
                    "TF_BUILD", "True",
                    "BUILD_REASON", "Manual",
                    "BUILD_SOURCEBRANCH", "refs/pull/6/merge",
                    "BUILD_SOURCEVERSION", COMMIT);

            assertBuild(build, "Azure DevOps", null, null, null, "pull request #6");
        }

        @Test
        void aChangesetOfAnotherVersionControlIsNotACommit() {
            BuildContext build =
                    detect("TF_BUILD", "True", "BUILD_SOURCEBRANCH", "$/shop/main", "BUILD_SOURCEVERSION", "4711");

            assertThat(build.commit()).isEmpty();
            assertThat(build.branch()).isEmpty();
        }
    }

    @Nested
    class GitHub {

        @Test
        void push() {
            BuildContext build = detect(
                    "GITHUB_ACTIONS", "true",
                    "GITHUB_EVENT_NAME", "push",
                    "GITHUB_REF", "refs/heads/release/2.x",
                    "GITHUB_REF_NAME", "release/2.x",
                    "GITHUB_REF_TYPE", "branch",
                    "GITHUB_HEAD_REF", "",
                    "GITHUB_BASE_REF", "",
                    "GITHUB_SHA", COMMIT,
                    "GITHUB_RUN_ID", "1658821493",
                    "GITHUB_RUN_NUMBER", "3");

            assertBuild(build, "GitHub Actions", "release/2.x", null, "3", null);
        }

        @Test
        void tag() {
            BuildContext build = detect(
                    "GITHUB_ACTIONS", "true",
                    "GITHUB_EVENT_NAME", "push",
                    "GITHUB_REF", "refs/tags/v2.0.0",
                    "GITHUB_REF_TYPE", "tag",
                    "GITHUB_SHA", COMMIT,
                    "GITHUB_RUN_NUMBER", "4");

            assertBuild(build, "GitHub Actions", null, "v2.0.0", "4", null);
        }

        @Test
        void pullRequest() {
            BuildContext build = detect(
                    "GITHUB_ACTIONS", "true",
                    "GITHUB_EVENT_NAME", "pull_request",
                    "GITHUB_REF", "refs/pull/31/merge",
                    "GITHUB_HEAD_REF", "topic",
                    "GITHUB_BASE_REF", "main",
                    "GITHUB_SHA", COMMIT,
                    "GITHUB_RUN_NUMBER", "5");

            assertBuild(build, "GitHub Actions", "topic", null, "5", "pull request #31");
        }

        @Test
        void pullRequestTargetHasTheRefOfTheTarget() {
            BuildContext build = detect(
                    "GITHUB_ACTIONS", "true",
                    "GITHUB_EVENT_NAME", "pull_request_target",
                    "GITHUB_REF", "refs/heads/main",
                    "GITHUB_HEAD_REF", "topic",
                    "GITHUB_BASE_REF", "main",
                    "GITHUB_SHA", COMMIT);

            assertBuild(build, "GitHub Actions", "topic", null, null, "the pull request from 'topic'");
        }

        @Test
        void reviewOfAPullRequest() {
            BuildContext build = detect(
                    "GITHUB_ACTIONS", "true",
                    "GITHUB_EVENT_NAME", "pull_request_review",
                    "GITHUB_REF", "refs/heads/main",
                    "GITHUB_SHA", COMMIT);

            assertBuild(build, "GitHub Actions", null, null, null, "a pull request");
        }

        @Test
        void mergeQueue() {
            BuildContext build = detect(
                    "GITHUB_ACTIONS",
                    "true",
                    "GITHUB_EVENT_NAME",
                    "merge_group",
                    "GITHUB_REF",
                    "refs/heads/gh-readonly-queue/main/pr-31-" + COMMIT,
                    "GITHUB_SHA",
                    COMMIT);

            assertBuild(build, "GitHub Actions", null, null, null, "pull request #31");
        }
    }

    @Nested
    class Jenkins {

        @Test
        void multibranch() {
            BuildContext build = detect(
                    "JENKINS_URL", "https://jenkins.example.com/",
                    "BRANCH_NAME", "feature/basket",
                    "GIT_BRANCH", "feature/basket",
                    "GIT_COMMIT", COMMIT,
                    "BUILD_NUMBER", "153");

            assertBuild(build, "Jenkins", "feature/basket", null, "153", null);
        }

        @Test
        void multibranchBranchNamedLikeARemote() {
            BuildContext build = detect(
                    "JENKINS_HOME",
                    "/var/jenkins_home",
                    "BRANCH_NAME",
                    "origin/x",
                    "GIT_BRANCH",
                    "origin/x",
                    "GIT_COMMIT",
                    COMMIT);

            assertBuild(build, "Jenkins", "origin/x", null, null, null);
        }

        @Test
        void multibranchTag() {
            BuildContext build = detect(
                    "JENKINS_URL", "https://jenkins.example.com/",
                    "BRANCH_NAME", "v1.0",
                    "TAG_NAME", "v1.0",
                    "TAG_DATE", "Sun Nov 22 10:00:00 UTC 2026",
                    "GIT_BRANCH", "v1.0",
                    "GIT_COMMIT", COMMIT);

            assertBuild(build, "Jenkins", null, "v1.0", null, null);
        }

        @Test
        void changeRequest() {
            BuildContext build = detect(
                    "JENKINS_URL", "https://jenkins.example.com/",
                    "BRANCH_NAME", "PR-12",
                    "CHANGE_ID", "12",
                    "CHANGE_BRANCH", "topic",
                    "CHANGE_TARGET", "main",
                    "GIT_BRANCH", "PR-12",
                    "GIT_COMMIT", COMMIT);

            assertBuild(build, "Jenkins", "topic", null, null, "pull request #12");
        }

        @Test
        void changeRequestOfGitLab() {
            BuildContext build = detect(
                    "JENKINS_URL", "https://jenkins.example.com/",
                    "BRANCH_NAME", "MR-9",
                    "CHANGE_ID", "9",
                    "CHANGE_BRANCH", "main",
                    "GIT_COMMIT", COMMIT);

            assertBuild(build, "Jenkins", "main", null, null, "merge request !9");
        }

        @Test
        void freestyleJobHasTheRemoteInItsBranch() {
            BuildContext build = detect(
                    "JENKINS_URL", "https://jenkins.example.com/",
                    "GIT_BRANCH", "origin/feature/x",
                    "GIT_COMMIT", COMMIT,
                    "BUILD_NUMBER", "7");

            assertBuild(build, "Jenkins", "feature/x", null, "7", null);
        }

        @Test
        void freestyleJobWithARemoteOfItsOwn() throws Exception {
            try (Git git = Git.init().setDirectory(directory.toFile()).call()) {
                git.getRepository()
                        .getConfig()
                        .setString("remote", "upstream", "url", "https://git.example.com/shop.git");
                git.getRepository().getConfig().save();
            }

            assertThat(detect("JENKINS_HOME", "/j", "GIT_BRANCH", "upstream/main")
                            .branch())
                    .contains("main");
            assertThat(detect("JENKINS_HOME", "/j", "GIT_BRANCH", "feature/main")
                            .branch())
                    .contains("feature/main");
        }

        @Test
        void freestyleJobThatChecksOutALocalBranch() {
            BuildContext build = detect(
                    "JENKINS_HOME", "/j",
                    "GIT_LOCAL_BRANCH", "feature/x",
                    "GIT_BRANCH", "upstream/feature/x",
                    "GIT_COMMIT", COMMIT);

            assertBuild(build, "Jenkins", "feature/x", null, null, null);
        }

        @Test
        void freestyleJobOfATag() {
            BuildContext build = detect("JENKINS_HOME", "/j", "GIT_BRANCH", "refs/tags/v3", "GIT_COMMIT", COMMIT);

            assertBuild(build, "Jenkins", null, "v3", null, null);
        }

        @Test
        void detachedHead() {
            BuildContext build = detect("JENKINS_HOME", "/j", "GIT_BRANCH", "detached", "GIT_COMMIT", COMMIT);

            assertBuild(build, "Jenkins", null, null, null, null);
        }

        @Test
        void scriptedPipelineAsksGit() throws Exception {
            String commit = commit("main");

            BuildContext build = detect("JENKINS_URL", "https://jenkins.example.com/", "BUILD_NUMBER", "8");

            assertThat(build.branch()).contains("main");
            assertThat(build.commit()).contains(commit);
        }
    }

    @Nested
    class Bitbucket {

        @Test
        void branch() {
            BuildContext build = detect(
                    "CI", "true",
                    "BITBUCKET_BUILD_NUMBER", "99",
                    "BITBUCKET_BRANCH", "master",
                    "BITBUCKET_COMMIT", COMMIT);

            assertBuild(build, "Bitbucket Pipelines", "master", null, "99", null);
        }

        @Test
        void tag() {
            BuildContext build =
                    detect("BITBUCKET_BUILD_NUMBER", "99", "BITBUCKET_TAG", "1.0", "BITBUCKET_COMMIT", COMMIT);

            assertBuild(build, "Bitbucket Pipelines", null, "1.0", "99", null);
        }

        @Test
        void pullRequestHasItsSourceBranch() {
            BuildContext build = detect(
                    "BITBUCKET_BUILD_NUMBER", "99",
                    "BITBUCKET_BRANCH", "main",
                    "BITBUCKET_PR_ID", "4",
                    "BITBUCKET_PR_DESTINATION_BRANCH", "main",
                    "BITBUCKET_COMMIT", COMMIT);

            assertBuild(build, "Bitbucket Pipelines", "main", null, "99", "pull request #4");
        }

        @Test
        void gitCompletesAShortCommit() throws Exception {
            String commit = commit("main");
            String head = commit("main");

            BuildContext build = detect(
                    "BITBUCKET_BUILD_NUMBER", "99",
                    "BITBUCKET_PR_ID", "4",
                    "BITBUCKET_COMMIT", commit.substring(0, 12));

            assertThat(build.commit()).contains(commit);
            assertThat(commit).isNotEqualTo(head);
        }
    }

    @Nested
    class OutsideCi {

        @Test
        void branchOfTheSurroundingWorkTree() throws Exception {
            String commit = commit("feature/Login");
            directory = Files.createDirectories(directory.resolve("apps/shop"));

            assertThat(detect())
                    .isEqualTo(new BuildContext(
                            "git",
                            Optional.of("feature/Login"),
                            Optional.of(commit),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()));
        }

        @Test
        void detachedHead() throws Exception {
            String commit = commit("main");
            try (Git git = Git.open(directory.toFile())) {
                git.checkout().setName(commit).call();
            }

            assertThat(detect().branch()).isEmpty();
            assertThat(detect().commit()).contains(commit);
        }

        @Test
        void tagOnTheCommit() throws Exception {
            commit("main");
            try (Git git = Git.open(directory.toFile())) {
                git.tag().setName("z-light").setAnnotated(false).call();
                assertThat(detect().tag()).contains("z-light");
                git.tag().setName("v1.0").setMessage("one").setSigned(false).call();
                assertThat(detect().tag()).contains("v1.0");
                git.commit()
                        .setAllowEmpty(true)
                        .setMessage("next")
                        .setSign(false)
                        .call();
                assertThat(detect().tag()).isEmpty();
            }
        }

        @Test
        void packedTag() throws Exception {
            commit("main");
            try (Git git = Git.open(directory.toFile())) {
                git.tag().setName("v1.0").setMessage("one").setSigned(false).call();
                git.packRefs().setAll(true).call();
            }

            assertThat(detect().tag()).contains("v1.0");
            assertThat(detect().branch()).contains("main");
        }

        @Test
        void worktree() throws Exception {
            Path main = directory.resolve("main");
            Path other = directory.resolve("other");
            directory = Files.createDirectory(main);
            String commit = commit("main");
            run(main, "git", "worktree", "add", "-q", "-b", "topic", other.toString());
            directory = other;

            assertThat(detect().branch()).contains("topic");
            assertThat(detect().commit()).contains(commit);
        }

        @Test
        void noCommitYet() throws Exception {
            Git.init()
                    .setDirectory(directory.toFile())
                    .setInitialBranch("main")
                    .call()
                    .close();

            assertThat(detect().branch()).contains("main");
            assertThat(detect().commit()).isEmpty();
        }

        @Test
        void noRepository() {
            assertThat(detect())
                    .isEqualTo(new BuildContext(
                            "git",
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()));
        }

        @Test
        void aTagWhoseObjectIsMissingDoesNotHideTheBranch() throws Exception {
            String commit = commit("main");
            try (Git git = Git.open(directory.toFile())) {
                git.tag().setName("v1.0").setMessage("one").setSigned(false).call();
            }
            Files.writeString(directory.resolve(".git/refs/tags/v2.0"), COMMIT + "\n");

            assertThat(detect().branch()).contains("main");
            assertThat(detect().commit()).contains(commit);
            assertThat(detect().tag()).contains("v1.0");
            Files.delete(directory.resolve(".git/refs/tags/v1.0"));
            assertThat(detect().tag()).isEmpty();
        }

        /** The list of packed references still says which commit it is on, but not when it was made. */
        @Test
        void aPackedTagWhoseObjectIsMissingIsOlderThanAnyOther() throws Exception {
            commit("main");
            try (Git git = Git.open(directory.toFile())) {
                git.tag().setName("v1.0").setMessage("one").setSigned(false).call();
                Ref lost = git.tag()
                        .setName("v2.0")
                        .setMessage("two")
                        .setSigned(false)
                        .call();
                git.packRefs().setAll(true).call();
                assertThat(detect().tag()).contains("v2.0");
                String id = lost.getObjectId().name();
                Files.delete(directory.resolve(".git/objects/" + id.substring(0, 2) + "/" + id.substring(2)));
            }

            assertThat(detect().branch()).contains("main");
            assertThat(detect().tag()).contains("v1.0");
        }

        @Test
        void brokenRepositories() throws Exception {
            Files.writeString(directory.resolve(".git"), "gitdir: /nowhere/at/all\n");
            assertThat(detect().branch()).isEmpty();

            Files.writeString(directory.resolve(".git"), "\0\0 not a pointer");
            assertThat(detect().branch()).isEmpty();

            Files.delete(directory.resolve(".git"));
            Git.init().setDirectory(directory.toFile()).call().close();
            Files.writeString(directory.resolve(".git/HEAD"), "ref: ");
            assertThat(detect().commit()).isEmpty();
        }
    }

    private String commit(String branch) throws Exception {
        try (Git git = Git.init()
                .setDirectory(directory.toFile())
                .setInitialBranch(branch)
                .call()) {
            git.getRepository().getConfig().setString("user", null, "name", "A");
            git.getRepository().getConfig().setString("user", null, "email", "a@example.com");
            git.getRepository().getConfig().save();
            ObjectId id = git.commit()
                    .setAllowEmpty(true)
                    .setSign(false)
                    .setMessage("first")
                    .call();
            return id.name();
        }
    }

    private static void run(Path folder, String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as("%s: %s", List.of(command), output).isZero();
    }
}
