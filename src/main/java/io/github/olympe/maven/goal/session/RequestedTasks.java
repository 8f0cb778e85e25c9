package io.github.olympe.maven.goal.session;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.execution.MavenSession;

/**
 * The requested tasks: the phases and goals of Maven's command line, or else the project's default goal, as Maven itself interprets them.
 */
public final class RequestedTasks {

    private static final Pattern CALL =
            Pattern.compile("(?:olympe|io\\.github\\.olympe:olympe-maven-plugin(?::[^:@]+)?):([a-z-]+)(?:@(.+))?");

    /**
     * A goal of this plugin that is called by name.
     *
     * @param goal the goal
     * @param execution the id of the execution whose configuration it uses
     */
    public record Call(String goal, String execution) {}

    private RequestedTasks() {}

    public static List<String> of(MavenSession session) {
        if (!session.getGoals().isEmpty()) {
            return session.getGoals();
        }
        String defaultGoal = session.getTopLevelProject().getDefaultGoal();
        return defaultGoal == null || defaultGoal.isBlank()
                ? List.of()
                : List.of(defaultGoal.strip().split("\\s+"));
    }

    /** Returns the goal of this plugin that a task calls, if any. */
    public static Optional<Call> call(String task) {
        Matcher matcher = CALL.matcher(task);
        return matcher.matches()
                ? Optional.of(new Call(
                        matcher.group(1), Optional.ofNullable(matcher.group(2)).orElse("default-cli")))
                : Optional.empty();
    }

    /** Returns whether this goal of the plugin was called by name. */
    public static boolean has(MavenSession session, String goal) {
        return of(session).stream()
                .anyMatch(task ->
                        call(task).filter(call -> call.goal.equals(goal)).isPresent());
    }
}
