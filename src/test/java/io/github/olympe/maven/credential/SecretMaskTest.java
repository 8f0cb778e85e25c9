package io.github.olympe.maven.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.text.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskTest {

    private static final String SECRET = "pa$$ W0rd+/\"\\'&<x>`é";

    private final SecretMask mask = new SecretMask();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pa$$ W0rd+/\"\\'&<x>`é",
                "pa$$ W0rd+/\\\"\\\\'&<x>`é", // JSON
                "pa$$ W0rd+\\/\\\"\\\\'&<x>`é", // JSON of PHP, which escapes slashes
                "pa$$ W0rd+/\\\\\\\"\\\\\\\\'&<x>`é", // JSON in JSON
                "pa$$ W0rd+/\"\\\\\\'&<x>`é", // JavaScript
                "pa\\$\\$ W0rd+/\\\"\\\\'&<x>\\`é", // export -p of a shell
                "pa$$ W0rd+/\"\\'\\''&<x>`é", // set of a shell
                "pa$$ W0rd+/&quot;\\'&amp;&lt;x&gt;`é", // XML
                "pa%24%24+W0rd%2B%2F%22%5C%27%26%3Cx%3E%60%C3%A9", // a form
                "pa%24%24%20W0rd%2B%2F%22%5C%27%26%3Cx%3E%60%C3%A9", // the user of a URL
                "pa%24%24%20W0rd%2b%2f%22%5c%27%26%3cx%3e%60%c3%a9",
                "pa%24%24%20W0rd%2B%2F%22%5C'%26%3Cx%3E%60%C3%A9" // encodeURIComponent
            })
    void hidesASecretInPlainForm(String written) {
        mask.add(Secret.of(SECRET));

        assertThat(mask.mask("a " + written + ", b")).isEqualTo("a ***, b");
    }

    @Test
    void hidesASecretWithinBase64OfMore() {
        Random random = new Random(20240611);
        for (int length = 8; length < 60; length++) {
            String secret = random.ints(length, 33, 127)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            mask.add(Secret.of(secret));
            for (String before : List.of("", ":", "u:", "ann:", "oauth2:")) {
                for (String after : List.of("", ":", "xx", "xyz")) {
                    byte[] bytes = (before + secret + after).getBytes(StandardCharsets.UTF_8);
                    for (Base64.Encoder encoder : List.of(
                            Base64.getEncoder(),
                            Base64.getUrlEncoder(),
                            Base64.getEncoder().withoutPadding())) {
                        String shown = mask.mask(encoder.encodeToString(bytes));
                        assertThat(shown.replace("***", "").length())
                                .as("%s of %s", shown, before + secret + after)
                                .isLessThanOrEqualTo((before.length() + after.length()) * 4 / 3 + 12);
                        assertThat(shown).contains("***");
                    }
                }
            }
        }
    }

    @Test
    void hidesABasicAuthentication() {
        mask.addBasic("ann", Secret.of("x"));

        String basic = Base64.getEncoder().encodeToString("ann:x".getBytes(StandardCharsets.UTF_8));
        assertThat(mask.mask("Authorization: Basic " + basic)).isEqualTo("Authorization: Basic ***");
        assertThat(mask.mask(URLEncoder.encode(basic, StandardCharsets.UTF_8))).isEqualTo("***");
    }

    /** As programs print a private key, and as a log cuts what has more than one line. */
    @Test
    void hidesEachLineOfASecret() {
        mask.add(Secret.of("-----BEGIN KEY-----\n  b3BlbnNzaC1rZXk\nAAAA\n"));

        assertThat(mask.mask("> b3BlbnNzaC1rZXk, AAAA")).isEqualTo("> ***, AAAA");
    }

    @ParameterizedTest
    @ValueSource(strings = {"h7z9", "h7z9k"})
    void hidesTheBase64OfAShortSecret(String secret) {
        mask.add(Secret.of(secret));

        for (Base64.Encoder encoder :
                List.of(Base64.getEncoder(), Base64.getEncoder().withoutPadding())) {
            String base64 = encoder.encodeToString(secret.getBytes(StandardCharsets.UTF_8));
            assertThat(mask.mask("in " + base64 + ".")).isEqualTo("in ***.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://ann:x@host/p", "see https://ann:x@host/p", "HTTP://t0k%2Fen@host:81/?q=a@b"})
    void hidesTheUserOfAUrl(String text) {
        assertThat(mask.mask(text)).contains("://***@host").doesNotContain("ann", ":x", "t0k");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssh://git@host/x.git",
                "git@host:x.git",
                "https://host/@acme/bricks",
                "https://host/?mail=a@b.c",
                "http://host and ann@host",
                "registry/shop:1@sha256:0123"
            })
    void leavesOtherTextsAlone(String text) {
        assertThat(mask.mask(text)).isEqualTo(text);
    }

    @Test
    void doesNotMistakeTwoLettersForTheBase64OfAShortSecret() {
        mask.add(Secret.of("x"));

        assertThat(mask.mask("eA and eQ")).isEqualTo("eA and eQ");
    }

    @Test
    void hidesTheLongerOfTwoSecretsFirst() {
        mask.add(Secret.of("secret-one"));
        mask.add(Secret.of("secret-one-and-more"));

        assertThat(mask.mask("secret-one-and-more secret-one")).isEqualTo("*** ***");
    }

    @Test
    void eightCharactersAreEnoughInALoginAndInALine() {
        mask.addBasic("ann", Secret.of("x1y2"));
        mask.add(Secret.of("-----BEGIN KEY-----\nb3BlbnNz\nAAAA"));

        assertThat(mask.mask("login ann:x1y2, key b3BlbnNz")).isEqualTo("login ***, key ***");
    }

    /** Five characters occur in any identifier by chance. */
    @Test
    void doesNotMistakeAPieceOfAnIdentifierForTheBase64OfAShortSecret() {
        mask.add(Secret.of("h7z9"));
        String within = Base64.getEncoder().encodeToString("xxh7z9".getBytes(StandardCharsets.UTF_8));
        String text = "job-" + within.substring(3) + "-1";

        assertThat(mask.mask(text)).isEqualTo(text);
    }
}
