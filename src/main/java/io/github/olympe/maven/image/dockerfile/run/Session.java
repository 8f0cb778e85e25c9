package io.github.olympe.maven.image.dockerfile.run;

import io.github.olympe.maven.image.dockerfile.files.Accounts;
import io.github.olympe.maven.image.dockerfile.files.FileMode;
import io.github.olympe.maven.image.dockerfile.files.FilesException;
import io.github.olympe.maven.image.dockerfile.files.Node;
import io.github.olympe.maven.image.dockerfile.files.Spot;
import io.github.olympe.maven.image.dockerfile.files.StageFiles;
import io.github.olympe.maven.image.dockerfile.files.Wildcard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The environment of a script: files, working folder, user and variables. New files get the umask 022.
 *
 * @param files the files that it changes
 * @param folder the working folder
 * @param user the user who runs the commands
 * @param variables returns the value of a variable, {@code null} if it has none
 */
public record Session(StageFiles files, String folder, User user, Function<String, @Nullable String> variables) {

    static final int UMASK = FileMode.UMASK;

    @Nullable String variable(String name) {
        return name.equals("PWD") ? folder : variables.apply(name);
    }

    Accounts accounts() {
        return new Accounts(files);
    }

    /**
     * Finds the place of a path. A link in the last part is followed only if a slash or {@code /.} comes after it.
     *
     * @throws FilesException if links form a circle, or the path is empty
     */
    Spot spot(String path) throws FilesException {
        return find(path, path.endsWith("/") || isFolderItself(path));
    }

    /** Does what {@link #spot(String)} does, but follows a link at the end. */
    Spot follow(String path) throws FilesException {
        return find(path, true);
    }

    private static boolean isFolderItself(String path) {
        return path.equals(".") || path.endsWith("/.");
    }

    /** Returns whether a path is a link with a slash after it. Not all commands follow it. */
    boolean isLinkWithSlash(String path) throws FilesException {
        String link = path.replaceFirst("(?<=.)/+$", "");
        Node node = find(link, false).node();
        return path.endsWith("/") && node != null && node.isLink();
    }

    /** Returns the place with this name in a folder, whether or not something is there. */
    Spot inside(String into, String path) throws FilesException {
        String name = path.replaceFirst("(?<=.)/+$", "");
        return spot(into + "/" + name.substring(name.lastIndexOf('/') + 1));
    }

    Spot find(String path, boolean followLast) throws FilesException {
        if (path.isEmpty()) {
            throw new FilesException("a path is empty");
        }
        Spot spot = files.find(StageFiles.resolve(folder, path), followLast);
        user.requireSearch(files, spot.path());
        if (path.endsWith("/") && spot.exists()) {
            spot.requireFolder();
        }
        return spot;
    }

    /**
     * Returns the paths that a word stands for: the paths that match it, or the word itself if it is not a pattern or nothing matches.
     */
    List<String> paths(Word.Field field) throws FilesException, NotComputable {
        if (!Wildcard.isIn(field.pattern())) {
            return List.of(field.text());
        }
        if (field.pattern().contains("[:")
                || field.pattern().contains("[.")
                || field.pattern().contains("[=")) {
            throw new NotComputable("it has a pattern with a class of characters");
        }
        boolean absolute = field.pattern().startsWith("/");
        List<String> found = new ArrayList<>(List.of(absolute ? "/" : ""));
        String[] parts = field.pattern().split("/+");
        for (int i = absolute ? 1 : 0; i < parts.length; i++) {
            boolean isLast = i == parts.length - 1 && !field.pattern().endsWith("/");
            found = matching(found, parts[i], isLast);
        }
        if (field.pattern().endsWith("/")) {
            List<String> folders = new ArrayList<>();
            for (String path : found) {
                if (follow(path).isFolder()) {
                    folders.add(path + "/");
                }
            }
            found = folders;
        }
        return found.isEmpty() ? List.of(field.text()) : found;
    }

    private List<String> matching(List<String> folders, String part, boolean isLast)
            throws FilesException, NotComputable {
        List<String> found = new ArrayList<>();
        boolean isPattern = Wildcard.isIn(part);
        Optional<Wildcard> wildcard = Wildcard.of(part, "!^");
        if (isPattern && wildcard.isEmpty()) {
            throw new NotComputable("'" + part + "' is not a pattern");
        }
        for (String folder : folders) {
            Node node = follow(folder.isEmpty() ? "." : folder).node();
            if (node == null || !node.isFolder()) {
                continue;
            }
            String prefix = folder.isEmpty() || folder.endsWith("/") ? folder : folder + "/";
            if (!isPattern) {
                String name = part.replaceAll("\\\\(.)", "$1");
                if (find(prefix + name, !isLast).exists()) {
                    found.add(prefix + name);
                }
                continue;
            }
            for (String name : node.all().keySet()) {
                boolean isHidden = name.startsWith(".") && !part.startsWith(".");
                if (!isHidden && wildcard.get().matches(name)) {
                    found.add(prefix + name);
                }
            }
        }
        return found;
    }
}
