package io.github.olympe.maven.node.npm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.io.AtomicFile;
import io.github.olympe.maven.io.FolderLock;
import io.github.olympe.maven.node.GitProgram;
import io.github.olympe.maven.node.GitWorkTree;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.node.runtime.Digests;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.Json;
import io.github.olympe.maven.text.OneLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Installs a project's npm packages, unless they are what its lock file says already.
 *
 * <p>What is installed is known from npm's own {@code node_modules/.package-lock.json}, which npm writes when an install has succeeded. It
 * is removed before npm starts, so that an install which failed or was interrupted is never taken for a finished one. Beside it the plugin
 * keeps a stamp of what it cannot tell: the arguments, and the Node.js that native packages were built for.
 *
 * @param npm npm, as it runs in the project
 * @param arguments what is added to {@code npm ci} or {@code npm install}, the parameter {@code npmArguments}
 * @param locks the folder of the locks that keep two Mavens from installing into one folder at once
 */
public record NpmInstall(Npm npm, List<String> arguments, Path locks) {

    private static final int LARGEST_MEBIBYTES = 200;
    private static final int LONGEST_PATTERN = 1000;
    private static final List<String> LOCK_FILES = List.of("npm-shrinkwrap.json", "package-lock.json");
    private static final Path INSTALLED = Path.of("node_modules", ".package-lock.json");
    private static final Path STAMP = Path.of("node_modules", ".olympe-install");

    /** One install at a time in a folder: the modules of a build may share a workspace. */
    private static final Map<Path, Object> LOCKS = new ConcurrentHashMap<>();

    public NpmInstall {
        arguments = List.copyOf(arguments);
    }

    /** Installs the packages unless they are there as the lock file says. */
    public void run() {
        Path root = root(npm.project());
        synchronized (LOCKS.computeIfAbsent(root, path -> new Object())) {
            // The project's own folder is kept by the goal already.
            try (FolderLock lock = root.equals(npm.project()) ? FolderLock.none() : takeRoot(root)) {
                if (lock.isHeld()) {
                    npm.runner()
                            .running()
                            .ifPresent(running -> running.endAbandoned(root, locks)
                                    .forEach(process -> npm.log()
                                            .note("Ended " + process
                                                    + ", which a build that was killed had left running in " + root
                                                    + ".")));
                }
                install(root);
            }
        }
    }

    private FolderLock takeRoot(Path root) {
        return FolderLock.take(
                root, locks, folder -> npm.log().note("Waiting for another build that works in " + folder + "."));
    }

    private void install(Path root) {
        Optional<Path> lock = lockFile(root);
        Optional<String> reason =
                lock.map(file -> reasonToInstall(root, file)).orElse(Optional.of("there is no lock file"));
        if (reason.isEmpty()) {
            npm.log().packagesUpToDate(root);
            return;
        }
        boolean tracked = lock.isPresent() && isTracked(root, lock.get());
        lock.ifPresentOrElse(
                file -> {
                    if (!tracked) {
                        npm.log().lockFileNotTracked(file);
                    }
                    npm.log().installingPackages(reason.get());
                },
                () -> npm.log().noLockFile(root));
        install(root, tracked ? "ci" : "install");
    }

    /** Whether git tracks the lock file, so that every checkout has it. Without git, whoever copies the project copies it too. */
    private boolean isTracked(Path root, Path lockFile) {
        try {
            Optional<GitWorkTree> workTree = GitWorkTree.of(root, GitProgram.of(npm));
            if (workTree.isEmpty()) {
                return true;
            }
            Optional<Boolean> tracked = workTree.get().tracks(lockFile);
            return tracked.isPresent() ? tracked.get() : !workTree.get().ignores(lockFile);
        } catch (IOException e) {
            throw new OlympeException("The file '" + lockFile + "' cannot be read (" + e + "); check its rights.", e);
        }
    }

    /** Installs the packages only where there are none at all: what a goal does that needs them. */
    public void runIfMissing() {
        Path root = root(npm.project());
        if (!Files.isRegularFile(root.resolve(INSTALLED)) && !Files.isRegularFile(root.resolve(STAMP))) {
            run();
        }
    }

    private void install(Path root, String command) {
        delete(root.resolve(STAMP));
        delete(root.resolve(INSTALLED));
        List<String> line = new ArrayList<>();
        line.add(command);
        line.addAll(arguments);
        npm.in(root).run(line);
        // A project without any package has no node_modules, and needs none.
        if (Files.isDirectory(root.resolve("node_modules"))) {
            AtomicFile.write(root.resolve(STAMP), stamp(root));
        }
    }

