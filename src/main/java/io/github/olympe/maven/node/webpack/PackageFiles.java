package io.github.olympe.maven.node.webpack;

import io.github.olympe.maven.node.runtime.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files in {@code node_modules} folders: their paths, sizes and times, which show changes by hand. Reading all of their content before
 * each build would take too long.
 *
 * @param unknown a link that leads out of all of these folders
 * @param digest the digest
 */
record PackageFiles(Optional<String> unknown, String digest) {

    /** Caches of programs, and the lists of installed packages. */
    private static final Set<String> NO_PACKAGES = Set.of(".cache", ".package-lock.json", ".olympe-install");

    /** Reads those of the folders that exist. Links may lead to folders below the real paths. */
    static PackageFiles of(Set<Path> folders, Path realProject, Path realRoot) throws IOException {
        List<Path> parts = new ArrayList<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> entries = Files.list(folder)) {
                    entries.filter(entry -> !NO_PACKAGES.contains(String.valueOf(entry.getFileName())))
                            .sorted()
                            .forEach(parts::add);
                }
            }
        }
        try {
            List<Part> read = parts.parallelStream()
                    .map(part -> Part.read(part, realProject, realRoot))
                    .toList();
            return new PackageFiles(
                    read.stream().flatMap(part -> part.leadsOut().stream()).findFirst(),
                    Digests.of(read.stream().map(Part::digest).collect(Collectors.joining())));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private record Part(String digest, Optional<String> leadsOut) {

        static Part read(Path part, Path realProject, Path realRoot) {
            StringBuilder text = new StringBuilder();
            List<String> out = new ArrayList<>();
            try {
                Files.walkFileTree(part, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                        text.append(file)
                                .append(' ')
                                .append(attributes.size())
                                .append(' ')
                                .append(attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS))
                                .append('\n');
                        if (attributes.isSymbolicLink()) {
                            text.append(Files.readSymbolicLink(file)).append('\n');
                            if (leadsOut(file, realProject, realRoot)) {
                                out.add(file + " is a link that leads out of the project");
                            }
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new Part(Digests.of(text.toString()), out.stream().findFirst());
        }

        private static boolean leadsOut(Path link, Path realProject, Path realRoot) {
            try {
                Path real = link.toRealPath();
                return !real.startsWith(realProject) && !real.startsWith(realRoot.resolve("node_modules"));
            } catch (IOException e) {
                return false; // It leads nowhere now. Once it leads somewhere, its digest changes.
            }
        }
    }
}
