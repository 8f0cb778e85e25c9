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

/** The error messages in the plugin's sources, each with {@code …} for what is filled in. */
final class ErrorMessages {

    private static final Pattern RAISED = Pattern.compile("new OlympeException\\(");
    private static final Pattern PART = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|([\\w.()\\[\\]\\s?:,!=&|<>-]+)");
    private static final int SHORTEST = 25;

    private ErrorMessages() {}

    /** Each message, with the source file that raises it. */
    static TreeMap<String, Path> inSources() throws IOException {
        TreeMap<String, Path> messages = new TreeMap<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    (Iterable<Path>) sources.filter(path -> path.toString().endsWith(".java"))::iterator) {
                String text = Files.readString(source);
                Matcher raised = RAISED.matcher(text);
                while (raised.find()) {
                    String message = message(argument(text, raised.end()));
                    if (message.length() >= SHORTEST) {
                        messages.put(message, source);
                    }
                }
            }
        }
        return messages;
    }

    /** The source text from {@code start} to the parenthesis that closes the call, without what follows the message. */
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

    /** The literals of a concatenation or of a format, up to the first comma that separates arguments behind them. */
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
