package io.github.olympe.maven.goal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@code <backend>} in the parameter {@code backends}. */
public class Backend extends ImageSection {

    /** A regular expression for the names of the backends that get this image. */
    @Nullable String deployTo;

    /** Returns the sections of {@code backends}, or one default section if there are none. */
    static List<Backend> sections(@Nullable List<Backend> backends) {
        return backends == null || backends.isEmpty()
                ? List.of(new Backend())
                : backends.stream()
                        .map(section -> section == null ? new Backend() : section)
                        .toList();
    }
}
