package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.testing.ShopProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushMojoTest {

    @TempDir
    Path project;

    private GoalFixture<PushMojo> fixture() {
        return new GoalFixture<>(new PushMojo(), "push", project, "olympe:push");
    }

    @Test
    void aParentOfModulesIsPassedOver() throws Exception {
        GoalFixture<PushMojo> fixture = fixture();
        fixture.addModule();

        fixture.goal.execute();

        assertThat(fixture.log.lines()).singleElement().asString().startsWith("Skipped: this project has modules");
    }

    @Test
    void theRootOfAWorkspaceIsPassedOver() throws Exception {
        Files.writeString(project.resolve("package.json"), "{\"workspaces\": [\"packages/*\"]}");
        GoalFixture<PushMojo> fixture = fixture();
        fixture.addModule();

        fixture.goal.execute();

        assertThat(fixture.log.lines()).singleElement().asString().startsWith("Skipped: this project has modules");
    }

    @Test
    void aParentThatIsAProjectItselfIsNotPassedOver() throws Exception {
        ShopProject.writeTo(project);
        GoalFixture<PushMojo> fixture = fixture();
        fixture.addModule();

        fixture.goal.execute();

        assertThat(fixture.log.lines()).singleElement().asString().startsWith("Nothing is pushed: ");
    }

    @Test
    void aParentThatIsBuiltAloneIsNotPassedOver() throws Exception {
        GoalFixture<PushMojo> fixture = fixture();
        fixture.addModule();
        fixture.goal.session.setProjects(List.of(fixture.goal.project));

        fixture.goal.execute();

        assertThat(fixture.log.lines()).singleElement().asString().startsWith("Nothing is pushed: ");
    }
}
