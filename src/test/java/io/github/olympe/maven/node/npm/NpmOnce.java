package io.github.olympe.maven.node.npm;

import io.github.olympe.maven.io.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.CopyOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What npm makes of a folder. Tests of a class that begin with the same content share it, because each start of npm takes a second of CPU
 * time.
 *
 * @param results the folder where the results are kept
 * @param known the results, by the action and the content of the folder before it
 */
record NpmOnce(Path results, Map<List<String>, Path> known) {

    private static final CopyOption[] AS_IT_IS = {LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES};

    /** Keeps results in an empty folder. */
    static NpmOnce in(Path results) {
        return new NpmOnce(results, new HashMap<>());
    }

    /** Runs an action in a folder, or copies its result if it has run in a folder with the same content. */
    void run(String action, Path folder, Runnable npm) {
        try {
            List<String> before = content(folder);
            before.add(action);
            Path result = known.get(before);
            if (result == null) {
                npm.run();
                result = results.resolve(String.valueOf(known.size()));
                copy(folder, result);
                known.put(before, result);
            } else {
                for (Path child : children(folder)) {
                    FileTree.delete(child);
                }
                copy(result, folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.toList();
        }
    }

    /** The files with their content and permissions. */
    private static List<String> content(Path folder) throws IOException {
        List<String> content = new ArrayList<>();
        for (Map.Entry<String, Path> file : FileTree.files(folder).entrySet()) {
            Path path = file.getValue();
            content.add(file.getKey());
            content.add(
                    Files.isSymbolicLink(path)
                            ? "link to " + Files.readSymbolicLink(path)
                            : PosixFilePermissions.toString(Files.getPosixFilePermissions(path)) + " "
                                    + new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
        }
        return content;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)), AS_IT_IS);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
