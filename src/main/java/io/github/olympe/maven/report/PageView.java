package io.github.olympe.maven.report;

import io.github.olympe.maven.text.ByteSize;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The values that the template {@code report.html} shows: texts and widths, computed from a {@link Report}. */
record PageView(
        String title,
        String result,
        String resultText,
        String started,
        String total,
        String plugin,
        @Nullable String failedGoal,
        @Nullable String failure,
        List<ModuleView> modules) {

    private static final DateTimeFormatter STARTED = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final int MOST_FILES = 200;

    /** A part of the page, one for each module. */
    record ModuleView(
            String name,
            String projectVersion,
            List<FactView> facts,
            List<GoalView> goals,
            List<ImageView> images,
            boolean hasImages,
            Report.@Nullable Deployment deployment,
            boolean hasPreview,
            boolean hasForecast,
            @Nullable String awaited,
            @Nullable DiffView diff,
            List<String> warnings,
            boolean hasWarnings,
            List<String> comparison,
            boolean hasComparison) {}

    /** A name and its value. */
    record FactView(String name, String value) {}

    /** A goal's bar on the timeline, with its start and width in percent of the run. */
    record GoalView(
            String name, String result, String resultText, String time, String left, String width, String message) {}

    /** An image and its layers. */
    record ImageView(String name, String reference, String digest, String size, String sent, List<LayerView> layers) {}

    /** A layer, drawn as an area. {@code weight} is its share of the image. */
    record LayerView(String content, String size, String outcome, String outcomeText, String weight, String digest) {}

    /** What changed, as a tree of folders. */
    record DiffView(
            String from,
            String to,
            int count,
            boolean empty,
            List<DiffFolder> folders,
            List<String> files,
            boolean hasFiles,
            List<String> imported,
            boolean hasImported) {}

    static PageView of(Report report, Optional<Report> before) {
        Optional<Report.Goal> failure = report.failure();
        List<ModuleView> modules = new ArrayList<>();
        for (Report.Module module : report.modules()) {
            modules.add(module(module, report, before.flatMap(b -> b.module(module.name()))));
        }
        String names = String.join(
                ", ", report.modules().stream().map(Report.Module::name).toList());
        return new PageView(
                names.isEmpty() ? "Olympe" : names,
                failure.isPresent() ? "failed" : "succeeded",
                failure.isPresent() ? "Failed" : "Succeeded",
                STARTED.format(Instant.parse(report.started())),
                time(report.milliseconds()),
                report.plugin(),
                failure.map(Report.Goal::name).orElse(null),
                failure.map(goal -> cut(goal.message())).orElse(null),
                modules);
    }

    private static ModuleView module(Report.Module module, Report report, Optional<Report.Module> before) {
        List<String> comparison =
                before.map(last -> Comparison.of(last, module)).orElse(List.of());
        Report.Deployment deployment = module.deployment();
        return new ModuleView(
                module.name(),
                module.projectVersion(),
                facts(module),
                module.goals().stream().map(goal -> goal(goal, report)).toList(),
                module.images().stream().map(PageView::image).toList(),
                !module.images().isEmpty(),
                deployment,
                deployment != null && !deployment.preview().isEmpty(),
                deployment != null && !deployment.forecast().isEmpty(),
                module.awaited(),
                module.diff() == null ? null : diff(module.diff()),
                module.warnings(),
                !module.warnings().isEmpty(),
                comparison,
                !comparison.isEmpty());
    }

    private static List<FactView> facts(Report.Module module) {
        Report.Source source = module.source();
        return Stream.of(
                        fact("Branch", source.branch()),
                        fact("Tag", source.tag()),
                        fact("Merge request", source.mergeRequest()),
                        fact("Commit", source.commit()),
                        fact("Build", source.build()),
                        fact("Built by", source.ci()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<FactView> fact(String name, @Nullable String value) {
        return Optional.ofNullable(value).map(text -> new FactView(name, cut(text)));
    }

    private static GoalView goal(Report.Goal goal, Report report) {
        double whole = Math.max(1, report.milliseconds());
        return new GoalView(
                goal.name(),
                goal.result().name().toLowerCase(Locale.ROOT),
                switch (goal.result()) {
                    case SUCCEEDED -> "done";
                    case SKIPPED -> "skipped";
                    case FAILED -> "failed";
                },
                time(goal.milliseconds()),
                percent(goal.start() / whole),
                percent(Math.max(goal.milliseconds() / whole, 0.004)),
                goal.failed() ? "" : cut(goal.message()));
    }

    private static ImageView image(Report.Image image) {
        long sent = image.layers().stream()
                .filter(layer -> layer.outcome() == Report.Outcome.SENT)
                .mapToLong(Report.Layer::size)
                .sum();
        double whole = Math.max(1, image.size());
        return new ImageView(
                image.name(),
                image.reference(),
                image.digest(),
                ByteSize.of(image.size()),
                image.pushed() ? ByteSize.of(sent) + " sent" : "not pushed",
                image.layers().stream()
                        .map(layer -> new LayerView(
                                cut(layer.content()),
                                ByteSize.of(layer.size()),
                                layer.outcome().name().toLowerCase(Locale.ROOT),
                                layer.outcome().text(),
                                String.format(Locale.ROOT, "%.4f", Math.max(0.02, layer.size() / whole)),
                                layer.digest()))
                        .toList());
    }

    private static DiffView diff(Report.Diff diff) {
        return new DiffView(
                diff.from(),
                diff.to(),
                diff.changes().size(),
                diff.changes().isEmpty(),
                DiffFolder.tree(diff.changes()),
                few(diff.files()),
                !diff.files().isEmpty(),
                diff.forecast(),
                !diff.forecast().isEmpty());
    }

    private static List<String> few(List<String> files) {
        int more = files.size() - MOST_FILES;
        return more <= 0
                ? files
                : Stream.concat(files.stream().limit(MOST_FILES), Stream.of(more + " more, listed in diff/diff.md"))
                        .toList();
    }

    /** Formats a duration for people to read: {@code 4.2 s}, {@code 2 min 05 s}. */
    static String time(long milliseconds) {
        Duration duration = Duration.ofMillis(milliseconds);
        return duration.toMinutes() > 0
                ? String.format(Locale.ROOT, "%d min %02d s", duration.toMinutes(), duration.toSecondsPart())
                : String.format(Locale.ROOT, "%.1f s", milliseconds / 1000.0);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f", Math.min(100, 100 * share));
    }

    private static String cut(@Nullable String text) {
        String whole = text == null ? "" : text;
        return whole.length() <= ReportPage.LONGEST_TEXT ? whole : whole.substring(0, ReportPage.LONGEST_TEXT) + "…";
    }
}
