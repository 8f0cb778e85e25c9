package io.github.olympe.maven.image.source;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.Glob;
import io.github.olympe.maven.text.OneLine;
import io.github.olympe.maven.text.RegularExpression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/**
 * The {@code .dockerignore} of a build context, as in Docker: the last line that matches a path, or a folder above it, decides; {@code !}
 * includes it again. See "dockerignore file" in Docker's build documentation.
 *
 * @param file the file, for error messages
 * @param rules its lines, in order
 */
public record IgnoreFile(String file, List<Rule> rules) {

    private static final int LARGEST_MEBIBYTES = 1;

    public static final IgnoreFile NONE = new IgnoreFile("", List.of());

    public IgnoreFile {
        rules = List.copyOf(rules);
    }

    /** A line: what it matches, and whether it includes the path again ({@code !}). */
    record Rule(RegularExpression pattern, boolean takesBack) {}

    /**
     * Reads what a build excludes from its context: the file beside the Dockerfile with the Dockerfile's name and {@code .dockerignore}
     * after it, or else the {@code .dockerignore} of the context folder.
     *
     * @return {@link #NONE} if neither exists
     */
    public static IgnoreFile of(Path context, Optional<Path> dockerfile) {
        Path own = dockerfile
                .map(file -> file.resolveSibling(file.getFileName() + ".dockerignore"))
                .filter(Files::isRegularFile)
                .orElse(context.resolve(".dockerignore"));
        return Files.isRegularFile(own) ? read(own) : NONE;
    }

    private static IgnoreFile read(Path file) {
        try {
            return parse(file.toString(), ForeignText.read(file, LARGEST_MEBIBYTES));
        } catch (IOException e) {
            throw new OlympeException(
                    "The file '" + file + "' cannot be read ("
                            + (e instanceof ForeignText.Malformed wrong ? wrong.reason() : e)
                            + "); make it readable UTF-8 text.",
                    e);
        }
    }

    public static IgnoreFile parse(String file, String text) {
        List<Rule> rules = new ArrayList<>();
        String content = text.startsWith("\ufeff") ? text.substring(1) : text;
        for (String line : content.lines().toList()) {
            if (line.startsWith("#")) {
                continue;
            }
            String pattern = line.strip();
            boolean takesBack = pattern.startsWith("!");
            pattern = clean(takesBack ? pattern.substring(1).strip() : pattern);
            if (pattern.isEmpty()) {
                continue;
            }
            try {
                if (pattern.length() > RegularExpression.LONGEST) {
                    throw new PatternSyntaxException("it is too long", pattern, RegularExpression.LONGEST);
                }
                rules.add(new Rule(Glob.docker(file, pattern), takesBack));
            } catch (PatternSyntaxException e) {
                throw new OlympeException(
                        "The file '" + file + "' has the line '" + OneLine.of(line, 200) + "', which is not a pattern ("
                                + e.getDescription() + "); correct it.",
                        e);
            }
        }
        return new IgnoreFile(file, rules);
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    /** Returns whether a path below the context, separated by {@code /}, is excluded. */
    public boolean ignores(String path) {
        boolean ignored = false;
        for (Rule rule : rules) {
            // A line matters only if it changes what the lines before it decided.
            if (rule.takesBack() == ignored && matchesItOrAFolderAboveIt(rule, path)) {
                ignored = !ignored;
            }
        }
        return ignored;
    }

    /** Returns whether something below an ignored folder may be included again, so that the folder must be searched. */
    public boolean takesBackAnything() {
        return rules.stream().anyMatch(Rule::takesBack);
    }

    private boolean matchesItOrAFolderAboveIt(Rule rule, String path) {
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            if (rule.pattern().matches(path.substring(0, end))) {
                return true;
            }
        }
        return false;
    }

    /** Does what Go's {@code filepath.Clean} does, and removes the leading slash. */
    private static String clean(String pattern) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : pattern.split("/")) {
            if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }
}
