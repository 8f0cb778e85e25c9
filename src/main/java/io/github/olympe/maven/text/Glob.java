package io.github.olympe.maven.text;

import java.util.regex.Pattern;

/** Turns the two kinds of path patterns that users write into regular expressions over paths separated by {@code /}. */
public final class Glob {

    private Glob() {}

    /**
     * Translates a pattern in the syntax of Ant and Maven: {@code *} and {@code ?} match within a name, {@code **} matches any number of
     * folders; a pattern that ends with {@code /} matches everything below.
     *
     * @param parameter the parameter that holds the pattern, for error messages
     */
    public static RegularExpression ant(String parameter, String pattern) {
        String glob = pattern.strip().replace('\\', '/');
        glob = glob.startsWith("/") ? glob.substring(1) : glob;
        glob = glob.endsWith("/") ? glob + "**" : glob;
        StringBuilder regex = new StringBuilder();
        int i = 0;
        while (i < glob.length()) {
            if (glob.equals("**")) {
                regex.append(".*");
                i += 2;
            } else if (glob.startsWith("**/", i) && (i == 0 || glob.charAt(i - 1) == '/')) {
                regex.append("(?:.*/)?");
                i = afterRepeated(glob, i + 3);
            } else if (glob.startsWith("/**", i) && i + 3 == glob.length()) {
                regex.append("(?:/.*)?");
                i += 3;
            } else {
                char c = glob.charAt(i++);
                regex.append(
                        switch (c) {
                            case '*' -> "[^/]*";
                            case '?' -> "[^/]";
                            default -> quote(c);
                        });
            }
        }
        return RegularExpression.translated(parameter, pattern, regex.toString(), Pattern.DOTALL);
    }

    /**
     * Translates a line of a {@code .dockerignore}, without its {@code !}, as Docker's pattern matcher reads it.
     *
     * @param file the file that holds the line, for error messages
     */
    public static RegularExpression docker(String file, String pattern) {
        StringBuilder regex = new StringBuilder();
        int i = 0;
        while (i < pattern.length()) {
            char c = pattern.charAt(i++);
            if (c == '*' && i < pattern.length() && pattern.charAt(i) == '*') {
                i++;
                if (i < pattern.length() && pattern.charAt(i) == '/') {
                    i = afterRepeated(pattern, i + 1);
                }
                regex.append(i == pattern.length() ? ".*" : "(?:.*/)?");
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else if (c == '\\' && i < pattern.length()) {
                regex.append(quote(pattern.charAt(i++)));
            } else if (c == '[' && pattern.indexOf(']', i) > i) {
                int end = pattern.indexOf(']', i);
                String members = pattern.substring(i, end)
                        .replace("\\", "\\\\")
                        .replace("[", "\\[")
                        .replace("&&", "&\\&");
                regex.append('[').append(members).append(']');
                i = end + 1;
            } else {
                regex.append(quote(c));
            }
        }
        return RegularExpression.translated(file, pattern, regex.toString(), Pattern.DOTALL);
    }

    /** Skips repetitions of the same wildcard: they change nothing, but could take forever to match. */
    private static int afterRepeated(String pattern, int from) {
        int i = from;
        while (pattern.startsWith("**/", i)) {
            i += 3;
        }
        return i;
    }

    private static String quote(char c) {
        return Character.isLetterOrDigit(c) || c == '/' || c == '_' || c == '-' || c > 127
                ? String.valueOf(c)
                : "\\" + c;
    }
}
