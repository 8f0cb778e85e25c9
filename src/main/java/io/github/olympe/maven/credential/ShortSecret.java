package io.github.olympe.maven.credential;

import java.util.Collection;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A secret of up to seven characters, which may occur in other texts by chance. It is hidden where no letter or digit touches it. A secret
 * that could be a word or a number (only letters, only digits, or up to three characters) is hidden only as the value of something that is
 * named like a secret, as in {@code DRAW_PASSWORD=olympe}, or where it is the whole line.
 */
final class ShortSecret {

    private static final Pattern WORD_OR_NUMBER = Pattern.compile("\\p{L}*+|\\p{N}*+|.{0,3}+", Pattern.DOTALL);

    /** The end of an escape of JSON, a URL or a terminal colour may also precede it. */
    private static final String NOTHING_BEFORE = "(?:(?<![\\p{L}\\p{N}])|(?<=%[0-9A-Fa-f]{2})|(?<=\\\\[bfnrt])"
            + "|(?<=\\\\u[0-9A-Fa-f]{4})|(?<=\u001b\\[[0-9;]{0,9}m))";

    private static final String NOTHING_AFTER = "(?![\\p{L}\\p{N}])";
    private static final String QUOTES = "(?:[\\\\\"'\\s]|%2[0278]|%5[Cc]|&quot;){0,12}";
    private static final String VALUE_OF_A_SECRET =
            "(?i:pass(?!ed|es|ing)|pwd?(?![a-z])|token|secret|credential|auth(?!or)|key(?!word))[\\w.-]{0,40}" + QUOTES
                    + "(?:[:=]|%3[AaDd]|\\bis\\b)" + QUOTES;

    private final Pattern pattern;

    private ShortSecret(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * Returns a secret.
     *
     * @param text the secret
     * @param written the forms in which the secret may appear
     */
    static ShortSecret of(String text, Collection<String> written) {
        String forms = written.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|", "(?:", ")"));
        String before = WORD_OR_NUMBER.matcher(text).matches()
                ? "(" + VALUE_OF_A_SECRET + "|^\\s*+(?=" + forms + "\\s*$))"
                : "()" + NOTHING_BEFORE;
        return new ShortSecret(Pattern.compile(before + forms + NOTHING_AFTER, Pattern.MULTILINE));
    }

    /** Replaces the secret in a text. */
    String hide(String text, String replacement) {
        return pattern.matcher(text).replaceAll("$1" + Matcher.quoteReplacement(replacement));
    }
}
