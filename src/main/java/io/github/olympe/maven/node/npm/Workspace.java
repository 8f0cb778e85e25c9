package io.github.olympe.maven.node.npm;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.GitDirectory;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.InvalidParameter;
import io.github.olympe.maven.text.OneLine;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The npm workspace of a project. npm installs the packages of all members at the workspace's root, and reads {@code .npmrc} there.
 *
 * <p>A folder above the project is its root only if it is trusted: it must be in the same git work tree and belong to the project's owner,
 * the user or root. Anybody could have written other files (say {@code /tmp/package.json}), so the user has to name them.
 *
 * @param project the project's folder
 * @param root the root of its workspace, the project itself if it is not a member
 * @param ignored a folder above that has the project among its members but is not trusted
 */
public record Workspace(Path project, Path root, Optional<Path> ignored) {

    private static final int LARGEST_MEBIBYTES = 10;
    private static final int LONGEST_PATTERN = 1000;

    /**
     * Looks for the workspace of a project.
     *
     * @param named the parameter {@code npmWorkspace}: the folder of the root, trusted wherever it is
     * @throws OlympeException if the named folder is not the root of a workspace with this project
     */
    public static Workspace of(Path project, Optional<Path> named) {
        Path own = project.toAbsolutePath().normalize();
        if (named.isPresent()) {
            Path root = own.resolve(named.get()).normalize();
            if (!root.equals(own) && !(own.startsWith(root) && isMember(own, root, true))) {
                throw InvalidParameter.of(
                        "npmWorkspace (olympe.npmWorkspace)",
                        named.get(),
                        "Name a folder above '" + own
                                + "' whose package.json has this project among its 'workspaces'.");
            }
            return new Workspace(own, root, Optional.empty());
        }
        for (Path folder = own.getParent(); folder != null; folder = folder.getParent()) {
            boolean trusted = hasPackageJson(folder) && isTrusted(own, folder);
            if (isMember(own, folder, trusted)) {
                return trusted
                        ? new Workspace(own, folder, Optional.empty())
                        : new Workspace(own, own, Optional.of(folder));
            }
        }
        return new Workspace(own, own, Optional.empty());
    }

    /** As {@link #of(Path, Optional)}, where no folder is named. */
    public static Workspace of(Path project) {
        return of(project, Optional.empty());
    }

    /** The project's folder and those above it up to the root: where installed packages may be. */
    public List<Path> folders() {
        List<Path> folders = new ArrayList<>();
        for (Path folder = project; folder != null && folder.startsWith(root); folder = folder.getParent()) {
            folders.add(folder);
        }
        return folders;
    }

    /**
     * Returns whether npm, run in this folder, may use an untrusted folder above as its workspace. Only npm knows which folders match a
     * pattern, so any workspace there counts. npm also looks above the root of a workspace.
     */
    boolean isBelowUntrusted(Path directory) {
        if (directory.equals(project) && !root.equals(project)) {
            return false; // npm finds the root first and stops there.
        }
        for (Path folder = directory.getParent(); folder != null; folder = folder.getParent()) {
            if (hasPackageJson(folder) && !isTrusted(directory, folder) && mayHaveMembers(folder)) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayHaveMembers(Path folder) {
        try {
            return !ForeignText.json(folder.resolve(PackageJson.FILE_NAME), LARGEST_MEBIBYTES)
                    .path("workspaces")
                    .isMissingNode();
        } catch (IOException e) {
            return true;
        }
    }

    private static boolean hasPackageJson(Path folder) {
        return Files.isRegularFile(folder.resolve(PackageJson.FILE_NAME));
    }

    private static boolean isTrusted(Path project, Path folder) {
        try {
            if (GitDirectory.find(project.toRealPath()).getGitDir() == null) {
                return false;
            }
            Path workTree = workTree(project.toRealPath());
            return folder.toRealPath().startsWith(workTree)
                    && isOwned(folder.resolve(PackageJson.FILE_NAME), project.resolve(PackageJson.FILE_NAME));
        } catch (IOException e) {
            return false;
        }
    }

    /** The nearest folder that has a {@code .git}, a folder, or the file of a worktree or submodule. */
    private static Path workTree(Path project) {
        Path folder = project;
        while (folder.getParent() != null && !Files.exists(folder.resolve(".git"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    private static boolean isOwned(Path file, Path ownFile) throws IOException {
        String owner = Files.getOwner(file).getName();
        boolean root = FileSystems.getDefault().supportedFileAttributeViews().contains("unix")
                && Integer.valueOf(0).equals(Files.getAttribute(file, "unix:uid"));
        Optional<String> ofProject =
                Files.exists(ownFile) ? Optional.of(Files.getOwner(ownFile).getName()) : Optional.empty();
        return isTrusted(owner, root, System.getProperty("user.name"), ofProject);
    }

    /** Returns whether a file's owner is trusted for this project: root, the user, or the project's owner, as in a container. */
    static boolean isTrusted(String owner, boolean root, String user, Optional<String> ownerOfProject) {
        return root
                || owner.equals(user)
                || ownerOfProject.filter(owner::equals).isPresent();
    }

    /**
     * Whether a folder's package.json has the project among its workspaces. One that is broken or unreadable has none, as for npm.
     *
     * @param strict whether an invalid pattern is an error; one in a file of somebody else is not the project's problem
     */
    private static boolean isMember(Path project, Path folder, boolean strict) {
        JsonNode workspaces;
        try {
            if (!hasPackageJson(folder)) {
                return false;
            }
            workspaces = ForeignText.json(folder.resolve(PackageJson.FILE_NAME), LARGEST_MEBIBYTES)
                    .path("workspaces");
        } catch (IOException e) {
            return false;
        }
        Path relative = folder.relativize(project);
        boolean member = false;
        for (JsonNode pattern : workspaces.isObject() ? workspaces.path("packages") : workspaces) {
            boolean out = pattern.asText().startsWith("!");
            String glob = out ? pattern.asText().substring(1) : pattern.asText();
            Optional<PathMatcher> matcher = matcher(glob);
            if (matcher.isEmpty() && strict) {
                throw new OlympeException(
                        "The file '" + folder.resolve(PackageJson.FILE_NAME) + "' has '"
                                + OneLine.of(glob, 200)
                                + "' among its 'workspaces', which is not a pattern of folders. Write one such as 'packages/*'.");
            }
            if (matcher.filter(found -> found.matches(relative)).isPresent()) {
                member = !out;
            }
        }
        return member;
    }

    private static Optional<PathMatcher> matcher(String pattern) {
        try {
            String glob = pattern.startsWith("./") ? pattern.substring(2) : pattern;
            return pattern.length() > LONGEST_PATTERN
                    ? Optional.empty()
                    : Optional.of(FileSystems.getDefault().getPathMatcher("glob:" + glob.replaceFirst("/+$", "")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
