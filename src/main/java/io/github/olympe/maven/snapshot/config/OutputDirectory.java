package io.github.olympe.maven.snapshot.config;

import io.github.olympe.maven.io.FileNames;
import io.github.olympe.maven.snapshot.git.GitPaths;
import io.github.olympe.maven.text.OneLine;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The folder of a snapshot in its repository, as the names of folders from the repository's root. The root itself has no names.
 *
 * @param written the path as written in the configuration, which replaces {@code {folder}} in the commit message
 * @param names the folders on the way, without {@code .} and {@code ..}
 */
public record OutputDirectory(String written, List<String> names) {

    private static final Pattern WINDOWS_DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

    public OutputDirectory {
        names = List.copyOf(names);
    }

    /**
     * Normalizes a path. The result is absent if it cannot be a folder within a repository.
     *
     * @param problem receives what is wrong, as the end of a sentence that begins with the value
     */
    public static Optional<OutputDirectory> of(String written, Consumer<String> problem) {
        List<String> names = new ArrayList<>();
        Optional<String> found = problem(written, names);
        found.ifPresent(problem);
        return found.isPresent() ? Optional.empty() : Optional.of(new OutputDirectory(written, names));
    }

    private static Optional<String> problem(String written, List<String> names) {
        if (written.isBlank()) {
            return Optional.of("is empty; give a folder of the repository, such as 'snapshot'");
        }
        if (written.startsWith("/")
                || written.startsWith("\\")
                || WINDOWS_DRIVE.matcher(written).matches()) {
            return Optional.of("is an absolute path; give one relative to the repository, such as 'snapshot'");
        }
        if (!OneLine.isPlain(written) || written.indexOf('\\') >= 0) {
            return Optional.of(
                    "has a backslash or a control character in it; write the path with '/' between its folders");
        }
        for (String name : written.split("/", -1)) {
            if (name.equals("..")) {
                if (names.isEmpty()) {
                    return Optional.of("leads out of the repository; give a folder within it");
                }
                names.remove(names.size() - 1);
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        if (names.stream().anyMatch(name -> name.equalsIgnoreCase(".git"))) {
            return Optional.of("leads into git's own folder; give another folder of the repository");
        }
        return GitPaths.problem(String.join("/", names))
                .map(why -> "cannot be a path in a git repository (" + why + "); give another folder");
    }

    /** Returns the path with {@code /} between its folders, empty for the repository's root. */
    public String path() {
        return String.join("/", names);
    }

    /** Returns the path of something below this folder. */
    public String path(String below) {
        return names.isEmpty() ? below : path() + "/" + below;
    }

    /** Returns the folder in a working tree with this root. */
    public Path in(Path root) {
        return names.isEmpty() ? root : FileNames.resolve(root, path());
    }

    /** Returns what prevents replacing the folders of these root tags, as the end of a sentence that begins with the value. */
    public Optional<String> obstacle(Path project, List<String> rootTags) {
        Path path = project;
        for (String name : names) {
            path = FileNames.resolve(path, name);
            Optional<String> obstacle = obstacle(project, path);
            if (obstacle.isPresent()) {
                return obstacle;
            }
        }
        Path folder = path;
        return rootTags.stream()
                .flatMap(tag -> obstacle(project, folder.resolve(tag)).stream())
                .findFirst();
    }

    private static Optional<String> obstacle(Path project, Path path) {
        if (Files.isSymbolicLink(path)) {
            return Optional.of("passes through the symbolic link '" + FileNames.text(project.relativize(path))
                    + "'; give a folder that is reached without one");
        }
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of("passes through '" + FileNames.text(project.relativize(path))
                    + "', which is a file; give another folder, or delete it");
        }
        return Optional.empty();
    }

    /** Returns whether one of the two is or contains the other. Case is ignored, because some file systems ignore it. */
    boolean overlaps(OutputDirectory other) {
        String own = (path() + "/").toLowerCase(Locale.ROOT);
        String others = (other.path() + "/").toLowerCase(Locale.ROOT);
        return names.isEmpty() || other.names.isEmpty() || own.startsWith(others) || others.startsWith(own);
    }
}
