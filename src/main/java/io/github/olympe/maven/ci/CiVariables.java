package io.github.olympe.maven.ci;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.io.FileNames;
import io.github.olympe.maven.text.OneLine;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the variables with which CI systems describe a build, as each of them documents. */
final class CiVariables {

    private static final int LONGEST = 1000;
    private static final String HEADS = "refs/heads/";
    private static final String TAGS = "refs/tags/";
    private static final Pattern PULL_REF = Pattern.compile("refs/pull/(\\d+)/.*");
    private static final Pattern MERGE_QUEUE_REF =
            Pattern.compile("refs/heads/gh-readonly-queue/.*/pr-(\\d+)-\\p{XDigit}+");
    private static final Pattern FULL_ID = Pattern.compile("\\p{XDigit}{40}|\\p{XDigit}{64}");
    private static final Pattern SHORT_ID = Pattern.compile("\\p{XDigit}{7,63}");

    private final Map<String, String> environment;
    private final Path directory;
    private @Nullable GitHead git;

    /**
     * @param environment the environment variables
     * @param directory a folder of the git work tree, which is read if the variables do not say enough
     */
    CiVariables(Map<String, String> environment, Path directory) {
        this.environment = environment;
        this.directory = directory;
    }

    /** Returns what git says. It is read on first use: most builds need only the variables, and JGit takes a while to load. */
    GitHead git() {
        if (git == null) {
            git = GitHead.read(directory);
        }
        return git;
    }

    /** Returns what is built, absent outside of a known CI system. */
    Optional<BuildContext> read() {
        if (has("GITLAB_CI")) {
            return Optional.of(gitLab());
        }
        if (has("TF_BUILD")) {
            return Optional.of(azure());
        }
        if (has("GITHUB_ACTIONS")) {
            return Optional.of(gitHub());
        }
        if (has("BITBUCKET_BUILD_NUMBER")) {
            return Optional.of(bitbucket());
        }
        if (has("JENKINS_URL") || has("JENKINS_HOME")) {
            return Optional.of(jenkins());
        }
        return Optional.empty();
    }

    /**
     * Reads GitLab CI's variables. Only branch pipelines have {@code CI_COMMIT_BRANCH}. They also have {@code CI_OPEN_MERGE_REQUESTS},
     * which does not make them pipelines of a merge request. A child pipeline of a merge request's pipeline has the source
     * {@code parent_pipeline} and the request's id.
     */
    private BuildContext gitLab() {
        Optional<String> tag = get("CI_COMMIT_TAG");
        Optional<String> mergeRequest = get("CI_MERGE_REQUEST_IID")
                .or(() -> get("CI_MERGE_REQUEST_ID"))
                .map(id -> "merge request !" + id)
                .or(() -> get("CI_EXTERNAL_PULL_REQUEST_IID").map(CiVariables::pullRequest))
                .or(() -> get("CI_PIPELINE_SOURCE")
                        .filter(Set.of("merge_request_event", "external_pull_request_event")::contains)
                        .map(source -> "a merge request"));
        Optional<String> branch = get("CI_COMMIT_BRANCH")
                .or(() -> get("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME"))
                .or(() -> get("CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_NAME"))
                .or(() -> get("CI_COMMIT_REF_NAME").filter(name -> tag.isEmpty() && !name.startsWith("refs/")));
        return context("GitLab CI", branch, get("CI_COMMIT_SHA"), tag, get("CI_PIPELINE_IID"), mergeRequest);
    }

    /** Reads Azure DevOps' variables. {@code BUILD_SOURCEBRANCHNAME} is only the last part of a branch's name, so the full ref is read. */
    private BuildContext azure() {
        Optional<String> ref = get("BUILD_SOURCEBRANCH");
        Optional<String> mergeRequest = get("SYSTEM_PULLREQUEST_PULLREQUESTNUMBER")
                .or(() -> get("SYSTEM_PULLREQUEST_PULLREQUESTID"))
                .or(() -> ref.flatMap(CiVariables::pullNumber))
                .map(CiVariables::pullRequest)
                .or(() -> get("BUILD_REASON").filter("PullRequest"::equals).map(reason -> "a pull request"));
        Optional<String> branch = mergeRequest.isPresent()
                ? get("SYSTEM_PULLREQUEST_SOURCEBRANCH").map(name -> without(HEADS, name))
                : ref.flatMap(CiVariables::branchOf);
        return context(
                "Azure DevOps",
                branch,
                get("BUILD_SOURCEVERSION"),
                ref.flatMap(CiVariables::tagOf),
                get("BUILD_BUILDNUMBER"),
                mergeRequest);
    }

    /**
     * Reads GitHub Actions' variables. For the event {@code pull_request_target}, and for a merged pull request, the ref is the target
     * branch, so the event decides. A merge queue builds a branch of its own for a pull request that is not merged yet.
     */
    private BuildContext gitHub() {
        Optional<String> ref = get("GITHUB_REF");
        Optional<String> head = get("GITHUB_HEAD_REF");
        Optional<String> event = get("GITHUB_EVENT_NAME");
        Optional<String> mergeRequest = ref.flatMap(CiVariables::pullNumber)
                .or(() -> ref.map(MERGE_QUEUE_REF::matcher)
                        .filter(Matcher::matches)
                        .map(match -> match.group(1)))
                .map(CiVariables::pullRequest)
                .or(() -> event.filter(name -> name.startsWith("pull_request") || name.equals("merge_group"))
                        .or(() -> head)
                        .map(name -> head.map(source -> "the pull request from '" + source + "'")
                                .orElse("a pull request")));
        return context(
                "GitHub Actions",
                mergeRequest.isPresent() ? head : ref.flatMap(CiVariables::branchOf),
                get("GITHUB_SHA"),
                mergeRequest.isPresent() ? Optional.empty() : ref.flatMap(CiVariables::tagOf),
                get("GITHUB_RUN_NUMBER"),
                mergeRequest);
    }

