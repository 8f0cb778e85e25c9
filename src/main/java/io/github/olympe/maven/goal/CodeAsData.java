package io.github.olympe.maven.goal;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The section {@code codeAsData}. */
public class CodeAsData extends ImageSection {

    /** The mode that the target folder gets, in octal. */
    @Nullable String targetMode;

    /** Whether the image is pushed and deployed. */
    @Nullable Boolean deploy;

    /** {@code auto} or {@code manual}. */
    @Nullable String updateMode;

    @Override
    Optional<String> targetMode() {
        // A mode that is written and blank is a mistake.
        return Optional.ofNullable(targetMode).map(String::strip);
    }
}
