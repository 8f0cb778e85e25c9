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
        return new GoalFixture<>(new PushMojo(), project, "olympe:push");
    }

    @Test
    void aNameWithASlashIsNotARegistry() throws Exception {
        GoalFixture<PushMojo> fixture = fixture();
        fixture.goal.environments = List.of(GoalFixture.environment("production", "https://deploy.example.com/acme"));
        fixture.goal.environment = "production";
        Path olympe = Files.createDirectories(project.resolve("target/olympe"));
        Files.writeString(olympe.resolve("images.json"), """
                {"version": 1, "images": [
                {"kind": "frontend", "name": "frontend", "repository": "team/shop-frontend", "reference": "team/shop-frontend:1",
                 "tags": ["1"], "digest": "%1$s", "imageId": "%1$s", "baseImage": "b:1", "pushed": false, "layers": []}]}
                """.formatted("sha256:" + "0123456789abcdef".repeat(4)));

        assertThatThrownBy(fixture.goal::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("Missing parameter 'registry' (olympe.registry)");
    }

    @Test
    void aParentOfModulesIsSkipped() throws Exception {
        GoalFixture<PushMojo> fixture = fixture();
        fixture.addModule();

        fixture.goal.execute();

        assertThat(fixture.log.lines()).singleElement().asString().startsWith("Skipped: this project has modules");
    }

    @Test
    void theRootOfAWorkspaceIsSkipped() throws Exception {
        Files.writeString(project.resolve("package.json"), "{\"workspaces\": [\"packages/*\"]}");
        GoalFixture<PushMojo> fixture = fixture();
        fixture.addModule();

        fixture.goal.execute();

        assertThat(fixture.log.lines()).singleElement().asString().startsWith("Skipped: this project has modules");
    }

    @Test
    void aParentThatIsAProjectItselfIsNotSkipped() throws Exception {
        ShopProject.writeTo(project);
        GoalFixture<PushMojo> fixture = fixture();
        fixture.addModule();

        fixture.goal.execute();

        assertThat(fixture.log.lines()).singleElement().asString().startsWith("Skipping push: ");
    }

    @Test
    void aParentThatIsBuiltAloneIsNotSkipped() throws Exception {
        GoalFixture<PushMojo> fixture = fixture();
        fixture.addModule();
        fixture.goal.session.setProjects(List.of(fixture.goal.project));

        fixture.goal.execute();

        assertThat(fixture.log.lines()).singleElement().asString().startsWith("Skipping push: ");
    }

    @Test
    void readsNothingIfItIsSkipped() throws Exception {
        Files.writeString(project.resolve("package.json"), "{");
        GoalFixture<PushMojo> fixture = fixture();
        fixture.addModule();
        fixture.goal.skip = true;

        fixture.goal.execute();

        assertThat(fixture.log.lines()).singleElement().asString().startsWith("Skipped (olympe.skip)");
    }
}
