package io.github.olympe.maven.node.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What differs between operating systems: how programs are found, what they are called, and how environment variables are named.
 *
 * @param windows whether this is Windows; macOS and Linux are alike here
 */
public record Platform(boolean windows) {

    /** The platform that this JVM runs on. */
    public static Platform current() {
        return new Platform(
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows"));
    }

    /** What stands between two folders of the PATH. */
    String pathSeparator() {
        return windows ? ";" : ":";
    }

    /** The program of this name on the PATH: {@code npm} is {@code npm.cmd} on Windows, by its PATHEXT. */
    Optional<Path> find(String program, Map<String, String> environment) {
        return find(program, environment, windows ? Files::isRegularFile : Platform::mayBeExecuted);
    }

    Optional<Path> find(String program, Map<String, String> environment, Predicate<Path> isProgram) {
        String path = variable("PATH", environment).map(Map.Entry::getValue).orElse("");
        for (String folder : path.split(Pattern.quote(pathSeparator()))) {
            Optional<Path> found = folder.isBlank()
                    ? Optional.empty()
                    : in(Path.of(unquoted(folder)), program, environment, isProgram);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The program of this name in a folder. */
    Optional<Path> in(Path folder, String program, Map<String, String> environment) {
        return in(folder, program, environment, windows ? Files::isRegularFile : Platform::mayBeExecuted);
    }

    private Optional<Path> in(Path folder, String program, Map<String, String> environment, Predicate<Path> isProgram) {
        return extensions(environment).stream()
                .map(extension -> folder.resolve(program + extension))
                .filter(isProgram)
                .findFirst();
    }

    /** The environment with {@code folder} before all others on its PATH. */
    Map<String, String> withPath(Path folder, Map<String, String> environment) {
        Optional<Map.Entry<String, String>> path = variable("PATH", environment);
        Map<String, String> changed = new TreeMap<>(environment);
        changed.put(
                path.map(Map.Entry::getKey).orElse("PATH"),
                folder + path.map(entry -> pathSeparator() + entry.getValue()).orElse(""));
        return changed;
    }

    /** A variable, whose name has no case on Windows (where PATH is mostly {@code Path}). */
    Optional<Map.Entry<String, String>> variable(String name, Map<String, String> environment) {
        return environment.entrySet().stream()
                .filter(entry -> windows
                        ? entry.getKey().equalsIgnoreCase(name)
                        : entry.getKey().equals(name))
                .findFirst();
    }

    private List<String> extensions(Map<String, String> environment) {
        if (!windows) {
            return List.of("");
        }
        String pathExt = variable("PATHEXT", environment)
                .map(Map.Entry::getValue)
                .filter(value -> !value.isBlank())
                .orElse(".COM;.EXE;.BAT;.CMD");
        List<String> extensions =
                new ArrayList<>(Arrays.asList(pathExt.toLowerCase(Locale.ROOT).split(";")));
        extensions.removeIf(String::isBlank);
        return extensions;
    }

    private static String unquoted(String folder) {
        return folder.replace("\"", "");
    }

    private static boolean mayBeExecuted(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
