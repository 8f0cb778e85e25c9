package io.github.olympe.maven.adopt.shell.syntax;

import java.util.ArrayList;
import java.util.List;

/** Splits shell lines into words and operators, as POSIX describes it. Words keep their quotes. */
final class Tokens {

    private static final List<String> OPERATORS = List.of(
            "<<<", "2>&1", "&>>", "&>", ">&2", ">&1", "1>&2", ";;", "&&", "||", "<<-", "<<", ">>", "2>", "<", ">", ";",
            "|", "&", "(", ")");

    private final StringBuilder text = new StringBuilder();
    private final List<Integer> starts = new ArrayList<>();
    private final Script script;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Tokens(Script script) {
        this.script = script;
        for (Script.Line line : script.lines()) {
            starts.add(text.length());
            text.append(line.text()).append('\n');
        }
    }

    static List<Token> of(Script script) {
        Tokens tokens = new Tokens(script);
        tokens.read();
        return tokens.tokens;
    }

    private void read() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n') {
                tokens.add(new Token(Token.Kind.NEWLINE, "", line()));
                at++;
            } else if (c == '\\' && next() == '\n') {
                at += 2;
            } else if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '#') {
                at = text.indexOf("\n", at);
            } else if (!operator()) {
                int line = line();
                tokens.add(new Token(Token.Kind.WORD, word(), line));
            }
        }
    }

    private boolean operator() {
        for (String operator : OPERATORS) {
            if (text.indexOf(operator, at) == at) {
                int line = line();
                at += operator.length();
                if (operator.equals("<<") || operator.equals("<<-")) {
                    hereDocument(line);
                } else {
                    tokens.add(new Token(Token.Kind.OPERATOR, operator, line));
                }
                return true;
            }
        }
        return false;
    }

    /** Removes the lines up to the delimiter from the text, so that reading continues with the rest of the first line. */
    private void hereDocument(int line) {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        String delimiter = word();
        String plain = delimiter.replaceAll("[\"'\\\\]", "");
        int start = text.indexOf("\n", at) + 1;
        int end = start;
        StringBuilder body = new StringBuilder();
        while (end < text.length()) {
            int lineEnd = text.indexOf("\n", end);
            String row = text.substring(end, lineEnd);
            end = lineEnd + 1;
            if (row.strip().equals(plain)) {
                break;
            }
            body.append(row).append('\n');
        }
        // Blanks preserve the line numbers after it.
        for (int i = start; i < end; i++) {
            if (text.charAt(i) != '\n') {
                text.setCharAt(i, ' ');
            }
        }
        String content = plain.equals(delimiter)
                ? body.toString()
                : "'" + body.toString().replace("'", "'\\''") + "'";
        tokens.add(new Token(Token.Kind.HERE_DOCUMENT, content, line));
    }

    private String word() {
        int start = at;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\') {
                at = Math.min(at + 2, text.length());
            } else if (c == '\'' || c == '"' || c == '`') {
                at = Quotes.end(text, at);
            } else if (c == '$' && (next() == '(' || next() == '{')) {
                at = Quotes.end(text, at + 1);
            } else if (Character.isWhitespace(c) || ";|&()<>".indexOf(c) >= 0) {
                break;
            } else {
                at++;
            }
        }
        if (at == start) {
            at++;
        }
        return text.substring(start, at).replace("\\\n", "");
    }

    private char next() {
        return at + 1 < text.length() ? text.charAt(at + 1) : '\n';
    }

    private int line() {
        int index = java.util.Collections.binarySearch(starts, at);
        return script.lines().get(index >= 0 ? index : -index - 2).number();
    }
}
