package io.github.olympe.maven.snapshot.config;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.io.FileNames;
import io.github.olympe.maven.text.InvalidParameter;
import io.github.olympe.maven.text.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files that make up a snapshot configuration.
 *
 * @param projectDirectory the project's folder, absolute
 * @param files the files, in the order of their names; at least one
 */
public record ConfigurationFiles(Path projectDirectory, List<Path> files) {

    /** Where the configuration is looked for, in this order, when no parameter names it. */
    public static final List<String> DEFAULTS = List.of("res/snapshot-config.json", "snapshot/snapshot-config.json");

    private static final String PARAMETER = "snapshotConfig (olympe.snapshot.config)";

    public ConfigurationFiles {
        files = List.copyOf(files);
    }

    /** Returns whether there is a configuration to read: the parameter names one, or a default file exists. */
    static boolean areThere(Optional<String> parameter, Path projectDirectory) {
        return parameter.isPresent() || defaultFile(projectDirectory).isPresent();
    }

    /**
     * Finds the file that the parameter names, or all JSON files of the folder that it names.
     *
     * @param parameter the parameter {@code snapshotConfig}, absent for the default files
     * @throws OlympeException if there is none
     */
    static ConfigurationFiles of(Optional<String> parameter, Path projectDirectory) {
        List<Path> files = parameter.isPresent()
                ? named(parameter.get(), projectDirectory)
                : List.of(defaultFile(projectDirectory)
                        .orElseThrow(() -> new OlympeException(String.format(
                                "There is no snapshot configuration in '%s': neither '%s' nor '%s'; write one, or name it with the parameter"
                                        + " 'snapshotConfig' (olympe.snapshot.config).",
                                projectDirectory, DEFAULTS.get(0), DEFAULTS.get(1)))));
        return new ConfigurationFiles(projectDirectory, files);
    }

    private static Optional<Path> defaultFile(Path projectDirectory) {
        return DEFAULTS.stream()
                .map(projectDirectory::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static List<Path> named(String parameter, Path projectDirectory) {
        Optional<Path> path = path(parameter, projectDirectory);
        if (path.filter(found -> Files.isRegularFile(found) || Files.isDirectory(found))
                .isEmpty()) {
            throw InvalidParameter.of(
                    PARAMETER,
                    parameter,
                    "It does not exist. Name the file of the snapshot configuration, or a folder of such files.");
        }
        return Files.isDirectory(path.orElseThrow()) ? inFolder(path.get(), parameter) : List.of(path.get());
    }

    private static Optional<Path> path(String parameter, Path projectDirectory) {
        try {
            return Optional.of(FileNames.resolve(projectDirectory, parameter));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static List<Path> inFolder(Path folder, String parameter) {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> files = all.filter(file -> file.getFileName().toString().endsWith(".json"))
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw InvalidParameter.of(
                        PARAMETER,
                        parameter,
                        "The folder has no .json file. Name the folder of the snapshot configuration.");
            }
            return files;
        } catch (IOException | UncheckedIOException e) {
            throw cannotRead(parameter, e);
        }
    }

    private static OlympeException cannotRead(String parameter, Exception e) {
        return InvalidParameter.of(
                PARAMETER, parameter, "The folder cannot be read (" + Reason.of(e) + "). Check its permissions.");
    }

    /** Returns a file's name for messages: relative to the project if it is inside. */
    String shown(Path file) {
        return file.startsWith(projectDirectory) ? FileNames.text(projectDirectory.relativize(file)) : file.toString();
    }
}
