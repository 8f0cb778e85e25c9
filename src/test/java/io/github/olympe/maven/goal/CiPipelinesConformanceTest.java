package io.github.olympe.maven.goal;

import static io.github.olympe.maven.goal.DocumentedPipeline.commands;
import static io.github.olympe.maven.goal.DocumentedPipeline.last;
import static io.github.olympe.maven.goal.DocumentedPipeline.stage;
import static io.github.olympe.maven.goal.DocumentedPipeline.steps;
import static io.github.olympe.maven.goal.DocumentedPipeline.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.olympe.maven.testing.EmbeddedWebhook;
import io.github.olympe.maven.testing.MavenBuild;
import io.github.olympe.maven.testing.ProjectServers;
import io.github.olympe.maven.testing.ShopProject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pipelines of {@code docs/ci}. Each is parsed, and its {@code mvn} command lines run with that CI's variables: for a branch, with code
 * as data, and for a merge request; then the manual rollback, and GitLab's promotion.
 */
class CiPipelinesConformanceTest {

    private static final String COMMIT = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";

    @TempDir
    Path folder;

    private ProjectServers servers;

    @BeforeEach
    void writeProject() throws IOException {
        servers = ProjectServers.startForShop(folder.toFile());
        Map<String, String> properties = new TreeMap<>(servers.properties());
        properties.remove("olympe.deploy.url");
        StringBuilder xml = new StringBuilder();
        properties.forEach((name, value) -> xml.append("<%1$s>%2$s</%1$s>".formatted(name, value)));
        xml.append("<maven.install.skip>true</maven.install.skip><maven.deploy.skip>true</maven.deploy.skip>");
        StringBuilder environments = new StringBuilder("<environments>");
        Map.of("develop", "codev", "stable", "preprod", "master", "production")
                .forEach((branch, name) ->
                        environments.append("<environment><name>%s</name><branch>%s</branch><url>%s</url></environment>"
                                .formatted(name, branch, servers.webhook().url("/acme/" + name))));
        ShopProject.writePom(
                folder, xml.toString(), environments.append("</environments>").toString());
    }

    @AfterEach
    void stop() {
        servers.close();
    }

    @Test
    void gitLab() throws Exception {
        JsonNode pipeline = yaml("gitlab-ci.yml");
        assertThat(pipeline.path("deploy").path("rules").get(0).path("if").asText())
                .contains("develop|stable|master");
        for (String byHand : List.of("deploy-code-as-data", "rollback", "promote")) {
            JsonNode rule = pipeline.path(byHand).path("rules").get(0);
            assertThat(rule.path("when").asText()).as(byHand).isEqualTo("manual");
        }
        Map<String, String> branch = Map.of(
                "GITLAB_CI", "true",
                "CI_PIPELINE_SOURCE", "push",
                "CI_COMMIT_BRANCH", "stable",
                "CI_COMMIT_REF_NAME", "stable",
                "CI_COMMIT_SHA", COMMIT,
                "WEBHOOK_TOKEN", "token-of-preprod");
        Map<String, String> mergeRequest = Map.of(
                "GITLAB_CI", "true",
                "CI_PIPELINE_SOURCE", "merge_request_event",
                "CI_MERGE_REQUEST_IID", "7",
                "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "stable",
                "CI_COMMIT_SHA", COMMIT,
                "WEBHOOK_TOKEN", "token-of-preprod");

        run(commands(pipeline.path("build").path("script")), mergeRequest);
        run(commands(pipeline.path("deploy").path("script")), mergeRequest);
        assertNothingDeployed();
        run(commands(pipeline.path("build").path("script")), branch);
        run(commands(pipeline.path("deploy").path("script")), branch);
        assertDeployed(1, false);
        run(commands(pipeline.path("deploy-code-as-data").path("script")), branch);
        assertDeployed(2, true);
        assertThat(folder.resolve(pipeline.path("deploy")
                        .path("artifacts")
                        .path("reports")
                        .path("dotenv")
                        .asText()))
                .exists();
        assertRolledBack(commands(pipeline.path("rollback").path("script")), branch);
        assertPromoted(commands(pipeline.path("promote").path("script")), branch, "WEBHOOK_TOKEN");
    }

