package io.github.olympe.maven.image.dockerfile.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WildcardTest {

    /** A pattern, the names that it matches, and those that it does not. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '§',
            value = {
                "a.js | a.js | b.js a.jsx xa.js a_js A.js",
                "* | a ab | ",
                "a* | a ab abc | b ba",
                "*a | a ba aba | ab b",
                "a*b*c | abc aXbXc abbcc abcbc | ac ab abcd",
                "**a | a ba | b",
                "? | a | ab",
                "a?c | abc a?c | ac abbc",
                "?* | a ab | ",
                "*.[jt]s | a.js .ts b.c.ts | a.cs a.js.map",
                "[a-c] | a b c | d ` ab -",
                "[a-cx-z0] | a c x z 0 | d w 1 -",
                "[!a] | b ! [ ] ^ | a",
                "[^a-c]x | dx ^x [x | ax cx",
                "[a!] | a ! | b",
                "[]a] | ] a | b [",
                "[!]a] | b ! | ] a",
                "[a-] | a - | b",
                "[-a] | - a | b",
                "[a\\]b] | a ] b | \\ c",
                "[a\\-c] | a - c | b \\",
                "[a-\\c] | a b c | \\ d",
                "[\\a-c]x | ax bx cx | \\x dx",
                "\\* | * | a \\*",
                "a\\?b | a?b | aab",
                "\\[a] | [a] | a",
                "\\\\ | \\ | a",
                "a[b]c | abc | a[b]c ac",
            })
    void matchesWholeNames(String pattern, String matching, String others) {
        Wildcard wildcard = Wildcard.of(pattern, "!^").orElseThrow();
        for (String name : matching.split(" ")) {
            assertThat(wildcard.matches(name)).as(name).isTrue();
        }
        for (String name : others == null ? new String[0] : others.split(" ")) {
            assertThat(wildcard.matches(name)).as(name).isFalse();
        }
        assertThat(wildcard.matches("")).isEqualTo(pattern.equals("*"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[", "[a", "[]", "[!", "[!]", "[a-", "[a-b", "[a-\\", "[a-\\b", "[\\", "[a\\", "[\\]", "a\\", "a[b"
            })
    void whatIsNotClosedIsNoPattern(String pattern) {
        assertThat(Wildcard.of(pattern, "!^")).isEmpty();
    }

    /** COPY knows only one of the two characters that a shell takes for a negation. */
    @ParameterizedTest
    @CsvSource({"'[!a]', a, true", "'[!a]', !, true", "'[!a]', b, false", "'[^a]', a, false", "'[^a]', b, true"})
    void whatNegatesIsChosen(String pattern, String name, boolean matches) {
        assertThat(Wildcard.of(pattern, "^").orElseThrow().matches(name)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "?", "[", "a*", "\\**", "\\\\*"})
    void isInATextWithSpecialCharacters(String text) {
        assertThat(Wildcard.isIn(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "]", "\\*", "a\\", "\\[\\?", "{a}"})
    void isNotInAPlainText(String text) {
        assertThat(Wildcard.isIn(text)).isFalse();
    }

    @ParameterizedTest
    @Tag("cost")
    @ValueSource(strings = {"a*a*a*a*a*a*b", "*a*a*a*a*a*b", "*?*?*?*?*b"})
    void takesNoLongTimeForLongNames(String pattern) {
        char[] name = new char[10_000];
        Arrays.fill(name, 'a');

        assertThat(Wildcard.of(pattern, "!").orElseThrow().matches(new String(name)))
                .isFalse();
    }
}
