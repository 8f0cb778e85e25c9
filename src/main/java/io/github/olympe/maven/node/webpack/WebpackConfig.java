package io.github.olympe.maven.node.webpack;

import io.github.olympe.maven.io.FileNames;
import io.github.olympe.maven.text.ForeignText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A configuration of webpack and the files of the project that it requires, read without running them.
 *
 * @param main the name of the configuration's file
 * @param files these files, each with its content
 * @param variables the environment variables that they read
 */
record WebpackConfig(String main, Map<Path, ConfigPaths> files, Set<String> variables) {

    private static final int LARGEST_MEBIBYTES = 1;
    private static final String NAME = "webpack.config.";
    private static final List<String> EXTENSIONS = List.of(".js", ".cjs", ".mjs");

    /** Plugins and options with which a build may delete or share files outside of its own output. */
    private static final Set<String> SHARING = Set.of(
            "cleanOnceBeforeBuildPatterns",
            "cleanAfterEveryBuildPatterns",
            "dangerouslyAllowCleanPatternsOutsideProject",
            "cache",
            "recordsPath",
            "recordsOutputPath");

    private static final Set<String> CLEANING = Set.of("CleanWebpackPlugin", "clean");

    /**
     * Reads the configuration.
     *
     * @param named the file that the script names; empty means the one that webpack finds
     * @throws NotKnown if it may read something that the plugin does not know of
     */
    static WebpackConfig of(Optional<String> named, BuiltFolders folders) throws NotKnown {
        Path project = folders.project();
        Deque<Path> toRead = new ArrayDeque<>();
        Path main = named.isPresent() ? script(project, named.get()) : found(project);
        toRead.add(main);
        Map<Path, ConfigPaths> files = new LinkedHashMap<>();
        Set<String> variables = new TreeSet<>();
        while (!toRead.isEmpty()) {
            Path file = toRead.remove();
            if (!files.containsKey(file)) {
                ConfigPaths paths = tokens(project, file);
                ConfigCheck check = ConfigCheck.of(paths, folders, FileNames.key(project.relativize(file)));
                files.put(file, paths);
                for (Path output : paths.read("path", "output")) {
                    if (!folders.outputs().contains(output) && !folders.others().contains(output)) {
                        throw new NotKnown("webpack builds '" + FileNames.text(project.relativize(output)) + "', too");
                    }
                }
                variables.addAll(check.variables());
                for (String required : check.required()) {
                    Path other = file.resolve("..").resolve(required).normalize();
                    if (!required.endsWith(".json")) {
                        toRead.add(script(project, FileNames.key(project.relativize(other))));
                    }
                }
            }
        }
        return new WebpackConfig(FileNames.key(project.relativize(main)), files, variables);
    }

    private static ConfigPaths tokens(Path project, Path file) throws NotKnown {
        String name = FileNames.key(project.relativize(file));
        try {
            return new ConfigPaths(
                    file.resolve("..").normalize(), JsToken.all(ForeignText.read(file, LARGEST_MEBIBYTES)));
        } catch (NotKnown e) {
            throw new NotKnown(name + " " + e.reason());
        } catch (IOException e) {
            throw new NotKnown(name + " cannot be read");
        }
    }

    /** Finds the configuration. Webpack tries many names; if several exist, its version decides which one it uses. */
    private static Path found(Path project) throws NotKnown {
        List<String> names;
        try (Stream<Path> all = Files.list(project)) {
            names = all.map(file -> FileNames.key(project.relativize(file)))
                    .filter(name ->
                            name.equals(".webpack") || (name.startsWith(NAME) && name.indexOf('.', NAME.length()) < 0))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new NotKnown("the project's folder cannot be read");
        }
        if (names.size() != 1) {
            throw new NotKnown(
                    names.isEmpty() ? "there is no webpack.config.js" : "there are " + String.join(" and ", names));
        }
        return script(project, names.get(0));
    }

    private static Path script(Path project, String name) throws NotKnown {
        try {
            Path file = project.resolve(name).normalize();
            for (String extension :
                    Stream.concat(Stream.of(""), EXTENSIONS.stream()).toList()) {
                Path full = file.resolveSibling(file.getFileName() + extension);
                if (full.startsWith(project)
                        && !full.startsWith(project.resolve("node_modules"))
                        && EXTENSIONS.stream().anyMatch(full.toString()::endsWith)
                        && Files.isRegularFile(full)) {
                    return full;
                }
            }
        } catch (IllegalArgumentException e) {
            // Not the name of a file on this machine.
        }
        throw new NotKnown("'" + name + "' is not a JavaScript file of the project");
    }

    /** Returns why a build with this configuration may disturb another, empty if each writes only into its own folder. */
    Optional<String> reasonNotBeside(Set<Path> outputs) {
        for (ConfigPaths file : files.values()) {
            for (JsToken token : file.tokens()) {
                if (token.kind() == JsToken.Kind.WORD && SHARING.contains(token.text())) {
                    return Optional.of("the configuration of webpack has '" + token.text() + "'");
                }
            }
        }
        boolean cleans = files.values().stream()
                .flatMap(file -> file.tokens().stream())
                .anyMatch(token -> token.kind() == JsToken.Kind.WORD && CLEANING.contains(token.text()));
        return cleans && !isCleaned(outputs)
                ? Optional.of("the configuration of webpack may clean more than the folder of one build")
                : Optional.empty();
    }

    private boolean isCleaned(Set<Path> outputs) {
        List<Path> cleaned = new ArrayList<>();
        for (ConfigPaths file : files.values()) {
            Optional<Set<Path>> found = file.of("path", "output");
            if (found.isEmpty()) {
                return false;
            }
            cleaned.addAll(found.get());
        }
        return !cleaned.isEmpty() && outputs.containsAll(cleaned);
    }
}
