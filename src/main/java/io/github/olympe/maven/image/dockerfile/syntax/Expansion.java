package io.github.olympe.maven.image.dockerfile.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Replaces variables and removes quotes and escapes, as docker does in the arguments of an instruction: {@code $x}, {@code ${x}},
 * {@code ${x:-default}}, {@code ${x:+other}} and {@code ${x:?message}}, each with or without the colon. A variable without a value is
 * empty.
 */
public final class Expansion {

    /** The longest result: Linux starts no program with a longer variable. */
    static final int LONGEST = 128 << 10;

    private static final int DEEPEST = 50;

    private final Place place;
    private final char escape;
    private final Function<String, @Nullable String> variables;
    private String text = "";
    private int position;
    private int depth;

    /**
     * Creates an expansion for an instruction's arguments.
     *
     * @param escape the Dockerfile's escape character
     * @param variables returns the value of a variable, {@code null} if it has none
     */
    public Expansion(Place place, char escape, Function<String, @Nullable String> variables) {
        this.place = place;
        this.escape = escape;
        this.variables = variables;
    }

    /**
     * Returns the text with its variables replaced.
     *
     * @throws io.github.olympe.maven.OlympeException if a quote or brace is not closed, or it has a form of variable that is not supported
     */
    public String word(String written) {
        return expand(written).text.toString();
    }

    /**
     * Does what {@link #word(String)} does, and splits the result at unquoted white space, including white space in the values of
     * variables.
     */
    public List<String> words(String written) {
        return expand(written).words();
    }

    private Result expand(String written) {
        text = written;
        position = 0;
        depth = 0;
        return until('\0');
    }

    /** The text expanded so far, as one text and as words. */
    private final class Result {

        private final StringBuilder text = new StringBuilder();
        private final List<String> words = new ArrayList<>();
        private final StringBuilder word = new StringBuilder();
        private boolean inWord;

        void quoted(CharSequence part) {
            append(text, part);
            word.append(part);
            inWord = true;
        }

        void plain(CharSequence part) {
            append(text, part);
            for (int i = 0; i < part.length(); i++) {
                if (!Whitespace.isSpace(part.charAt(i))) {
                    word.append(part.charAt(i));
                    inWord = true;
                } else if (inWord && word.length() > 0) {
                    endWord();
                }
            }
        }

        private void endWord() {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }

        List<String> words() {
            if (word.length() > 0) {
                endWord();
            }
            return words;
        }
    }

    private void append(StringBuilder result, CharSequence part) {
        if (result.length() + part.length() > LONGEST) {
            throw place.mistake("a text becomes longer than " + (LONGEST >> 10) + " KiB; shorten it");
        }
        result.append(part);
    }

    /** Expands up to this character, or to the end if it is 0. */
    private Result until(char stop) {
        Result result = new Result();
        while (position < text.length()) {
            char c = text.charAt(position);
            if (stop != '\0' && c == stop) {
                position++;
                return result;
            }
            if (c == '\'') {
                result.quoted(singleQuoted());
            } else if (c == '"') {
                result.quoted(doubleQuoted());
            } else if (c == '$') {
                result.plain(variable());
            } else if (c == escape) {
                position++;
                if (position < text.length()) {
                    result.quoted(text.substring(position, ++position));
                }
            } else {
                result.plain(text.substring(position, ++position));
            }
        }
        if (stop != '\0') {
            throw place.mistake("a '${' is not closed; add a '}'");
        }
        return result;
    }

    private String singleQuoted() {
        int end = text.indexOf('\'', position + 1);
        if (end < 0) {
            throw place.mistake("a single quote is not closed; add one");
        }
        String quoted = text.substring(position + 1, end);
        position = end + 1;
        return quoted;
    }

    private String doubleQuoted() {
        StringBuilder quoted = new StringBuilder();
        position++;
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '"') {
                position++;
                return quoted.toString();
            }
            if (c == '$') {
                append(quoted, variable());
                continue;
            }
            position++;
            if (c == escape && position < text.length()) {
                char next = text.charAt(position);
                if (next == '"' || next == '$' || next == escape) {
                    c = next;
                    position++;
                }
            } else if (c == escape) {
                break;
            }
            quoted.append(c);
        }
        throw place.mistake("a double quote is not closed; add one");
    }

    private String variable() {
        position++;
        if (position == text.length() || text.charAt(position) != '{') {
            String name = name();
            return name.isEmpty() ? "$" : value(name, "");
        }
        position++;
        int start = position;
        String name = name();
        char operator = position < text.length() ? text.charAt(position++) : '\0';
        boolean emptyIsUnset = operator == ':' && !name.isEmpty();
        if (emptyIsUnset) {
            operator = position < text.length() ? text.charAt(position++) : '\0';
        }
        if (name.isEmpty() || operator == '\0') {
            throw place.mistake("'${" + text.substring(start) + "' is not a variable; write ${name}");
        }
        if (operator == '}' && !emptyIsUnset) {
            return value(name, "");
        }
        if (operator != '-' && operator != '+' && operator != '?') {
            throw place.unsupported("'${" + text.substring(start, position)
                    + "' is not one of the forms ${x}, ${x:-y}, ${x:+y} and ${x:?y}");
        }
        String word = nested();
        String value = variables.apply(name);
        boolean isSet = value != null && !(emptyIsUnset && value.isEmpty());
        if (operator == '?' && !isSet) {
            throw place.mistake("the variable '" + name + "' has no value" + (word.isEmpty() ? "" : " (" + word + ")")
                    + "; set it with <buildArgs>");
        }
        if (operator == '+') {
            return isSet ? word : "";
        }
        return isSet && value != null ? value : word;
    }

    private String nested() {
        if (++depth > DEEPEST) {
            throw place.mistake("it has more than " + DEEPEST + " nested variables; simplify it");
        }
        String word = until('}').text.toString();
        depth--;
        return word;
    }

    private String value(String name, String otherwise) {
        String value = variables.apply(name);
        return value == null ? otherwise : value;
    }

    /** Reads the name at this position: letters, digits and {@code _}; or digits alone; or one of the shell's special parameters. */
    private String name() {
        int start = position;
        if (position < text.length() && "@*#?-$!0".indexOf(text.charAt(position)) >= 0) {
            position++;
        } else {
            boolean digits = position < text.length() && isDigit(text.charAt(position));
            while (position < text.length() && isName(text.charAt(position), digits)) {
                position++;
            }
        }
        return text.substring(start, position);
    }

    private static boolean isName(char c, boolean digits) {
        return isDigit(c) || (!digits && (c == '_' || Character.isLetter(c)));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