    @Test
    void azure() throws Exception {
        JsonNode pipeline = yaml("azure-pipelines.yml");
        JsonNode steps = pipeline.path("steps");
        JsonNode step = azureStep(steps.get(1), "deploy");
        assertThat(step.path("env").path("OLYMPE_DEPLOY_TOKEN").asText()).isEqualTo("$(instanceToken)");
        assertThat(pipeline.path("trigger"))
                .extracting(JsonNode::asText)
                .containsExactly("develop", "stable", "master");
        Map<String, String> branch = Map.of(
                "TF_BUILD", "True",
                "BUILD_REASON", "IndividualCI",
                "BUILD_SOURCEBRANCH", "refs/heads/stable",
                "BUILD_SOURCEBRANCHNAME", "stable",
                "BUILD_SOURCEVERSION", COMMIT,
                "BUILD_BUILDNUMBER", "20261122.1",
                "OLYMPE_DEPLOY_TOKEN", "token-of-preprod");
        Map<String, String> pullRequest = Map.of(
                "TF_BUILD", "True",
                "BUILD_REASON", "PullRequest",
                "BUILD_SOURCEBRANCH", "refs/pull/7/merge",
                "SYSTEM_PULLREQUEST_PULLREQUESTID", "7",
                "SYSTEM_PULLREQUEST_SOURCEBRANCH", "refs/heads/stable",
                "BUILD_SOURCEVERSION", COMMIT,
                "OLYMPE_DEPLOY_TOKEN", "token-of-preprod");

        assertOneCommand(step.path("script").asText(), branch, pullRequest);
        JsonNode rollback = azureStep(steps.get(2), "rollback");
        assertThat(rollback.path("env").path("ROLLBACK_TO").asText()).isEqualTo("${{ parameters.rollbackTo }}");
        assertRolledBack(List.of(rollback.path("script").asText()), branch);
        JsonNode promote = azureStep(steps.get(3), "promote");
        assertThat(promote.path("env").path("OLYMPE_DEPLOY_TOKEN").asText()).isEqualTo("$(INSTANCE_TOKEN)");
    }

    /** The step that the pipeline has where the parameter {@code goal} has this value. */
    private static JsonNode azureStep(JsonNode conditional, String goal) {
        return conditional.path("${{ if eq(parameters.goal, '" + goal + "') }}").path(0);
    }

    @Test
    void gitHub() throws Exception {
        JsonNode jobs = yaml("github-actions.yml").path("jobs");
        JsonNode step = last(jobs.path("deploy").path("steps"));
        assertThat(step.path("env").path("OLYMPE_DEPLOY_TOKEN").asText()).startsWith("${{ secrets");
        Map<String, String> branch = Map.of(
                "GITHUB_ACTIONS", "true",
                "GITHUB_EVENT_NAME", "push",
                "GITHUB_REF", "refs/heads/stable",
                "GITHUB_SHA", COMMIT,
                "OLYMPE_DEPLOY_TOKEN", "token-of-preprod");
        Map<String, String> byHand = new TreeMap<>(branch);
        byHand.put("GITHUB_EVENT_NAME", "workflow_dispatch");
        Map<String, String> pullRequest = Map.of(
                "GITHUB_ACTIONS", "true",
                "GITHUB_EVENT_NAME", "pull_request",
                "GITHUB_REF", "refs/pull/7/merge",
                "GITHUB_HEAD_REF", "stable",
                "GITHUB_SHA", COMMIT,
                "OLYMPE_DEPLOY_TOKEN", "");

        assertOneCommand(step.path("run").asText(), branch, pullRequest);
        JsonNode rollback = last(jobs.path("rollback").path("steps"));
        assertThat(rollback.path("env").path("ROLLBACK_TO").asText()).isEqualTo("${{ inputs.rollbackTo }}");
        assertRolledBack(List.of(rollback.path("run").asText()), byHand);
    }

    @Test
    void jenkins() throws Exception {
        String pipeline = DocumentedPipeline.text("Jenkinsfile");
        assertThat(pipeline.chars().filter(c -> c == '{').count())
                .isEqualTo(pipeline.chars().filter(c -> c == '}').count());
        assertThat(pipeline).contains("OLYMPE_DEPLOY_TOKEN = credentials(");
        List<String> build = stage(pipeline, "Build");
        List<String> deploy = stage(pipeline, "Push and deploy");
        Map<String, String> branch = Map.of(
                "JENKINS_URL", "https://jenkins.example.com/",
                "BRANCH_NAME", "stable",
                "GIT_BRANCH", "stable",
                "GIT_COMMIT", COMMIT,
                "DEPLOY_CODE_AS_DATA", "false",
                "OLYMPE_DEPLOY_TOKEN", "token-of-preprod");
        Map<String, String> changeRequest = Map.of(
                "JENKINS_URL", "https://jenkins.example.com/",
                "BRANCH_NAME", "PR-7",
                "CHANGE_ID", "7",
                "CHANGE_BRANCH", "stable",
                "GIT_COMMIT", COMMIT,
                "DEPLOY_CODE_AS_DATA", "false",
                "OLYMPE_DEPLOY_TOKEN", "token-of-preprod");

        run(build, changeRequest);
        run(deploy, changeRequest);
        assertNothingDeployed();
        run(build, branch);
        run(deploy, branch);
        assertDeployed(1, false);
        run(deploy, with(branch, "DEPLOY_CODE_AS_DATA", "true"));
        assertDeployed(2, true);
        assertRolledBack(stage(pipeline, "Roll back"), branch);
    }

