package io.github.olympe.maven.report;

import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.image.layout.ImagesFile;
import io.github.olympe.maven.image.push.PushResult;
import io.github.olympe.maven.patches.Difference;
import io.github.olympe.maven.patches.SettingChange;
import io.github.olympe.maven.patches.change.Brick;
import io.github.olympe.maven.patches.change.Change;
import io.github.olympe.maven.patches.change.Detail;
import io.github.olympe.maven.patches.change.FileChange;
import io.github.olympe.maven.patches.change.Forecast;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the goals did in one module, recorded while they run. Safe for several threads.
 *
 * <p>Texts are masked when they are recorded.
 */
public final class ModuleReport {

    private final String name;
    private final String projectVersion;
    private final Report.Source source;
    private final UnaryOperator<String> mask;
    private final List<Report.Goal> goals = new ArrayList<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    private List<Report.Image> images = List.of();
    private Report.@Nullable Deployment deployment;
    private @Nullable String awaited;
    private Report.@Nullable Diff diff;
    private List<String> forecast = List.of();

    /**
     * Creates an empty report.
     *
     * @param name the module's group and artifact, {@code com.acme:shop}
     * @param projectVersion Maven's version of it
     * @param build the branch and commit; the page leaves them out if they cannot be determined
     * @param mask hides secrets in a text
     */
    public ModuleReport(String name, String projectVersion, Supplier<BuildContext> build, UnaryOperator<String> mask) {
        this.name = name;
        this.projectVersion = projectVersion;
        this.source = source(build);
        this.mask = mask;
    }

    private static Report.Source source(Supplier<BuildContext> build) {
        try {
            BuildContext context = build.get();
            return new Report.Source(
                    context.system(),
                    context.branch().orElse(null),
                    context.commit().orElse(null),
                    context.tag().orElse(null),
                    context.mergeRequest().orElse(null),
                    context.buildNumber().orElse(null));
        } catch (RuntimeException e) { // The goals that need it report the error; the page fails none.
            return new Report.Source("unknown", null, null, null, null, null);
        }
    }

    /** Records how a goal ended. {@code message} says why it failed or was skipped. */
    public synchronized void ended(
            String goal, long start, long milliseconds, Report.Result result, @Nullable String message) {
        goals.add(new Report.Goal(goal, start, milliseconds, result, message == null ? null : mask.apply(message)));
    }

    /** Records a warning. */
    public synchronized void warned(String line) {
        warnings.add(mask.apply(line));
    }

    /** Records the images that were assembled. */
    public synchronized void assembled(ImagesFile file) {
        images = file.images().stream()
                .map(image -> image(image, Map.of(), Report.Outcome.ASSEMBLED))
                .toList();
    }

    /**
     * Records the images that were pushed. They replace the ones that were only assembled.
     *
     * @param pushed the images
     * @param results what became of each, in the same order
     */
    public synchronized void pushed(List<ImagesFile.Image> pushed, List<PushResult> results) {
        Map<String, Report.Image> byName = IntStream.range(0, pushed.size())
                .mapToObj(i -> image(pushed.get(i), outcomes(results.get(i)), Report.Outcome.THERE))
                .collect(Collectors.toMap(Report.Image::name, image -> image));
        images = Stream.concat(
                        images.stream().filter(image -> !byName.containsKey(image.name())), byName.values().stream())
                .sorted(java.util.Comparator.comparing(Report.Image::name))
                .toList();
    }

    private static Map<String, Report.Outcome> outcomes(PushResult result) {
        return result.blobs().stream()
                .collect(Collectors.toMap(
                        blob -> blob.descriptor().digest().toString(),
                        blob -> switch (blob.outcome()) {
                            case UPLOADED -> Report.Outcome.SENT;
                            case MOUNTED -> Report.Outcome.MOUNTED;
                            case PRESENT -> Report.Outcome.THERE;
                        },
                        (first, second) -> first));
    }

    private static Report.Image image(
            ImagesFile.Image image, Map<String, Report.Outcome> outcomes, Report.Outcome otherwise) {
        return new Report.Image(
                image.name(),
                image.reference(),
                image.digest().toString(),
                image.baseImage(),
                image.pushed(),
                image.layers().stream()
                        .map(layer -> new Report.Layer(
                                layer.digest().toString(),
                                layer.content(),
                                layer.size(),
                                outcomes.getOrDefault(layer.digest().toString(), otherwise)))
                        .toList());
    }

    /** Records a deployment, or what a dry run would send. */
    public synchronized void deployed(Report.Deployment made) {
        deployment = new Report.Deployment(
                made.environment(),
                made.url(),
                made.preview().stream().map(mask).toList(),
                masked(made.payload()),
                masked(made.answer()),
                made.forecast().isEmpty()
                        ? forecast
                        : made.forecast().stream().map(mask).toList());
    }

    /** Records what the environment will import, before the deployment. */
    public synchronized void foreseen(Forecast foreseen) {
        forecast = foreseen.lines().stream().map(mask).toList();
        if (deployment != null) {
            deployment = new Report.Deployment(
                    deployment.environment(),
                    deployment.url(),
                    deployment.preview(),
                    deployment.payload(),
                    deployment.answer(),
                    forecast);
        }
    }

    /** Records in a sentence what {@code await} found. */
    public synchronized void awaited(String sentence) {
        awaited = mask.apply(sentence);
    }

    private @Nullable String masked(@Nullable String text) {
        return text == null ? null : mask.apply(text);
    }

    /** Records what changed. */
    public synchronized void compared(Difference difference) {
        diff = new Report.Diff(
                mask.apply(difference.from()),
                mask.apply(difference.to()),
                difference.codeAsData().changes().stream().map(this::change).toList(),
                Stream.concat(
                                difference.files().stream().map(FileChange::sentence),
                                difference.settings().stream().map(SettingChange::sentence))
                        .map(mask)
                        .toList(),
                difference.forecast().map(Forecast::lines).orElse(List.of()).stream()
                        .map(mask)
                        .toList());
    }

    private Report.Change change(Change change) {
        return new Report.Change(
                change.type().word(),
                change.brick().kind(),
                mask.apply(change.brick().name()),
                change.brick().tag(),
                change.brick().folder(),
                Stream.concat(
                                change.details().stream().map(Detail::text),
                                change.usedBy().isEmpty()
                                        ? Stream.of()
                                        : Stream.of("still used by " + Brick.names(change.usedBy())))
                        .map(mask)
                        .toList());
    }

    /** Returns what was recorded so far. */
    synchronized Report.Module toModule() {
        return new Report.Module(
                name, projectVersion, source, goals, images, deployment, awaited, diff, List.copyOf(warnings));
    }

    String name() {
        return name;
    }
}
