package io.github.olympe.maven.image.dockerfile.syntax;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a Dockerfile that have instructions. Comments and empty lines are skipped, and a line that ends with the escape character is
 * joined with the next one. Parser directives in the first lines are read too.
 */
final class LogicalLines {

    private static final Pattern DIRECTIVE =
            Pattern.compile("#\\s*(syntax|escape|check)\\s*=\\s*(\\S.*)", Pattern.CASE_INSENSITIVE);

    /** The frontends whose language is the one in docker's reference. */
    private static final Pattern OWN_SYNTAX =
            Pattern.compile("(?:docker\\.io/)?docker/dockerfile(?:-upstream)?(?:[:@].*)?");

    private final String path;
    private final String text;
    private final Set<String> directives = new HashSet<>();
    private boolean mayBeDirective = true;
    private int position;
    private int line;
    private char escape = '\\';

    LogicalLines(String path, String text) {
        this.path = path;
        this.text = text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    /** Returns the escape character. It is known after the first instruction has been read. */
    char escape() {
        return escape;
    }

    /** Returns the next line with an instruction, or {@code null} at the end. */
    @Nullable Place next() {
        while (position < text.length()) {
            String first = Whitespace.stripLeading(physicalLine());
            if (first.startsWith("#")) {
                mayBeDirective = mayBeDirective && isDirective(first);
                continue;
            }
            mayBeDirective = false;
            int start = line;
            StringBuilder joined = new StringBuilder();
            boolean continues = append(first, joined);
            while (continues && position < text.length()) {
                String more = physicalLine();
                String stripped = Whitespace.stripLeading(more);
                if (!stripped.isEmpty() && !stripped.startsWith("#")) {
                    continues = append(more, joined);
                }
            }
            if (!Whitespace.strip(joined.toString()).isEmpty()) {
                return new Place(path, start, joined.toString());
            }
        }
        return null;
    }

    /** Passes over the lines of a here-document. */
    void skip(Heredoc document) {
        boolean isInside = true;
        while (isInside && position < text.length()) {
            isInside = !document.endsWith(physicalLine());
        }
    }

    private String physicalLine() {
        int end = text.indexOf('\n', position);
        end = end < 0 ? text.length() : end;
        String read = text.substring(position, end);
        position = end + 1;
        line++;
        int length = read.length();
        while (length > 0 && read.charAt(length - 1) == '\r') {
            length--;
        }
        return read.substring(0, length);
    }

    /** Adds a line, and returns whether it continues: it ends with one escape character, but not with two. */
    private boolean append(String physical, StringBuilder joined) {
        int end = physical.length();
        while (end > 0 && (physical.charAt(end - 1) == ' ' || physical.charAt(end - 1) == '\t')) {
            end--;
        }
        boolean continues =
                end > 0 && physical.charAt(end - 1) == escape && (end == 1 || physical.charAt(end - 2) != escape);
        joined.append(physical, 0, continues ? end - 1 : physical.length());
        return continues;
    }

    /** Reads a comment that is a setting for the whole file. Only the first lines may have these. */
    private boolean isDirective(String comment) {
        Matcher matcher = DIRECTIVE.matcher(comment);
        if (!matcher.matches()) {
            return false;
        }
        Place place = new Place(path, line, comment);
        String name = matcher.group(1).toLowerCase(Locale.ROOT);
        if (!directives.add(name)) {
            throw place.mistake("the parser directive '" + name + "' may occur only once; remove one");
        }
        String value = Whitespace.strip(matcher.group(2));
        if (name.equals("syntax") && !OWN_SYNTAX.matcher(value).matches()) {
            throw place.unsupported("it is written in the language of another frontend");
        }
        if (name.equals("escape")) {
            if (!value.equals("\\") && !value.equals("`")) {
                throw place.mistake("the escape character must be \\ or `");
            }
            escape = value.charAt(0);
        }
        return true;
    }
}
