package io.github.olympe.maven.vet.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnchorsTest {

    /** Capitals are rarer than digits and signs, and these rarer than small letters and blanks, of which texts consist. */
    @ParameterizedTest
    @CsvSource({
        "AccountKey=, tKe",
        "autoPassword, oPa",
        "123AAA, AAA",
        "123ZZZ, ZZZ",
        "ab-_-c, -_-",
        "bbaab, bba",
        "bbzzb, bbz",
        "'ab  c', 'ab '",
        "'ab\"\"c', 'ab\"'",
        "123456, 123",
    })
    void aTextIsSearchedForTheRarestThreeBytesOfAWord(String word, String rarest) {
        assertThat(word.substring(Anchors.rarest(word.getBytes(StandardCharsets.US_ASCII))))
                .startsWith(rarest);
    }

    @Test
    void aWordMayBeTheWholeTextOrEndIt() {
        assertThat(found("token", "token")).containsExactly(0);
        assertThat(found("a token", "token")).containsExactly(2);
        assertThat(found("a toke", "token")).isEmpty();
    }

    private static List<Integer> found(String text, String word) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        List<Integer> found = new ArrayList<>();
        new Anchors(List.of(word)).find(bytes, 0, bytes.length, bytes.length, (index, start) -> found.add(start));
        return found;
    }

    @Test
    void aWordHasThreeLetters() {
        assertThatThrownBy(() -> new Anchors(List.of("abc", "ab")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'ab' is too short");
    }
}
