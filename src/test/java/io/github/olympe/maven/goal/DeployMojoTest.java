package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployMojoTest {

    @TempDir
    Path project;

    private GoalFixture<DeployMojo> fixture() {
        GoalFixture<DeployMojo> fixture = new GoalFixture<>(new DeployMojo(), project, "olympe:deploy");
        fixture.goal.environments = List.of(GoalFixture.environment("production", "https://deploy.invalid/acme"));
        fixture.goal.environment = "production";
        return fixture;
    }

    @Test
    void codeAsDataAloneIsDeployedOnlyWhenAskedFor() throws Exception {
        GoalFixture<DeployMojo> fixture = fixture();
        fixture.goal.codeAsDataImage = "registry.example.com/acme/shop-codeasdata:1";

        fixture.goal.execute();

        assertThat(fixture.log.lines())
                .last()
                .asString()
                .startsWith("Skipping deploy: there is no image but that of the code as data");
        assertThat(project.resolve("target/olympe/deploy")).doesNotExist();
    }

    @Test
    void noImageAtAllIsAnError() {
        assertThatThrownBy(fixture().goal::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("The payload has no image");
    }
}
