package io.github.olympe.maven.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What happened in one run of Maven: the content of {@code target/olympe/report.json}.
 *
 * <p>Texts are masked and contain no secrets. Durations are in milliseconds, times are ISO 8601 in UTC, and sizes are in bytes.
 *
 * @param version the version of this format, {@link #VERSION}
 * @param plugin the plugin's version
 * @param started when the plugin's first goal began
 * @param milliseconds the time from there to the end of the last goal
 * @param modules the Olympe projects of the build, in build order
 */
public record Report(int version, String plugin, String started, long milliseconds, List<Module> modules) {

    /** The version of the format that this plugin writes. */
    public static final int VERSION = 1;

    public Report {
        Objects.requireNonNull(plugin, "a report has no 'plugin'");
        Objects.requireNonNull(started, "a report has no 'started'");
        modules = listOf(modules);
    }

    /** Returns the goals of all modules, in the order in which they began. */
    public List<Goal> goals() {
        return modules.stream().flatMap(module -> module.goals().stream()).toList();
    }

    /** Returns the goals that failed. With {@code --fail-at-end} or {@code -T} there may be one in each module. */
    public List<Goal> failures() {
        return goals().stream().filter(Goal::failed).toList();
    }

    /** Returns the module of this name, if the run has one. */
    Optional<Module> module(String name) {
        return modules.stream().filter(module -> module.name().equals(name)).findFirst();
    }

    /** Returns the same run with a failed goal added to its last module. */
    Report withFailure(Goal failed) {
        List<Module> changed = new ArrayList<>(modules);
        Module last = changed.remove(changed.size() - 1);
        List<Goal> ran = new ArrayList<>(last.goals());
        ran.add(failed);
        changed.add(new Module(
                last.name(),
                last.projectVersion(),
                last.source(),
                ran,
                last.images(),
                last.deployment(),
                last.awaited(),
                last.diff(),
                last.warnings()));
        return new Report(version, plugin, started, milliseconds, changed);
    }

    static <T> List<T> listOf(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /**
     * One Olympe project of the build.
     *
     * @param name its group and artifact, {@code com.acme:shop}
     * @param projectVersion Maven's version of it
     * @param source where it was built from
     * @param goals the plugin's goals that ran for it, in order
     * @param images its images; empty if this run assembled none
     * @param deployment what was sent to the webhook, or would have been
     * @param awaited a sentence that says whether {@code await} found the environment serving it
     * @param diff what changed in the code as data
     * @param warnings the goals' warnings, each once
     */
    public record Module(
            String name,
            String projectVersion,
            Source source,
            List<Goal> goals,
            List<Image> images,
            @Nullable Deployment deployment,
            @Nullable String awaited,
            @Nullable Diff diff,
            List<String> warnings) {

        public Module {
            Objects.requireNonNull(name, "a module has no 'name'");
            Objects.requireNonNull(projectVersion, "a module has no 'projectVersion'");
            Objects.requireNonNull(source, "a module has no 'source'");
            goals = listOf(goals);
            images = listOf(images);
            warnings = listOf(warnings);
        }

        /** Merges two reports of the same module. For what only one of them can supply, the goals that ran later win. */
        Module with(Module other) {
            boolean later = start(other) >= start(this);
            Module last = later ? other : this;
            Module first = later ? this : other;
            return new Module(
                    name,
                    projectVersion,
                    source,
                    Stream.concat(first.goals.stream(), last.goals.stream()).toList(),
                    last.images.isEmpty() ? first.images : last.images,
                    last.deployment == null ? first.deployment : last.deployment,
                    last.awaited == null ? first.awaited : last.awaited,
                    last.diff == null ? first.diff : last.diff,
                    Stream.concat(first.warnings.stream(), last.warnings.stream())
                            .distinct()
                            .toList());
        }

        private static long start(Module module) {
            return module.goals.isEmpty() ? 0 : module.goals.get(0).start();
        }
    }

    /**
     * Where a build runs and what it builds.
     *
     * @param ci the CI's name, {@code git} outside of a CI
     */
    public record Source(
            String ci,
            @Nullable String branch,
            @Nullable String commit,
            @Nullable String tag,
            @Nullable String mergeRequest,
            @Nullable String build) {

        public Source {
            Objects.requireNonNull(ci, "a source has no 'ci'");
        }
    }

    /** How a goal ended. */
    public enum Result {
        SUCCEEDED,
        SKIPPED,
        FAILED
    }

    /**
     * A goal that ran.
     *
     * @param start milliseconds after the start of the run
     * @param milliseconds how long it took
     * @param message why it failed or was skipped
     */
    public record Goal(
            String name,
            long start,
            long milliseconds,
            Result result,
            @Nullable String message) {

        public Goal {
            Objects.requireNonNull(name, "a goal has no 'name'");
            Objects.requireNonNull(result, "a goal has no 'result'");
        }

        boolean failed() {
            return result == Result.FAILED;
        }
    }

    /**
     * An image.
     *
     * @param reference the repository with the first tag
     * @param layers the plugin's own layers from bottom to top, without those of the base image
     */
    public record Image(
            String name,
            String reference,
            String digest,
            @Nullable String baseImage,
            boolean pushed,
            List<Layer> layers) {

        public Image {
            Objects.requireNonNull(name, "an image has no 'name'");
            Objects.requireNonNull(reference, "an image has no 'reference'");
            Objects.requireNonNull(digest, "an image has no 'digest'");
            layers = listOf(layers);
        }

        long size() {
            return layers.stream().mapToLong(Layer::size).sum();
        }
    }

    /** What happened to a layer when its image was pushed. */
    public enum Outcome {
        SENT("sent"),
        MOUNTED("mounted from another repository"),
        THERE("in the registry already"),
        ASSEMBLED("not pushed");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /**
     * A layer.
     *
     * @param content what is in it, for people
     * @param size of the compressed blob, in bytes
     */
    public record Layer(String digest, String content, long size, Outcome outcome) {

        public Layer {
            Objects.requireNonNull(digest, "a layer has no 'digest'");
            Objects.requireNonNull(content, "a layer has no 'content'");
            Objects.requireNonNull(outcome, "a layer has no 'outcome'");
        }
    }

    /**
     * A deployment.
     *
     * @param environment the environment's name, absent if the pom has only one
     * @param preview what it changes, one line each
     * @param payload the JSON that was sent, with secrets masked
     * @param answer the webhook's answer; absent in a dry run
     * @param forecast what the environment will import, one line each
     */
    public record Deployment(
            @Nullable String environment,
            @Nullable String url,
            List<String> preview,
            @Nullable String payload,
            @Nullable String answer,
            List<String> forecast) {

        public Deployment {
            preview = listOf(preview);
            forecast = listOf(forecast);
        }
    }

    /**
     * What changed between two states.
     *
     * @param changes those of the code as data
     * @param files the other files that changed, one line each; for two images also the settings
     * @param forecast what an environment imports when the new state is deployed over the old one, one line each
     */
    public record Diff(String from, String to, List<Change> changes, List<String> files, List<String> forecast) {

        public Diff {
            Objects.requireNonNull(from, "a diff has no 'from'");
            Objects.requireNonNull(to, "a diff has no 'to'");
            changes = listOf(changes);
            files = listOf(files);
            forecast = listOf(forecast);
        }
    }

    /**
     * One change, in Draw's words.
     *
     * @param change {@code added}, {@code deleted}, {@code moved}, {@code renamed} or {@code changed}
     * @param kind the kind of thing: a brick, a data type, a screen, a folder
     * @param folder its location: folders separated by slashes
     */
    public record Change(
            String change,
            String kind,
            String name,
            @Nullable String tag,
            @Nullable String folder,
            List<String> details) {

        public Change {
            Objects.requireNonNull(change, "a change has no 'change'");
            Objects.requireNonNull(kind, "a change has no 'kind'");
            Objects.requireNonNull(name, "a change has no 'name'");
            details = listOf(details);
        }
    }
}
