package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.goal.session.ReportParticipant;
import io.github.olympe.maven.report.Report;
import io.github.olympe.maven.report.ReportFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;
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
    void aPageThatCannotBeWrittenFailsNothing() throws Exception {
        Files.writeString(Files.createDirectory(project.resolve("target")).resolve("olympe"), "a file");
        fixture.goal.skip = true;

        fixture.goal.execute();

        assertThat(fixture.log.lines()).contains("Skipped (olympe.skip).");
    }

    @Test
    void withTheExtensionThePageIsWrittenWhenTheRunIsOver() throws Exception {
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
    void aRunWithoutOurGoalsWritesNothing() {
        ReportParticipant participant = new ReportParticipant();
        participant.afterProjectsRead(fixture.goal.session);

        participant.afterSessionEnd(fixture.goal.session);

        assertThat(project.resolve("target")).doesNotExist();
    }
}
