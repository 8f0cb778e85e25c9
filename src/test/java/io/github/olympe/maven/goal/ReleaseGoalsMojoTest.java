package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.olympe.maven.testing.ShopProject;
import io.github.olympe.maven.testing.TestImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.maven.api.plugin.testing.Basedir;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.settings.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The goals around a deployment, as Maven's container makes them: what is deployed, what changes, and what is wrong with an image. */
@MojoTest
@Basedir("src/test/resources/projects/goal")
class ReleaseGoalsMojoTest extends HarnessProject {

    private DeployedShop shop;

    @BeforeEach
    void start() {
        shop = new DeployedShop(project);
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    private void prepareFor(RegistryMojo<?> goal, String environment) {
        prepare(goal);
        goal.registry = shop.registry.host() + "/acme";
        goal.imageName = "shop";
        goal.environments = List.of(
                GoalFixture.environment("codev", shop.codev.url()),
                GoalFixture.environment("production", shop.production.url()));
        goal.environment = environment;
        if (goal instanceof WebhookMojo<?> webhook) {
            webhook.deployServerId = "it-deploy";
            Server server = new Server();
            server.setId("it-deploy");
            server.setPassword(shop.token);
            goal.session.getSettings().addServer(server);
        }
    }

    private void write(String file, String content) throws IOException {
        Path path = project.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    private static String patch(String brick) {
        return "{\"operations\":[{\"o\":1,\"t\":\"0a01\",\"p\":{\"ff023000000000000011\":\"" + brick
                + "\"}}],\"optionalOperations\":[],\"rootTag\":\"0a01\"}";
    }

    @Test
    @InjectMojo(goal = "history", pom = "pom.xml")
    void historyShowsTheDeployments(HistoryMojo history) throws Exception {
        shop.deploy("production", shop.frontend("main-1", "1"));
        prepareFor(history, "production");

        history.execute();

        assertThat(log.lines()).anyMatch(line -> line.matches("> production-\\S+ .* main-1"));
        assertThat(project.resolve("target/olympe/history.json")).exists();
    }

    @Test
    @InjectMojo(goal = "rollback", pom = "pom.xml")
    void rollbackDeploysThePreviousImages(RollbackMojo rollback) throws Exception {
        shop.deploy("production", shop.frontend("main-1", "1"));
        shop.deploy("production", shop.frontend("main-2", "2"));
        prepareFor(rollback, "production");

        rollback.execute();

        assertThat(new ObjectMapper()
                        .readTree(shop.production.requests().get(2).body())
                        .at("/frontend/image")
                        .asText())
                .endsWith("/acme/shop-frontend:main-1");
        assertThat(shop.production.requests().get(2).header("Authorization")).isEqualTo("Bearer " + shop.token);
    }

    @Test
    @InjectMojo(goal = "promote", pom = "pom.xml")
    void promoteDeploysWhatAnotherEnvironmentRuns(PromoteMojo promote) throws Exception {
        shop.deploy("codev", shop.frontend("develop-1", "1"));
        prepareFor(promote, "production");
        promote.promoteFrom = "codev";

        promote.execute();

        assertThat(shop.production.requests()).hasSize(1);
        assertThat(new ObjectMapper()
                        .readTree(shop.production.requests().get(0).body())
                        .at("/frontend/image")
                        .asText())
                .endsWith("/acme/shop-frontend:develop-1");
    }

    @Test
    @InjectMojo(goal = "await", pom = "pom.xml")
    void awaitWaitsForTheDeployedFrontend(AwaitMojo await) throws Exception {
        shop.deploy("production", shop.frontend("main-1", "<html>1"));
        shop.codev.answer(200, "<html>1");
        prepareFor(await, "production");
        await.awaitUrl = shop.codev.url("/");
        await.lifecycle = PlannedGoals.of(Map.of());
        await.session.setAllProjects(List.of());

        await.execute();

        assertThat(log.lines()).last().asString().contains("serves the frontend just deployed");
    }

    @Test
    @InjectMojo(goal = "diff", pom = "pom.xml")
    void diffShowsWhatChangedBetweenTwoFolders(DiffMojo diff) throws Exception {
        write("before/acme.shop/0a01.newInst.json", patch("Price"));
        write("after/acme.shop/0a01.newInst.json", patch("Net price"));
        prepare(diff);
        diff.from = "before";
        diff.to = "after";

        diff.execute();

        assertThat(log.lines()).anyMatch(line -> line.contains("'Price' to 'Net price'"));
        assertThat(project.resolve("target/olympe/diff/diff.md")).content().contains("'Price' to 'Net price'");
        diff.failOnChange = true;
        assertThatThrownBy(diff::execute).isInstanceOf(MojoExecutionException.class);
        diff.to = "before";
        diff.execute();
    }

    @Test
    @InjectMojo(goal = "diff", pom = "pom.xml")
    void diffComparesWithWhatTheEnvironmentRuns(DiffMojo diff) throws Exception {
        shop.deploy("production", shop.frontend("main-1", "1"), shop.codeAsData("main-1", "Price"));
        write("snapshot/0a01/0a01.newInst.json", patch("Net price"));
        prepareFor(diff, "production");

        diff.execute();

        assertThat(log.lines()).anyMatch(line -> line.contains("'Price' to 'Net price'"));
    }

    @Test
    @InjectMojo(goal = "vet", pom = "pom.xml")
    void vetFailsForASecretThatVisitorsWouldSee(VetMojo vet) throws Exception {
        TestImage.create()
                .file("usr/share/nginx/html/index.html", 0, 0, 0644, "<html>")
                .file("usr/share/nginx/html/.env", 0, 0, 0644, "PASSWORD=s3cr3t\n")
                .pushTo(shop.registry.host(), "acme/shop-frontend", "main-1");
        prepareFor(vet, "production");
        vet.vetImage = shop.registry.host() + "/acme/shop-frontend:main-1";

        assertThatThrownBy(vet::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("serves '/.env', which has a value for a variable that is a secret");
        assertThat(log.lines()).anyMatch(line -> line.startsWith("Looked at 1 image: 1 error, "));

        vet.vetImage = null;
        assertThatThrownBy(vet::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("images.json");
    }

    @Test
    @InjectMojo(goal = "adopt", pom = "pom.xml")
    void adoptWritesAPomAndAPipelineBesideTheOldOne(AdoptMojo adopt) throws Exception {
        ShopProject.writeTo(project);
        String old = """
                build:
                  image: node:20
                  script:
                    - npm ci
                    - npm run build:draw
                """;
        write(".gitlab-ci.yml", old);
        prepare(adopt);

        adopt.dryRun = true;
        adopt.execute();
        assertThat(project.resolve("pom.xml")).doesNotExist();

        adopt.dryRun = false;
        adopt.execute();
        assertThat(project.resolve("pom.xml")).content().contains("<artifactId>olympe-maven-plugin</artifactId>");
        assertThat(project.resolve(".gitlab-ci.yml")).hasContent(old);
        assertThat(project.resolve(".gitlab-ci.olympe.yml")).content().contains("mvn -B ");
        assertThat(log.lines()).anyMatch(line -> line.contains("npm run build:draw"));
    }

    @Test
    @InjectMojo(goal = "adopt", pom = "pom.xml")
    void adoptNeedsImagesToCompareWithThoseOfTheOldPipeline(AdoptMojo adopt) throws Exception {
        ShopProject.writeTo(project);
        prepareFor(adopt, "production");
        adopt.compareWith = List.of(shop.frontend("main-1", "old"));

        assertThatThrownBy(adopt::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("There is nothing to compare yet: ");
    }
}
