package io.github.olympe.maven.goal;

import io.github.olympe.maven.text.Texts;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The section {@code frontend}. */
public class Frontend extends ImageSection {

    /** Returns the folder that nginx serves, if a section names one. */
    static Optional<String> served(@Nullable Frontend section) {
        return Optional.ofNullable(section).flatMap(frontend -> Texts.of(frontend.target));
    }
}
