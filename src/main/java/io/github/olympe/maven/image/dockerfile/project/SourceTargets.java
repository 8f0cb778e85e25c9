package io.github.olympe.maven.image.dockerfile.project;

import io.github.olympe.maven.image.dockerfile.DockerfilePlan;
import io.github.olympe.maven.image.dockerfile.DockerfilePlan.CopyRecord;
import io.github.olympe.maven.image.dockerfile.files.Changes.Change;
import io.github.olympe.maven.image.dockerfile.project.ContextFolder.LocalContent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds out where the build's result ends up in an image, even after several stages and {@code RUN mv}. */
final class SourceTargets {

    private SourceTargets() {}

    /**
     * Returns the folders as absolute paths in the image, without folders inside others.
     *
     * @param source the folder with the build's result
     */
    static List<String> of(DockerfilePlan plan, Path source) {
        Map<Integer, String> copies =
                plan.copies().stream().collect(Collectors.toMap(CopyRecord::number, CopyRecord::path));
        Set<String> targets = new TreeSet<>();
        for (Change change : plan.changes().changed()) {
            String path = "/" + change.path();
            if (targets.stream().noneMatch(target -> isIn(path, target))) {
                inSource(source, change)
                        .map(file -> target(
                                path, file, copies.getOrDefault(change.node().copy(), "")))
                        .ifPresent(targets::add);
            }
        }
        return targets.stream()
                .filter(target -> targets.stream().noneMatch(other -> !other.equals(target) && isIn(target, other)))
                .toList();
    }

    /** Returns the path of a file below the folder with the build's result, if the file comes from there. */
    private static Optional<String> inSource(Path source, Change change) {
        return change.node().isFile()
                        && change.node().content() instanceof LocalContent local
                        && local.entry().file.startsWith(source)
                ? Optional.of(source.relativize(local.entry().file).toString().replace('\\', '/'))
                : Optional.empty();
    }

    /** Returns the folder in the image that has the source's root now; else the target of its COPY; else the folder of the file. */
    private static String target(String path, String inSource, String copied) {
        if (path.endsWith("/" + inSource)) {
            return path.substring(0, Math.max(1, path.length() - inSource.length() - 1));
        }
        return isIn(path, copied) ? copied : path.substring(0, Math.max(1, path.lastIndexOf('/')));
    }

    private static boolean isIn(String path, String folder) {
        return path.startsWith(folder.endsWith("/") ? folder : folder + "/") && !folder.isEmpty();
    }
}
