package io.github.olympe.maven.testing;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The errors that a page of docs/ explains. A module provokes each of them, all in one Maven build ({@code --fail-at-end}), so that dozens
 * take only seconds. The first column of the page's table is the printed message, with {@code …} for any text.
 *
 * <pre>{@code
 * // prebuild.groovy
 * def errors = DocumentedErrors.of('docs/node.md', basedir)
 * errors.provoke("There is no package.json in '…'; …", 'npm-install').without('package.json')
 * errors.write()
 * context.put('errors', errors)
 * // verify.groovy
 * context.get('errors').verify()
 * }</pre>
 */
public final class DocumentedErrors {

    private static final Pattern ROW = Pattern.compile("\\| (?<error>(?:[^|\\\\]|\\\\.)+?) \\| .* \\|");
    private static final Pattern FAILED =
            Pattern.compile("\\[ERROR] Failed to execute goal \\S+:olympe-maven-plugin:\\S+?:(?<goal>[a-z-]+)"
                    + " \\(\\S+\\) on project (?<module>case-\\d+-\\d+): (?<error>.*?)(?: -> \\[Help \\d+])?");

    private final Path page;
    private final Path project;
    private final List<Case> cases = new ArrayList<>();
    private final Map<String, String> elsewhere = new TreeMap<>();

    private DocumentedErrors(Path page, Path project) {
        this.page = page;
        this.project = project;
    }

    /** Returns the errors of a page, to be provoked in a project's folder. */
    public static DocumentedErrors of(String page, File project) {
        return new DocumentedErrors(Path.of(page), project.toPath());
    }

    /** Returns the errors in the table below the last heading of a page, as written there. */
    public static List<String> in(Path page) throws IOException {
        String text = Files.readString(page);
        int heading = text.indexOf("\n## Errors");
        List<String> errors = new ArrayList<>();
        if (heading >= 0) {
            String section = text.substring(heading + 1).split("\n## ")[0];
            section.lines()
                    .map(ROW::matcher)
                    .filter(Matcher::matches)
                    .map(row -> row.group("error").replace("`", "").replace("\\|", "|"))
                    .skip(2) // The table's head, and the line below it.
                    .forEach(errors::add);
        }
        return errors;
    }

    /** Returns the goals that a property of a project's invoker.properties names. */
    public static Set<String> goals(Path project, String property) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(project.resolve("invoker.properties"))) {
            properties.load(reader);
        }
        return Stream.of(properties.getProperty(property, "").split(","))
                .map(String::strip)
                .filter(goal -> !goal.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Makes a goal fail in a module of its own.
     *
     * @param error the error as the page writes it
     * @param goal the goal that prints it
     * @param configuration XML in the plugin's {@code <configuration>}
     */
    public Case provoke(String error, String goal, String configuration) {
        Case provoked = new Case(error, goal, configuration);
        cases.add(provoked);
        return provoked;
    }

    /** Does what {@link #provoke(String, String, String)} does, without a configuration. */
    public Case provoke(String error, String goal) {
        return provoke(error, goal, "");
    }

    /** Says which test covers an error that no project can provoke. */
    public void seenElsewhere(String error, String testClass) {
        elsewhere.put(error, testClass);
    }

    /** Writes the modules: those of the first run into the folder {@code run-1}, and so on. */
    public void write() throws IOException {
        Map<Integer, List<String>> modules = new TreeMap<>();
        for (int i = 0; i < cases.size(); i++) {
            Case provoked = cases.get(i);
            provoked.module = "case-" + provoked.run + "-" + (i + 1);
            provoked.folder = project.resolve("run-" + provoked.run)
                    .resolve(provoked.below)
                    .resolve(provoked.module);
            provoked.writeTo(provoked.folder);
            modules.computeIfAbsent(provoked.run, run -> new ArrayList<>())
                    .add((provoked.below.isEmpty() ? "" : provoked.below + "/") + provoked.module);
        }
        for (Map.Entry<Integer, List<String>> run : modules.entrySet()) {
            String name = "run-" + run.getKey();
            TestPom.writeReactor(project.resolve(name), name, run.getValue(), "");
        }
    }

    /** Fails unless each module failed with its error, and each error of the page is provoked. */
    public void verify() throws IOException {
        String log = ProjectServers.log(project.toFile());
        Map<String, String> printed = new TreeMap<>();
        log.lines()
                .map(FAILED::matcher)
                .filter(Matcher::matches)
                .forEach(failed -> printed.put(failed.group("module"), failed.group("goal") + ": " + failed.group(3)));
        List<String> wrong = new ArrayList<>();
        for (Case provoked : cases) {
            String error = printed.getOrDefault(provoked.module, "nothing");
            if (!Pattern.compile(provoked.goal + ": .*?" + regex(provoked.error), Pattern.DOTALL)
                    .matcher(error)
                    .find()) {
                wrong.add(provoked.module + " was to print '" + provoked.error + "', and printed '" + error + "'");
            }
        }
        TreeSet<String> missing = new TreeSet<>(in(page));
        cases.forEach(provoked -> missing.remove(provoked.error));
        missing.removeAll(elsewhere.keySet());
        missing.forEach(error -> wrong.add("nothing provokes '" + error + "'"));
        Set<String> goals =
                cases.stream().map(provoked -> provoked.goal).collect(Collectors.toCollection(TreeSet::new));
        if (!goals.equals(goals(project, "olympe.fails"))) {
            wrong.add("invoker.properties does not say 'olympe.fails = " + String.join(", ", goals) + "'");
        }
        if (!wrong.isEmpty()) {
            throw new AssertionError("The errors of " + page + ":\n" + String.join("\n", wrong));
        }
    }

    private static String regex(String error) {
        return Stream.of(error.split(" ?… ?", -1))
                .map(Pattern::quote)
                .reduce((a, b) -> a + ".*" + b)
                .orElse("");
    }

    /** A module that provokes one error. */
    public static final class Case {

        private final String error;
        private final String goal;
        private final String configuration;
        private final Map<String, String> files = new TreeMap<>();
        private String goals;
        private String below = "";
        private int run = 1;
        private String module = "";
        private Path folder = Path.of("");

        private Case(String error, String goal, String configuration) {
            this.error = error;
            this.goal = goal;
            this.configuration = configuration;
            goals = element(goal);
            files.put("package.json", "{\"name\": \"@acme/shop\", \"version\": \"1.0.0\"}");
        }

        /** Adds a file to the module. */
        public Case file(String name, String content) {
            files.put(name, content);
            return this;
        }

        /** Removes a file that modules otherwise have. */
        public Case without(String name) {
            files.remove(name);
            return this;
        }

        /** Runs another goal first, which succeeds. */
        public Case after(String earlierGoal) {
            goals = element(earlierGoal) + goals;
            return this;
        }

        private static String element(String goal) {
            return "<goal>" + goal + "</goal>";
        }

        /** Puts the module into a folder with this name. */
        public Case below(String parent) {
            below = parent;
            return this;
        }

        /** Runs it in another run of Maven than the first. */
        public Case run(int number) {
            this.run = number;
            return this;
        }

        /** Returns where it was written. */
        public File folder() {
            return folder.toFile();
        }

        private void writeTo(Path into) throws IOException {
            Files.createDirectories(into);
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = into.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
                if (file.getValue().startsWith("#!") && !path.toFile().setExecutable(true)) {
                    throw new IOException(path + " cannot be made executable");
                }
            }
            TestPom.of(module)
                    .configuration(configuration)
                    .executions("<execution><phase>validate</phase><goals>" + goals + "</goals></execution>")
                    .writeTo(into);
        }
    }
}
