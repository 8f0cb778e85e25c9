package io.github.olympe.maven.goal;

import static io.github.olympe.maven.goal.DocumentedPipeline.commands;
import static io.github.olympe.maven.goal.DocumentedPipeline.last;
import static io.github.olympe.maven.goal.DocumentedPipeline.stage;
import static io.github.olympe.maven.goal.DocumentedPipeline.steps;
import static io.github.olympe.maven.goal.DocumentedPipeline.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The manual jobs are the same in all pipelines of {@code docs/ci}. */
class DocumentedPipelineTest {

    private static final String ROLLBACK =
            "mvn -B olympe:history olympe:rollback \"-Dolympe.rollback.to=$ROLLBACK_TO\"";
    private static final String PROMOTE =
            "mvn -B olympe:promote -Dolympe.promote.from=preprod -Dolympe.environment=production";

    @Test
    void eachRollsBack() throws Exception {
        assertThat(byHand("rollback", "Roll back")).containsOnly(ROLLBACK).hasSize(5);
    }

    @Test
    void eachPromotes() throws Exception {
        assertThat(byHand("promote", "Promote")).containsOnly(PROMOTE).hasSize(5);
    }

    private static List<String> byHand(String goal, String stage) throws Exception {
        List<String> lines =
                new ArrayList<>(commands(yaml("gitlab-ci.yml").path(goal).path("script")));
        for (JsonNode step : yaml("azure-pipelines.yml").path("steps")) {
            step.path("${{ if eq(parameters.goal, '" + goal + "') }}")
                    .forEach(one -> lines.add(one.path("script").asText()));
        }
        JsonNode jobs = yaml("github-actions.yml").path("jobs");
        assertThat(jobs.path(goal).path("if").asText()).isEqualTo("inputs.goal == '" + goal + "'");
        lines.add(last(jobs.path(goal).path("steps")).path("run").asText());
        lines.addAll(stage(DocumentedPipeline.text("Jenkinsfile"), stage));
        lines.addAll(steps(
                yaml("bitbucket-pipelines.yml").path("pipelines").path("custom").path(goal)));
        return lines;
    }

    /** Without a record to go back to, the parameter is empty, which means that it is not set. */
    @Test
    void theRecordToGoBackToIsAlwaysOneArgument() throws Exception {
        assertThat(DocumentedPipeline.arguments(ROLLBACK, Map.of("ROLLBACK_TO", "")))
                .containsExactly("-B", "olympe:history", "olympe:rollback", "-Dolympe.rollback.to=");
        assertThat(DocumentedPipeline.arguments(ROLLBACK, Map.of("ROLLBACK_TO", "a; id `id` $(id)")))
                .endsWith("-Dolympe.rollback.to=a; id `id` $(id)");
    }
}
