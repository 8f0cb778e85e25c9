package io.github.olympe.maven.node.webpack;

import io.github.olympe.maven.node.PackageJson;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A script of package.json that is one command of webpack, such as {@code npx webpack --config-name draw}.
 *
 * @param configNames which of the builds in the configuration it runs; empty means all
 * @param configFile the configuration that it names
 */
record WebpackScript(Set<String> configNames, Optional<String> configFile) {

    /** Characters that a shell would interpret. */
    private static final Pattern SHELL = Pattern.compile("[^\\w@+=:,./ \"'-]");

    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_]\\w*=.*");

    private static final Set<String> COMMANDS = Set.of("build", "bundle", "b");

    /** Options with a value that stays the same as long as the script does. */
    private static final Set<String> WITH_VALUE = Set.of(
            "--mode", "--devtool", "-d", "--target", "-t", "--env", "--node-env", "--config-node-env", "--stats");

    private static final Set<String> WITHOUT_VALUE = Set.of(
            "--progress",
            "--color",
            "--no-color",
            "--fail-on-warnings",
            "--no-devtool",
            "--no-stats",
            "--no-watch",
            "--disable-interpret");

    WebpackScript {
        configNames = Set.copyOf(configNames);
    }

    static WebpackScript of(PackageJson packageJson, String name) throws NotKnown {
        String script = packageJson.scripts().getOrDefault(name, "");
        for (String around : List.of("pre" + name, "post" + name)) {
            if (packageJson.hasScript(around)) {
                throw new NotKnown("package.json has the script '" + around + "', too");
            }
        }
        if (SHELL.matcher(script).find()) {
            throw new NotKnown("the script '" + name + "' is more than one command");
        }
        try {
            return parse(words(script));
        } catch (NotKnown e) {
            throw new NotKnown("the script '" + name + "' " + e.reason());
        }
    }

    private static Deque<String> words(String script) throws NotKnown {
        Deque<String> words = new ArrayDeque<>();
        for (String word : script.strip().split(" +")) {
            boolean quoted = word.length() > 1
                    && (word.startsWith("\"") || word.startsWith("'"))
                    && word.endsWith(word.substring(0, 1));
            String plain = quoted ? word.substring(1, word.length() - 1) : word;
            if (plain.contains("\"") || plain.contains("'")) {
                throw new NotKnown("has quotes that the plugin does not read");
            }
            words.add(plain);
        }
        return words;
    }

    private static WebpackScript parse(Deque<String> words) throws NotKnown {
        while (words.peek() != null
                && (words.peek().equals("cross-env")
                        || ASSIGNMENT.matcher(words.peek()).matches())) {
            String word = words.remove();
            if (word.startsWith("NODE_OPTIONS=") || word.startsWith("NODE_PATH=") || word.startsWith("PATH=")) {
                throw new NotKnown("sets '" + word + "'");
            }
        }
        if ("npx".equals(words.peek())) {
            words.remove();
            if ("--no-install".equals(words.peek()) || "--no".equals(words.peek())) {
                words.remove();
            }
        }
        String program = String.valueOf(words.poll());
        if (!program.equals("webpack") && !program.equals("webpack-cli")) {
            throw new NotKnown("runs '" + program + "', not webpack");
        }
        if (words.peek() != null && COMMANDS.contains(words.peek())) {
            words.remove();
        }
        return options(words);
    }

    private static WebpackScript options(Deque<String> words) throws NotKnown {
        Set<String> names = new TreeSet<>();
        Optional<String> file = Optional.empty();
        while (!words.isEmpty()) {
            String word = words.remove();
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            String option = equals < 0 ? word : word.substring(0, equals);
            if (WITHOUT_VALUE.contains(word)) {
                continue;
            }
            boolean isFile = option.equals("--config") || option.equals("-c");
            if (!isFile && !option.equals("--config-name") && !WITH_VALUE.contains(option)) {
                throw new NotKnown("has '" + word + "'");
            }
            String value = equals < 0 ? words.poll() : word.substring(equals + 1);
            if (value == null || value.startsWith("-")) {
                throw new NotKnown("has '" + option + "' without a value");
            }
            if (isFile && file.isPresent()) {
                throw new NotKnown("names two configurations");
            }
            if (isFile) {
                file = Optional.of(value);
            } else if (option.equals("--config-name")) {
                names.add(value);
            }
        }
        return new WebpackScript(names, file);
    }
}
