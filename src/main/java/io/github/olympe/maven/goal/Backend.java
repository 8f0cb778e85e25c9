package io.github.olympe.maven.goal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A section {@code backend} of {@code backends}. */
public class Backend extends ImageSection {

    /** A regular expression on the names of the backends that this image is deployed to. */
    @Nullable String deployTo;

    /** Returns the sections of {@code backends}; without any, the one that a project has by default. */
    static List<Backend> sections(@Nullable List<Backend> backends) {
        return backends == null || backends.isEmpty()
                ? List.of(new Backend())
                : backends.stream()
                        .map(section -> section == null ? new Backend() : section)
                        .toList();
    }
}
