package io.github.olympe.maven.deploy.payload;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/**
 * Reads a regular expression by ECMAScript's grammar (ECMA-262, 22.2.1 and B.1.2, without flags) and writes a Java expression that matches
 * the same texts. A recursive-descent parser for one expression.
 */
final class EcmaScriptSyntax extends EcmaScriptCharacters {

    private static final int DEEPEST = 100;

    private static final String WORD = "[a-zA-Z0-9_]";
    private static final String NOT_LINE_END = "[^\\n\\r\\u2028\\u2029]";

    /** ECMAScript's white space and line ends, more than Java's {@code \s}. */
    private static final String SPACES =
            "\\t\\n\\x0B\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";

    /** The complement of {@link #SPACES}, written out because Java treats a negated class within another class differently. */
    private static final String NOT_SPACES =
            "\\x00-\\x08\\x0e-\\x1f!-\\u009f\\u00a1-\\u167f\\u1681-\\u1fff\\u200b-\\u2027\\u202a-\\u202e\\u2030-\\u205e"
                    + "\\u2060-\\u2fff\\u3001-\\ufefe\\uff00-\\x{10ffff}";

    private final Set<String> groupNames = new HashSet<>();

    EcmaScriptSyntax(String source) {
        super(source);
    }

    /**
     * Returns the same expression for Java.
     *
     * @throws PatternSyntaxException if it is not valid in ECMAScript, or does not mean there what it seems to mean
     */
    String toJava() {
        disjunction(0);
        if (at < source.length()) {
            throw error("a ')' without its '('");
        }
        return java.toString();
    }

    private void disjunction(int depth) {
        if (depth > DEEPEST) {
            throw error("more than " + DEEPEST + " groups within each other");
        }
        while (at < source.length() && source.charAt(at) != ')') {
            if (source.charAt(at) == '|') {
                at++;
                java.append('|');
            } else if (term(depth)) {
                quantifier();
            }
        }
    }

    /** Reads an assertion or an atom, and says whether it can be repeated. */
    private boolean term(int depth) {
        char c = source.charAt(at);
        switch (c) {
            case '^' -> {
                at++;
                java.append('^');
                return false;
            }
            case '$' -> {
                at++;
                java.append("\\z");
                return false;
            }
            case '(' -> {
                return group(depth);
            }
            case '[' -> characterClass();
            case '\\' -> {
                return escape();
            }
            case '.' -> {
                at++;
                java.append(NOT_LINE_END);
            }
            case '*', '+', '?' -> throw error("'" + c + "' with nothing to repeat");
            case '{' -> throw error("a '{' that does not start a repetition (a literal one is '\\{')");
            default -> {
                at++;
                literal(c);
            }
        }
        return true;
    }

    private boolean group(int depth) {
        int start = at;
        boolean repeatable = true;
        if (source.startsWith("(?<=", at) || source.startsWith("(?<!", at)) {
            at += 4;
            repeatable = false;
        } else if (source.startsWith("(?=", at) || source.startsWith("(?!", at)) {
            at += 3;
            repeatable = false;
        } else if (source.startsWith("(?:", at)) {
            at += 3;
        } else if (source.startsWith("(?<", at)) {
            groupName();
            java.append('(');
            body(start, depth);
            return true;
        } else if (source.startsWith("(?", at)) {
            throw error(lacking());
        } else {
            at++;
        }
        java.append(source, start, at);
        body(start, depth);
        return repeatable;
    }

    private void body(int start, int depth) {
        disjunction(depth + 1);
        if (at == source.length()) {
            at = start;
            throw error("a '(' without its ')'");
        }
        at++;
        java.append(')');
    }

    private void groupName() {
        int end = source.indexOf('>', at);
        String name = source.substring(at + 3, Math.max(at + 3, end));
        if (!name.matches("[A-Za-z_$][A-Za-z0-9_$]*")) {
            throw error("a group without a valid name");
        }
        if (!groupNames.add(name)) {
            throw error("a second group named '" + name + "'");
        }
        at = end + 1;
    }

    private String lacking() {
        if (source.startsWith("(?>", at)) {
            return "an atomic group '(?>', which JavaScript lacks";
        }
        if (source.startsWith("(?P", at)) {
            return "a group '(?P', which JavaScript lacks (it writes '(?<name>')";
        }
        if (source.startsWith("(?#", at)) {
            return "a comment '(?#', which JavaScript lacks";
        }
        return source.substring(at).matches("(?s)\\(\\?[a-zA-Z^-]+[:)].*")
                ? "inline flags, which JavaScript lacks"
                : "a group '(?' of a kind that JavaScript lacks";
    }

