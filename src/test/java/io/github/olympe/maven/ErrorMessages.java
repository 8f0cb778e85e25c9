package io.github.olympe.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The error messages in the plugin's sources, with {@code …} for the parts that vary. */
final class ErrorMessages {

    private static final Pattern RAISED = Pattern.compile(
            "new (?:Olympe|NotAccepted|NotFollowed)Exception\\(|InvalidParameter\\s*\\.(of|hidden|missing)\\(");
    private static final Pattern PART = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|([\\w.()\\[\\]\\s?:,!=&|<>-]+)");
    private static final int SHORTEST = 25;

    private ErrorMessages() {}

    /** Each message, with the source file that raises it. */
    static TreeMap<String, Path> inSources() throws IOException {
        TreeMap<String, Path> messages = new TreeMap<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source : (Iterable<Path>) sources.filter(
                    path -> path.toString().endsWith(".java") && !path.endsWith("InvalidParameter.java"))::iterator) {
                String text = Files.readString(source);
                Matcher raised = RAISED.matcher(text);
                while (raised.find()) {
                    String argument = argument(text, raised.end());
                    String message = raised.group(1) == null
                            ? message(argument)
                            : aboutParameter(raised.group(1), parts(argument));
                    if (message.length() >= SHORTEST) {
                        messages.put(message, source);
                    }
                }
            }
        }
        return messages;
    }

    /** Returns the source text from {@code start} to the parenthesis that closes the call. */
    private static String argument(String text, int start) {
        int depth = 1;
        boolean quoted = false;
        int end = start;
        for (; depth > 0; end++) {
            char c = text.charAt(end);
            if (c == '\\' && quoted) {
                end++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '(') {
                depth++;
            } else if (!quoted && c == ')') {
                depth--;
            }
        }
        return text.substring(start, end - 1);
    }

    /** The message that {@code InvalidParameter} makes from its arguments. */
    private static String aboutParameter(String kind, List<String> arguments) {
        Matcher name = Pattern.compile("\\s*\"([^\"(]*?)( \\([^\"]*\\))?\"\\s*").matcher(arguments.get(0));
        boolean literal = name.matches();
        String parameter = literal ? "'" + name.group(1) + "'" + (name.group(2) == null ? "" : name.group(2)) : "'…'";
        String start = switch (kind) {
            case "of" -> "Invalid value for " + parameter + ": '…'. ";
            case "hidden" -> "Invalid value for " + parameter + " (not shown, since it may contain a password). ";
            default -> "Missing parameter " + parameter + ". ";
        };
        return start + message(arguments.get(arguments.size() - 1));
    }

    /** The arguments of a call. */
    private static List<String> parts(String arguments) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < arguments.length(); i++) {
            char c = arguments.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '(' || c == ')')) {
                depth += c == '(' ? 1 : -1;
            } else if (!quoted && c == ',' && depth == 0) {
                parts.add(arguments.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(arguments.substring(start));
        return parts;
    }

    /** Returns the literals of a concatenation or a format, up to the first comma between arguments after them. */
    private static String message(String argument) {
        List<String> parts = new ArrayList<>();
        String rest = argument.strip()
                .replaceFirst("^String\\.format\\(\\s*", "")
                // A literal that is the argument of a call, such as a separator, is not part of the message.
                .replaceAll("\\.(replaceAll|replace|join|joining|orElse|path)\\(\\s*(\"[^\"]*\"\\s*,?\\s*)+", "(");
        Matcher part = PART.matcher(rest);
        while (part.find()) {
            if (part.group(1) != null) {
                parts.add(part.group(1));
            } else if (part.group(2).strip().startsWith(",") && !parts.isEmpty()) {
                break;
            } else if (!part.group(2).isBlank()) {
                parts.add("…");
            }
        }
        return String.join("", parts)
                .replaceAll("%(\\d+\\$)?[sd]", "…")
                .replace("\\\"", "\"")
                .replace("\\\\", "\\")
                .replace("%%", "%")
                .replaceAll("\\s+", " ")
                .replaceAll("…(…)+", "…")
                .strip();
    }
}
