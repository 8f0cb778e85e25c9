package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.olympe.maven.testing.EmbeddedWebhook;
import io.github.olympe.maven.testing.ShopProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.maven.api.plugin.testing.Basedir;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.junit.jupiter.api.Test;

/** Goals as Maven's container makes them: their parameters' defaults, what they do, and how they fail. */
@MojoTest
@Basedir("src/test/resources/projects/goal")
class GoalsMojoTest extends HarnessProject {

    @Test
    void eachGoalHasATestHere() {
        Set<String> tested = new ClassFileImporter()
                .importPackages(GoalsMojoTest.class.getPackageName()).stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method ->
                                method.isAnnotatedWith(InjectMojo.class) && method.isAnnotatedWith(Test.class))
                        .map(method ->
                                method.getAnnotationOfType(InjectMojo.class).goal())
                        .collect(Collectors.toSet());

        assertThat(ParameterDocumentationTest.plugin().getMojos())
                .extracting(MojoDescriptor::getGoal)
                .filteredOn(goal -> !goal.equals("help")) // Maven's plugin tools make it.
                .allSatisfy(goal -> assertThat(tested).contains(goal));
    }

    @Test
    @InjectMojo(goal = "check", pom = "pom.xml")
    void checkFindsAMissingPackageJson(CheckMojo check) {
        prepare(check);

        assertThatThrownBy(check::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("There is no package.json in '" + project);
    }

    @Test
    @InjectMojo(goal = "image", pom = "pom.xml")
    void imagePlansAnImageForEachPart(ImageMojo image) throws Exception {
        ShopProject.writeTo(project);
        prepare(image);
        image.registry = "registry.example.com/acme";
        image.imageName = "shop";

        assertThat(image.plan(image.context()).describe())
                .anyMatch(line -> line.contains("image registry.example.com/acme/shop-frontend:"))
                .anyMatch(line -> line.contains("image registry.example.com/acme/shop-backend:"))
                .anyMatch(line -> line.contains("image registry.example.com/acme/shop-codeasdata:"));
    }

    @Test
    @InjectMojo(goal = "image", pom = "pom.xml")
    void aBuildArgumentThatIsNamedLikeASecretIsHidden(ImageMojo image) throws Exception {
        ShopProject.writeTo(project);
        Path dockerfile = Files.createDirectories(project.resolve("docker")).resolve("frontend.Dockerfile");
        Files.writeString(dockerfile, "ARG NPM_TOKEN\nFROM base//$NPM_TOKEN\n");
        prepare(image);
        image.frontend = new Frontend();
        image.frontend.buildArgs = Map.of("NPM_TOKEN", "0123456789abcdef");

        assertThatThrownBy(image::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("'base//***' is not the name of an image");
    }

    @Test
    @InjectMojo(goal = "image", pom = "pom.xml")
    void imageFindsATagWithoutContent(ImageMojo image) throws Exception {
        ShopProject.writeTo(project);
        prepare(image);
        image.tags = Collections.singletonList(null);

        assertThatThrownBy(image::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("Invalid value for 'tags' (olympe.tags): ''. In this build it gives ''");
    }

    @Test
    @InjectMojo(goal = "check", pom = "pom.xml")
    void aSkippedGoalDoesNothing(CheckMojo check) throws Exception {
        prepare(check);
        check.skip = true;

        check.execute();

        assertThat(log.lines()).containsExactly("Skipped (olympe.skip).");
    }

    @Test
    @InjectMojo(goal = "bump-version", pom = "pom.xml")
    void bumpVersionWritesPackageJson(BumpVersionMojo bump) throws Exception {
        ShopProject.writeTo(project);
        prepare(bump);
        bump.versionTemplate = "{version}-next";

        bump.execute();

        assertThat(Files.readString(project.resolve("package.json"))).contains("\"version\": \"1.0.0-next\"");
    }

    @Test
    @InjectMojo(goal = "bump-version", pom = "pom.xml")
    void bumpVersionWritesNothingInADryRun(BumpVersionMojo bump) throws Exception {
        ShopProject.writeTo(project);
        prepare(bump);
        bump.versionTemplate = "{version}-next";
        bump.dryRun = true;

        bump.execute();

        assertThat(Files.readString(project.resolve("package.json"))).contains("\"version\": \"1.0.0\"");
        assertThat(log.lines()).anyMatch(line -> line.contains("1.0.0-next"));
    }

    @Test
    @InjectMojo(goal = "snapshot", pom = "pom.xml")
    void snapshotDoesNothingWithoutAnOrchestrator(SnapshotMojo snapshot) throws Exception {
        prepare(snapshot);

        snapshot.execute();

        assertThat(log.lines()).singleElement().asString().startsWith("Skipping snapshot: 'orchestratorHost'");
    }

    @Test
    @InjectMojo(goal = "build-frontend", pom = "pom.xml")
    void aBuildWithoutItsScriptIsSkipped(BuildFrontendMojo build) throws Exception {
        ShopProject.writeTo(project);
        Path packageJson = project.resolve("package.json");
        Files.writeString(packageJson, Files.readString(packageJson).replace("build:draw", "build:other"));
        prepare(build);

        build.execute();

        assertThat(project.resolve("dist")).doesNotExist();
    }

    @Test
    @InjectMojo(goal = "build-code-as-data", pom = "pom.xml")
    void aModeThatTheToolkitDoesNotHaveIsAnError(BuildCodeAsDataMojo build) throws Exception {
        ShopProject.writeTo(project);
        prepare(build);
        build.codeAsDataMode = "projects";

        assertThatThrownBy(build::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("Invalid value for 'codeAsDataMode' (olympe.codeAsData.mode): 'projects'");
    }

    @Test
    @InjectMojo(goal = "push", pom = "pom.xml")
    void pushSkipsABuildWithoutABranch(PushMojo push) throws Exception {
        prepare(push);
        push.registry = "registry.example.com/acme";

        push.execute();

        assertThat(log.lines()).singleElement().asString().startsWith("Skipping push: ");
    }

    @Test
    @InjectMojo(goal = "deploy", pom = "pom.xml")
    void deploySkipsABuildWithoutABranch(DeployMojo deploy) throws Exception {
        prepare(deploy);
        try (EmbeddedWebhook webhook = EmbeddedWebhook.start()) {
            deploy.deployUrl = webhook.url("/acme/production");
            deploy.frontendImage = "registry.example.com/acme/shop-frontend:1";

            deploy.execute();

            assertThat(webhook.requests()).isEmpty();
        }
        assertThat(log.lines()).anyMatch(line -> line.startsWith("Skipping deploy: "));
    }
}
