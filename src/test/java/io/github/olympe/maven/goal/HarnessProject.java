package io.github.olympe.maven.goal;

import java.nio.file.Path;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.eclipse.aether.RepositorySystemSession;
import org.junit.jupiter.api.io.TempDir;

/** A folder for goals that Maven's container creates, each with the default values from the plugin's descriptor. */
abstract class HarnessProject {

    @TempDir
    Path project;

    final RecordingLog log = new RecordingLog();

    /** Puts a goal into the folder, in a build that was called with these tasks. */
    @SuppressWarnings("deprecation") // there is no other constructor that a test can call
    final void prepare(GoalMojo<?> goal, String... tasks) {
        goal.projectDirectory = project.toFile();
        goal.outputDirectory = project.resolve("target/olympe").toFile();
        goal.setLog(log);
        goal.setPluginContext(new HashMap<>());
        // The harness' own session knows neither projects nor goals.
        goal.session = new MavenSession(
                null,
                (RepositorySystemSession) null,
                goal.session
                        .getRequest()
                        .setStartTime(new Date())
                        .setLocalRepositoryPath(project.resolve("repository").toFile())
                        .setGoals(tasks.length == 0 ? List.of("validate") : List.of(tasks)),
                new DefaultMavenExecutionResult());
        goal.session.setProjects(List.of(goal.project));
    }
}
