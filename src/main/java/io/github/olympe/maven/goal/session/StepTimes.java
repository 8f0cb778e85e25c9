package io.github.olympe.maven.goal.session;

import io.github.olympe.maven.deploy.Deployment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;

/** How long each goal of this build took, kept for the summary at its end. */
public final class StepTimes {

    private final List<Step> steps = new CopyOnWriteArrayList<>();

    /** A goal that ran in a project. */
    private record Step(String projectId, String goal, Duration duration) {}

    /** Returns the times of this Maven session. */
    public static StepTimes of(MavenSession session) {
        return SessionData.of(session, StepTimes.class, StepTimes::new);
    }

    public void add(MavenProject project, String goal, Duration duration) {
        steps.add(new Step(project.getId(), goal, duration));
    }

    public List<Deployment.Step> of(MavenProject project) {
        return steps.stream()
                .filter(step -> step.projectId().equals(project.getId()))
                .map(step -> new Deployment.Step(step.goal(), step.duration()))
                .toList();
    }
}
