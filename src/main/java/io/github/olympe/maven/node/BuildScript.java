package io.github.olympe.maven.node;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A script of package.json as npm runs it: with the scripts {@code pre<name>} and {@code post<name>} around it.
 *
 * @param packageJson the package.json
 * @param name the script's name
 */
public record BuildScript(PackageJson packageJson, String name) {

    /** The toolkit's command for a library, which writes to its default folder. */
    private static final Pattern GATHERS =
            Pattern.compile("\\bbuildCodeAsData\\b(?![^&|;]*(?:-pwd|workingDir))[^&|;]*\\bproject\\b");

    private static final Pattern RUNS = Pattern.compile("\\b(?:npm|yarn|pnpm)\\s+run(?:-script)?\\s+([\\w:.-]+)");

    /**
     * Returns whether it gathers the code as data of the project alone into {@code dist/codeAsData}, as a library needs it: one of its
     * commands is {@code olympe buildCodeAsData -pmd project} (or {@code --codeAsData.mode project}).
     */
    public boolean gathersCodeAsData() {
        return commands().stream().anyMatch(command -> GATHERS.matcher(command).find());
    }

    /** Returns the commands of this script and of those that it runs with {@code npm run}. */
    private List<String> commands() {
        Set<String> seen = new LinkedHashSet<>();
        List<String> commands = new ArrayList<>();
        collect(name, seen, commands);
        return commands;
    }

    private void collect(String script, Set<String> seen, List<String> commands) {
        for (String part : List.of("pre" + script, script, "post" + script)) {
            String command = packageJson.scripts().get(part);
            if (command != null && seen.add(part)) {
                commands.add(command);
                Matcher runs = RUNS.matcher(command);
                while (runs.find()) {
                    collect(runs.group(1), seen, commands);
                }
            }
        }
    }
}
