package io.github.olympe.maven.adopt.found;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The placeholders in Olympe's documentation for values that a team has to fill in: {@code <docker registry>}. */
public final class Placeholders {

    private static final Pattern FORM = Pattern.compile("<([A-Za-z][\\w-]*(?: [\\w-]+)*)>");

    private Placeholders() {}

    /** Returns the text with placeholders marked, so that a shell would not take them for redirections. Its length stays the same. */
    public static String marked(String text) {
        return FORM.matcher(text)
                .replaceAll(
                        match -> Matcher.quoteReplacement("«" + match.group(1).replace(' ', '-') + "»"));
    }

    /** Returns whether a value contains a marked placeholder. */
    public static boolean in(String text) {
        return text.contains("«");
    }

    /** Returns the text as its author wrote it, except for spaces. */
    static String unmarked(String text) {
        return text.replace('«', '<').replace('»', '>');
    }
}
