package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.olympe.maven.testing.MavenBuild;
import io.github.olympe.maven.testing.ProjectServers;
import io.github.olympe.maven.testing.ShopProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The pipelines of {@code docs/ci}: each is parsed, and its {@code mvn} command lines are run with that CI's variables, for a branch, with
 * code as data, and for a merge request.
 */
class CiPipelinesConformanceTest {

    private static final String COMMIT = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";
    private static final Path DOCS = Path.of("docs/ci");

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
        assertThat(pipeline.path("deploy-code-as-data")
                        .path("rules")
                        .get(0)
                        .path("when")
                        .asText())
                .isEqualTo("manual");
        Map<String, String> branch = Map.of(
                "GITLAB_CI", "true",
                "CI_PIPELINE_SOURCE", "push",
                "CI_COMMIT_BRANCH", "develop",
                "CI_COMMIT_REF_NAME", "develop",
                "CI_COMMIT_SHA", COMMIT,
                "WEBHOOK_TOKEN", "token-of-codev");
        Map<String, String> mergeRequest = Map.of(
                "GITLAB_CI", "true",
                "CI_PIPELINE_SOURCE", "merge_request_event",
                "CI_MERGE_REQUEST_IID", "7",
                "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "develop",
                "CI_COMMIT_SHA", COMMIT,
                "WEBHOOK_TOKEN", "token-of-codev");

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
    }

    @Test
    void azure() throws Exception {
        JsonNode pipeline = yaml("azure-pipelines.yml");
        JsonNode step = pipeline.path("steps").get(1);
        assertThat(step.path("env").path("OLYMPE_DEPLOY_TOKEN").asText()).isEqualTo("$(instanceToken)");
        assertThat(pipeline.path("trigger"))
                .extracting(JsonNode::asText)
                .containsExactly("develop", "stable", "master");
        Map<String, String> branch = Map.of(
                "TF_BUILD", "True",
                "BUILD_REASON", "IndividualCI",
                "BUILD_SOURCEBRANCH", "refs/heads/develop",
                "BUILD_SOURCEBRANCHNAME", "develop",
                "BUILD_SOURCEVERSION", COMMIT,
                "BUILD_BUILDNUMBER", "20261122.1",
                "OLYMPE_DEPLOY_TOKEN", "token-of-codev");
        Map<String, String> pullRequest = Map.of(
                "TF_BUILD", "True",
                "BUILD_REASON", "PullRequest",
                "BUILD_SOURCEBRANCH", "refs/pull/7/merge",
                "SYSTEM_PULLREQUEST_PULLREQUESTID", "7",
                "SYSTEM_PULLREQUEST_SOURCEBRANCH", "refs/heads/develop",
                "BUILD_SOURCEVERSION", COMMIT,
                "OLYMPE_DEPLOY_TOKEN", "token-of-codev");

        assertOneCommand(step.path("script").asText(), branch, pullRequest);
    }

    @Test
    void gitHub() throws Exception {
        JsonNode pipeline = yaml("github-actions.yml");
        JsonNode steps = pipeline.path("jobs").path("deploy").path("steps");
        JsonNode step = steps.get(steps.size() - 1);
        assertThat(step.path("env").path("OLYMPE_DEPLOY_TOKEN").asText()).startsWith("${{ secrets");
        Map<String, String> branch = Map.of(
                "GITHUB_ACTIONS", "true",
                "GITHUB_EVENT_NAME", "push",
                "GITHUB_REF", "refs/heads/develop",
                "GITHUB_SHA", COMMIT,
                "OLYMPE_DEPLOY_TOKEN", "token-of-codev");
        Map<String, String> pullRequest = Map.of(
                "GITHUB_ACTIONS", "true",
                "GITHUB_EVENT_NAME", "pull_request",
                "GITHUB_REF", "refs/pull/7/merge",
                "GITHUB_HEAD_REF", "develop",
                "GITHUB_SHA", COMMIT,
                "OLYMPE_DEPLOY_TOKEN", "");

        assertOneCommand(step.path("run").asText(), branch, pullRequest);
    }

    @Test
    void jenkins() throws Exception {
        String pipeline = Files.readString(DOCS.resolve("Jenkinsfile"));
        assertThat(pipeline.chars().filter(c -> c == '{').count())
                .isEqualTo(pipeline.chars().filter(c -> c == '}').count());
        assertThat(pipeline).contains("OLYMPE_DEPLOY_TOKEN = credentials(");
        List<String> commands = new ArrayList<>();
        Matcher lines = Pattern.compile("sh '(mvn [^']*)'").matcher(pipeline);
        while (lines.find()) {
            commands.add(lines.group(1));
        }
        assertThat(commands).hasSize(2);
        Map<String, String> branch = Map.of(
                "JENKINS_URL", "https://jenkins.example.com/",
                "BRANCH_NAME", "develop",
                "GIT_BRANCH", "develop",
                "GIT_COMMIT", COMMIT,
                "OLYMPE_DEPLOY_TOKEN", "token-of-codev");
        Map<String, String> changeRequest = Map.of(
                "JENKINS_URL", "https://jenkins.example.com/",
                "BRANCH_NAME", "PR-7",
                "CHANGE_ID", "7",
                "CHANGE_BRANCH", "develop",
                "GIT_COMMIT", COMMIT,
                "OLYMPE_DEPLOY_TOKEN", "token-of-codev");

        List<String> without = commands.stream()
                .map(line -> line.replace("$DEPLOY_CODE_AS_DATA", "false"))
                .toList();
        run(without, changeRequest);
        assertNothingDeployed();
        run(without, branch);
        assertDeployed(1, false);
        run(List.of(commands.get(1).replace("$DEPLOY_CODE_AS_DATA", "true")), branch);
        assertDeployed(2, true);
    }

    @Test
    void bitbucket() throws Exception {
        JsonNode pipelines = yaml("bitbucket-pipelines.yml").path("pipelines");
        Map<String, String> branch = Map.of(
                "BITBUCKET_BUILD_NUMBER", "12",
                "BITBUCKET_BRANCH", "develop",
                "BITBUCKET_COMMIT", COMMIT,
                "OLYMPE_DEPLOY_TOKEN", "token-of-codev");
        Map<String, String> pullRequest = Map.of(
                "BITBUCKET_BUILD_NUMBER", "12",
                "BITBUCKET_BRANCH", "develop",
                "BITBUCKET_PR_ID", "7",
                "BITBUCKET_COMMIT", COMMIT);

        run(steps(pipelines.path("pull-requests").path("**")), pullRequest);
        assertNothingDeployed();
        run(steps(pipelines.path("branches").path("{develop,stable,master}")), branch);
        assertDeployed(1, false);
        List<String> byHand = steps(pipelines.path("custom").path("code-as-data"));
        run(byHand.subList(1, byHand.size()), branch);
        assertDeployed(2, true);
    }

    /** A pipeline with one command line, in which an expression of the CI's says whether code as data is deployed. */
    private void assertOneCommand(String line, Map<String, String> branch, Map<String, String> pullRequest) {
        assertThat(line).startsWith("mvn ").containsOnlyOnce("${{");
        String without = line.replaceAll("\\$\\{\\{.*?}}", "false");
        run(List.of(without), pullRequest);
        assertNothingDeployed();
        run(List.of(without), branch);
        assertDeployed(1, false);
        run(List.of(line.replaceAll("\\$\\{\\{.*?}}", "true")), branch);
        assertDeployed(2, true);
    }

    private void run(List<String> lines, Map<String, String> variables) {
        assertThat(lines).isNotEmpty();
        for (String line : lines) {
            List<String> words = List.of(line.split(" +"));
            assertThat(words.get(0)).isEqualTo("mvn");
            MavenBuild build = MavenBuild.in(folder);
            variables.forEach(build::with);
            MavenBuild.Result result = build.run(words.subList(1, words.size()).toArray(String[]::new));
            assertThat(result.succeeded()).as("%s:%n%s", line, result.log()).isTrue();
            assertThat(result.log()).doesNotContain("token-of-codev");
        }
    }

    private void assertNothingDeployed() {
        assertThat(servers.webhook().requests()).isEmpty();
        assertThat(servers.registry().tags("acme/shop-frontend")).isEmpty();
    }

    private void assertDeployed(int times, boolean codeAsData) {
        assertThat(servers.webhook().requests()).hasSize(times).allSatisfy(request -> {
            assertThat(request.path()).isEqualTo("/acme/codev");
            assertThat(request.header("Authorization")).isEqualTo("Bearer token-of-codev");
        });
        String payload = servers.webhook().requests().get(times - 1).body();
        assertThat(payload).contains("/acme/shop-frontend:develop-1a2b3c4d", "/acme/shop-backend:develop-1a2b3c4d");
        assertThat(payload.contains("/acme/shop-codeasdata:develop-1a2b3c4d")).isEqualTo(codeAsData);
        assertThat(servers.registry().tags("acme/shop-frontend")).contains("develop-1a2b3c4d", "develop");
    }

    private static JsonNode yaml(String file) throws IOException {
        Object content = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(DOCS.resolve(file)));
        return new ObjectMapper().valueToTree(content);
    }

    private static List<String> steps(JsonNode steps) {
        List<String> lines = new ArrayList<>();
        steps.forEach(step -> lines.addAll(commands(step.path("step").path("script"))));
        return lines;
    }

    private static List<String> commands(JsonNode script) {
        List<String> lines = new ArrayList<>();
        script.forEach(line -> {
            if (line.asText().startsWith("mvn ")) {
                lines.add(line.asText());
            }
        });
        return lines;
    }
}
