package io.github.olympe.maven.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RegularExpressionTest {

    private static RegularExpression of(String expression) {
        return RegularExpression.of("deployBranches", expression, "main|release/.*");
    }

    /**
     * Each would take Java years, most of them without reading a character of the text. {@code R} stands for the rest, repeated sixty
     * times.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "R(|)",
                "R(?:|)",
                "R(?:)?",
                "R(?<x#>|)",
                "R(?i:|)",
                "R^?",
                "R$?",
                "R\\z?",
                "()R\\1?",
                "\\Q(\\E?R(|)",
                "[](]?R(|)",
                "[\\Q]\\E(]?R(|)",
                "\\c[?R(|)",
            })
    void endsWhateverTheBacktracking(String form) {
        RegularExpression expression = of(repeated(form));
        assertThatThrownBy(() -> expression.matches(""))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("in 'deployBranches' takes too long to compare with ''");
    }

    /** Java ends with these, too. */
    @ParameterizedTest
    @ValueSource(strings = {"R(?=|)", "R\\b?", "(|){60}", "((|)(|)){30}", "(?:(|){60})?"})
    void comparesWhatEnds(String form) {
        assertThat(of(repeated(form)).matches("")).isFalse();
    }

    private static String repeated(String form) {
        StringBuilder expression = new StringBuilder();
        int at = form.indexOf('R');
        expression.append(form, 0, Math.max(0, at));
        for (int i = 0; at >= 0 && i < 60; i++) {
            expression.append(form.substring(at + 1).replace("#", String.valueOf(i)));
        }
        return expression.append(at < 0 ? form : "").append('x').toString();
    }

    @Test
    void readsDeepGroupsOrReportsThem() {
        RegularExpression deep = of("(a|b)*c");
        assertThatThrownBy(() -> deep.matches("ab".repeat(100_000)))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("takes too long");
    }

    @ParameterizedTest
    @CsvSource({
        "main|master, main, true",
        "main|master, maintenance, false",
        "(?!main$).*, main, false",
        "(?!main$).*, develop, true",
        "(?<=^)a(?<name>b)\\k<name>, abb, true",
        "[]a]+, ]a, true",
        "[a[b]&&[^c]]\\Q(|)\\E, b(|), true",
        "(a)\\11, aa1, true",
        "x{2}(?i)Y, xxy, true",
    })
    void means(String expression, String text, boolean matches) {
        assertThat(of(expression).matches(text)).isEqualTo(matches);
        assertThat(Pattern.matches(expression, text)).isEqualTo(matches);
    }

    @Test
    void findsAPart() throws PatternSyntaxException {
        assertThat(RegularExpression.translated("p", "x", "a$", 0).find("ba")).isTrue();
        assertThat(RegularExpression.translated("p", "x", "a$", 0).find("ab")).isFalse();
    }

    /** Every expression means the same as in Java. */
    @Test
    void meansTheSameAsInJava() {
        long seed = Long.getLong("olympe.test.seed", 1);
        Random random = new Random(seed);
        String[] parts = {
            "(", "(?:", "(?=", "(?!", "(?<=", "(?<!", "(?<n>", "(?i)", "(?i:", ")", ")", ")", "|", "[", "[^", "]", "&&",
            "-", "a", "b", "c", "A", "#", " ", "=", "?", "*", "+", "{2}", "{0,1}", "^", "$", ".", "\\b", "\\B", "\\1",
            "\\Q", "\\E", "\\\\", "\\(", "\\[", "\\]", "\\d", "\\p{L}", "\\c[", "\\x61", "\\k<n>", "(?x)", "\n", "(?>"
        };
        String letters = "abcA(=)?[]#1\n";
        int compared = 0;
        for (int i = 0; i < 100_000; i++) {
            StringBuilder expression = new StringBuilder();
            int length = 1 + random.nextInt(10);
            for (int part = 0; part < length; part++) {
                expression.append(parts[random.nextInt(parts.length)]);
            }
            Pattern java;
            try {
                java = Pattern.compile(expression.toString());
            } catch (PatternSyntaxException e) {
                continue;
            }
            if (expression.indexOf("&&]") >= 0 || expression.indexOf("(?x)") >= 0) {
                continue;
            }
            RegularExpression ours = of(expression.toString());
            for (int text = 0; text < 4; text++) {
                StringBuilder letter = new StringBuilder();
                for (int n = random.nextInt(5); n > 0; n--) {
                    letter.append(letters.charAt(random.nextInt(letters.length())));
                }
                assertThat(ours.matches(letter.toString()))
                        .as("'%s' on '%s', seed %d", expression, letter, seed)
                        .isEqualTo(java.matcher(letter).matches());
                assertThat(ours.find(letter.toString()))
                        .as("'%s' in '%s', seed %d", expression, letter, seed)
                        .isEqualTo(java.matcher(letter).find());
                compared++;
            }
        }
        assertThat(compared).as("seed %d", seed).isGreaterThan(10_000);
    }

    @Test
    void saysWhatIsWrongAndWhatToWrite() {
        assertThatThrownBy(() -> of("(main"))
                .isInstanceOf(OlympeException.class)
                .hasMessage(
                        "Invalid value for 'deployBranches': '(main'. It is not a regular expression (Unclosed group at index 5)."
                                + " Write one such as 'main|release/.*'.");
        assertThatThrownBy(() -> of("[\\dab&&]")).hasMessageContaining("(an intersection with nothing at index 5)");
        assertThatThrownBy(() -> of("main|(?ix)(?\n)"))
                .hasMessageContaining("(the flag x for comments is not supported at index 8)");
        assertThat(of("a\\(?x").matches("a(x")).isTrue();
        assertThatThrownBy(() -> of("a".repeat(5000)))
                .hasMessageContaining("It has 5000 characters. Write a regular expression of at most 4096");
    }
}
