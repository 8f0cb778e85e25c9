package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.goal.session.EarlierGoals;
import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.goal.session.ReactorDeployments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.model.Build;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules a and b push and deploy, c only pushes. */
class ReactorDeploymentsTest {

    private static final LifecycleExecutor PLAN = PlannedGoals.of(Map.of(
            "a", List.of("check", "push", "deploy"), "b", List.of("push", "deploy"), "c", List.of("image", "push")));

    private static final LifecycleExecutor DEPLOY_ALONE =
            PlannedGoals.of(Map.of("a", List.of("deploy"), "b", List.of("deploy"), "c", List.of("deploy")));

    @TempDir
    Path folder;

    private final List<String> deployed = new ArrayList<>();
    private final List<String> failing = new ArrayList<>();
    private GoalFixture<DeployMojo> fixture;
    private MavenSession session;

    @BeforeEach
    void makeSession() {
        fixture = new GoalFixture<>(new DeployMojo(), folder, "deploy");
        session = fixture.goal.session;
        setModules("a", "b", "c");
    }

    private void setModules(String... names) {
        session.setProjects(List.of(names).stream().map(this::module).toList());
        session.setAllProjects(List.of("a", "b", "c").stream().map(this::module).toList());
    }

    private MavenProject module(String name) {
        MavenProject module = new MavenProject();
        module.setGroupId("com.acme");
        module.setArtifactId(name);
        module.setVersion("1");
        Build build = new Build();
        build.setDirectory(folder.resolve(name).resolve("target").toString());
        module.setBuild(build);
        return module;
    }

    private void run(String goal, String module) {
        run(goal, module, PLAN);
    }

    private GoalContext context(String module, MojoExecution execution) {
        return new GoalContext(
                session,
                module(module),
                execution,
                Decrypted::of,
                folder,
                folder,
                fixture.log,
                fixture.goal.context().mask(),
                Optional.empty(),
                Optional.empty(),
                EarlierGoals.NONE);
    }

    private void run(String goal, String module, LifecycleExecutor plan) {
        GoalContext context = context(module, PlannedGoals.execution(goal));
        ReactorDeployments deployments = new ReactorDeployments(session, plan);
        if (goal.equals("deploy")) {
            deployments.whenAllImagesArePushed(context, () -> make(module));
        }
        if (goal.equals("await")) {
            deployments.whenAllIsDeployed(context, () -> make("await " + module));
        }
        deployments.ended(context);
    }

    private void make(String what) {
        deployed.add(what);
        if (failing.contains(what)) {
            throw new OlympeException(what + " fails.");
        }
    }

    @Test
    void nothingIsDeployedBeforeTheLastModuleHasPushed() {
        run("push", "a");
        run("deploy", "a");
        run("push", "b");
        run("deploy", "b");
        assertThat(deployed).isEmpty();
        assertThat(fixture.log.lines())
                .containsExactly(
                        "The deployment waits until the images of all modules are pushed; missing: b, c",
                        "The deployment waits until the images of all modules are pushed; missing: c");

        run("push", "c");

        assertThat(deployed).containsExactly("a", "b");
    }

    @Test
    void doesNotWaitForAModuleThatIsNotBuilt() {
        setModules("a");

        run("push", "a");
        run("deploy", "a");

        assertThat(deployed).containsExactly("a");
    }

    @Test
    void nothingIsDeployedIfAnotherModuleFailed() {
        session.getResult().addException(new IllegalStateException("no"));

        for (String module : List.of("a", "b", "c")) {
            run("push", module);
            run("deploy", module);
        }

        assertThat(deployed).isEmpty();
        assertThat(fixture.log.lines()).last().isEqualTo("WARN Not deployed: another module of this build has failed.");
    }

    @Test
    void namesAModuleThatAFailedBuildPushed() throws Exception {
        Files.createDirectories(folder.resolve("a/target/olympe/deploy"));
        Files.writeString(folder.resolve("a/target/olympe/deploy/payload.json"), "{}");
        setModules("b", "c");

        run("push", "b");
        run("deploy", "b");
        run("push", "c");

        assertThat(deployed).containsExactly("b");
        assertThat(fixture.log.lines())
                .last()
                .asString()
                .startsWith("WARN The module 'a' is not deployed: it was pushed by an earlier build that failed")
                .endsWith("Deploy it with 'mvn olympe:deploy -pl :a'.");
    }

    @Test
    void namesTheModulesAfterAFailedDeployment() {
        LifecycleExecutor plan = PlannedGoals.of(
                Map.of("a", List.of("push", "deploy"), "b", List.of("push", "deploy"), "c", List.of("push", "deploy")));
        failing.add("a");

        for (String module : List.of("a", "b")) {
            run("push", module, plan);
            run("deploy", module, plan);
        }
        run("push", "c", plan);
        assertThatThrownBy(() -> run("deploy", "c", plan))
                .hasMessage("The deployment of the module 'a' failed. a fails.");

        assertThat(deployed).containsExactly("a");
        assertThat(fixture.log.lines())
                .last()
                .isEqualTo(
                        "WARN Pushed and not deployed: a, b, c. Run 'mvn olympe:deploy': it passes over the modules that are"
                                + " deployed.");
    }

    /** {@code mvn olympe:deploy} at the root. */
    @Test
    void deployCalledByNameSkipsDeployedModules() throws Exception {
        deployedModule("a", 200);
        deployedModule("b", 500);
        deployedModule("c", 200);

        assertThat(passedOver(DEPLOY_ALONE)).containsExactly("a", "c");
    }

