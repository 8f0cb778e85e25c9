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
 * Where a snapshot lies in its repository: a path relative to the repository's root, by the names of its folders. The root itself has no
 * names.
 *
 * @param written the path as the configuration has it, which the commit message's {@code {folder}} shows
 * @param names the folders on the way, with neither {@code .} nor {@code ..}
 */
public record OutputDirectory(String written, List<String> names) {

    private static final Pattern WINDOWS_DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

    public OutputDirectory {
        names = List.copyOf(names);
    }

    /**
     * The path, normalized; absent where it cannot be a folder within a repository.
     *
     * @param problem is given what is wrong, as the end of a sentence that began with the value
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

    /** The path with {@code /} between its folders, empty for the repository's root. */
    public String path() {
        return String.join("/", names);
    }

    /** The path of something below this folder. */
    public String path(String below) {
        return names.isEmpty() ? below : path() + "/" + below;
    }

    /** The folder in the working tree whose root this is. */
    public Path in(Path root) {
        return names.isEmpty() ? root : FileNames.resolve(root, path());
    }

    /** What keeps the folders of these root tags from being replaced there, as the end of a sentence that began with the value. */
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

    /** Whether one of the two is, or holds, the other, on a file system that may not tell upper from lower case. */
    boolean overlaps(OutputDirectory other) {
        String own = (path() + "/").toLowerCase(Locale.ROOT);
        String others = (other.path() + "/").toLowerCase(Locale.ROOT);
        return names.isEmpty() || other.names.isEmpty() || own.startsWith(others) || others.startsWith(own);
    }
}
