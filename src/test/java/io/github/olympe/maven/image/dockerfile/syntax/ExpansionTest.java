package io.github.olympe.maven.image.dockerfile.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpansionTest {

    private static final Place PLACE = new Place("Dockerfile", 7, "ENV …");
    private static final Map<String, String> VARIABLES = Map.of(
            "x",
            "value",
            "spaces",
            " a  b ",
            "empty",
            "",
            "quote",
            "\"$x",
            "long",
            "a".repeat(1000),
            "x_09",
            "digits",
            "half",
            "h".repeat(64 << 10));

    private static Expansion expansion(char escape) {
        return new Expansion(PLACE, escape, VARIABLES::get);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "plain | plain",
                "$x | value",
                "${x}s | values",
                "$x_s | ``",
                "$x_09.$x_09 | digits.digits",
                "$10a | a",
                "$01 | 1",
                "$29a | a",
                "a$@b$!c | abc",
                "a\\ | a",
                "${x:-${empty}}$x | valuevalue",
                "a$x.b | avalue.b",
                "$unset | ``",
                "\"$x\" | value",
                "'$x' | $x",
                "\\$x | $x",
                "\\\\$x | \\value",
                "\"a\\\"b\" | a\"b",
                "\"a\\b\" | a\\b",
                "a\\b | ab",
                "\"it's\" | it's",
                "'say \"hi\"' | say \"hi\"",
                "a'b'\"c\" | abc",
                "$ | $",
                "a$/b | a$/b",
                "$1a | a",
                "$$x | x",
                "a$$ | a",
                "${x:-d} | value",
                "${unset:-d} | d",
                "${empty:-d} | d",
                "${empty-d} | ``",
                "${unset-d} | d",
                "${unset:-$x} | value",
                "${unset:-${empty:-deep}} | deep",
                "${unset:-\"}\"} | }",
                "${x:+d} | d",
                "${unset:+d} | ``",
                "${empty:+d} | ``",
                "${empty+d} | d",
                "${x:?no} | value",
                "$quote | \"$x",
                "dir/${x:-a}/$x | dir/value/value",
            })
    void words(String written, String expanded) {
        assertThat(expansion('\\').word(written)).isEqualTo(expanded);
    }

    @Test
    void theEscapeCharacterMayBeAnother() {
        assertThat(expansion('`').word("C:\\a`$x")).isEqualTo("C:\\a$x");
    }

    @Test
    void whiteSpaceSplitsUnlessItIsQuoted() {
        assertThat(expansion('\\').words("a $spaces \"$spaces\" c\\ d ' '"))
                .containsExactly("a", "a", "b", " a  b ", "c d", " ");
        assertThat(expansion('\\').words("$empty $unset")).isEmpty();
        assertThat(expansion('\\').words("\"\" a '' b\"\"")).containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'a | a single quote is not closed",
                "\"a | a double quote is not closed",
                "\"a\\ | a double quote is not closed",
                "${x | is not a variable",
                "${ | is not a variable",
                "${} | is not a variable",
                "${x: | is not a variable",
                "${x:-y | not closed",
                "${unset:?missing} | the variable 'unset' has no value (missing)",
                "${empty:?} | the variable 'empty' has no value",
                "${x#v} | is not one of the forms",
                "${x%e} | is not one of the forms",
                "${x/a/b} | is not one of the forms",
                "${x:2} | is not one of the forms",
                "${x:} | is not one of the forms",
            })
    void mistakes(String written, String said) {
        assertThatThrownBy(() -> expansion('\\').word(written))
                .hasMessageStartingWith("Dockerfile:7: 'ENV …': ")
                .hasMessageContaining(said);
    }

    @Test
    void variablesMayBeNestedUpToALimit() {
        assertThat(expansion('\\').word("${u:-".repeat(50) + "deep" + "}".repeat(50)))
                .isEqualTo("deep");
        assertThat(expansion('\\').word("${u:-a}".repeat(60))).isEqualTo("a".repeat(60));
        assertThatThrownBy(() -> expansion('\\').word("${u:-".repeat(51) + "}".repeat(51)))
                .hasMessageContaining("it has more than 50 nested variables; simplify it");
    }

    @Test
    void resultsHaveALargestSize() {
        assertThat(expansion('\\').word("$half$half")).hasSize(128 << 10);
        assertThat(expansion('\\').word("\"$half$half\"")).hasSize(128 << 10);
        assertThatThrownBy(() -> expansion('\\').word("$half$half."))
                .hasMessageContaining("a text becomes longer than 128 KiB; shorten it");
        assertThatThrownBy(() -> expansion('\\').word("$half.\"$half\""))
                .hasMessageContaining("a text becomes longer than 128 KiB; shorten it");
        assertThatThrownBy(() -> expansion('\\').word("$long".repeat(200))).hasMessageContaining("longer than 128 KiB");
        assertThatThrownBy(() -> expansion('\\').word("\"" + "$long".repeat(200) + "\""))
                .hasMessageContaining("longer than 128 KiB");
        assertThatThrownBy(() -> expansion('\\').word("${u:-".repeat(10_000)))
                .hasMessageContaining("more than 50 nested variables");
    }
}
