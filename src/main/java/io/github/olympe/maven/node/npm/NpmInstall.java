package io.github.olympe.maven.node.npm;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.io.FolderLock;
import io.github.olympe.maven.node.GitProgram;
import io.github.olympe.maven.node.GitWorkTree;
import io.github.olympe.maven.node.packages.PackageCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Installs a project's npm packages, unless an install would change nothing: {@code npm ci} by a lock file that git tracks, or that is
 * there without git, else {@code npm install}.
 *
 * <p>What is installed is known from npm's own {@code node_modules/.package-lock.json}, which npm writes when an install has succeeded. It
 * is removed before npm starts, so that an install which failed or was interrupted never counts as finished. Beside it the plugin keeps an
 * {@link InstallStamp} with what npm does not record.
 *
 * @param npm npm, as it runs in the project
 * @param arguments what is added to {@code npm ci} or {@code npm install}, the parameter {@code npmArguments}
 * @param locks the folder of the locks that keep two Mavens from installing into one folder at once
 * @param cache the packages that earlier installs on this machine made, the parameter {@code packageCache}
 * @param done the folders whose packages this build has already installed or checked, because modules of a build may share a workspace;
 *     this install adds its own
 */
public record NpmInstall(Npm npm, List<String> arguments, Path locks, Optional<PackageCache> cache, Set<Path> done) {

    /** One install at a time in a folder: the modules of a build may share a workspace. */
    private static final Map<Path, Object> LOCKS = new ConcurrentHashMap<>();

    public NpmInstall {
        arguments = List.copyOf(arguments);
    }

