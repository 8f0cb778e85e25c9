package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.testing.DocumentedErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.junit.jupiter.api.Test;

/**
 * Every goal has projects under src/it that show its success and its errors. A project says in its invoker.properties which goals succeed
 * in it ({@code olympe.succeeds}) and which fail as they should ({@code olympe.fails}).
 */
class GoalProjectsTest {

    private static final Path PROJECTS = Path.of("src/it");
    private static final Pattern ELSEWHERE =
            Pattern.compile("errors\\.seenElsewhere\\(\\s*\"((?:[^\"\\\\]|\\\\.)+)\",\\s*'(\\w+)'\\)");

    @Test
    void everyGoalSucceedsInAProject() throws IOException {
        assertThat(claimed("olympe.succeeds")).containsExactlyInAnyOrderElementsOf(goals());
    }

    @Test
    void everyGoalFailsInAProject() throws IOException {
        Set<String> goals = goals();
        goals.remove("help"); // It has no errors.
        assertThat(claimed("olympe.fails")).containsExactlyInAnyOrderElementsOf(goals);
    }

    /** Otherwise a claim would be only a word. */
    @Test
    void everyProjectChecksWhichGoalsRan() throws IOException {
        for (Path project : projects()) {
            if (!DocumentedErrors.goals(project, "olympe.succeeds").isEmpty()
                    || !DocumentedErrors.goals(project, "olympe.fails").isEmpty()) {
                assertThat(project.resolve("verify.groovy")).content().contains("GoalClaims.verify(basedir)");
            }
        }
    }

    @Test
    void aProjectProvokesEveryDocumentedError() throws IOException {
        List<Path> pages;
        try (Stream<Path> files = Files.list(Path.of("docs"))) {
            pages = files.filter(file -> file.toString().endsWith(".md")).toList();
        }
        int errors = 0;
        for (Path page : pages) {
            String name = String.valueOf(page.getFileName()).replace(".md", "");
            Path script = PROJECTS.resolve("errors-" + name).resolve("prebuild.groovy");
            for (String error : DocumentedErrors.in(page)) {
                assertThat(script).as("what provokes the errors of %s", page).exists();
                assertThat(Files.readString(script)).contains(error);
                errors++;
            }
        }
        assertThat(errors).as("documented errors").isGreaterThan(50);
    }

    /** If no project can provoke an error, a test of another kind does. It contains the longest part of the message without a gap. */
    @Test
    void everyOtherErrorIsInTheNamedTest() throws IOException {
        int errors = 0;
        for (Path project : projects()) {
            Path script = project.resolve("prebuild.groovy");
            Matcher elsewhere = ELSEWHERE.matcher(Files.exists(script) ? Files.readString(script) : "");
            while (elsewhere.find()) {
                String part = Stream.of(elsewhere.group(1).split("…"))
                        .max(Comparator.comparingInt(String::length))
                        .orElseThrow();
                assertThat(source(elsewhere.group(2)))
                        .as("%s, which %s names", elsewhere.group(2), script)
                        .contains(part.replaceAll("^[' ]+|[' ]+$", ""));
                errors++;
            }
        }
        assertThat(errors).isGreaterThan(10);
    }

    /** The source of a test, its strings put together. */
    private static String source(String testClass) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            Path file = files.filter(path -> path.endsWith(testClass + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("There is no test " + testClass));
            return Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", "");
        }
    }

    private static List<Path> projects() throws IOException {
        try (Stream<Path> projects = Files.list(PROJECTS)) {
            return projects.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static Set<String> goals() {
        return ParameterDocumentationTest.plugin().getMojos().stream()
                .map(MojoDescriptor::getGoal)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> claimed(String property) throws IOException {
        Set<String> goals = new TreeSet<>();
        for (Path project : projects()) {
            goals.addAll(DocumentedErrors.goals(project, property));
        }
        return goals;
    }
}
