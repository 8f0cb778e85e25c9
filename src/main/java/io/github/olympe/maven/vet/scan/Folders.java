package io.github.olympe.maven.vet.scan;

import java.util.List;

/**
 * The folders of an image that visitors and environments see.
 *
 * @param served the folders that nginx serves, without a slash at either end: {@code usr/share/nginx/html}
 * @param applications the folders of applications, over whose {@code conf.d} each environment mounts its own; a folder that nginx serves is
 *     one too
 */
public record Folders(List<String> served, List<String> applications) {

    public Folders {
        served = List.copyOf(served);
        applications = List.copyOf(applications);
    }

    /** Returns whether nginx serves a path. */
    public boolean serves(String path) {
        return nameIn(served, path) >= 0;
    }

    /** Returns the path relative to its folder. */
    String relative(String path) {
        return path.substring(Math.max(0, nameIn(served, path)));
    }

    /** Returns the path in the image of one that is relative to the folder of {@code file}. */
    String absolute(String file, String relative) {
        return file.substring(0, Math.max(0, nameIn(served, file))) + relative;
    }

    /** Returns the path relative to the folder of its application, or unchanged if it is in none. */
    public String below(String path) {
        return path.substring(Math.max(0, nameIn(applications, path)));
    }

    /** Returns whether an environment mounts its own over it. */
    boolean hides(String path) {
        int name = nameIn(applications, path);
        return name >= 0 && path.startsWith("conf.d/", name);
    }

    /** Returns whether it is in the top folder of an application, which contains its oConfig. */
    boolean configures(String path) {
        int name = nameIn(applications, path);
        return name >= 0 && path.indexOf('/', name) == -1;
    }

    /** Returns the position in a path after the first folder that contains it, -1 if it is in none. Called for each file. */
    private static int nameIn(List<String> folders, String path) {
        for (String folder : folders) {
            int end = folder.length();
            if (end == 0) {
                return 0;
            }
            if (path.length() > end && path.charAt(end) == '/' && path.startsWith(folder)) {
                return end + 1;
            }
        }
        return -1;
    }
}
