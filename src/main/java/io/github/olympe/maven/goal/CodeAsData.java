package io.github.olympe.maven.goal;

import io.github.olympe.maven.image.ImageKind;
import io.github.olympe.maven.text.InvalidParameter;
import io.github.olympe.maven.text.Texts;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The section {@code codeAsData}. */
public class CodeAsData extends ImageSection {

    /** The mode of the target folder, in octal. */
    @Nullable String targetMode;

    /** Whether the image is pushed and deployed: {@code true}, {@code false} or {@code auto}. */
    @Nullable String deploy;

    /** {@code auto} or {@code manual}. */
    @Nullable String updateMode;

    /** When the image is pushed and deployed. */
    enum Deploy {
        ALWAYS("true"),
        NEVER("false"),
        /** Only if the environment will import something. */
        AUTO("auto");

        private final String text;

        Deploy(String text) {
            this.text = text;
        }

        static Deploy of(String parameter, String text) {
            return Stream.of(values())
                    .filter(value -> value.text.equals(text.strip()))
                    .findFirst()
                    .orElseThrow(() -> InvalidParameter.of(parameter, text, "Use true, false or auto."));
        }
    }

    @Override
    Optional<String> targetMode() {
        // A blank mode is a mistake.
        return Optional.ofNullable(targetMode).map(String::strip);
    }

    /** Returns the folder in the image that holds the patches. */
    static String target(@Nullable CodeAsData section) {
        return Optional.ofNullable(section)
                .flatMap(data -> Texts.of(data.target))
                .orElse(ImageKind.CODE_AS_DATA.defaultTarget());
    }
}
