package io.github.olympe.maven.image.dockerfile.run;

import io.github.olympe.maven.image.dockerfile.run.Word.Part;
import java.util.ArrayList;
import java.util.List;

/** Splits a script into commands and words as a POSIX shell does. It refuses anything but commands joined by {@code &&}. */
final class ScriptReader {

    private static final int DEEPEST = 20;

    private final String script;
    private int position;
    private int depth;

    ScriptReader(String script) {
        this.script = script;
    }

    /** Returns the commands, each with its words. */
    List<List<Word>> commands() throws NotComputable {
        List<List<Word>> commands = new ArrayList<>();
        List<Word> words = new ArrayList<>();
        while (true) {
            skipSpace();
            if (position == script.length() || script.charAt(position) == '#') {
                break;
            }
            if (script.startsWith("&&", position)) {
                position += 2;
                commands.add(required(words));
                words = new ArrayList<>();
            } else {
                words.add(word());
            }
        }
        commands.add(required(words));
        return commands;
    }

    private static List<Word> required(List<Word> words) throws NotComputable {
        if (words.isEmpty()) {
            throw new NotComputable("there is no command before or after '&&'");
        }
        return words;
    }

    private void skipSpace() {
        while (position < script.length() && isSpace(script.charAt(position))) {
            position++;
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    private Word word() throws NotComputable {
        List<Part> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        if (script.charAt(position) == '~') {
            position++;
            if (position < script.length() && "/ \t".indexOf(script.charAt(position)) < 0) {
                throw new NotComputable("only '/' may follow '~'");
            }
            parts.add(new Word.Home());
        }
        while (position < script.length() && !isSpace(script.charAt(position)) && !script.startsWith("&&", position)) {
            part(parts, plain, '\0');
        }
        flush(parts, plain);
        return new Word(parts);
    }

    /** Reads one part of a word, outside of double quotes. */
    private void part(List<Part> parts, StringBuilder plain, char stop) throws NotComputable {
        char c = script.charAt(position);
        switch (c) {
            case '\'' -> {
                flush(parts, plain);
                int end = script.indexOf('\'', position + 1);
                parts.add(new Word.Text(script.substring(position + 1, closed(end, "a single quote")), true));
                position = end + 1;
            }
            case '"' -> {
                flush(parts, plain);
                doubleQuoted(parts);
            }
            case '\\' -> {
                flush(parts, plain);
                // At the end of the script it stands for itself.
                position += position + 1 < script.length() ? 1 : 0;
                parts.add(new Word.Text(script.substring(position, ++position), true));
            }
            case '$' -> {
                flush(parts, plain);
                parts.add(variable(false));
            }
            case '&', ';', '|', '<', '>', '(', ')', '`', '\n', '{', '}' ->
                throw new NotComputable(
                        "it has '" + (c == '\n' ? "\\n" : c) + "', and only commands joined by '&&' are followed");
            case '!' -> {
                if (plain.isEmpty() && parts.isEmpty() && stop == '\0') {
                    throw new NotComputable("it has '!', and only commands joined by '&&' are followed");
                }
                plain.append(c);
                position++;
            }
            default -> {
                plain.append(c);
                position++;
            }
        }
    }

    private static void flush(List<Part> parts, StringBuilder plain) {
        if (!plain.isEmpty()) {
            parts.add(new Word.Text(plain.toString(), false));
            plain.setLength(0);
        }
    }

    private static int closed(int end, String what) throws NotComputable {
        if (end < 0) {
            throw new NotComputable(what + " is not closed");
        }
        return end;
    }

    private void doubleQuoted(List<Part> parts) throws NotComputable {
        StringBuilder text = new StringBuilder();
        position++;
        while (position < script.length()) {
            char c = script.charAt(position);
            if (c == '"') {
                position++;
                parts.add(new Word.Text(text.toString(), true));
                return;
            }
            if (c == '`') {
                throw new NotComputable("it has '`', and only commands joined by '&&' are followed");
            }
            if (c == '$') {
                parts.add(new Word.Text(text.toString(), true));
                text.setLength(0);
                parts.add(variable(true));
                continue;
            }
            boolean escapes =
                    c == '\\' && position + 1 < script.length() && "$`\"\\".indexOf(script.charAt(position + 1)) >= 0;
            position += escapes ? 1 : 0;
            text.append(script.charAt(position++));
        }
        closed(-1, "a double quote");
    }

    private Part variable(boolean quoted) throws NotComputable {
        int start = position++;
        boolean braces = position < script.length() && script.charAt(position) == '{';
        position += braces ? 1 : 0;
        String name = name();
        if (name.isEmpty() && !braces && !isSpecial(quoted)) {
            return new Word.Text("$", quoted);
        }
        char next = braces && position < script.length() ? script.charAt(position) : '\0';
        if (name.isEmpty() || (braces && ":-+?}".indexOf(next) < 0)) {
            throw unknown(start);
        }
        Word nothing = new Word(List.of());
        if (!braces || next == '}') {
            position += braces ? 1 : 0;
            return new Word.Variable(name, ' ', false, nothing, quoted);
        }
        boolean colon = next == ':';
        position += colon ? 1 : 0;
        char operator = position < script.length() ? script.charAt(position++) : '\0';
        if (operator != '-' && operator != '+' && operator != '?') {
            throw unknown(start);
        }
        return new Word.Variable(name, operator, colon, alternative(start, quoted), quoted);
    }

    /** Reads the part between an operator and the closing brace. */
    private Word alternative(int start, boolean quoted) throws NotComputable {
        if (++depth > DEEPEST) {
            throw unknown(start);
        }
        List<Part> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        while (position < script.length() && script.charAt(position) != '}') {
            char c = script.charAt(position);
            // Shells disagree about quotes within quotes, and about splitting what is not quoted.
            if (c == '~' || isSpace(c) || (quoted && "'\"\\".indexOf(c) >= 0)) {
                throw unknown(start);
            }
            part(parts, plain, '}');
        }
        if (position == script.length()) {
            throw new NotComputable("a '${' is not closed");
        }
        position++;
        depth--;
        flush(parts, plain);
        return new Word(parts);
    }

    /** Returns whether shells, or some of them, take a dollar before this character for more than itself. */
    private boolean isSpecial(boolean quoted) {
        String special = "@*#?-$!0123456789([" + (quoted ? "" : "'\"");
        return position < script.length() && special.indexOf(script.charAt(position)) >= 0;
    }

    private NotComputable unknown(int start) {
        return new NotComputable("'" + script.substring(start, Math.min(script.length(), start + 20))
                + "' is not one of the forms $x, ${x}, ${x:-y}, ${x:+y} and ${x:?y}");
    }

    private String name() {
        int start = position;
        while (position < script.length() && isName(script.charAt(position), position == start)) {
            position++;
        }
        return script.substring(start, position);
    }

    private static boolean isName(char c, boolean first) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (!first && c >= '0' && c <= '9');
    }
}
