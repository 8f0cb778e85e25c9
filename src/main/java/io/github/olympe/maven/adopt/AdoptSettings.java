package io.github.olympe.maven.adopt;

import io.github.olympe.maven.adopt.compare.CompareSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The settings of the goal {@code adopt}.
 *
 * @param project the project's folder
 * @param ci the CI system to write a pipeline for; absent for the one whose pipeline the project has
 * @param pluginVersion the version of the plugin that the pom names
 * @param dryRun whether to show the files instead of writing them
 * @param comparison what to compare the plugin's images with; absent to compare nothing
 */
public record AdoptSettings(
        Path project,
        Optional<String> ci,
        String pluginVersion,
        boolean dryRun,
        Optional<CompareSettings> comparison) {}
