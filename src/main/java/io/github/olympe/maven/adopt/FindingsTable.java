package io.github.olympe.maven.adopt;

import io.github.olympe.maven.adopt.found.Finding;
import io.github.olympe.maven.adopt.found.Findings;
import io.github.olympe.maven.adopt.found.NotUnderstood;
import java.util.ArrayList;
import java.util.List;

/** Formats what was found, what became of it, and what was not understood, as lines of a log. */
final class FindingsTable {

    private static final int WIDEST = 60;

    private FindingsTable() {}

    static List<String> lines(Findings findings) {
        List<String> lines = new ArrayList<>();
        int places = 0;
        int whats = 0;
        for (Finding finding : findings.understood()) {
            places = Math.max(places, finding.place().toString().length());
            whats = Math.max(whats, finding.what().length());
        }
        lines.add("Found, and what it became:");
        String form = "  %-" + Math.max(1, places) + "s  %-" + Math.max(1, Math.min(WIDEST, whats)) + "s  -> %s";
        for (Finding finding : findings.understood()) {
            lines.add(String.format(form, finding.place(), finding.what(), finding.became()));
        }
        List<NotUnderstood> open = findings.notUnderstood();
        if (open.isEmpty()) {
            lines.add("Everything was understood.");
        } else {
            lines.add("To look at, " + (open.size() == 1 ? "one place:" : open.size() + " places:"));
            for (NotUnderstood one : open) {
                lines.add("  " + one.place() + "  " + one.what());
                lines.add("      " + one.advice());
            }
        }
        return lines;
    }
}