    /** Why the packages are not what the lock file says; empty if they are. */
    public Optional<String> reasonToInstall(Path root, Path lockFile) {
        JsonNode lock = read(lockFile).path("packages");
        if (!needsPackages(lock)) {
            return lock.isObject()
                    ? changedDependencies(root, lock, lockFile)
                    : Optional.of("the lock file is of npm 6 or older");
        }
        Path installedFile = root.resolve(INSTALLED);
        if (!Files.isRegularFile(installedFile)) {
            return Optional.of("no finished install is there");
        }
        Optional<String> changed = changedDependencies(root, lock, lockFile);
        if (changed.isPresent()) {
            return changed;
        }
        JsonNode installed = read(installedFile).path("packages");
        Optional<String> missing = missing(root, installed);
        if (missing.isPresent()) {
            return missing;
        }
        Path stampFile = root.resolve(STAMP);
        if (Files.isRegularFile(stampFile)) {
            return stamp(root).equals(text(stampFile))
                    ? Optional.empty()
                    : Optional.of("the lock file, what is installed, npmArguments or Node.js changed");
        }
        return arguments.isEmpty() ? difference(lock, installed) : Optional.of("the plugin has not installed them yet");
    }

    private static boolean needsPackages(JsonNode lock) {
        return lock.size() > 1;
    }

