package io.github.olympe.maven.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.text.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortSecretTest {

    private final SecretMask mask = new SecretMask();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2",
                "DRAW_PASSWORD=hunter2",
                "login with hunter2.",
                "'hunter2'",
                "ann:hunter2@draw",
                "{\"DRAW_PASSWORD\":\"hunter2\"}",
                "\"{\\\"DRAW_PASSWORD\\\":\\\"hunter2\\\"}\"",
                "a=1\\nhunter2\\n",
                "%22hunter2%22",
                "\\u0022hunter2\\u0022",
                "\u001b[1;31mhunter2\u001b[0m",
                "_hunter2_",
                "aHVudGVyMg==" // Base64
            })
    void isHiddenWhereItStandsAlone(String text) {
        mask.add(Secret.of("hunter2"));

        assertThat(mask.mask(text)).contains("***").doesNotContain("hunter2", "aHVudGVyMg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bountyhunter2", "hunter22", "hunter-2", "Hunter2", "2hunter2go"})
    void isNoPartOfAWord(String text) {
        mask.add(Secret.of("hunter2"));

        assertThat(mask.mask(text)).isEqualTo(text);
    }

    @Test
    void isHiddenInTheFormsThatOtherToolsWrite() {
        mask.add(Secret.of("a\"b/c&1"));

        assertThat(mask.mask("a\"b/c&1 a\\\"b/c&1 a%22b%2Fc%261 a%22b%2fc%261 a&quot;b/c&amp;1"))
                .isEqualTo("*** *** *** *** ***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DRAW_PASSWORD=olympe",
                "DRAW_PASSWORD='olympe'",
                "declare -x DRAW_PASSWORD=\"olympe\"",
                "  DRAW_PASSWORD: 'olympe',",
                "{\"DRAW_PASSWORD\":\"olympe\",\"A\":\"b\"}",
                "\"{\\\"DRAW_PASSWORD\\\":\\\"olympe\\\"}\"",
                "%7B%22DRAW_PASSWORD%22%3A%22olympe%22%7D",
                "the password is olympe",
                "the token: olympe",
                "olympe",
                "  olympe  ",
                "a line\nolympe\nanother",
                "https://ann:olympe@draw/"
            })
    void aWordIsHiddenWhereItIsTheValueOfASecret(String text) {
        mask.add(Secret.of("olympe"));

        assertThat(mask.mask(text)).contains("***").doesNotContain("olympe");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Building image acme/olympe:1.0",
                "Branch: olympe",
                "olympe:package runs olympe",
                "author: olympe",
                "3 tests passed: olympe",
                "PASSWORD=olympedia",
                "keyword: olympe"
            })
    void aWordIsShownElsewhere(String text) {
        mask.add(Secret.of("olympe"));

        assertThat(mask.mask(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "12", "443", "8080", "x", "a-b", "true", "1234567"})
    void aNumberOrALetterIsShownInOrdinaryLines(String secret) {
        mask.add(Secret.of(secret));

        String line = "took 1 to 12 s, port 443 or 8080, x and a-b are true, id 1234567";
        assertThat(mask.mask(line)).isEqualTo(line);
        assertThat(mask.mask("TOKEN=" + secret)).isEqualTo("TOKEN=***");
    }

    @Test
    void aLoginIsHiddenWithItsUser() {
        mask.addBasic("operator", Secret.of("olympe"));

        assertThat(mask.mask("curl -u operator:olympe draw")).isEqualTo("curl -u *** draw");
    }

    @Test
    void eightCharactersAreHiddenEverywhere() {
        mask.add(Secret.of("hunter-2"));

        assertThat(mask.mask("bountyhunter-2go")).isEqualTo("bounty***go");
    }
}
