package io.github.olympe.maven.node;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.io.FileNames;
import io.github.olympe.maven.node.runtime.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The files of a folder with the digests of their content. Times and sizes do not count. */
final class ProjectFiles {

    private static final Set<String> NEVER = Set.of(".git", "node_modules");

    private ProjectFiles() {}

    /**
     * Returns the files that git does not ignore and those that it tracks. Without git, or if it is unknown what git tracks, it returns all
     * files.
     *
     * @param project the project's folder
     * @param excluded folders to leave out
     */
    static Map<String, String> notIgnored(Path project, Collection<Path> excluded, GitProgram git) {
        try {
            Optional<GitWorkTree> workTree = GitWorkTree.of(project, git);
            Optional<SortedSet<String>> tracked =
                    workTree.isPresent() ? workTree.get().tracked(workTree.get().path(project)) : Optional.empty();
            return tracked.isEmpty() || workTree.isEmpty() || workTree.get().ignores(project)
                    ? digests(project, walk(project, NEVER, excluded))
                    : digests(project, walkGit(workTree.get(), tracked.get(), project, excluded));
        } catch (IOException e) {
            throw unreadable(project, e);
        }
    }

    /** Returns all files except installed packages and git's own files. */
    static Map<String, String> all(Path folder) {
        try {
            return Files.isDirectory(folder) ? digests(folder, walk(folder, NEVER, Set.of())) : Map.of();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /** Returns these files of a folder. */
    static Map<String, String> of(Path folder, Set<Path> files) {
        try {
            return digests(folder, files);
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /** Returns all files except those in {@code excluded}. */
    static Map<String, String> everything(Path folder, Collection<Path> excluded) {
        try {
            return Files.isDirectory(folder) ? digests(folder, walk(folder, Set.of(), excluded)) : Map.of();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /** Returns whether git tracks a file in a folder, or if that is unknown, whether git does not ignore the folder. */
    static boolean hasTracked(Path folder, GitProgram git) {
        try {
            Optional<GitWorkTree> workTree = GitWorkTree.of(folder, git);
            if (workTree.isEmpty()) {
                return false;
            }
            Optional<Boolean> tracked = workTree.get().tracks(folder);
            return tracked.isPresent() ? tracked.get() : !workTree.get().ignores(folder);
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    static OlympeException unreadable(Path folder, IOException e) {
        return new OlympeException(
                "The files in '" + folder + "' cannot be read (" + e
                        + "); check their rights, or set the parameter 'incremental' (olympe.incremental) to false.",
                e);
    }

    private static Set<Path> walkGit(
            GitWorkTree workTree, SortedSet<String> tracked, Path project, Collection<Path> excluded)
            throws IOException {
        IgnoreRules rules = workTree.ignoreRules();
        String own = workTree.path(project);
        String prefix = own.isEmpty() ? "" : own + "/";
        Set<Path> files = new TreeSet<>();
        Files.walkFileTree(project, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (folder.equals(project)) {
                    return FileVisitResult.CONTINUE;
                }
                if (isLeftOut(folder, excluded)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                if (Files.exists(folder.resolve(".git"))) {
                    files.addAll(walk(folder, NEVER, excluded)); // A submodule is a part of the project.
                    return FileVisitResult.SKIP_SUBTREE;
                }
                return rules.ignores(prefix + FileNames.key(project.relativize(folder)), true)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!attributes.isOther() && !rules.ignores(prefix + FileNames.key(project.relativize(file)), false)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        for (String path : tracked) {
            if (path.startsWith(prefix)) {
                Path file = FileNames.resolve(project, path.substring(prefix.length()));
                if (isFile(file) && !isBelowLeftOut(file, project, excluded)) {
                    files.add(file); // Even if a rule ignores it.
                }
            }
        }
        return files;
    }

    private static boolean isFile(Path file) {
        return Files.isRegularFile(file) || Files.isSymbolicLink(file);
    }

    private static boolean isLeftOut(Path path, Collection<Path> excluded) {
        return NEVER.contains(String.valueOf(path.getFileName())) || excluded.contains(path);
    }

    private static boolean isBelowLeftOut(Path file, Path project, Collection<Path> excluded) {
        for (Path path = file; path != null && !path.equals(project); path = path.getParent()) {
            if (isLeftOut(path, excluded)) {
                return true;
            }
        }
        return false;
    }

    private static Set<Path> walk(Path folder, Set<String> never, Collection<Path> excluded) throws IOException {
        Set<Path> files = new TreeSet<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean leaveOut = !directory.equals(folder)
                        && (never.contains(String.valueOf(directory.getFileName())) || excluded.contains(directory));
                return leaveOut ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() || attributes.isSymbolicLink()) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    private static Map<String, String> digests(Path folder, Set<Path> files) throws IOException {
        Map<String, String> digests = new ConcurrentHashMap<>();
        Map<Path, IOException> failures = new ConcurrentHashMap<>();
        files.parallelStream().forEach(file -> {
            try {
                digests.put(FileNames.key(folder.relativize(file)), digest(file));
            } catch (NoSuchFileException e) {
                // It was just deleted, and is treated as missing.
            } catch (IOException e) {
                failures.put(file, e);
            }
        });
        for (IOException failure : failures.values()) {
            throw failure;
        }
        return new TreeMap<>(digests);
    }

    private static String digest(Path file) throws IOException {
        MessageDigest digest = Digests.sha256();
        if (Files.isSymbolicLink(file)) {
            Path target = Files.readSymbolicLink(file);
            digest.update(("link " + FileNames.key(target)).getBytes(StandardCharsets.UTF_8));
        } else {
            byte[] buffer = new byte[1 << 16];
            try (InputStream in = Files.newInputStream(file)) {
                for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
                    digest.update(buffer, 0, length);
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
