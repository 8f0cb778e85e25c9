package io.github.olympe.maven.snapshot;

import io.github.olympe.maven.text.OneLine;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a snapshot lies in its repository: a path relative to the repository's root, by the names of its folders. The root itself has no
 * names.
 *
 * @param written the path as the configuration has it, which the commit message's {@code {folder}} shows
 * @param names the folders on the way, with neither {@code .} nor {@code ..}
 */
record OutputDirectory(String written, List<String> names) {

    private static final Pattern WINDOWS_DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

    OutputDirectory {
        names = List.copyOf(names);
    }

    /**
     * The path, normalized.
     *
     * @throws IllegalArgumentException if it cannot be a folder within a repository; the message ends a sentence that began with the value
     */
    static OutputDirectory of(String written) {
        if (written.isBlank()) {
            throw new IllegalArgumentException("is empty; give a folder of the repository, such as 'snapshot'");
        }
        if (written.startsWith("/")
                || written.startsWith("\\")
                || WINDOWS_DRIVE.matcher(written).matches()) {
            throw new IllegalArgumentException(
                    "is an absolute path; give one relative to the repository, such as 'snapshot'");
        }
        if (!OneLine.isPlain(written) || written.indexOf('\\') >= 0) {
            throw new IllegalArgumentException(
                    "has a backslash or a control character in it; write the path with '/' between its folders");
        }
        List<String> names = new ArrayList<>();
        for (String name : written.split("/", -1)) {
            if (name.equals("..")) {
                if (names.isEmpty()) {
                    throw new IllegalArgumentException("leads out of the repository; give a folder within it");
                }
                names.remove(names.size() - 1);
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        if (names.stream().anyMatch(name -> name.equalsIgnoreCase(".git"))) {
            throw new IllegalArgumentException("leads into git's own folder; give another folder of the repository");
        }
        try {
            Path.of("", names.toArray(String[]::new));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("has a letter that no folder of this machine can have; take it out");
        }
        return new OutputDirectory(written, names);
    }

    /** The path with {@code /} between its folders, empty for the repository's root. */
    String path() {
        return String.join("/", names);
    }

    /** The path of something below this folder. */
    String path(String below) {
        return names.isEmpty() ? below : path() + "/" + below;
    }

    Path in(Path root) {
        Path folder = root;
        for (String name : names) {
            folder = folder.resolve(name);
        }
        return folder;
    }

    /** Whether one of the two is, or holds, the other, on a file system that may not tell upper from lower case. */
    boolean overlaps(OutputDirectory other) {
        String own = (path() + "/").toLowerCase(Locale.ROOT);
        String others = (other.path() + "/").toLowerCase(Locale.ROOT);
        return names.isEmpty() || other.names.isEmpty() || own.startsWith(others) || others.startsWith(own);
    }
}
