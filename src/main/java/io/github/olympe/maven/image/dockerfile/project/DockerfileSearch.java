package io.github.olympe.maven.image.dockerfile.project;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.ImageKind;
import io.github.olympe.maven.image.ImageSpec;
import io.github.olympe.maven.image.source.SourceTree;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the Dockerfile of an image in a project. */
public final class DockerfileSearch {

    /** The value of the parameter {@code dockerfile} that turns Dockerfiles off. */
    public static final String NONE = "none";

    /** The places of Dockerfiles, in the order in which they are tried; {@code *} is the name or the kind of the image. */
    private static final List<String> PLACES =
            List.of("docker/*.Dockerfile", "docker/*/Dockerfile", "res/docker/*.Dockerfile", "*.Dockerfile");

    private DockerfileSearch() {}

    /**
     * Finds the Dockerfile that an image follows.
     *
     * @param project the project's folder
     * @param name the name of the image, which the Dockerfile of a backend may have
     * @param written the parameter {@code dockerfile}, empty if it is not set
     * @throws OlympeException if the parameter names a file that does not exist
     */
    public static Optional<Path> find(Path project, ImageKind kind, String name, String written) {
        if (written.equals(NONE)) {
            return Optional.empty();
        }
        if (!written.isEmpty()) {
            return Optional.of(named(project, kind, written));
        }
        Set<String> names = new LinkedHashSet<>();
        if (kind == ImageKind.BACKEND) {
            names.add(name);
        }
        names.add(kind.id());
        for (String candidate : names) {
            for (String place : PLACES) {
                Optional<Path> file = inAnyCase(project, place.replace("*", candidate));
                if (file.isPresent()) {
                    return file;
                }
            }
        }
        return Optional.empty();
    }

    private static Path named(Path project, ImageKind kind, String written) {
        try {
            Path file = project.resolve(written).normalize();
            if (Files.isRegularFile(file)) {
                return file;
            }
        } catch (InvalidPathException e) {
            // The error below reports this too.
        }
        throw new OlympeException(String.format(
                "Invalid value for '%s': '%s'. There is no such file. Name a Dockerfile, relative to the project's folder, or 'none'.",
                ImageSpec.parameter(kind, "dockerfile"), written));
    }

    private static Optional<Path> inAnyCase(Path project, String path) {
        Path folder = project;
        for (String part : path.split("/")) {
            if (!Files.isDirectory(folder)) {
                return Optional.empty();
            }
            List<String> alike = new ArrayList<>(SourceTree.names(folder));
            alike.removeIf(name -> !name.equalsIgnoreCase(part));
            if (alike.isEmpty()) {
                return Optional.empty();
            }
            folder = folder.resolve(alike.contains(part) ? part : Collections.min(alike));
        }
        return Files.isRegularFile(folder) ? Optional.of(folder) : Optional.empty();
    }
}
