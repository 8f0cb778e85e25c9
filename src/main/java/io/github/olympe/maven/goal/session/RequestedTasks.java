package io.github.olympe.maven.goal.session;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.execution.MavenSession;

/** What Maven was asked for: the phases and goals of its command line, else the project's default goal, as Maven itself takes them. */
public final class RequestedTasks {

    private static final Pattern CALL =
            Pattern.compile("(?:olympe|io\\.github\\.olympe:olympe-maven-plugin(?::[^:@]+)?):([a-z-]+)(?:@(.+))?");

    /**
     * A goal of this plugin that is called by its name.
     *
     * @param goal the goal
     * @param execution the id of the execution whose configuration it takes
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

    /** The goal of this plugin that a task is, if it is one. */
    public static Optional<Call> call(String task) {
        Matcher matcher = CALL.matcher(task);
        return matcher.matches()
                ? Optional.of(new Call(
                        matcher.group(1), Optional.ofNullable(matcher.group(2)).orElse("default-cli")))
                : Optional.empty();
    }

    /** Whether Maven was asked for this goal of the plugin by its name. */
    public static boolean has(MavenSession session, String goal) {
        return of(session).stream()
                .anyMatch(task ->
                        call(task).filter(call -> call.goal.equals(goal)).isPresent());
    }
}
