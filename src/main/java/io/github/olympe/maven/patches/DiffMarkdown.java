package io.github.olympe.maven.patches;

import io.github.olympe.maven.patches.change.Change;
import io.github.olympe.maven.patches.change.FileChange;
import io.github.olympe.maven.text.OneLine;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Writes a difference as {@code diff.md}, for the comment of a merge request: one bullet for each change, by folders. */
final class DiffMarkdown {

    private static final Pattern MARKUP = Pattern.compile("[\\\\`*_{}\\[\\]<>#|~$]");

    private DiffMarkdown() {}

    static String of(Difference difference) {
        List<String> lines = new ArrayList<>();
        lines.add("## Changes from " + escaped(difference.from()) + " to " + escaped(difference.to()));
        lines.add("");
        lines.add(escaped(difference.summary()));
        difference.codeAsData().byFolder().forEach((folder, changes) -> {
            heading(folder.isEmpty() ? "Code as data" : folder, lines);
            for (Change change : changes) {
                lines.add("- " + escaped(change.sentence()));
            }
        });
        if (!difference.files().isEmpty()) {
            heading("Files", lines);
            for (FileChange file : difference.files()) {
                lines.add("- " + escaped(file.sentence()));
            }
        }
        if (!difference.settings().isEmpty()) {
            heading("Configuration", lines);
            difference.settings().forEach(setting -> lines.add("- " + escaped(setting.sentence())));
        }
        difference.forecast().ifPresent(forecast -> {
            heading("Import", lines);
            lines.add(escaped(forecast.sentence()));
        });
        lines.add("");
        return String.join("\n", lines);
    }

    private static void heading(String text, List<String> lines) {
        lines.add("");
        lines.add("### " + escaped(text));
        lines.add("");
    }

    private static String escaped(String text) {
        return MARKUP.matcher(OneLine.of(text)).replaceAll("\\\\$0");
    }
}
