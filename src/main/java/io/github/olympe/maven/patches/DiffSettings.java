package io.github.olympe.maven.patches;

import io.github.olympe.maven.credential.SecretMask;
import java.nio.file.Path;
import java.util.List;

/**
 * What to compare.
 *
 * @param project the project's folder, absolute
 * @param output the folder for {@code diff.json} and {@code diff.md}, absolute
 * @param from the state before, as the user names it; empty for the default
 * @param to the state after; empty for the working tree
 * @param snapshots the folders of the project that have its snapshots, relative to it
 * @param packageName the project's npm package
 * @param failOnChange whether a difference is a failure
 * @param mask hides secrets in the files
 */
public record DiffSettings(
        Path project,
        Path output,
        String from,
        String to,
        List<String> snapshots,
        String packageName,
        boolean failOnChange,
        SecretMask mask) {

    public DiffSettings {
        snapshots = List.copyOf(snapshots);
    }
}
