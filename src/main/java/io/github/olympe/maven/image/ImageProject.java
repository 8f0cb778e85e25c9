package io.github.olympe.maven.image;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The information about a project that its images contain.
 *
 * @param directory the project's folder, which sources are relative to
 * @param version Maven's version of the project
 * @param drawVersion the version of Draw that it is built with
 * @param sourceUrl where its sources are
 * @param buildStart when the build began
 */
public record ImageProject(
        Path directory, String version, Optional<String> drawVersion, Optional<String> sourceUrl, Instant buildStart) {}
