package io.github.olympe.maven.process;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds programs as the operating system does: on the PATH, and on Windows with the extensions in PATHEXT.
 *
 * @param windows whether this is Windows; macOS and Linux work alike here
 */
public record ProgramSearch(boolean windows) {

    /** Returns the search for the platform that this JVM runs on. */
    public static ProgramSearch current() {
        return new ProgramSearch(
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows"));
    }

    /** Finds the program of this name on the PATH. On Windows, PATHEXT makes {@code npm} mean {@code npm.cmd}. */
    public Optional<Path> find(String program, Map<String, String> environment) {
        String path = variable("PATH", environment).map(Map.Entry::getValue).orElse("");
        return Stream.of(path.split(Pattern.quote(separator())))
                .map(folder -> folder.replace("\"", ""))
                .filter(folder -> !folder.isBlank())
                .flatMap(folder -> in(folder, program, environment).stream())
                .findFirst();
    }

    private Optional<Path> in(String folder, String program, Map<String, String> environment) {
        try {
            return in(Path.of(folder), program, environment);
        } catch (InvalidPathException e) {
            return Optional.empty(); // Only folders contain programs.
        }
    }

    /** Finds the program of this name in a folder. */
    public Optional<Path> in(Path folder, String program, Map<String, String> environment) {
        return extensions(environment).stream()
                .map(extension -> folder.resolve(program + extension))
                .filter(file -> Files.isRegularFile(file) && (windows || Files.isExecutable(file)))
                .findFirst();
    }

    /** Returns the environment with a folder in front on its PATH. */
    public Map<String, String> withFirst(Path folder, Map<String, String> environment) {
        Optional<Map.Entry<String, String>> path = variable("PATH", environment);
        Map<String, String> changed = new TreeMap<>(environment);
        changed.put(
                path.map(Map.Entry::getKey).orElse("PATH"),
                folder + path.map(entry -> separator() + entry.getValue()).orElse(""));
        return changed;
    }

    private String separator() {
        return windows ? ";" : ":";
    }

    /** Finds a variable. On Windows the case of its name does not matter (PATH is mostly {@code Path} there). */
    private Optional<Map.Entry<String, String>> variable(String name, Map<String, String> environment) {
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
        return Arrays.stream(pathExt.toLowerCase(Locale.ROOT).split(";"))
                .filter(extension -> !extension.isBlank())
                .toList();
    }
}