    /** Reads Bitbucket Pipelines' variables. In a pull request's pipeline, {@code BITBUCKET_BRANCH} is the source branch. */
    private BuildContext bitbucket() {
        return context(
                "Bitbucket Pipelines",
                get("BITBUCKET_BRANCH"),
                get("BITBUCKET_COMMIT"),
                get("BITBUCKET_TAG"),
                get("BITBUCKET_BUILD_NUMBER"),
                get("BITBUCKET_PR_ID").map(CiVariables::pullRequest));
    }

    /**
     * Reads Jenkins' variables. A multibranch job has {@code BRANCH_NAME}, which is the tag's name when a tag is built and a made-up name
     * for a change request. Other jobs have what the git plugin sets ({@code GIT_BRANCH} with the remote's name). A scripted pipeline has
     * neither, so git is asked. The plugins for GitLab and for GitHub pull requests name the request in variables of their own.
     */
    private BuildContext jenkins() {
        Optional<String> mergeRequest = get("CHANGE_ID")
                .map(id -> get("BRANCH_NAME")
                                .filter(name -> name.startsWith("MR-"))
                                .isPresent()
                        ? "merge request !" + id
                        : pullRequest(id))
                .or(() -> get("ghprbPullId").map(CiVariables::pullRequest))
                .or(() -> get("gitlabMergeRequestIid").map(id -> "merge request !" + id));
        Optional<String> gitBranch = get("GIT_BRANCH").filter(name -> !name.equals("detached"));
        Optional<String> tag = get("TAG_NAME").or(() -> gitBranch.flatMap(CiVariables::tagOf));
        Optional<String> branch = get("CHANGE_BRANCH").or(() -> get("ghprbSourceBranch"));
        if (mergeRequest.isEmpty()) {
            branch = get("BRANCH_NAME")
                    .or(() -> get("GIT_LOCAL_BRANCH"))
                    .or(() -> gitBranch.map(this::withoutRemote))
                    .or(() -> git().branch());
        }
        return context("Jenkins", branch, get("GIT_COMMIT"), tag, get("BUILD_NUMBER"), mergeRequest);
    }

    private String withoutRemote(String name) {
        String branch = without(HEADS, without("refs/remotes/", name));
        int slash = branch.indexOf('/');
        String first = branch.substring(0, Math.max(0, slash));
        return first.equals("origin") || git().remotes().contains(first) ? branch.substring(slash + 1) : branch;
    }

    /** Returns the context. A build of a tag has no branch, even if a variable for branches holds the tag's name. */
    private BuildContext context(
            String system,
            Optional<String> branch,
            Optional<String> commit,
            Optional<String> tag,
            Optional<String> buildNumber,
            Optional<String> mergeRequest) {
        return new BuildContext(
                system,
                tag.isPresent() ? Optional.empty() : branch,
                commit.flatMap(this::full).or(() -> git().commit()),
                tag,
                buildNumber,
                mergeRequest);
    }

    private Optional<String> full(String commit) {
        if (FULL_ID.matcher(commit).matches()) {
            return Optional.of(commit.toLowerCase(Locale.ROOT));
        }
        return SHORT_ID.matcher(commit).matches() ? git().resolve(commit) : Optional.empty();
    }

    private static String pullRequest(String number) {
        return "pull request #" + number;
    }

    private static Optional<String> pullNumber(String ref) {
        return Optional.of(PULL_REF.matcher(ref)).filter(Matcher::matches).map(match -> match.group(1));
    }

    private static Optional<String> branchOf(String ref) {
        return Optional.of(ref).filter(name -> name.startsWith(HEADS)).map(name -> without(HEADS, name));
    }

    private static Optional<String> tagOf(String ref) {
        return Optional.of(ref).filter(name -> name.startsWith(TAGS)).map(name -> without(TAGS, name));
    }

    private static String without(String prefix, String name) {
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }

    private boolean has(String name) {
        return get(name).isPresent();
    }

    /** Returns a variable, and rejects values that no CI system uses for a branch, tag, commit or number: those were made up. */
    private Optional<String> get(String name) {
        Optional<String> value =
                Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
        if (value.isPresent() && (!OneLine.isPlain(value.get()) || value.get().length() > LONGEST)) {
            throw new OlympeException(String.format(
                    "The variable %s of this build has the value '%s', which has a line break or another control character, or more than %d"
                            + " characters; correct what sets it.",
                    name, OneLine.of(value.get(), 200), LONGEST));
        }
        if (value.filter(text -> text.indexOf('\ufffd') >= 0).isPresent()) {
            throw new OlympeException(String.format(
                    "The variable %s of this build has the value '%s', in which letters are lost. %s",
                    name,
                    OneLine.of(value.get(), 200),
                    FileNames.localeWarning().orElse("Set it to a text in UTF-8.")));
        }
        return value;
    }
}
