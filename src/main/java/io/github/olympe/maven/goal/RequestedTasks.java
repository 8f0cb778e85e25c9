package io.github.olympe.maven.goal;

import java.util.List;
import org.apache.maven.execution.MavenSession;

/** What Maven was asked for: the phases and goals of its command line, else the project's default goal, as Maven itself takes them. */
final class RequestedTasks {

    private RequestedTasks() {}

    static List<String> of(MavenSession session) {
        if (!session.getGoals().isEmpty()) {
            return session.getGoals();
        }
        String defaultGoal = session.getTopLevelProject().getDefaultGoal();
        return defaultGoal == null || defaultGoal.isBlank()
                ? List.of()
                : List.of(defaultGoal.strip().split("\\s+"));
    }
}
