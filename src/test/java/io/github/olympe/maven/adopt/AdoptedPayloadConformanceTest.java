package io.github.olympe.maven.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.deploy.DeployPlan;
import io.github.olympe.maven.io.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The documented pipelines send what the adopted projects send: their shell lines are run by bash and jq, and compared with the plan of the
 * goal deploy, on each kind of build. Only the deploy rules differ, as docs/adopt.md says.
 */
class AdoptedPayloadConformanceTest {

    private static final String COMMIT = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";
    private static final Path RESOURCES = Path.of("src/test/resources/adopt");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "branch, master, false, true",
        "branch, master, true, true",
        "branch, develop, false, true",
        "branch, stable, true, true",
        "branch, feature/basket, false, false",
        "tag, v1.2.3, false, false",
        "merge request, feature/basket, false, false"
    })
    void gitlab(String kind, String ref, boolean codeAsData, boolean sends) throws Exception {
        Path project = project();
        String pipeline = Files.readString(RESOURCES.resolve("gitlab/documented/.gitlab-ci.yml"))
                .replace("<docker registry>", "registry.example.com/acme")
                .replace("<image-name>", "shop")
                .replace("BUILT_BRANCHES_REGEX: master", "BUILT_BRANCHES_REGEX: /^(develop|stable|master)$/")
                .replace(
                        "# Here put your json payload without the images reference",
                        "{\"noDowntime\": {\"promotionMode\": \"manual\"}, \"extraArgs\": [\"--force-sync\"]}");
        Files.writeString(project.resolve(".gitlab-ci.yml"), pipeline);
        Map<String, String> ci = gitlabVariables(kind, ref);
        ci.put("URL", "https://deploy.example.com/acme/production");

        ShellJob job = new ShellJob(folder.resolve("job"));
        // GitLab itself keeps the jobs from other builds.
        if (kind.equals("branch") && ref.matches("develop|stable|master")) {
            runGitlab(job, pipeline, ci, codeAsData);
        }

        DeployPlan plan = plan(project, ci, codeAsData);
        assertThat(job.url().isPresent()).isEqualTo(sends);
        compare(job, plan, COMMIT);
        if (sends) {
            List<String> pushed = new ArrayList<>();
            List<String> arguments = job.arguments("executor");
            for (int i = 0; i < arguments.size(); i++) {
                if (arguments.get(i).equals("--destination")) {
                    pushed.add(arguments.get(i + 1));
                }
            }
            List<String> ours = AdoptedPom.read(project, ci).images(build(project, ci)).stream()
                    .filter(image -> codeAsData || !image.name().equals("codeasdata"))
                    .flatMap(image -> image.tags().stream().map(tag -> image.repository() + ":" + tag))
                    .toList();
            assertThat(pushed).containsExactlyInAnyOrderElementsOf(ours);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "branch, develop, false, true",
        "branch, stable, false, true",
        "branch, master, true, true",
        "branch, feature/basket, false, false",
        "tag, v1.2.3, false, false",
        "merge request, feature/basket, false, false"
    })
    void azure(String kind, String ref, boolean codeAsData, boolean sends) throws Exception {
        Path project = project();
        String pipeline = Files.readString(RESOURCES.resolve("azure/documented/azure-pipelines.yml"))
                .replace("<docker registry>", "acme.azurecr.io")
                .replace("<url>", "https://deploy.example.com")
                .replace("<project>", "shop")
                .replace("<instance-codev>", "codev")
                .replace("<instance-preprod>", "preprod")
                .replace("<instance>", "production");
        Files.writeString(project.resolve("azure-pipelines.yml"), pipeline);
        Map<String, String> ci = azureVariables(kind, ref);

        ShellJob job = new ShellJob(folder.resolve("job"));
        // The trigger names the branches.
        if (kind.equals("branch") && ref.matches("develop|stable|master")) {
            Map<String, String> macros = new LinkedHashMap<>(Map.of(
                    "Build.SourceBranchName",
                    ref.replaceFirst(".*/", ""),
                    "Build.BuildNumber",
                    "20261126.7",
                    "Build.SourceVersion",
                    COMMIT,
                    "DEPLOY_CODE_AS_DATA",
                    String.valueOf(codeAsData),
                    "INSTANCE_CODEV_TOKEN",
                    "token-of-the-instance"));
            mapping(yaml(pipeline).get("variables")).forEach((name, value) -> macros.put(name, String.valueOf(value)));
            job.run(azureScript(pipeline, macros), Map.of());
        }

        DeployPlan plan = plan(project, ci, codeAsData);
        assertThat(job.url().isPresent()).isEqualTo(sends);
        compare(job, plan, COMMIT);
    }

    private void compare(ShellJob job, DeployPlan plan, String commit) throws IOException {
        assertThat(!plan.isEmpty()).isEqualTo(job.url().isPresent());
        if (plan.isEmpty()) {
            return;
        }
        assertThat(plan.url().orElseThrow().toString()).isEqualTo(job.url().orElseThrow());
        ObjectNode theirs =
                (ObjectNode) JSON.readTree(job.curl("-d").orElseThrow().replace(commit, commit.substring(0, 8)));
        ObjectNode ours = (ObjectNode) JSON.readTree(plan.writePayload(new SecretMask()));
        for (ObjectNode payload : List.of(theirs, ours)) {
            ((ObjectNode) payload.path("backends")).remove("deployRules");
        }
        assertThat(members("", ours)).containsExactlyInAnyOrderEntriesOf(members("", theirs));
    }

    /** Each value of JSON by its path. */
    private static Map<String, String> members(String path, JsonNode json) {
        Map<String, String> members = new LinkedHashMap<>();
        if (json.isObject()) {
            json.properties()
                    .forEach(member -> members.putAll(members(path + "/" + member.getKey(), member.getValue())));
        } else {
            members.put(path, json.toString());
        }
        return members;
    }

    private DeployPlan plan(Path project, Map<String, String> ci, boolean codeAsData) throws Exception {
        AdoptPlan.of(new AdoptSettings(project, Optional.empty(), "1.0.0", false, Optional.empty()))
                .run();
        return AdoptedPom.read(project, ci).deployment(build(project, ci), codeAsData);
    }

    private static BuildContext build(Path project, Map<String, String> ci) {
        return BuildContext.detect(ci, project);
    }

    private static void runGitlab(ShellJob job, String pipeline, Map<String, String> ci, boolean codeAsData)
            throws Exception {
        Map<String, Object> root = yaml(pipeline);
        Map<String, String> variables = new LinkedHashMap<>(ci);
        List<String> names = new ArrayList<>(List.of("build-frontend-image", "build-backend-image"));
        if (codeAsData) {
            names.add("build-codeAsData-image");
        }
        Path env = Path.of("build.env");
        List<String> script = texts(mapping(root.get(".build-docker-image")).get("script"));
        StringBuilder lines = new StringBuilder();
        for (String name : names) {
            Map<String, Object> definition = mapping(root.get(name));
            lines.append("(\n").append(exports(mapping(root.get("variables")), mapping(definition.get("variables"))));
            lines.append(String.join("\n", script)).append("\n)\n(\n");
            lines.append(exports(mapping(root.get("variables")), mapping(definition.get("variables"))));
            lines.append(String.join("\n", texts(definition.get("after_script"))))
                    .append("\n)\n");
        }
        Map<String, Object> deploy = mapping(root.get("deploy"));
        lines.append("set -a; . ./").append(env).append("; set +a\n");
        lines.append("PAYLOAD='")
                .append(mapping(deploy.get("variables")).get("PAYLOAD"))
                .append("'\n");
        lines.append(String.valueOf(deploy.get("before_script")).replaceAll("(?m)^- (?:\\|$)?", ""));
        job.run(lines.toString(), variables);
    }

    /** Sets variables as GitLab does: a value may name others. */
    private static String exports(Map<String, Object> global, Map<String, Object> own) {
        Map<String, Object> all = new LinkedHashMap<>(own);
        global.forEach(all::putIfAbsent);
        StringBuilder lines = new StringBuilder();
        all.forEach((name, value) -> {
            if (!(value instanceof Map)) {
                lines.append("export ").append(name).append("=\"").append(value).append("\"\n");
            }
        });
        return lines.toString().replace("/^(develop|stable|master)$/", "");
    }

    private static String azureScript(String pipeline, Map<String, String> macros) {
        Map<String, Object> stage = mapping(((List<?>) yaml(pipeline).get("stages")).get(0));
        Map<String, Object> job = mapping(((List<?>) stage.get("jobs")).get(0));
        List<?> steps = (List<?>) job.get("steps");
        String script = String.valueOf(mapping(steps.get(steps.size() - 1)).get("script"));
        for (int depth = 0; depth < 3; depth++) {
            script = Pattern.compile("\\$\\(([\\w.]+)\\)")
                    .matcher(script)
                    .replaceAll(match -> Matcher.quoteReplacement(macros.getOrDefault(match.group(1), match.group())));
        }
        return script;
    }

    private static Map<String, String> gitlabVariables(String kind, String ref) {
        Map<String, String> ci = new LinkedHashMap<>(Map.of(
                "GITLAB_CI",
                "true",
                "CI_COMMIT_SHA",
                COMMIT,
                "CI_COMMIT_SHORT_SHA",
                COMMIT.substring(0, 8),
                "CI_COMMIT_REF_SLUG",
                ref.replaceAll("[/.]", "-"),
                "CI_COMMIT_REF_NAME",
                ref,
                "CI_PIPELINE_IID",
                "7",
                "WEBHOOK_TOKEN",
                "token-of-the-webhook"));
        switch (kind) {
            case "branch" -> ci.put("CI_COMMIT_BRANCH", ref);
            case "tag" -> ci.put("CI_COMMIT_TAG", ref);
            default -> {
                ci.put("CI_PIPELINE_SOURCE", "merge_request_event");
                ci.put("CI_MERGE_REQUEST_IID", "12");
            }
        }
        return ci;
    }

    private static Map<String, String> azureVariables(String kind, String ref) {
        Map<String, String> ci = new LinkedHashMap<>(
                Map.of("TF_BUILD", "True", "BUILD_SOURCEVERSION", COMMIT, "BUILD_BUILDNUMBER", "20261126.7"));
        ci.put("BUILD_SOURCEBRANCH", (kind.equals("tag") ? "refs/tags/" : "refs/heads/") + ref);
        if (kind.equals("merge request")) {
            ci.put("BUILD_SOURCEBRANCH", "refs/pull/12/merge");
            ci.put("BUILD_REASON", "PullRequest");
        }
        return ci;
    }

    private Path project() throws IOException {
        Path project = folder.resolve("project");
        FileTree.copy(Path.of("src/it/template"), project);
        Files.delete(project.resolve("pom.xml"));
        return project;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> yaml(String text) {
        return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(text);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> mapping(Object value) {
        return (Map<String, Object>) value;
    }

    private static List<String> texts(Object value) {
        return Stream.of(value)
                .flatMap(list -> ((List<?>) list).stream())
                .map(String::valueOf)
                .toList();
    }
}
