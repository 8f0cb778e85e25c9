package io.github.olympe.maven.report;

import io.github.olympe.maven.text.ByteSize;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
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
        List<FailureView> failures,
        List<ModuleView> modules) {

    private static final DateTimeFormatter STARTED = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    /** More lines of a list are only counted, so that the page stays below a megabyte. */
    private static final int MOST_LINES = 200;

    private static final int LONGEST_LINE = 800;
    private static final int LONGEST_PAYLOAD = 50_000;

    /** A goal that failed, and why: {@code goal} names the module if there are several. */
    record FailureView(String goal, String message) {}

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
        List<FailureView> failures = failures(report);
        List<ModuleView> modules = new ArrayList<>();
        for (Report.Module module : report.modules()) {
            modules.add(module(module, report, before.flatMap(b -> b.module(module.name()))));
        }
        String names = String.join(
                ", ", report.modules().stream().map(Report.Module::name).toList());
        return new PageView(
                names.isEmpty() ? "Olympe" : names,
                failures.isEmpty() ? "succeeded" : "failed",
                failures.isEmpty() ? "Succeeded" : "Failed",
                STARTED.format(Instant.parse(report.started())),
                time(report.milliseconds()),
                report.plugin(),
                failures,
                modules);
    }

    private record Failed(Report.Module module, Report.Goal goal) {}

    /** Returns the goals that failed, the first one first. */
    static List<FailureView> failures(Report report) {
        return report.modules().stream()
                .flatMap(module ->
                        module.goals().stream().filter(Report.Goal::failed).map(goal -> new Failed(module, goal)))
                .sorted(Comparator.comparingLong(
                        failed -> failed.goal().start() + failed.goal().milliseconds()))
                .map(failed -> new FailureView(
                        failed.goal().name()
                                + (report.modules().size() > 1
                                        ? " of " + failed.module().name()
                                        : ""),
                        cut(failed.goal().message())))
                .toList();
    }

    private static ModuleView module(Report.Module module, Report report, Optional<Report.Module> before) {
        List<String> comparison =
                before.map(last -> Comparison.of(last, module)).orElse(List.of());
        Report.Deployment deployment = module.deployment() == null ? null : few(module.deployment());
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
                module.awaited() == null ? null : cut(module.awaited()),
                module.diff() == null ? null : diff(module.diff()),
                few(module.warnings(), "in Maven's log"),
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
                                content(layer, image),
                                ByteSize.of(layer.size()),
                                layer.outcome().name().toLowerCase(Locale.ROOT),
                                layer.outcome().text(),
                                String.format(Locale.ROOT, "%.4f", Math.max(0.02, layer.size() / whole)),
                                layer.digest()))
                        .toList());
    }

    /** In words, what {@code images.json} says of a layer. */
    private static String content(Report.Layer layer, Report.Image image) {
        if (!layer.content().equals(".")) {
            return cut(layer.content());
        }
        return image.layers().size() == 1 ? "all files" : "other files";
    }

    private static DiffView diff(Report.Diff diff) {
        return new DiffView(
                diff.from(),
                diff.to(),
                diff.changes().size(),
                diff.changes().isEmpty(),
                DiffFolder.tree(diff.changes()),
                few(diff.files(), "listed in diff/diff.md"),
                !diff.files().isEmpty(),
                few(diff.forecast(), "in diff/diff.md"),
                !diff.forecast().isEmpty());
    }

    private static Report.Deployment few(Report.Deployment deployment) {
        return new Report.Deployment(
                deployment.environment(),
                deployment.url(),
                few(deployment.preview(), "in Maven's log"),
                deployment.payload() == null ? null : cut(deployment.payload(), LONGEST_PAYLOAD),
                deployment.answer() == null ? null : cut(deployment.answer(), LONGEST_PAYLOAD),
                few(deployment.forecast(), "in Maven's log"));
    }

    private static List<String> few(List<String> lines, String rest) {
        int more = lines.size() - MOST_LINES;
        Stream<String> shown = lines.stream().limit(MOST_LINES).map(line -> cut(line, LONGEST_LINE));
        return (more <= 0 ? shown : Stream.concat(shown, Stream.of(more + " more, " + rest))).toList();
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
        return cut(text == null ? "" : text, ReportPage.LONGEST_TEXT);
    }

    static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }
}
