package io.github.olympe.maven.goal;

import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.Server;
import org.eclipse.aether.RepositorySystemSession;

/** A goal with the defaults of its parameters in a folder, as Maven would run it there for these tasks. */
final class GoalFixture<T extends GoalMojo<?>> {

    final T goal;
    final RecordingLog log = new RecordingLog();

    @SuppressWarnings("deprecation") // there is no other constructor that a test can call
    GoalFixture(T goal, String name, Path folder, String... tasks) {
        this.goal = goal;
        goal.setLog(log);
        goal.project = new MavenProject();
        goal.project.setVersion("1.0.0");
        goal.session = new MavenSession(
                null,
                (RepositorySystemSession) null,
                new DefaultMavenExecutionRequest()
                        .setLocalRepositoryPath(folder.resolve("repository").toFile())
                        .setStartTime(new Date())
                        .setGoals(List.of(tasks)),
                new DefaultMavenExecutionResult());
        goal.session.setProjects(List.of(goal.project));
        MojoDescriptor descriptor = new MojoDescriptor();
        descriptor.setGoal(name);
        descriptor.setPluginDescriptor(new PluginDescriptor());
        goal.mojoExecution = new MojoExecution(descriptor);
        goal.settingsDecrypter = Decrypted::of;
        goal.projectDirectory = folder.toFile();
        goal.outputDirectory = folder.resolve("target/olympe").toFile();
        goal.frontendScript = "build:draw";
        goal.backendScript = "build:node";
        if (goal instanceof AbstractImageMojo images) {
            images.imageName = "shop";
            images.frontendBaseImage = "acme/base:1";
            images.backendBaseImage = "acme/base:1";
            images.codeAsDataBaseImage = "acme/base:1";
            images.deployBranches = "main";
        }
        if (goal instanceof DeployMojo deploys) {
            deploys.imageName = "shop";
            deploys.deployBranches = "main";
            deploys.deployTimeout = 60;
        }
        if (goal instanceof AbstractDeployMojo deploys) {
            deploys.deployTimeout = 60;
        }
        if (goal instanceof CheckMojo check) {
            check.nodeVersion = "20.18.1";
            check.npmTimeout = 1800;
            check.orchestratorPort = 443;
            check.snapshotTimeout = 900;
            check.gitTimeout = 60;
        }
    }

    /** Makes the project one that has modules. */
    void addModule() {
        MavenProject module = new MavenProject();
        goal.project.setPackaging("pom");
        goal.project.setCollectedProjects(List.of(module));
        goal.session.setProjects(List.of(goal.project, module));
    }

    void addServer(String id, String password) {
        addServer(id, null, password);
    }

    void addServer(String id, String username, String password) {
        Server server = new Server();
        server.setId(id);
        server.setUsername(username);
        server.setPassword(password);
        goal.session.getSettings().addServer(server);
    }

    static DeployEnvironment environment(String name, String url) {
        DeployEnvironment environment = new DeployEnvironment();
        environment.name = name;
        environment.url = url;
        return environment;
    }
}