    /** Whether package.json asks for other packages than it did when the lock file was made; npm ci then says what to do. */
    private static Optional<String> changedDependencies(Path root, JsonNode lock, Path lockFile) {
        for (Map.Entry<String, JsonNode> entry : lock.properties()) {
            boolean own = entry.getKey().isEmpty()
                    || !(entry.getKey().startsWith("node_modules/")
                            || entry.getKey().contains("/node_modules/"));
            Path folder = own ? folder(root, entry.getKey(), lockFile) : root;
            if (own && Files.isRegularFile(folder.resolve(PackageJson.FILE_NAME))) {
                JsonNode content = PackageJson.read(folder).content();
                for (String name : PackageJson.DEPENDENCIES) {
                    if (!orEmpty(content.path(name))
                            .equals(orEmpty(entry.getValue().path(name)))) {
                        return Optional.of("package.json and " + lockFile.getFileName() + " differ in " + name);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static JsonNode orEmpty(JsonNode node) {
        return node.isObject() ? node : Json.object();
    }

    /** A package that npm says is installed, and is not there in its version. */
    private static Optional<String> missing(Path root, JsonNode installed) {
        for (Map.Entry<String, JsonNode> entry : installed.properties()) {
            String folder = entry.getKey();
            if (entry.getValue().path("link").asBoolean(false)) {
                if (!Files.exists(folder(root, folder, root.resolve(INSTALLED)))) {
                    return Optional.of(folder + " is missing");
                }
            } else if (folder.startsWith("node_modules/")) {
                Path file = folder(root, folder, root.resolve(INSTALLED)).resolve(PackageJson.FILE_NAME);
                if (!Files.isRegularFile(file)) {
                    return Optional.of(folder + " is missing");
                }
                String version = entry.getValue().path("version").asText();
                if (!read(file).path("version").asText().equals(version)) {
                    return Optional.of(folder + " is not " + version);
                }
            }
        }
        return Optional.empty();
    }

    /** A package of which the lock file says other than what npm has installed. */
    private static Optional<String> difference(JsonNode lock, JsonNode installed) {
        for (Map.Entry<String, JsonNode> entry : lock.properties()) {
            JsonNode wanted = entry.getValue();
            JsonNode found = installed.path(entry.getKey());
            boolean left = found.isMissingNode()
                    && (wanted.path("optional").asBoolean(false)
                            || wanted.path("devOptional").asBoolean(false)
                            || wanted.path("peer").asBoolean(false));
            if (entry.getKey().startsWith("node_modules/")
                    && !left
                    && !(same(wanted, found, "version")
                            && same(wanted, found, "integrity")
                            && same(wanted, found, "resolved"))) {
                return Optional.of(entry.getKey() + " is not what the lock file says");
            }
        }
        for (Map.Entry<String, JsonNode> entry : installed.properties()) {
            String name = entry.getKey();
            if (lock.path(name).isMissingNode()) {
                return Optional.of(name + " is not in the lock file");
            }
        }
        return Optional.empty();
    }

    /** A member that one of them leaves out says nothing: npm may be set not to note where a package came from. */
    private static boolean same(JsonNode wanted, JsonNode found, String name) {
        return found.isObject()
                && (wanted.path(name).isMissingNode()
                        || found.path(name).isMissingNode()
                        || wanted.path(name).equals(found.path(name)));
    }

    /** What an install depends on and what it made, as a digest. The version of the project itself, which is bumped, has no part. */
    private String stamp(Path root) {
        MessageDigest digest = Digests.sha256();
        lockFile(root).ifPresent(file -> digest.update(withoutOwnVersion(read(file))));
        Path installed = root.resolve(INSTALLED);
        if (Files.isRegularFile(installed)) {
            digest.update(withoutOwnVersion(read(installed)));
        }
        digest.update(String.join("\0", arguments).getBytes(StandardCharsets.UTF_8));
        digest.update(("\0" + npm.runtime().version().major()).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest());
    }

    /** What is installed for a project, as a digest. */
    public static String installedDigest(Path project) {
        Path installed = root(project).resolve(INSTALLED);
        return Files.isRegularFile(installed)
                ? HexFormat.of().formatHex(Digests.sha256().digest(withoutOwnVersion(read(installed))))
                : "none";
    }

    /** The folders of the packages that npm only links to: the members of a workspace, and dependencies given as folders. */
    public static Set<Path> linkedPackages(Path project) {
        Path root = root(project);
        Path installed = root.resolve(INSTALLED);
        Set<Path> folders = new TreeSet<>();
        if (Files.isRegularFile(installed)) {
            for (JsonNode entry : read(installed).path("packages")) {
                if (entry.path("link").asBoolean(false)
                        && entry.path("resolved").isTextual()) {
                    folders.add(folder(root, entry.path("resolved").textValue(), installed)
                            .normalize());
                }
            }
        }
        return folders;
    }

    private static byte[] withoutOwnVersion(JsonNode lock) {
        if (lock instanceof ObjectNode object) {
            object.remove("version");
            if (object.path("packages").path("") instanceof ObjectNode own) {
                own.remove("version");
            }
        }
        return lock.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The folder that npm installs into: that of the workspace that the project is a member of, else its own. */
    public static Path root(Path project) {
        for (Path folder = project.getParent(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(PackageJson.FILE_NAME))
                    && isMember(
                            project, folder, PackageJson.read(folder).content().path("workspaces"))) {
                return folder;
            }
        }
        return project;
    }

    private static boolean isMember(Path project, Path folder, JsonNode workspaces) {
        JsonNode patterns = workspaces.isObject() ? workspaces.path("packages") : workspaces;
        Path relative = folder.relativize(project);
        boolean member = false;
        for (JsonNode pattern : patterns) {
            boolean out = pattern.asText().startsWith("!");
            String glob = out ? pattern.asText().substring(1) : pattern.asText();
            glob = glob.startsWith("./") ? glob.substring(2) : glob;
            while (glob.endsWith("/") && glob.length() <= LONGEST_PATTERN) {
                glob = glob.substring(0, glob.length() - 1);
            }
            if (matcher(glob, folder).matches(relative)) {
                member = !out;
            }
        }
        return member;
    }

    private static PathMatcher matcher(String glob, Path folder) {
        try {
            if (glob.length() <= LONGEST_PATTERN) {
                return FileSystems.getDefault().getPathMatcher("glob:" + glob);
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new OlympeException(
                "The file '" + folder.resolve(PackageJson.FILE_NAME) + "' has '" + OneLine.of(glob, 200)
                        + "' among its 'workspaces', which is not a pattern of folders; write one such as 'packages/*'.");
    }

    /** A folder as a lock file names it, which may be anything. */
    private static Path folder(Path root, String name, Path file) {
        try {
            return root.resolve(name);
        } catch (InvalidPathException e) {
            throw new OlympeException("The file '" + file + "' names the folder '" + OneLine.of(name, 200)
                    + "', which cannot be one; delete it or check it out again, and run 'npm install'.");
        }
    }

    public static Optional<Path> lockFile(Path root) {
        return LOCK_FILES.stream()
                .map(root::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static JsonNode read(Path file) {
        try {
            return ForeignText.json(file, LARGEST_MEBIBYTES);
        } catch (ForeignText.Malformed e) {
            throw new OlympeException("The file '" + file + "' is not valid JSON (" + e.reason()
                    + "); delete it or check it out again, and run 'npm install' where it was a lock file.");
        } catch (IOException e) {
            throw new OlympeException("The file '" + file + "' cannot be read (" + e + "); check its rights.", e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new OlympeException(
                    "The file '" + file + "' cannot be deleted (" + e + "); check the folder's rights.", e);
        }
    }
}
