package io.github.olympe.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class OlympeExceptionTest {

    @Test
    void isAlwaysOneLine() {
        assertThat(new OlympeException("The value is 'a\r\n\u0000\u202e\u2028\ud800\t😀'."))
                .hasMessage("The value is 'a\\r\\n\\u0000\\u202e\\u2028\\ud800\\t😀'.");
    }

    @Test
    void keepsBeginningAndEndOfALongMessage() {
        assertThat(new OlympeException("The parameter 'x' has the value '" + "😀".repeat(100_000) + "'; correct it.")
                        .getMessage())
                .hasSizeLessThanOrEqualTo(1200)
                .startsWith("The parameter 'x' has the value '😀")
                .contains(" … ")
                .endsWith("'; correct it.");
    }

    @Test
    void hidesSecretsBeforeShortening() {
        String secret = "s".repeat(5000);
        assertThat(new OlympeException("It is '" + secret + "'.").message(text -> text.replace(secret, "***")))
                .isEqualTo("It is '***'.");
    }

    @Test
    void containsNoClassNames() {
        assertThat(new OlympeException("'x' cannot be read (java.nio.file.AccessDeniedException: /x); check it."))
                .hasMessage("'x' cannot be read (access denied: /x); check it.");
        assertThat(new OlympeException("'x' cannot be read (java.io.EOFException); check it."))
                .hasMessage("'x' cannot be read (it ends too early); check it.");
    }

    @Test
    void hasOneLineForEachOfTheFirstMistakes() {
        assertThat(OlympeException.of(List.of("One\nline.", "Another.")))
                .hasMessage(String.join(System.lineSeparator(), "One\\nline.", "Another."));
        assertThat(String.valueOf(OlympeException.of(Collections.nCopies(1000, "Wrong."))
                                .getMessage())
                        .lines())
                .hasSize(21);
    }

    @Test
    void severalFailuresAreToldAsOneThatSaysEachMistakeOnce() {
        OlympeException first = OlympeException.of(List.of("a is wrong.", "b is wrong."));
        OlympeException second = OlympeException.of(List.of("b is wrong.", "c is wrong."));

        assertThat(OlympeException.ofAll(List.of(first, second)).getMessage().lines())
                .containsExactly("a is wrong.", "b is wrong.", "c is wrong.");
        assertThat(OlympeException.ofAll(List.of(second))).isSameAs(second);
    }
}
