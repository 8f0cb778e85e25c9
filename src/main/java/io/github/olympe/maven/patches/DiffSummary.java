package io.github.olympe.maven.patches;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.patches.change.Change;
import io.github.olympe.maven.patches.change.CodeAsDataDiff;
import io.github.olympe.maven.patches.change.FileChange;
import io.github.olympe.maven.patches.tree.ContentTree;
import io.github.olympe.maven.text.Counted;
import io.github.olympe.maven.text.OneLine;
import java.util.ArrayList;
import java.util.List;

/** What changed between two snapshots, as the body of a commit's message: a summary, then one line for each change, by folders. */
public final class DiffSummary {

    /** More is not useful in a commit message. */
    static final int MOST_LINES = 200;

    private DiffSummary() {}

    /**
     * Compares two snapshots.
     *
     * @param names provides names that neither snapshot has
     * @return the lines of the text; none if nothing changed but the form of the patches
     * @throws OlympeException if a patch is broken or cannot be read
     */
    public static List<String> of(ContentTree before, ContentTree after, CodeAsDataDiff.Names names) {
        Difference difference =
                Difference.between(State.of(before.name(), before), State.of(after.name(), after), "", names);
        List<String> lines = new ArrayList<>();
        difference.codeAsData().byFolder().forEach((folder, changes) -> {
            lines.add("");
            lines.add(folder.isEmpty() ? "Code as data:" : OneLine.of(folder) + ":");
            for (Change change : changes) {
                lines.add("- " + change.sentence());
            }
        });
        if (!difference.files().isEmpty()) {
            lines.add("");
            for (FileChange file : difference.files()) {
                lines.add("- " + file.sentence());
            }
        }
        if (lines.isEmpty()) {
            return List.of();
        }
        int left = lines.size() - MOST_LINES;
        if (left > 0) {
            lines.subList(MOST_LINES, lines.size()).clear();
            lines.add("");
            lines.add("The rest is left out: " + Counted.of(left, "line") + ".");
        }
        lines.add(0, difference.summary() + ".");
        return lines;
    }
}
