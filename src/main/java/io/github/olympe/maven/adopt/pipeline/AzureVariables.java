package io.github.olympe.maven.adopt.pipeline;

import io.github.olympe.maven.adopt.shell.Unknowns;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The variables of a pipeline of Azure DevOps, which it puts into texts before a step runs. */
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
    private static final Pattern MACRO = Pattern.compile("\\$\\(([A-Za-z_][\\w.]*)\\)");
    private static final Pattern TEMPLATE =
            Pattern.compile("\\$\\{\\{\\s*(?:variables|parameters)(?:\\.([\\w.]+)|\\['([\\w.]+)'])\\s*}}");
    private static final int DEEPEST = 10;

    private AzureVariables() {}

    /** Puts in the values of {@code $(name)} and of {@code ${{ variables.name }}}, as Azure does before a step runs. */
    static String replaced(String text, Map<String, String> variables) {
        return replaced(text, variables, 0);
    }

    private static String replaced(String text, Map<String, String> variables, int depth) {
        String expanded = References.replaced(TEMPLATE, text, match -> {
            String name = match.group(1) == null ? match.group(2) : match.group(1);
            return value(name, variables, depth).orElseGet(() -> Unknowns.variable(name));
        });
        return References.replaced(MACRO, expanded, match -> {
            String name = match.group(1);
            // What is no variable of the file is a command of the shell, unless it is written like a variable.
            boolean looksSo = name.contains(".") || name.matches("[A-Z][A-Z0-9_]*");
            return value(name, variables, depth)
                    .orElseGet(() -> looksSo ? Unknowns.variable(name.replace('.', '_')) : match.group());
        });
    }

    private static Optional<String> value(String name, Map<String, String> variables, int depth) {
        String predefined = PREDEFINED.get(name.toLowerCase(Locale.ROOT));
        if (predefined != null) {
            return Optional.of(predefined);
        }
        return Optional.ofNullable(variables.get(name))
                .filter(value -> depth < DEEPEST)
                .map(value -> replaced(value, variables, depth + 1));
    }
}
