package io.github.olympe.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All errors about parameters look alike: {@code InvalidParameter} words those about values, and all name the property in the same way. */
class ParameterErrorsTest {

    @Test
    void allErrorsAboutValuesHaveTheSameForm() throws IOException {
        assertThat(ErrorMessages.inSources().keySet())
                .filteredOn(message -> message.contains("The parameter "))
                .isNotEmpty()
                .allSatisfy(message -> assertThat(message)
                        .doesNotContain("has the value", " is '", "' is …", "is missing", "in its URL"));
    }

    @Test
    void aPropertyIsInParenthesesAsWrittenInAPom() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            List<Path> files = sources.filter(Files::isRegularFile).toList();

            assertThat(files)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain("(-Dolympe"));
        }
    }
}
