package io.github.olympe.maven.node;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.node.runtime.Digests;
import java.io.File;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.NameConflictTreeWalk;
import org.eclipse.jgit.treewalk.WorkingTreeIterator;
import org.eclipse.jgit.treewalk.filter.PathFilter;

/** The files of a folder with the digests of their content. Neither times nor sizes have a part. */
final class ProjectFiles {

    private static final Set<String> NEVER = Set.of(".git", "node_modules");

    private ProjectFiles() {}

    /**
     * The files that git does not ignore (those that it tracks included), or all where this is no git repository.
     *
     * @param project the project's folder
     * @param excluded folders that have no part
     */
    static Map<String, String> notIgnored(Path project, Collection<Path> excluded) {
        try {
            File gitDirectory =
                    new FileRepositoryBuilder().findGitDir(project.toFile()).getGitDir();
            if (gitDirectory == null) {
                return digests(project, walk(project, NEVER, excluded));
            }
            try (Repository repository =
                    new FileRepositoryBuilder().setGitDir(gitDirectory).build()) {
                return repository.isBare()
                        ? digests(project, walk(project, NEVER, excluded))
                        : digests(project, walkGit(repository, project, excluded));
            }
        } catch (IOException e) {
            throw unreadable(project, e);
        }
    }

    /** All files, apart from packages that are installed in the folder and git's own. */
    static Map<String, String> all(Path folder) {
        try {
            return Files.isDirectory(folder) ? digests(folder, walk(folder, NEVER, Set.of())) : Map.of();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /** All files, whatever they are called, but those in {@code excluded}. */
    static Map<String, String> everything(Path folder, Collection<Path> excluded) {
        try {
            return Files.isDirectory(folder) ? digests(folder, walk(folder, Set.of(), excluded)) : Map.of();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /** Whether git tracks a file in a folder. */
    static boolean hasTracked(Path folder) {
        try {
            Path existing = folder.toRealPath();
            File gitDirectory =
                    new FileRepositoryBuilder().findGitDir(existing.toFile()).getGitDir();
            if (gitDirectory == null) {
                return false;
            }
            try (Repository repository =
                    new FileRepositoryBuilder().setGitDir(gitDirectory).build()) {
                if (repository.isBare() || !repository.getIndexFile().isFile()) {
                    return false;
                }
                String path =
                        slashed(repository.getWorkTree().toPath().toRealPath().relativize(existing));
                return repository.readDirCache().getEntriesWithin(path).length > 0;
            }
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static OlympeException unreadable(Path folder, IOException e) {
        return new OlympeException(
                "The files in '" + folder + "' cannot be read (" + e
                        + "); check their rights, or build without 'incremental' (-Dolympe.incremental).",
                e);
    }

    private static Set<Path> walkGit(Repository repository, Path project, Collection<Path> excluded)
            throws IOException {
        Path workTree = repository.getWorkTree().toPath().toRealPath();
        String prefix = slashed(workTree.relativize(project.toRealPath()));
        Set<Path> files = new TreeSet<>();
        try (NameConflictTreeWalk walk = new NameConflictTreeWalk(repository)) {
            FileTreeIterator work = new FileTreeIterator(repository);
            walk.addTree(work);
            walk.addTree(new DirCacheIterator(
                    repository.getIndexFile().isFile() ? repository.readDirCache() : DirCache.newInCore()));
            work.setDirCacheIterator(walk, 1);
            if (!prefix.isEmpty()) {
                walk.setFilter(PathFilter.create(prefix));
            }
            while (walk.next()) {
                WorkingTreeIterator entry = walk.getTree(0, WorkingTreeIterator.class);
                boolean tracked = walk.getTree(1, DirCacheIterator.class) != null;
                if (entry == null || entry.isEntryIgnored() && !tracked || NEVER.contains(walk.getNameString())) {
                    continue;
                }
                String path = walk.getPathString();
                if (!prefix.isEmpty() && !path.startsWith(prefix + "/")) {
                    if (walk.isSubtree()) {
                        walk.enterSubtree(); // A folder above the project.
                    }
                    continue;
                }
                Path file = project.resolve(prefix.isEmpty() ? path : path.substring(prefix.length() + 1));
                if (excluded.contains(file)) {
                    continue;
                }
                if (walk.isSubtree()) {
                    walk.enterSubtree();
                } else if (entry.getEntryFileMode() == FileMode.GITLINK) {
                    files.addAll(walk(file, NEVER, excluded)); // A submodule is a part of the project.
                } else {
                    files.add(file);
                }
            }
        }
        return files;
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
                digests.put(slashed(folder.relativize(file)), digest(file));
            } catch (NoSuchFileException e) {
                // Deleted just now: as if it had never been there.
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
            digest.update(("link " + Files.readSymbolicLink(file)).getBytes(StandardCharsets.UTF_8));
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

    private static String slashed(Path path) {
        return path.toString().replace(File.separatorChar, '/');
    }
}
