package io.github.olympe.maven.adopt.shell;

import io.github.olympe.maven.adopt.shell.syntax.Quotes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Expands a shell word: quotes, variables, and the output of commands. */
final class Expansion {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*|[0-9?@*#$!]");
    private static final Pattern PARAMETER = Pattern.compile("(?s)(!?)([A-Za-z_]\\w*|[0-9@*])(.*)");
    private static final Pattern PART_OF_TEXT = Pattern.compile(":\\s*(\\d{1,9})(?::\\s*(\\d{1,9}))?");

    private final Variables variables;
    /** Runs the commands of a substitution. */
    private final UnaryOperator<String> commands;

    private final List<String> fields = new ArrayList<>();
    private final StringBuilder field = new StringBuilder();
    private boolean begun;

    private Expansion(Variables variables, UnaryOperator<String> commands) {
        this.variables = variables;
        this.commands = commands;
    }

    /** Returns the fields of a word; a variable without quotes may give several, or none. */
    static List<String> fields(String word, Variables variables, UnaryOperator<String> commands) {
        Expansion expansion = new Expansion(variables, commands);
        expansion.expand(word, false);
        expansion.endField();
        return expansion.fields;
    }

    /** Expands a word that is not split, such as a value. */
    static String text(String word, Variables variables, UnaryOperator<String> commands) {
        Expansion expansion = new Expansion(variables, commands);
        expansion.expand(word, true);
        return expansion.field.toString();
    }

    private void expand(String word, boolean quoted) {
        int i = 0;
        while (i < word.length()) {
            char c = word.charAt(i);
            if (c == '\\' && i + 1 < word.length()) {
                append(word.substring(i + 1, i + 2));
                i += 2;
            } else if (c == '\'') {
                int end = Quotes.end(word, i);
                append(word.substring(i + 1, Math.max(i + 1, end - 1)));
                i = end;
            } else if (c == '"') {
                int end = Quotes.end(word, i);
                begun = true;
                inQuotes(word.substring(i + 1, Math.max(i + 1, end - 1)));
                i = end;
            } else if (c == '$' || c == '`') {
                int end = dollarEnd(word, i);
                String value = end == i + 1 && c == '$' ? "$" : substituted(word, i, end);
                if (quoted) {
                    append(value);
                } else {
                    split(value);
                }
                i = end;
            } else {
                append(String.valueOf(c));
                i++;
            }
        }
    }

    private void inQuotes(String text) {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                char next = text.charAt(i + 1);
                append("$`\"\\\n".indexOf(next) >= 0 ? String.valueOf(next).replace("\n", "") : "\\" + next);
                i += 2;
            } else if (c == '$' || c == '`') {
                int end = dollarEnd(text, i);
                append(end == i + 1 && c == '$' ? "$" : substituted(text, i, end));
                i = end;
            } else {
                append(String.valueOf(c));
                i++;
            }
        }
    }

    private void append(String text) {
        begun = true;
        field.append(text);
    }

    private void split(String value) {
        String[] parts = value.split("\\s+", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                endField();
            }
            if (!parts[i].isEmpty()) {
                append(parts[i]);
            }
        }
    }

    private void endField() {
        if (begun) {
            fields.add(field.toString());
        }
        field.setLength(0);
        begun = false;
    }

    private static int dollarEnd(String text, int start) {
        if (text.charAt(start) == '`') {
            return Quotes.end(text, start);
        }
        if (start + 1 < text.length() && "({".indexOf(text.charAt(start + 1)) >= 0) {
            return Quotes.end(text, start + 1);
        }
        Matcher name = NAME.matcher(text).region(start + 1, text.length());
        return name.lookingAt() ? name.end() : start + 1;
    }

    private String substituted(String text, int start, int end) {
        String inner = text.substring(start + 1, end);
        if (text.charAt(start) == '`') {
            return commands.apply(inner.substring(0, Math.max(0, inner.length() - 1)));
        }
        if (inner.startsWith("((")) {
            return Unknowns.OUTPUT;
        }
        if (inner.startsWith("(")) {
            return commands.apply(inner.substring(1, Math.max(1, inner.length() - 1)));
        }
        return inner.startsWith("{")
                ? parameter(inner.substring(1, Math.max(1, inner.length() - 1)))
                : variables.value(inner);
    }

    private String parameter(String inner) {
        Matcher matcher = PARAMETER.matcher(inner);
        if (inner.startsWith("env.") || !matcher.matches()) {
            return "${" + inner + "}";
        }
        String name = matcher.group(1).isEmpty() ? matcher.group(2) : variables.value(matcher.group(2));
        String rest = matcher.group(3);
        Optional<String> known = variables.known(name);
        String value = variables.value(name);
        if (rest.startsWith(":-") || rest.startsWith(":=")) {
            boolean set = known.isPresent()
                    ? !known.get().isEmpty()
                    : Unknowns.predefined(name).isPresent();
            return set ? value : text(rest.substring(2), variables, commands);
        }
        if (rest.startsWith("-")) {
            return known.isPresent() ? value : text(rest.substring(1), variables, commands);
        }
        if (rest.startsWith(":+")) {
            return known.filter(String::isEmpty).isPresent() ? "" : text(rest.substring(2), variables, commands);
        }
        return rest.isEmpty() || rest.startsWith(":?") ? value : changed(value, rest);
    }

    private String changed(String value, String operation) {
        Matcher part = PART_OF_TEXT.matcher(operation);
        if (part.matches()) {
            return Filters.part(
                    value,
                    Integer.parseInt(part.group(1)),
                    part.group(2) == null ? value.length() : Integer.parseInt(part.group(2)));
        }
        if (Map.of(",,", true, "^^", true, ",", true, "^", true).containsKey(operation)) {
            return value;
        }
        if (operation.startsWith("/")) {
            String[] parts = operation.substring(1).split("(?<!\\\\)/", operation.startsWith("//") ? 3 : 2);
            boolean all = operation.startsWith("//");
            String from = glob(all ? parts[1] : parts[0]);
            String to = parts.length > (all ? 2 : 1) ? Matcher.quoteReplacement(parts[all ? 2 : 1]) : "";
            return all ? value.replaceAll(from, to) : value.replaceFirst(from, to);
        }
        if (operation.startsWith("##")) {
            return value.replaceFirst("(?s)^" + glob(operation.substring(2)), "");
        }
        if (operation.startsWith("#")) {
            return value.replaceFirst("(?s)^" + glob(operation.substring(1)).replace(".*", ".*?"), "");
        }
        if (operation.startsWith("%")) {
            return value.replaceFirst("(?s)" + glob(operation.replaceFirst("%%?", "")) + "$", "");
        }
        return value;
    }

    private String glob(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (char c : text(pattern, variables, commands).toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return regex.toString();
    }
}
