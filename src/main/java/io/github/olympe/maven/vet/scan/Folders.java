package io.github.olympe.maven.vet.scan;

import java.util.List;

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
        return nameIn(served, path) >= 0;
    }

    /** A path as it is named below the folder that it is in. */
    String relative(String path) {
        return path.substring(Math.max(0, nameIn(served, path)));
    }

    /** The path in the image of one that is named below the folder that {@code file} is in. */
    String absolute(String file, String relative) {
        return file.substring(0, Math.max(0, nameIn(served, file))) + relative;
    }

    /** A path as it is named below the folder of the application that it is in; itself where it is in none. */
    public String below(String path) {
        return path.substring(Math.max(0, nameIn(applications, path)));
    }

    /** Whether an environment mounts its own over it. */
    boolean hides(String path) {
        int name = nameIn(applications, path);
        return name >= 0 && path.startsWith("conf.d/", name);
    }

    /** Whether it is in the top folder of an application, where its oConfig lies. */
    boolean configures(String path) {
        int name = nameIn(applications, path);
        return name >= 0 && path.indexOf('/', name) < 0;
    }

    /** Where in a path the name below the first of the folders that it is in begins; -1 where it is in none. Asked for each file. */
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
