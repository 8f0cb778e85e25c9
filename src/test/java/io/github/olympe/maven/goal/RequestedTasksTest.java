package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystemSession;
import org.junit.jupiter.api.Test;

class RequestedTasksTest {

    private final MavenExecutionRequest request = new DefaultMavenExecutionRequest();
    private final MavenProject project = new MavenProject();

    @Test
    void areThoseOfTheCommandLine() {
        project.getBuild().setDefaultGoal("deploy");
        request.setGoals(List.of("clean", "olympe:push"));

        assertThat(tasks()).containsExactly("clean", "olympe:push");
    }

    @Test
    void areTheDefaultGoalWhereThereAreNone() {
        project.getBuild().setDefaultGoal(" clean  deploy ");

        assertThat(tasks()).containsExactly("clean", "deploy");
    }

    @Test
    void areNoneWithoutEither() {
        assertThat(tasks()).isEmpty();
    }

    @SuppressWarnings("deprecation") // Maven's own tests make one in no other way.
    private List<String> tasks() {
        MavenSession session =
                new MavenSession(null, (RepositorySystemSession) null, request, new DefaultMavenExecutionResult());
        session.setProjects(List.of(project));
        return RequestedTasks.of(session);
    }
}
