package io.github.olympe.maven.image;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What images need to know about their project.
 *
 * @param directory the project's folder, which sources are relative to
 * @param version Maven's version of the project
 * @param drawVersion the version of Draw that it is built with
 * @param sourceUrl the URL of its sources
 * @param buildStart the time when the build began
 */
public record ImageProject(
        Path directory, String version, Optional<String> drawVersion, Optional<String> sourceUrl, Instant buildStart) {}