    @Test
    void bitbucket() throws Exception {
        JsonNode pipelines = yaml("bitbucket-pipelines.yml").path("pipelines");
        Map<String, String> branch = Map.of(
                "BITBUCKET_BUILD_NUMBER", "12",
                "BITBUCKET_BRANCH", "stable",
                "BITBUCKET_COMMIT", COMMIT,
                "OLYMPE_DEPLOY_TOKEN", "token-of-preprod");
        Map<String, String> pullRequest = Map.of(
                "BITBUCKET_BUILD_NUMBER", "12",
                "BITBUCKET_BRANCH", "stable",
                "BITBUCKET_PR_ID", "7",
                "BITBUCKET_COMMIT", COMMIT);

        run(steps(pipelines.path("pull-requests").path("**")), pullRequest);
        assertNothingDeployed();
        run(steps(pipelines.path("branches").path("{develop,stable,master}")), branch);
        assertDeployed(1, false);
        JsonNode byHand = pipelines.path("custom");
        List<String> codeAsData = steps(byHand.path("code-as-data"));
        run(codeAsData.subList(1, codeAsData.size()), branch);
        assertDeployed(2, true);
        assertRolledBack(steps(byHand.path("rollback")), branch);
    }

    /** A pipeline with one command line, in which an expression of the CI decides whether code as data is deployed. */
    private void assertOneCommand(String line, Map<String, String> branch, Map<String, String> pullRequest)
            throws Exception {
        assertThat(line).startsWith("mvn ").containsOnlyOnce("${{");
        String without = line.replaceAll("\\$\\{\\{.*?}}", "false");
        run(List.of(without), pullRequest);
        assertNothingDeployed();
        run(List.of(without), branch);
        assertDeployed(1, false);
        run(List.of(line.replaceAll("\\$\\{\\{.*?}}", "true")), branch);
        assertDeployed(2, true);
    }

    private void run(List<String> lines, Map<String, String> variables) throws Exception {
        assertThat(lines).isNotEmpty();
        for (String line : lines) {
            MavenBuild build = MavenBuild.in(folder);
            variables.forEach(build::with);
            MavenBuild.Result result = build.run(DocumentedPipeline.arguments(line, variables));
            assertThat(result.succeeded()).as("%s:%n%s", line, result.log()).isTrue();
            assertThat(result.log()).doesNotContain("token-of-");
        }
    }

    private static Map<String, String> with(Map<String, String> variables, String name, String value) {
        Map<String, String> more = new TreeMap<>(variables);
        more.put(name, value);
        return more;
    }

    private void assertNothingDeployed() {
        assertThat(servers.webhook().requests()).isEmpty();
        assertThat(servers.registry().tags("acme/shop-frontend")).isEmpty();
    }

    private void assertDeployed(int times, boolean codeAsData) {
        String payload = sent(times, "preprod").body();
        assertThat(payload).contains("/acme/shop-frontend:stable-1a2b3c4d", "/acme/shop-backend:stable-1a2b3c4d");
        assertThat(payload.contains("/acme/shop-codeasdata:stable-1a2b3c4d")).isEqualTo(codeAsData);
        assertThat(servers.registry().tags("acme/shop-frontend")).contains("stable-1a2b3c4d", "stable");
    }

    /** Both deployments have the same images, so the record to go back to is named. The first payload is sent again. */
    private void assertRolledBack(List<String> lines, Map<String, String> variables) throws Exception {
        String first = servers.registry().tags("acme/shop-deployments").stream()
                .filter(tag -> tag.matches("preprod-\\d+-[0-9a-f]{8}"))
                .min(Comparator.naturalOrder())
                .orElseThrow();
        run(lines, with(variables, "ROLLBACK_TO", first));
        assertThat(json(sent(3, "preprod")))
                .isEqualTo(json(servers.webhook().requests().get(0)));
    }

    /** The promotion is the same in each CI, so one of them is enough. */
    private void assertPromoted(List<String> lines, Map<String, String> variables, String token) throws Exception {
        run(lines, with(variables, token, "token-of-production"));
        assertThat(json(sent(4, "production")))
                .isEqualTo(json(servers.webhook().requests().get(0)));
    }

    /** Returns the last request: it must have this number, and go to this environment. */
    private EmbeddedWebhook.Request sent(int number, String environment) {
        List<EmbeddedWebhook.Request> requests = servers.webhook().requests();
        assertThat(requests).hasSize(number);
        EmbeddedWebhook.Request last = requests.get(number - 1);
        assertThat(last.path()).isEqualTo("/acme/" + environment);
        assertThat(last.header("Authorization")).isEqualTo("Bearer token-of-" + environment);
        return last;
    }

    private static JsonNode json(EmbeddedWebhook.Request request) throws IOException {
        return new ObjectMapper().readTree(request.body());
    }
}
