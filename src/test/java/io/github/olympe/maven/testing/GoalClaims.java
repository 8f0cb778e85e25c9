package io.github.olympe.maven.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares the claims about goals in {@code invoker.properties} of a project of {@code src/it} with the logs of its builds. A goal that a
 * build skips does not succeed in it.
 */
public final class GoalClaims {

    private static final Pattern BEGUN =
            Pattern.compile("(?m)^\\[INFO] --- olympe(?:-maven-plugin)?:[^: ]+:([a-z-]+) \\(");
    private static final Pattern FAILED =
            Pattern.compile("(?m)^\\[ERROR] Failed to execute goal \\S+:olympe-maven-plugin:[^: ]+:([a-z-]+) \\(");

    private static final Pattern NEXT = Pattern.compile("(?m)^\\[INFO] --- ");

    private GoalClaims() {}

    /** Fails unless the goals in {@code olympe.fails} failed, and all in {@code olympe.succeeds} succeeded. */
    public static void verify(File project) throws IOException {
        String log = ProjectServers.log(project);
        Map<String, Integer> failed = goals(FAILED, log);
        Map<String, Integer> skipped = skipped(log);
        Set<String> succeeded = new TreeSet<>();
        goals(BEGUN, log).forEach((goal, times) -> {
            if (times > failed.getOrDefault(goal, 0) + skipped.getOrDefault(goal, 0)) {
                succeeded.add(goal);
            }
        });
        assertThat(failed.keySet())
                .as("the goals that failed")
                .isEqualTo(DocumentedErrors.goals(project.toPath(), "olympe.fails"));
        assertThat(succeeded)
                .as("the goals that succeeded")
                .containsAll(DocumentedErrors.goals(project.toPath(), "olympe.succeeds"));
    }

    private static Map<String, Integer> goals(Pattern pattern, String log) {
        Map<String, Integer> goals = new TreeMap<>();
        Matcher matcher = pattern.matcher(log);
        while (matcher.find()) {
            goals.merge(matcher.group(1), 1, Integer::sum);
        }
        return goals;
    }

    /**
     * Returns how often each goal was skipped. It says so itself, or check has said it before in the same build, with the goal's name or
     * that of its step ({@code code as data}).
     */
    private static Map<String, Integer> skipped(String log) {
        Map<String, Integer> goals = new TreeMap<>();
        for (String build : log.split("Scanning for projects", -1)) {
            Matcher begun = BEGUN.matcher(build);
            Matcher next = NEXT.matcher(build);
            while (begun.find()) {
                String goal = begun.group(1);
                String output = build.substring(begun.end(), next.find(begun.end()) ? next.start() : build.length());
                if (output.contains("[INFO] Skipped") || saysSkipped(build, goal)) {
                    goals.merge(goal, 1, Integer::sum);
                }
            }
        }
        return goals;
    }

    private static boolean saysSkipped(String build, String goal) {
        String step = goal.replaceFirst("^(build|npm)-", "").replace('-', ' ');
        return Pattern.compile("(?mi)^\\[INFO] (Skipping (" + goal + "|" + step + "): |There is no " + step
                        + " to build|" + step + "s are skipped)")
                .matcher(build)
                .find();
    }
}