    /** Installs the packages unless that would change nothing. */
    public void run() {
        Workspace workspace = npm.workspace();
        workspace.ignored().ifPresent(npm.log()::workspaceIgnored);
        Path root = workspace.root();
        synchronized (LOCKS.computeIfAbsent(root, path -> new Object())) {
            // The goal has already locked the project's own folder.
            try (FolderLock lock = root.equals(workspace.project()) ? FolderLock.none() : takeRoot(root)) {
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
                root, locks, folder -> npm.log().note("Waiting for another build that is working in " + folder + "."));
    }

    private void install(Path root) {
        Optional<LockFile> lock = LockFile.of(root);
        if (lock.isEmpty()) {
            npm.log().noLockFile(root);
            install(root, "install");
            return;
        }
        Optional<String> reason = reasonToInstall(lock.get());
        if (reason.isEmpty()) {
            npm.log().packagesUpToDate(root);
            reason = done.add(root) ? reasonOfScripts(root) : Optional.empty();
        }
        if (reason.isEmpty()) {
            return;
        }
        boolean tracked = isTracked(lock.get().file());
        if (!tracked) {
            npm.log().lockFileNotTracked(lock.get().file());
        }
        npm.log().installingPackages(reason.get());
        if (tracked) {
            ci(root, lock.get());
        } else {
            install(root, "install");
        }
    }

    /** Does what {@code npm ci} does, but without npm if an earlier one in another workspace gave the same result. */
    private void ci(Path root, LockFile lock) {
        Optional<RepeatableInstall> repeatable =
                cache.flatMap(packages -> RepeatableInstall.of(npm.in(root), arguments, stamp(), lock, packages));
        if (repeatable.isEmpty()) {
            install(root, "ci");
            return;
        }
        startOver(root);
        boolean restored = orStartOver(root, repeatable.get()::restore);
        if (restored) {
            finish(root);
        } else {
            install(root, "ci");
            repeatable.get().keep();
        }
    }

    /** Returns whether git tracks the lock file, so that every checkout has it. Without git, a copy of the project contains it too. */
    private boolean isTracked(Path lockFile) {
        try {
            Optional<GitWorkTree> workTree = GitWorkTree.of(npm.workspace().root(), GitProgram.of(npm));
            if (workTree.isEmpty()) {
                return true;
            }
            Optional<Boolean> tracked = workTree.get().tracks(lockFile);
            return tracked.isPresent() ? tracked.get() : !workTree.get().ignores(lockFile);
        } catch (IOException e) {
            throw new OlympeException("The file '" + lockFile + "' cannot be read (" + e + "); check its rights.", e);
        }
    }

    /** Installs the packages only if there are none at all, for goals that need them. */
    public void runIfMissing() {
        Path root = npm.workspace().root();
        if (!Files.isRegularFile(LockFile.installedFile(root)) && !Files.isRegularFile(InstallStamp.file(root))) {
            run();
        }
    }

    private static void startOver(Path root) {
        delete(InstallStamp.file(root));
        delete(LockFile.installedFile(root));
    }

    /**
     * Runs an action, and resets the install if it fails. A project's script fails after npm has recorded that all packages are installed,
     * which would hide the failure from the next build.
     */
    private static <T> T orStartOver(Path root, Supplier<T> action) {
        try {
            return action.get();
        } catch (OlympeException e) {
            startOver(root);
            throw e;
        }
    }

    private void install(Path root, String command) {
        startOver(root);
        List<String> line = new ArrayList<>();
        line.add(command);
        line.addAll(arguments);
        orStartOver(root, () -> {
            npm.in(root).run(line);
            return line;
        });
        finish(root);
    }

    private void finish(Path root) {
        done.add(root);
        // A project without any package has no node_modules, and needs none.
        if (Files.isDirectory(root.resolve("node_modules"))) {
            stamp().write(root);
        }
    }

    /** Why an install could change something; empty if it would not. */
    public Optional<String> reasonToInstall() {
        Optional<LockFile> lock = LockFile.of(npm.workspace().root());
        return lock.isEmpty() ? Optional.of("there is no lock file") : reasonToInstall(lock.get());
    }

    private Optional<String> reasonToInstall(LockFile lock) {
        JsonNode packages = lock.packages();
        if (!packages.isObject()) {
            return Optional.of("the lock file is of npm 6 or older");
        }
        Optional<String> changed = lock.changedDependencies();
        if (!lock.hasPackages()) {
            return changed;
        }
        Optional<InstalledPackages> installed = InstalledPackages.of(lock.root());
        if (installed.isEmpty()) {
            return Optional.of("there is no finished install");
        }
        return changed.or(installed.get()::missing).or(() -> reasonOfStamp(lock, installed.get()));
    }

    private Optional<String> reasonOfStamp(LockFile lock, InstalledPackages installed) {
        InstallStamp now = stamp();
        Optional<InstallStamp> last = InstallStamp.read(lock.root());
        if (last.isPresent()) {
            return now.changeSince(last.get());
        }
        boolean asByDefault = arguments.isEmpty()
                && !"production".equals(npm.environment().get("NODE_ENV"))
                && npm.configuration().changesNothing();
        return asByDefault
                ? installed.differenceTo(lock, target())
                : Optional.of("the plugin has not installed them yet");
    }

    /**
     * Runs the scripts that npm runs with each install, such as {@code patch-package}, whose patches may have changed. This happens once in
     * a build, because later the modules of a workspace work in its folders.
     *
     * @return the reason to install again: a script fails with the present packages
     */
    private Optional<String> reasonOfScripts(Path root) {
        try {
            InstallScripts.run(npm.in(root), arguments, npm.workspace());
            return Optional.empty();
        } catch (OlympeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e; // The build is ending.
            }
            return Optional.of("an install script of the project failed with the packages that are there");
        }
    }

    private InstallStamp stamp() {
        return InstallStamp.of(npm, arguments, target());
    }

    private InstallTarget target() {
        return InstallTarget.of(npm.runtime().target(npm.workspace().project(), npm.environment()));
    }

    /** What is installed for a project, as a digest. */
    public static String installedDigest(Workspace workspace) {
        return LockFile.installed(workspace.root()).map(LockFile::digest).orElse("none");
    }

    /** The folders of the packages that npm only links to: the members of a workspace, and dependencies given as folders. */
    public static Set<Path> linkedPackages(Workspace workspace) {
        return InstalledPackages.of(workspace.root())
                .map(InstalledPackages::linked)
                .orElse(Set.of());
    }

    /** Where the lock file of a project or workspace is. */
    public static Optional<Path> lockFile(Path root) {
        return LockFile.find(root);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new OlympeException(
                    "The file '" + file + "' cannot be deleted (" + e + "); check the folder's permissions.", e);
        }
    }
}
