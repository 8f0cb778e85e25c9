package io.github.olympe.maven.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each sign of a merge request is enough on its own, whatever the other variables say. Otherwise a build that looks like one of the branch
 * {@code main} would deploy unmerged changes.
 */
class MergeRequestSignsTest {

    private static final String COMMIT = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";

    private static final Map<String, String> BUILD_OF_MAIN = Map.of(
            "GITLAB_CI", "CI_COMMIT_BRANCH=main CI_COMMIT_REF_NAME=main CI_PIPELINE_SOURCE=push",
            "TF_BUILD", "BUILD_SOURCEBRANCH=refs/heads/main BUILD_REASON=IndividualCI",
            "GITHUB_ACTIONS", "GITHUB_REF=refs/heads/main GITHUB_EVENT_NAME=push",
            "BITBUCKET_BUILD_NUMBER", "BITBUCKET_BRANCH=main",
            "JENKINS_URL", "BRANCH_NAME=main GIT_BRANCH=origin/main");

    @TempDir
    Path directory;

    private BuildContext detect(String system, String more) {
        Map<String, String> environment = new HashMap<>(
                Map.of(system, "true", "CI_COMMIT_SHA", COMMIT, "GITHUB_SHA", COMMIT, "BUILD_SOURCEVERSION", COMMIT));
        Arrays.stream((BUILD_OF_MAIN.get(system) + " " + more).strip().split(" "))
                .map(variable -> variable.split("=", 2))
                .forEach(variable -> environment.put(variable[0], variable[1]));
        return BuildContext.detect(environment, directory);
    }

    @ParameterizedTest
    @CsvSource({
        "GITLAB_CI, CI_MERGE_REQUEST_IID=12, merge request !12",
        "GITLAB_CI, CI_MERGE_REQUEST_ID=100012, merge request !100012",
        "GITLAB_CI, CI_EXTERNAL_PULL_REQUEST_IID=7, pull request #7",
        "GITLAB_CI, CI_PIPELINE_SOURCE=merge_request_event, a merge request",
        "GITLAB_CI, CI_PIPELINE_SOURCE=external_pull_request_event, a merge request",
        "TF_BUILD, SYSTEM_PULLREQUEST_PULLREQUESTNUMBER=7, pull request #7",
        "TF_BUILD, SYSTEM_PULLREQUEST_PULLREQUESTID=8, pull request #8",
        "TF_BUILD, BUILD_SOURCEBRANCH=refs/pull/9/merge, pull request #9",
        "TF_BUILD, BUILD_REASON=PullRequest, a pull request",
        "GITHUB_ACTIONS, GITHUB_REF=refs/pull/5/merge, pull request #5",
        "GITHUB_ACTIONS, GITHUB_REF=refs/heads/gh-readonly-queue/main/pr-6-0a1b, pull request #6",
        "GITHUB_ACTIONS, GITHUB_EVENT_NAME=pull_request, a pull request",
        "GITHUB_ACTIONS, GITHUB_EVENT_NAME=pull_request_target, a pull request",
        "GITHUB_ACTIONS, GITHUB_EVENT_NAME=merge_group, a pull request",
        "GITHUB_ACTIONS, GITHUB_HEAD_REF=topic, the pull request from 'topic'",
        "BITBUCKET_BUILD_NUMBER, BITBUCKET_PR_ID=4, pull request #4",
        "JENKINS_URL, CHANGE_ID=12, pull request #12",
        "JENKINS_URL, ghprbPullId=13, pull request #13",
        "JENKINS_URL, gitlabMergeRequestIid=14, merge request !14",
    })
    void oneIsEnough(String system, String sign, String mergeRequest) {
        assertThat(detect(system, "").mergeRequest()).isEmpty();
        assertThat(detect(system, "").branch()).contains("main");

        assertThat(detect(system, sign).mergeRequest()).contains(mergeRequest);
    }

    /** Its images are named after the request's own branch. */
    @ParameterizedTest
    @CsvSource({
        "GITLAB_CI, CI_COMMIT_BRANCH= CI_MERGE_REQUEST_IID=12 CI_MERGE_REQUEST_SOURCE_BRANCH_NAME=topic",
        "GITLAB_CI, CI_COMMIT_BRANCH= CI_EXTERNAL_PULL_REQUEST_IID=7 CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_NAME=topic",
        "TF_BUILD, SYSTEM_PULLREQUEST_PULLREQUESTNUMBER=7 SYSTEM_PULLREQUEST_SOURCEBRANCH=refs/heads/topic",
        "GITHUB_ACTIONS, GITHUB_EVENT_NAME=pull_request_target GITHUB_HEAD_REF=topic",
        "JENKINS_URL, CHANGE_ID=12 CHANGE_BRANCH=topic",
        "JENKINS_URL, ghprbPullId=13 ghprbSourceBranch=topic",
    })
    void itsBranchIsTheSource(String system, String variables) {
        assertThat(detect(system, variables).branch()).contains("topic");
    }

    /** Otherwise {@code {tag}} would name a release. */
    @Test
    void aPullRequestHasNoTag() {
        assertThat(detect("GITHUB_ACTIONS", "GITHUB_EVENT_NAME=pull_request_target GITHUB_REF=refs/tags/v1")
                        .tag())
                .isEmpty();
    }
}
