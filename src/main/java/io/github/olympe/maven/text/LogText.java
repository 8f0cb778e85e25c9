package io.github.olympe.maven.text;

import java.util.regex.Pattern;

/**
 * Makes text safe for a log that a CI system reads. Servers, npm and scripts write parts of the log, and must not control the CI through
 * it. Azure Pipelines takes {@code ##vso[…]} and {@code ##[…]} for commands anywhere, GitHub Actions {@code ##[…]} and {@code ::…} at the
 * beginning of a line, TeamCity {@code ##teamcity[…]}, and GitLab a line with a carriage return and a control sequence. Such commands get a
 * space in them, and control characters are written as in Java. Line breaks, tabs and colours stay.
 */
public final class LogText {

    private static final Pattern COMMAND = Pattern.compile("##(?=[A-Za-z.-]{0,40}\\[)");
    private static final Pattern COMMAND_OF_A_LINE = Pattern.compile("(?m)^([\\s\\p{Z}\ufeff]*+):(?=:)");

    /** Matches a control character other than a line break, a tab, or the start of a colour (SGR of ECMA-48). */
    private static final Pattern CONTROL = Pattern.compile(
            "\\r(?!\\n)|[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1a\\x1c-\\x1f\\x7f\\x80-\\x9f\\u2028\\u2029]|\u001b(?!\\[[0-9;]{0,30}m)");

    private LogText() {}

    /** Returns the text without commands for a CI. */
    public static String of(String text) {
        String shown = text;
        if (shown.contains("##")) {
            shown = COMMAND.matcher(shown).replaceAll("# #");
        }
        if (shown.contains("::")) {
            shown = COMMAND_OF_A_LINE.matcher(shown).replaceAll("$1: ");
        }
        return CONTROL.matcher(shown)
                .replaceAll(match -> OneLine.of(match.group()).replace("\\", "\\\\"));
    }
}
