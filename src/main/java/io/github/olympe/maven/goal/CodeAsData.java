package io.github.olympe.maven.goal;

import io.github.olympe.maven.image.ImageKind;
import io.github.olympe.maven.text.Texts;
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

    /** The folder in the image that has the patches. */
    static String target(@Nullable CodeAsData section) {
        return Optional.ofNullable(section)
                .flatMap(data -> Texts.of(data.target))
                .orElse(ImageKind.CODE_AS_DATA.defaultTarget());
    }
}