    @Test
    void deployCalledByNameDeploysAllIfAllAreDeployed() throws Exception {
        for (String module : List.of("a", "b", "c")) {
            deployedModule(module, 200);
        }

        assertThat(passedOver(DEPLOY_ALONE)).isEmpty();
    }

    /** It says so if nothing is pushed, and that it waits for other modules. */
    @Test
    void deployCalledByNameSaysThatItDeploysAllAgain() throws Exception {
        for (String module : List.of("a", "b", "c")) {
            deployedModule(module, 200);
        }
        passedOver(DEPLOY_ALONE);

        for (String module : List.of("a", "b", "c")) {
            run("deploy", module, DEPLOY_ALONE);
        }

        assertThat(deployed).containsExactly("a", "b", "c");
        assertThat(fixture.log.lines())
                .startsWith(
                        "The deployment waits until this goal has run in all modules; missing: b, c",
                        "The deployment waits until this goal has run in all modules; missing: c",
                        "All modules are deployed already; deploying them again.");
    }

    @Test
    void aModuleThatWasPushedAgainIsNotSkipped() throws Exception {
        deployedModule("a", 200);
        deployedModule("b", 200);
        Files.setLastModifiedTime(
                folder.resolve("b/target/olympe/images.json"),
                FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(passedOver(DEPLOY_ALONE)).containsExactly("a");
    }

    @Test
    void nothingIsSkippedIfImagesArePushedFirst() throws Exception {
        deployedModule("a", 200);
        deployedModule("b", 500);

        assertThat(passedOver(PLAN)).isEmpty();
    }

    /** Returns the skipped modules. Each is asked after those before it have removed their old answers. */
    private List<String> passedOver(LifecycleExecutor plan) throws Exception {
        MojoExecution byName = new MojoExecution(
                fixture.goal.mojoExecution.getMojoDescriptor(), "default-cli", MojoExecution.Source.CLI);
        List<String> passedOver = new ArrayList<>();
        for (String module : List.of("a", "b", "c")) {
            if (new ReactorDeployments(session, plan).passesOver(context(module, byName))) {
                passedOver.add(module);
            } else {
                Files.deleteIfExists(folder.resolve(module + "/target/olympe/deploy/response.json"));
            }
        }
        return passedOver;
    }

    private void deployedModule(String name, int status) throws Exception {
        Path deploy = Files.createDirectories(folder.resolve(name + "/target/olympe/deploy"));
        Files.writeString(deploy.getParent().resolve("images.json"), "{}");
        Files.writeString(deploy.resolve("payload.json"), "{}");
        Files.writeString(deploy.resolve("response.json"), "{\"status\": " + status + "}");
    }

    @Test
    void namesAModuleWhoseDeploymentWasRefused() throws Exception {
        Path deploy = Files.createDirectories(folder.resolve("a/target/olympe/deploy"));
        Files.writeString(deploy.resolve("payload.json"), "{}");
        Files.writeString(deploy.resolve("response.json"), "{\"status\": 403}");
        setModules("b", "c");

        run("push", "b");
        run("deploy", "b");
        run("push", "c");

        assertThat(fixture.log.lines()).last().asString().startsWith("WARN The module 'a' is not deployed");
    }

    @Test
    void doesNotNameADeployedModule() throws Exception {
        Path deploy = Files.createDirectories(folder.resolve("a/target/olympe/deploy"));
        Files.writeString(deploy.resolve("payload.json"), "{}");
        Files.writeString(deploy.resolve("response.json"), "{\"status\": 200}");
        setModules("b", "c");

        run("push", "b");
        run("deploy", "b");
        run("push", "c");

        assertThat(fixture.log.lines()).noneMatch(line -> line.startsWith("WARN"));
    }

    @Test
    void awaitsNothingIfAnotherModuleFailed() {
        LifecycleExecutor plan =
                PlannedGoals.of(Map.of("a", List.of("push", "deploy", "await"), "b", List.of(), "c", List.of()));
        session.getResult().addException(new IllegalStateException("no"));

        run("push", "a", plan);
        run("deploy", "a", plan);
        run("await", "a", plan);

        assertThat(deployed).isEmpty();
        assertThat(fixture.log.lines())
                .containsExactly(
                        "WARN Not deployed: another module of this build has failed.",
                        "WARN Not awaited: another module of this build has failed.");
    }

    @Test
    void awaitsEnvironmentsWhenEverythingIsDeployed() {
        LifecycleExecutor plan = PlannedGoals.of(Map.of(
                "a", List.of("push", "deploy", "await"), "b", List.of("push", "deploy", "await"), "c", List.of()));

        for (String module : List.of("a", "b")) {
            assertThat(deployed).isEmpty();
            run("push", module, plan);
            run("deploy", module, plan);
            run("await", module, plan);
        }

        assertThat(deployed).containsExactly("a", "b", "await a", "await b");
    }

    @Test
    void awaitsOtherEnvironmentsIfOneFails() {
        LifecycleExecutor plan =
                PlannedGoals.of(Map.of("a", List.of("await"), "b", List.of("await"), "c", List.of("await")));
        failing.addAll(List.of("await a", "await c"));

        run("await", "a", plan);
        run("await", "b", plan);
        assertThatThrownBy(() -> run("await", "c", plan))
                .isInstanceOf(OlympeException.class)
                .hasMessage("await a fails. await c fails.");

        assertThat(deployed).containsExactly("await a", "await b", "await c");
    }
}
