package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.goal.session.ReportParticipant;
import io.github.olympe.maven.report.Report;
import io.github.olympe.maven.report.ReportFile;
import io.github.olympe.maven.testing.EmbeddedWebhook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionReportTest {

    @TempDir
    Path project;

    private GoalFixture<PushMojo> fixture;

    @BeforeEach
    void set() {
        fixture = new GoalFixture<>(new PushMojo(), project, "olympe:push");
        fixture.goal.project.setGroupId("com.acme");
        fixture.goal.project.setArtifactId("shop");
        fixture.goal.project.getBuild().setDirectory(project.resolve("target").toString());
    }

    private Report.Module module() {
        Report report = ReportFile.read(project.resolve("target/olympe")).orElseThrow();
        assertThat(report.modules()).hasSize(1);
        return report.modules().get(0);
    }

    @Test
    void aFailedGoalIsOnThePage() {
        fixture.goal.environment = "nowhere";

        assertThatThrownBy(fixture.goal::execute).isInstanceOf(MojoExecutionException.class);

        assertThat(module().name()).isEqualTo("com.acme:shop");
        assertThat(module().goals()).singleElement().satisfies(goal -> {
            assertThat(goal.name()).isEqualTo("push");
            assertThat(goal.result()).isEqualTo(Report.Result.FAILED);
            assertThat(goal.message()).contains("'nowhere'");
        });
        assertThat(project.resolve("target/olympe/report.html")).content().contains("The goal push failed.");
    }

    @Test
    void aSkippedGoalSaysWhy() throws Exception {
        fixture.goal.skip = true;

        fixture.goal.execute();

        assertThat(module().goals())
                .singleElement()
                .extracting(Report.Goal::result)
                .isEqualTo(Report.Result.SKIPPED);
    }

    @Test
    void aWarningIsOnThePageOnce() throws Exception {
        fixture.goal.skip = true;
        fixture.goal.getLog().warn("The tag is old.");
        fixture.goal.getLog().warn("The tag is old.");

        fixture.goal.execute();

        assertThat(module().warnings()).containsExactly("The tag is old.");
    }

    @Test
    void anUnwritablePageDoesNotFailTheBuild() throws Exception {
        Files.writeString(Files.createDirectory(project.resolve("target")).resolve("olympe"), "a file");
        fixture.goal.skip = true;

        fixture.goal.execute();

        assertThat(fixture.log.lines()).contains("Skipped (olympe.skip).");
    }

    @Test
    void withTheExtensionThePageIsWrittenAtTheEndOfTheRun() throws Exception {
        ReportParticipant participant = new ReportParticipant();
        MavenSession session = fixture.goal.session;
        participant.afterProjectsRead(session);
        fixture.goal.skip = true;
        fixture.goal.execute();
        assertThat(project.resolve("target/olympe/report.html")).doesNotExist();
        session.getResult().addException(new IllegalStateException("Failed to execute goal of a compiler"));

        participant.afterSessionEnd(session);

        assertThat(module().goals()).hasSize(2).last().satisfies(goal -> {
            assertThat(goal.result()).isEqualTo(Report.Result.FAILED);
            assertThat(goal.message()).isEqualTo("Failed to execute goal of a compiler");
        });
    }

    @Test
    void aDelayedDeploymentIsOnThePageOfItsOwnModule() throws Exception {
        try (EmbeddedWebhook webhook = EmbeddedWebhook.start()) {
            GoalFixture<DeployMojo> deploy = new GoalFixture<>(new DeployMojo(), project, "deploy");
            deploy.goal.session = fixture.goal.session;
            deploy.goal.project = new MavenProject();
            deploy.goal.project.setGroupId("com.acme");
            deploy.goal.project.setArtifactId("instance");
            deploy.goal.session.setProjects(List.of(deploy.goal.project, fixture.goal.project));
            deploy.goal.session.setAllProjects(deploy.goal.session.getProjects());
            deploy.goal
                    .project
                    .getBuild()
                    .setDirectory(project.resolve("target").toString());
            deploy.goal.lifecycle = PlannedGoals.of(Map.of("instance", List.of("deploy"), "shop", List.of("push")));
            fixture.goal.lifecycle = deploy.goal.lifecycle;
            deploy.goal.mojoExecution = PlannedGoals.execution("deploy");
            fixture.goal.mojoExecution = PlannedGoals.execution("push");
            deploy.goal.environments = List.of(GoalFixture.environment("production", webhook.url()));
            deploy.goal.environment = "production";
            deploy.goal.frontendImage = "registry.example.com/acme/shop-frontend:1";
            deploy.goal.deployServerId = "it-deploy";
            deploy.addServer("it-deploy", "t0ken");
            deploy.goal.execute();
            assertThat(webhook.requests()).isEmpty();
            assertThat(deployment("com.acme:instance").answer()).isNull();
            fixture.goal.skip = true;

            fixture.goal.execute();

            assertThat(webhook.requests()).hasSize(1);
            assertThat(deployment("com.acme:instance").answer()).isEqualTo("HTTP status 200");
        }
    }

    private Report.Deployment deployment(String module) {
        return ReportFile.read(project.resolve("target/olympe")).orElseThrow().modules().stream()
                .filter(found -> found.name().equals(module))
                .findFirst()
                .orElseThrow()
                .deployment();
    }

    @Test
    void aRunWithoutOurGoalsWritesNothing() {
        ReportParticipant participant = new ReportParticipant();
        participant.afterProjectsRead(fixture.goal.session);

        participant.afterSessionEnd(fixture.goal.session);

        assertThat(project.resolve("target")).doesNotExist();
    }
}
