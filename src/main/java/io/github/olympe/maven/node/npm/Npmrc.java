package io.github.olympe.maven.node.npm;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.ForeignText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A configuration file of npm, read as npm's own package {@code ini} reads it: {@code key = value} in lines, comments after {@code ;} and
 * {@code #}, values in quotes, variables as <code>${NAME}</code>.
 *
 * @param entries what it sets, in the order of the file; a later one with the same key counts, unless the key is a list
 */
record Npmrc(List<Entry> entries) {

    /** The file's name in a project and in a user's home. */
    static final String FILE_NAME = ".npmrc";

    private static final int LARGEST_MEBIBYTES = 1;
    private static final Pattern SECTION = Pattern.compile("\\[[^]]*]\\s*");
    private static final Pattern VARIABLE = Pattern.compile("(?<!\\\\)(\\\\*)\\$\\{([^${}?]+)(\\?)?}");

    /** A key and its value. */
    record Entry(String key, String value) {}

    /**
     * Reads a file; one that does not exist sets nothing.
     *
     * @param environment the values of its variables
     * @throws OlympeException if it cannot be read
     */
    static Npmrc read(Path file, Map<String, String> environment) {
        if (!Files.isRegularFile(file)) {
            return new Npmrc(List.of());
        }
        try {
            return parse(ForeignText.read(file, LARGEST_MEBIBYTES), environment);
        } catch (ForeignText.Malformed e) {
            throw new OlympeException("The file '" + file + "' cannot be used (" + e.reason()
                    + "). Correct it, or delete it if it is not needed.");
        } catch (IOException e) {
            throw new OlympeException("The file '" + file + "' cannot be read (" + e + "); check its rights.", e);
        }
    }

    /** Returns the last value for a key, which wins. */
    Optional<String> last(String key) {
        return entries.stream()
                .filter(entry -> entry.key().equals(key))
                .reduce((first, second) -> second)
                .map(Entry::value);
    }

    static Npmrc parse(String text, Map<String, String> environment) {
        List<Entry> entries = new ArrayList<>();
        for (String line : text.split("[\\r\\n]+")) {
            String stripped = line.strip();
            if (SECTION.matcher(stripped).matches()) {
                break; // npm ignores settings in sections.
            }
            if (!stripped.isEmpty() && ";#".indexOf(stripped.charAt(0)) < 0 && stripped.charAt(0) != '=') {
                String[] parts = line.split("=", 2);
                String key = plain(parts[0]);
                String value = parts.length == 2 ? plain(parts[1]) : "true";
                entries.add(new Entry(
                        replaced(key.endsWith("[]") ? key.substring(0, key.length() - 2) : key, environment),
                        replaced(value, environment)));
            }
        }
        return new Npmrc(List.copyOf(entries));
    }

    /** A key or value without its quotes, or without the comment after it. */
    private static String plain(String written) {
        String text = written.strip();
        char quote = text.isEmpty() ? ' ' : text.charAt(0);
        if ((quote == '"' || quote == '\'') && text.length() > 1 && text.charAt(text.length() - 1) == quote) {
            String inner = text.substring(1, text.length() - 1);
            return quote == '"' ? inner.replace("\\\"", "\"").replace("\\\\", "\\") : inner;
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escapes = c == '\\' && i + 1 < text.length();
            if (escapes) {
                char next = text.charAt(++i);
                plain.append("\\;#".indexOf(next) < 0 ? "\\" : "").append(next);
            } else if (c == ';' || c == '#') {
                break;
            } else {
                plain.append(c);
            }
        }
        return plain.toString().strip();
    }

    /** An unknown variable stays as it is written, or is empty if a question mark follows its name. */
    private static String replaced(String text, Map<String, String> environment) {
        return VARIABLE.matcher(text).replaceAll(match -> {
            String slashes = match.group(1);
            String whole = match.group();
            String unknown = match.group(3) == null ? "${" + match.group(2) + "}" : "";
            String value = slashes.length() % 2 == 1
                    ? whole.substring((slashes.length() + 1) / 2)
                    : slashes.substring(slashes.length() / 2) + environment.getOrDefault(match.group(2), unknown);
            return Matcher.quoteReplacement(value);
        });
    }
}
