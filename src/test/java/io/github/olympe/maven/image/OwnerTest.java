package io.github.olympe.maven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.OneLine;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerTest {

    @Test
    void parsesAUserAndAGroup() {
        assertThat(Owner.of("owner", " nginx:root ")).isEqualTo(new Owner("nginx", Optional.of("root")));
        assertThat(Owner.of("owner", "1000").group()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":", "a:", ":b", "a:b:c", "a b", "-a", "a/b", "4294967295", "99999999999999999999", "a\nb"})
    void anInvalidValueIsNamedWithItsParameter(String text) {
        assertThatThrownBy(() -> Owner.of("frontend/owner", text))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("'frontend/owner'")
                .hasMessageContaining("'" + OneLine.of(text) + "'")
                .hasMessageContaining("1000:1000");
    }
}
