package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.testing.ShopProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckMojoTest {

    private static final String URL = "https://deploy.example.com/acme/production";

    @TempDir
    Path project;

    @BeforeEach
    void writeProject() throws IOException {
        ShopProject.writeTo(project);
    }

    private GoalFixture<CheckMojo> fixture(String... tasks) {
        return new GoalFixture<>(new CheckMojo(), "check", project, tasks);
    }

    /** A build that is deployed, whatever its branch. */
    private GoalFixture<CheckMojo> deploying() {
        GoalFixture<CheckMojo> fixture = fixture("deploy");
        fixture.goal.environments = List.of(GoalFixture.environment("production", URL));
        fixture.goal.environment = "production";
        fixture.goal.deployServerId = "deploy";
        fixture.addServer("deploy", "t0ken");
        return fixture;
    }

    private static void assertFails(GoalFixture<CheckMojo> fixture, String message) {
        assertThatThrownBy(fixture.goal::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining(message);
    }

    @Test
    void namesTheParameterOfAnImagesName() {
        GoalFixture<CheckMojo> fixture = fixture("validate");
        fixture.goal.registry = "registry.example.com/acme";
        fixture.goal.imageName = "AcmeShop";

        assertFails(
                fixture,
                "The parameter 'imageName' has the value 'registry.example.com/acme/AcmeShop-frontend', which is not");
    }

    @Test
    void findsATimeThatIsNone() {
        GoalFixture<CheckMojo> fixture = deploying();
        fixture.goal.deployTimeout = 0;

        assertFails(fixture, "The parameter 'deployTimeout' is 0");
    }

    @Test
    void findsAServerWithoutAToken() {
        GoalFixture<CheckMojo> fixture = deploying();
        fixture.goal.deployServerId = "empty";
        fixture.addServer("empty", "");

        assertFails(fixture, "The server 'empty' of settings.xml has no password");
    }

    @Test
    void findsThatNothingOpensTheRegistry() throws Exception {
        GoalFixture<CheckMojo> fixture = deploying();
        fixture.goal.registry = "registry.invalid:5000/acme";

        fixture.goal.execute();

        assertThat(fixture.log.lines())
                .anyMatch(
                        line -> line.startsWith(
                                "WARN There are no credentials for the registry 'registry.invalid:5000': neither in"
                                        + " a server 'registry.invalid:5000' of settings.xml nor in the docker configuration "));
    }

    @Test
    void isContentWithARegistryThatAServerOpensAndWithOneOfThisMachine() throws Exception {
        for (String registry : List.of("registry.invalid:5000", "127.0.0.1:5000", "localhost", "[::1]:5000")) {
            GoalFixture<CheckMojo> fixture = deploying();
            fixture.goal.registry = registry + "/acme";
            fixture.addServer("registry.invalid:5000", "password");

            fixture.goal.execute();

            assertThat(fixture.log.lines()).noneMatch(line -> line.contains("There are no credentials"));
        }
    }

    @Test
    void findsAServerOfTheRegistryThatIsNotThere() {
        GoalFixture<CheckMojo> fixture = deploying();
        fixture.goal.registry = "registry.invalid/acme";
        fixture.goal.registryServerId = "nowhere";

        assertFails(fixture, "The parameter 'registryServerId' names the server 'nowhere'");
    }

    @Test
    void letsABuildPassThatLacksTheVariablesOfADeployment() throws Exception {
        GoalFixture<CheckMojo> fixture = fixture("package");
        fixture.goal.environments = List.of(
                GoalFixture.environment("codev", null),
                GoalFixture.environment("preprod", "https://${env.PREPROD}/acme"),
                GoalFixture.environment("production", URL));

        fixture.goal.execute();

        assertThat(fixture.log.lines())
                .anyMatch(line -> line.startsWith("WARN The deployment to the environment 'codev' is not checked"))
                .anyMatch(line -> line.startsWith("WARN The deployment to the environment 'preprod' is not checked"))
                .noneMatch(line -> line.contains("'production' is not checked"))
                .anyMatch(line -> line.startsWith("Nothing is pushed or deployed: "));
    }

    @Test
    void findsThatAVariableOfTheDeploymentIsMissing() {
        GoalFixture<CheckMojo> fixture = deploying();
        fixture.goal.environments = List.of(GoalFixture.environment("production", null));

        assertFails(fixture, "The environment 'production' of the parameter 'environments' has no <url>");
    }

    @Test
    void aProjectOfCodeAsDataAloneIsDeployedOnlyWhenAskedFor() throws Exception {
        GoalFixture<CheckMojo> fixture = deploying();
        writeProjectOfCodeAsDataAlone();
        fixture.goal.payload = "{\"noDowntime\": {\"promotionMode\": \"manual\"}}";

        fixture.goal.execute();

        assertThat(fixture.log.lines())
                .last()
                .asString()
                .startsWith("Nothing is deployed: there is no image but that of the code as data");

        fixture.goal.codeAsDataDeploy = true;
        fixture.goal.execute();

        assertThat(fixture.log.lines()).last().asString().contains("code as data (auto)");
    }

    @Test
    void aProjectOfCodeAsDataAloneIsFineOnOtherBranches() throws Exception {
        GoalFixture<CheckMojo> fixture = fixture("package");
        writeProjectOfCodeAsDataAlone();
        fixture.goal.deployUrl = URL;

        fixture.goal.execute();

        assertThat(fixture.log.lines()).last().asString().startsWith("Nothing is pushed or deployed: ");
    }

    private void writeProjectOfCodeAsDataAlone() throws IOException {
        Files.writeString(project.resolve("package.json"), "{\"name\": \"shop\", \"version\": \"1.0.0\"}");
    }
}
