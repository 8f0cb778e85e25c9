package io.github.olympe.maven.node.npm;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.node.packages.PackageCache;
import io.github.olympe.maven.node.runtime.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An {@code npm ci} whose result may come from another workspace with the same install, and may be kept for others.
 *
 * @param npm npm in the root of the project or workspace
 * @param lock the lock file
 * @param key what the install depends on, as a digest
 * @param scriptsRun whether npm runs install scripts
 * @param cache what earlier installs have made
 */
record RepeatableInstall(Npm npm, LockFile lock, String key, boolean scriptsRun, PackageCache cache) {

    /** Variables that programs read which build or install native modules, besides npm's configuration. */
    private static final List<String> BUILD_VARIABLES =
            List.of("CC", "CXX", "CFLAGS", "CXXFLAGS", "LDFLAGS", "PYTHON", "ESBUILD_BINARY_PATH");

    /** Other ways to say whether scripts run. */
    private static final Pattern OTHER_SCRIPTS =
            Pattern.compile("--(?:no-)?ignore-scripts(?!$).*|--no-ignore-scripts|false|true");

    /**
     * Returns the install, or nothing if the packages of another folder cannot replace it: the project or a member of its workspace has
     * something that an install would run or refuse, a dependency is a folder, or npm's version is unknown.
     *
     * @param npm npm in the root of the project or workspace
     * @param arguments what is added to {@code npm ci}
     * @param stamp what the install depends on, without what it makes
     */
    static Optional<RepeatableInstall> of(
            Npm npm, List<String> arguments, InstallStamp stamp, LockFile lock, PackageCache cache) {
        Path root = lock.root();
        Optional<String> npmVersion =
                npm.runtime().npmFolder().map(PackageJson::read).flatMap(PackageJson::version);
        Optional<Map<String, String>> members = members(root);
        if (!root.getFileSystem().supportedFileAttributeViews().contains("posix")
                || npmVersion.isEmpty()
                || members.isEmpty()
                || Files.exists(root.resolve("binding.gyp"))
                || arguments.stream().anyMatch(OTHER_SCRIPTS.asMatchPredicate())
                || lock.changedDependencies().isPresent()
                || !hasOnlyMembersAsFolders(lock, members.get())) {
            return Optional.empty();
        }
        PackageJson project = PackageJson.read(root);
        List<String> parts = new ArrayList<>(List.of("1", npmVersion.get(), stamp.withoutResult()));
        parts.add(Digests.of(text(lock.file())));
        parts.add(project.name().orElse("") + "@" + project.version().orElse(""));
        parts.add(members.get().toString());
        parts.add(newFileMode());
        BUILD_VARIABLES.forEach(name -> parts.add(npm.environment().getOrDefault(name, "")));
        return Optional.of(new RepeatableInstall(
                npm, lock, Digests.of(String.join("\0", parts)), InstallScripts.areWanted(npm, arguments), cache));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return LockFile.read(file).toString();
        }
    }

    /** Returns the mode of this user's new files, which npm also gives to unpacked files: {@code rw-r--r--}. */
    static String newFileMode() {
        try {
            Path probe = Files.createTempDirectory("olympe");
            try {
                Path file = Files.createFile(probe.resolve("file"));
                // The text of the set itself has another order in each JVM.
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                Files.delete(file);
                return mode;
            } finally {
                Files.delete(probe);
            }
        } catch (IOException e) {
            return "unknown";
        }
    }

    /**
     * Returns the members of the workspace, each with what an install takes from its package.json; empty where a member has install scripts,
     * or a pattern is not a folder or all folders in one.
     */
    private static Optional<Map<String, String>> members(Path root) {
        JsonNode workspaces = PackageJson.read(root).content().path("workspaces");
        Map<String, String> members = new TreeMap<>();
        for (JsonNode pattern : workspaces.isObject() ? workspaces.path("packages") : workspaces) {
            Optional<List<Path>> folders = folders(root, pattern.asText());
            if (folders.isEmpty()) {
                return Optional.empty();
            }
            for (Path folder : folders.get()) {
                JsonNode content = PackageJson.read(folder).content();
                if (!InstallScripts.all(content).isEmpty() || Files.exists(folder.resolve("binding.gyp"))) {
                    return Optional.empty();
                }
                members.put(
                        root.relativize(folder).toString(),
                        content.path("name") + " " + content.path("version") + " " + content.path("bin"));
            }
        }
        return Optional.of(members);
    }

    private static Optional<List<Path>> folders(Path root, String pattern) {
        String path = pattern.replaceFirst("^\\./", "").replaceFirst("/+$", "");
        boolean all = path.endsWith("/*");
        String plain = all ? path.substring(0, path.length() - 2) : path;
        if (plain.matches(".*[*?\\[{!\\\\(].*") || plain.contains("..")) {
            return Optional.empty();
        }
        Path folder = root.resolve(plain);
        try (Stream<Path> children = all && Files.isDirectory(folder) ? Files.list(folder) : Stream.of(folder)) {
            return Optional.of(children.filter(child -> Files.isRegularFile(child.resolve(PackageJson.FILE_NAME)))
                    .sorted()
                    .toList());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether the lock file knows all members, and no other folder that a package is taken from. */
    private static boolean hasOnlyMembersAsFolders(LockFile lock, Map<String, String> members) {
        TreeSet<String> folders = new TreeSet<>();
        for (Map.Entry<String, JsonNode> entry : lock.packages().properties()) {
            if (!entry.getKey().isEmpty() && !LockFile.isPackage(entry.getKey())) {
                folders.add(entry.getKey());
            }
            boolean folder = entry.getValue().path("resolved").asText("").startsWith("file:")
                    && !entry.getValue().has("integrity");
            if (folder) {
                return false;
            }
        }
        return folders.equals(members.keySet());
    }

    /** The folders that the install makes. */
    private List<Path> folders(LockFile of) {
        TreeSet<Path> folders = new TreeSet<>();
        for (Map.Entry<String, JsonNode> entry : of.packages().properties()) {
            int start = entry.getKey().indexOf("node_modules/");
            if (start > 0) {
                folders.add(of.folder(entry.getKey().substring(0, start)).resolve("node_modules"));
            }
        }
        List<Path> all = new ArrayList<>();
        all.add(of.root().resolve("node_modules"));
        all.addAll(folders);
        return all;
    }

    /** Copies the packages if an earlier install made them, and runs the project's scripts that must follow. */
    boolean restore() {
        if (!cache.restore(key, lock.root(), folders(lock))) {
            return false;
        }
        npm.log()
                .note("Took the npm packages from " + cache.folder()
                        + ": npm has installed the same on this machine before (packageCache).");
        if (scriptsRun) {
            InstallScripts.runOwn(npm, lock.root());
        }
        return true;
    }

    /** Keeps what npm has just installed. */
    void keep() {
        Optional<LockFile> installed = LockFile.installed(lock.root());
        if (installed.isEmpty()) {
            return; // There are no packages.
        }
        Optional<String> unknown = scriptsRun ? InstallScripts.unknown(installed.get()) : Optional.empty();
        unknown.or(() -> cache.keep(key, lock.root(), folders(lock)))
                .ifPresent(reason -> npm.log()
                        .note("The npm packages are not kept for other workspaces (packageCache), because " + reason
                                + "."));
    }
}
