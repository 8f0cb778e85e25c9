package io.github.olympe.maven.report;

import io.github.olympe.maven.text.ByteSize;
import io.github.olympe.maven.text.Counted;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes the run in Markdown, for the summary of a CI's job. Values are escaped, so that none of them becomes markup. */
final class ReportSummary {

    private static final Pattern MARKUP = Pattern.compile("[\\\\`*_{}\\[\\]<>()#+!|~&-]");
    private static final Pattern LINES = Pattern.compile("\\s+");

    private ReportSummary() {}

    /** CIs limit what they show: GitHub Actions accepts a mebibyte for all summaries of a step. */
    static final int LONGEST = 200_000;

    static String of(Report report) {
        String page = page(report);
        if (page.length() <= LONGEST) {
            return page;
        }
        return page.substring(0, page.lastIndexOf('\n', LONGEST) + 1)
                + "\nThe rest is left out; report.html has all of it.\n";
    }

    private static String page(Report report) {
        StringBuilder page = new StringBuilder();
        List<PageView.FailureView> failures = PageView.failures(report);
        if (failures.isEmpty()) {
            page.append("# Olympe: done in ")
                    .append(PageView.time(report.milliseconds()))
                    .append("\n");
        }
        failures.forEach(failure -> {
            page.append("# Olympe: the goal ").append(text(failure.goal())).append(" failed\n");
            failure.message()
                    .lines()
                    .forEach(line -> page.append("\n> ").append(text(line)).append("\n>"));
            page.append("\n");
        });
        report.modules().forEach(module -> add(module, page));
        return page.toString();
    }

    private static void add(Report.Module module, StringBuilder page) {
        page.append("\n## ")
                .append(text(module.name() + " " + module.projectVersion()))
                .append("\n\n");
        page.append(module.goals().stream()
                .map(goal ->
                        "| " + text(goal.name()) + " | " + goal.result().name().toLowerCase(Locale.ROOT) + " | "
                                + PageView.time(goal.milliseconds()) + " |\n")
                .collect(Collectors.joining("", "| goal | result | time |\n|---|---|---|\n", "")));
        if (!module.images().isEmpty()) {
            page.append("\n| image | size | reference |\n|---|---|---|\n");
            module.images()
                    .forEach(image -> page.append("| ")
                            .append(text(image.name()))
                            .append(" | ")
                            .append(ByteSize.of(image.size()))
                            .append(" | ")
                            .append(text(image.reference()))
                            .append(" |\n"));
        }
        if (module.deployment() != null) {
            page.append("\n");
            module.deployment().preview().forEach(line -> bullet(line, page));
            module.deployment().forecast().forEach(line -> bullet(line, page));
        }
        if (module.awaited() != null) {
            bullet(module.awaited(), page);
        }
        if (module.diff() != null) {
            Report.Diff diff = module.diff();
            page.append("\nFrom ")
                    .append(text(diff.from()))
                    .append(" to ")
                    .append(text(diff.to()))
                    .append(": ")
                    .append(Counted.of(diff.changes().size(), "change"))
                    .append(" of code as data")
                    .append(diff.files().isEmpty() ? "" : ", " + diff.files().size() + " of other files and settings")
                    .append(".\n\n");
            diff.forecast().forEach(line -> bullet(line, page));
        }
        if (!module.warnings().isEmpty()) {
            page.append("\n**Warnings**\n\n");
            module.warnings().forEach(line -> bullet(line, page));
        }
    }

    private static void bullet(String line, StringBuilder page) {
        page.append("- ").append(text(line)).append("\n");
    }

    private static String text(String value) {
        String line = LINES.matcher(value).replaceAll(" ");
        return MARKUP.matcher(line).replaceAll("\\\\$0");
    }
}
