package io.github.olympe.maven.snapshot;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the reason for a failure in the toolkit's output. The toolkit prints it in colour on standard output, after a time and a category,
 * somewhere among stack traces and reconnection attempts. Its last line on standard error often says only that its child process failed.
 */
final class ToolkitReason {

    private static final int KEPT = 500;
    /** Reasons are not longer. The toolkit also prints whole files. */
    private static final int LONGEST_LINE = 1000;

    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*[A-Za-z]");
    private static final Pattern PREFIX =
            Pattern.compile("^(?:\\[[0-9:]{8}]\\s+\\w+\\s+\\w+\\s+)?(?:\\[[A-Z.]+]:\\s*)?");
    private static final Pattern FRAME = Pattern.compile("^\\s*at .+|^\\s*\\.\\.\\. \\d+ more$");
    private static final Pattern CONNECT = Pattern.compile("Failed connect to the server within \\d+ ms");
    private static final Pattern FINAL = Pattern.compile("^Failed to execute \\w+ command, reason: (?:Error: )?(.*)$");
    private static final Pattern FAILURE = Pattern.compile(
            "\\b(error|failed|failure|cannot|unable|unterminated|refused|denied|invalid|wrong|exception|not found|not allowed)\\b"
                    + "|\\w+(Error|Exception):",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SAYS_NOTHING = Pattern.compile(
            "^HINT:.*|^npm (warn|notice|error).*|.*child process finished with error code.*|^Error: Was not able to open a connection.*"
                    + "|.*Communication with .* failed\\.?$",
            Pattern.CASE_INSENSITIVE);

    private final Deque<String> lines = new ArrayDeque<>();

    /** Reads the next line of the output. */
    synchronized void add(String line) {
        String start = line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line;
        String plain = PREFIX.matcher(COLOUR.matcher(start).replaceAll(""))
                .replaceFirst("")
                .strip();
        if (plain.isEmpty() || FRAME.matcher(plain).matches()) {
            return;
        }
        lines.add(plain);
        if (lines.size() > KEPT) {
            lines.remove();
        }
    }

    /** Returns the reason in the toolkit's own words, without a full stop, absent if it gave none. */
    synchronized Optional<String> find() {
        Optional<String> connect = lines.stream()
                .map(CONNECT::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .findFirst();
        if (connect.isPresent()) {
            return connect;
        }
        List<String> said = lines.stream()
                .filter(line -> !SAYS_NOTHING.matcher(line).matches())
                .toList();
        for (String line : said) {
            Matcher last = FINAL.matcher(line);
            if (last.matches() && !last.group(1).isBlank()) {
                return Optional.of(sentence(last.group(1)));
            }
        }
        for (int i = said.size() - 1; i >= 0; i--) {
            if (FAILURE.matcher(said.get(i)).find()) {
                boolean continues = i > 0 && said.get(i - 1).endsWith(":");
                return Optional.of(sentence(continues ? said.get(i - 1) + " " + said.get(i) : said.get(i)));
            }
        }
        return Optional.empty();
    }

    /** Returns whether it gave up connecting to the orchestrator. */
    synchronized boolean isConnection() {
        return lines.stream().anyMatch(line -> CONNECT.matcher(line).find());
    }

    private static String sentence(String text) {
        return text.replaceAll("[\\s.]+$", "");
    }
}