    private void quantifier() {
        if (at == source.length()) {
            return;
        }
        int start = at;
        char c = source.charAt(at);
        if (c == '{') {
            repetition();
        } else if (c == '*' || c == '+' || c == '?') {
            at++;
        } else {
            return;
        }
        if (source.startsWith("?", at)) {
            at++;
        } else if (source.startsWith("+", at)) {
            throw error("a possessive '+' after a repetition, which JavaScript lacks");
        }
        java.append(source, start, at);
        if (source.startsWith("{", at)) {
            throw error("'{' with nothing to repeat");
        }
    }

    private void repetition() {
        int end = source.indexOf('}', at);
        String inside = source.substring(at + 1, Math.max(at + 1, end));
        if (!inside.matches("[0-9]+(,[0-9]*)?")) {
            throw error("a '{' that does not start a repetition (a literal one is '\\{')");
        }
        String[] bounds = inside.split(",");
        if (inside.length() > 9 || bounds.length == 2 && Integer.parseInt(bounds[1]) < Integer.parseInt(bounds[0])) {
            throw error("a repetition '{" + inside + "}' out of order or too large");
        }
        at = end + 1;
    }

    /** Reads an escape outside of a class, and says whether it can be repeated. */
    private boolean escape() {
        int start = at;
        char c = source.length() > at + 1 ? source.charAt(at + 1) : 0;
        switch (c) {
            case 'b' -> java.append("(?:(?<!" + WORD + ")(?=" + WORD + ")|(?<=" + WORD + ")(?!" + WORD + "))");
            case 'B' -> java.append("(?:(?<!" + WORD + ")(?!" + WORD + ")|(?<=" + WORD + ")(?=" + WORD + "))");
            case 's' -> java.append('[').append(SPACES).append(']');
            case 'S' -> java.append("[^").append(SPACES).append(']');
            case 'd', 'D', 'w', 'W' -> java.append('\\').append(c);
            default -> {
                literal(escapedCharacter());
                return true;
            }
        }
        at = start + 2;
        if (c == 'b' && source.startsWith("{g}", at)) {
            throw error("'\\b{g}', which JavaScript lacks");
        }
        return c != 'b' && c != 'B';
    }

    private void characterClass() {
        int start = at;
        at++;
        boolean negated = at < source.length() && source.charAt(at) == '^';
        if (negated) {
            at++;
        }
        if (at < source.length() && source.charAt(at) == ']') {
            at++;
            java.append(negated ? "[\\x00-\\x{10ffff}]" : "(?!)");
            return;
        }
        java.append(negated ? "[^" : "[");
        while (at < source.length() && source.charAt(at) != ']') {
            classRange();
        }
        if (at == source.length()) {
            at = start;
            throw error("a '[' without its ']'");
        }
        at++;
        java.append(']');
    }

    private void classRange() {
        int start = at;
        int low = classAtom();
        boolean range = at + 1 < source.length() && source.charAt(at) == '-' && source.charAt(at + 1) != ']';
        if (!range) {
            if (low >= 0) {
                literal((char) low);
            }
            return;
        }
        at++;
        int high = classAtom();
        if (low < 0 || high < 0) {
            at = start;
            throw error("a range with a class such as '\\w' at its end");
        }
        if (high < low) {
            at = start;
            throw error("a range out of order");
        }
        literal((char) low);
        java.append('-');
        literal((char) high);
    }

    /** Reads a character of a class; a class escape is written immediately and returns -1. */
    private int classAtom() {
        char c = source.charAt(at);
        if (c != '\\') {
            at++;
            return c;
        }
        char escaped = at + 1 < source.length() ? source.charAt(at + 1) : 0;
        switch (escaped) {
            case 'd', 'D', 'w', 'W' -> java.append('\\').append(escaped);
            case 's' -> java.append(SPACES);
            case 'S' -> java.append(NOT_SPACES);
            case 'b' -> {
                at += 2;
                return '\b';
            }
            default -> {
                return escapedCharacter();
            }
        }
        at += 2;
        return -1;
    }
}
