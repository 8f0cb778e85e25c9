package io.github.olympe.maven.adopt.pipeline;

import io.github.olympe.maven.adopt.shell.Unknowns;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces the variables of an Azure DevOps pipeline in texts, as Azure does before a step runs. */
final class AzureVariables {

    private static final Map<String, String> PREDEFINED = Map.of(
            "build.sourcebranchname",
            Unknowns.BRANCH,
            "build.sourcebranch",
            "refs/heads/" + Unknowns.BRANCH,
            "build.buildnumber",
            Unknowns.BUILD,
            "build.buildid",
            Unknowns.BUILD,
            "build.sourceversion",
            Unknowns.FULL_COMMIT,
            "build.sourcesdirectory",
            ".",
            "system.defaultworkingdirectory",
            ".",
            "pipeline.workspace",
            ".");
    /** Names in <code>$(name)</code> that are shell commands. Any other name is a variable that the file does not set. */
    private static final Set<String> COMMANDS =
            Set.of("arch", "date", "hostname", "id", "ls", "mktemp", "nproc", "pwd", "uname", "whoami");

    private static final Pattern MACRO = Pattern.compile("\\$\\(([A-Za-z_][\\w.]*)\\)");
    private static final Pattern TEMPLATE =
            Pattern.compile("\\$\\{\\{\\s*(?:variables|parameters)(?:\\.([\\w.]+)|\\['([\\w.]+)'])\\s*}}");
    /** Any other expression, such as the variable of <code>${{ each }}</code>. */
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{.*?}}");

    private static final int DEEPEST = 10;

    private AzureVariables() {}

    /** Inserts the values of {@code $(name)} and of {@code ${{ variables.name }}}, as Azure does before a step runs. */
    static String replaced(String text, Map<String, String> variables) {
        return replaced(text, variables, Set.of(), 0);
    }

    /** Does the same for a line of a script. A function of the script is not a variable. */
    static String replaced(String text, Map<String, String> variables, Set<String> functions) {
        return replaced(text, variables, functions, 0);
    }

    private static String replaced(String text, Map<String, String> variables, Set<String> functions, int depth) {
        String expanded = References.replaced(TEMPLATE, text, match -> {
            String name = match.group(1) == null ? match.group(2) : match.group(1);
            return value(name, variables, functions, depth).orElseGet(() -> Unknowns.variable(name));
        });
        String plain = EXPRESSION.matcher(expanded).replaceAll(Matcher.quoteReplacement(Unknowns.OUTPUT));
        return References.replaced(MACRO, plain, match -> {
            String name = match.group(1);
            boolean command = COMMANDS.contains(name) || functions.contains(name);
            return value(name, variables, functions, depth)
                    .orElseGet(() -> command ? match.group() : Unknowns.variable(name.replace('.', '_')));
        });
    }

    private static Optional<String> value(
            String name, Map<String, String> variables, Set<String> functions, int depth) {
        String predefined = PREDEFINED.get(name.toLowerCase(Locale.ROOT));
        if (predefined != null) {
            return Optional.of(predefined);
        }
        return Optional.ofNullable(variables.get(name))
                .filter(value -> depth < DEEPEST)
                .map(value -> replaced(value, variables, functions, depth + 1));
    }
}
