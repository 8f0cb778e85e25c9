package io.github.olympe.maven.vet.scan;

import java.util.List;
import java.util.Optional;

/**
 * The folders of an image that visitors and environments see.
 *
 * @param served what nginx serves, without a slash at either end: {@code usr/share/nginx/html}
 * @param applications where applications lie, over whose {@code conf.d} each environment mounts its own; what nginx serves is one
 */
public record Folders(List<String> served, List<String> applications) {

    public Folders {
        served = List.copyOf(served);
        applications = List.copyOf(applications);
    }

    /** Whether nginx serves a path. */
    public boolean serves(String path) {
        return in(served, path).isPresent();
    }

    /** A path as it is named below the folder that it is in. */
    String relative(String path) {
        return in(served, path)
                .map(folder -> path.substring(prefix(folder).length()))
                .orElse(path);
    }

    /** The path in the image of one that is named below the folder that {@code file} is in. */
    String absolute(String file, String relative) {
        return in(served, file).map(folder -> prefix(folder) + relative).orElse(relative);
    }

    /** A path as it is named below the folder of the application that it is in; itself where it is in none. */
    public String below(String path) {
        return in(applications, path)
                .map(folder -> path.substring(prefix(folder).length()))
                .orElse(path);
    }

    /** Whether an environment mounts its own over it. */
    boolean hides(String path) {
        return in(applications, path)
                .filter(folder -> path.startsWith("conf.d/", prefix(folder).length()))
                .isPresent();
    }

    /** Whether it is in the top folder of an application, where its oConfig lies. */
    boolean configures(String path) {
        return in(applications, path)
                .filter(folder -> path.indexOf('/', prefix(folder).length()) < 0)
                .isPresent();
    }

    private static Optional<String> in(List<String> folders, String path) {
        return folders.stream()
                .filter(folder -> path.startsWith(prefix(folder)))
                .findFirst();
    }

    private static String prefix(String folder) {
        return folder.isEmpty() ? "" : folder + "/";
    }
}
