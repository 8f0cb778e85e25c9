package io.github.olympe.maven.image.push;

import io.github.olympe.maven.io.UnusedFiles;
import io.github.olympe.maven.registry.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Remembers which repositories of a registry have a blob, so that other repositories can mount it from there. It is only a hint: the
 * registry may have deleted the blob, or the user may no longer read it there.
 */
final class MountSources {

    private static final int MOST_REMEMBERED = 4;

    private final Path folder;

    MountSources(Path folder) {
        this.folder = folder;
    }

    /** The repositories, the latest first. */
    List<String> of(String registry, Digest digest) {
        try {
            UnusedFiles.markUsed(file(registry, digest));
            return Files.readAllLines(file(registry, digest), StandardCharsets.UTF_8).stream()
                    .filter(line -> line.matches("[a-z0-9][a-z0-9._/-]*"))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    void remember(String registry, Digest digest, String repository) {
        List<String> known = of(registry, digest);
        if (known.contains(repository)) {
            return;
        }
        List<String> repositories = new ArrayList<>(List.of(repository));
        known.stream().limit(MOST_REMEMBERED - 1).forEach(repositories::add);
        Path file = file(registry, digest);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, repositories, StandardCharsets.UTF_8);
        } catch (IOException e) {
            // Without the hint, the blob is sent again.
        }
    }

    private Path file(String registry, Digest digest) {
        return folder.resolve(registry.replace(':', '_')).resolve(digest.hex());
    }
}
