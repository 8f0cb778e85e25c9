package io.github.olympe.maven.patches;

import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.patches.change.Change;
import io.github.olympe.maven.patches.change.FileChange;
import io.github.olympe.maven.text.OneLine;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Writes a difference as {@code diff.md}, for the comment of a merge request: one bullet for each change, by folders. */
final class DiffMarkdown {

    /** What Markdown, HTML, and the references and mentions of git hosts consist of. */
    private static final Pattern MARKUP = Pattern.compile("[\\\\`*_{}\\[\\]<>#|~$&@!]");

    private final SecretMask mask;

    private DiffMarkdown(SecretMask mask) {
        this.mask = mask;
    }

    static String of(Difference difference, SecretMask mask) {
        return new DiffMarkdown(mask).text(difference);
    }

    private String text(Difference difference) {
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

    private void heading(String text, List<String> lines) {
        lines.add("");
        lines.add("### " + escaped(text));
        lines.add("");
    }

    private String escaped(String text) {
        return MARKUP.matcher(OneLine.of(mask.mask(text))).replaceAll("\\\\$0");
    }
}
