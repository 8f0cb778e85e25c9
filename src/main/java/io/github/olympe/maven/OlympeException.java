package io.github.olympe.maven;

import io.github.olympe.maven.text.OneLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A failure that a user can act on. Its message is complete: it names the parameter or the file, shows the value, and says what to do.
 * A goal fails the build with that message alone.
 *
 * <p>Whatever value is put into it, the message is one line of at most {@value #LONGEST} characters: a huge value is shown shortened, and
 * control characters are shown as {@link OneLine} has them. Only a message of several mistakes has a line for each.
 */
public class OlympeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 1200;
    private static final int MOST_MISTAKES = 20;

    /** The name of an exception's class, which a text made from an exception begins with, and which says nothing to a user. */
    private static final Pattern CLASS_NAME = Pattern.compile(
            "\\b(?:[a-z][a-z0-9]{0,30}\\.){1,8}(?:[A-Z]\\w{0,50}\\$)?([A-Z]\\w{0,60}?)(?:Exception|Error)\\b(: )?");

    private final ArrayList<String> sentences;

    public OlympeException(String message) {
        this(message, null);
    }

    public OlympeException(String message, @Nullable Throwable cause) {
        this(List.of(message), cause);
    }

    private OlympeException(List<String> sentences, @Nullable Throwable cause) {
        super(null, cause);
        this.sentences = new ArrayList<>(sentences);
    }

    /**
     * A failure of several mistakes: the first {@value #MOST_MISTAKES} of them, a line each.
     *
     * @param mistakes a sentence for each of them
     */
    public static OlympeException of(List<String> mistakes) {
        List<String> told = new ArrayList<>(mistakes.subList(0, Math.min(MOST_MISTAKES, mistakes.size())));
        if (told.size() < mistakes.size()) {
            told.add("There are more mistakes than these " + MOST_MISTAKES + "; correct them first.");
        }
        return new OlympeException(told, null);
    }

    /**
     * All of these failures as one, which says the same mistake only once; one alone is itself.
     *
     * @param failures at least one
     */
    public static OlympeException ofAll(List<OlympeException> failures) {
        return failures.size() == 1
                ? failures.get(0)
                : of(failures.stream()
                        .flatMap(failure -> failure.sentences.stream())
                        .distinct()
                        .toList());
    }

    @Override
    public String getMessage() {
        return message(UnaryOperator.identity());
    }

    /**
     * The message with secrets hidden. They are hidden before anything is shortened, so that no part of one remains.
     *
     * @param mask replaces secrets in a text
     */
    public String message(UnaryOperator<String> mask) {
        return sentences.stream()
                .map(sentence -> OneLine.of(withoutClassNames(mask.apply(sentence)), LONGEST))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /** {@code java.nio.file.AccessDeniedException: /x} becomes {@code access denied: /x}. */
    private static String withoutClassNames(String text) {
        Matcher name = CLASS_NAME.matcher(text);
        return name.replaceAll(match ->
                Matcher.quoteReplacement(inWords(match.group(1)) + (match.group(2) == null ? "" : match.group(2))));
    }

    private static String inWords(String className) {
        return className.equals("EOF")
                ? "it ends too early"
                : className.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    }
}
