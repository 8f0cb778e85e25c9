package io.github.olympe.maven.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What happened in one run of Maven: the content of {@code target/olympe/report.json}.
 *
 * <p>Texts come masked; no secret is in them. Times are milliseconds, points in time are ISO 8601 in UTC, sizes are bytes.
 *
 * @param version the version of this format, {@link #VERSION}
 * @param plugin the plugin's version
 * @param started when the first goal of the plugin began
 * @param milliseconds from there to the end of the last goal
 * @param modules the Olympe projects of the build, in its order
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Report(int version, String plugin, String started, long milliseconds, List<Module> modules) {

    /** The version of the format that this plugin writes. */
    public static final int VERSION = 1;

    public Report {
        modules = listOf(modules);
    }

    /** Goals of this run in the order in which they began, of all modules. */
    @JsonIgnore
    public List<Goal> goals() {
        return modules.stream().flatMap(module -> module.goals().stream()).toList();
    }

    /** The goal that failed first, if one did. */
    @JsonIgnore
    public Optional<Goal> failure() {
        return goals().stream().filter(Goal::failed).findFirst();
    }

    /** The same run with its module of this name, if it has one. */
    Optional<Module> module(String name) {
        return modules.stream().filter(module -> module.name().equals(name)).findFirst();
    }

    /** Returns the same run with a goal that failed in its last module. */
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
     * @param images its images; empty when none was assembled in this run
     * @param deployment what was sent to the webhook, or would have been
     * @param awaited whether the environment serves it, as {@code await} found, in a sentence
     * @param diff what changed in the code as data
     * @param warnings what the goals warned of, each once
     */
    @JsonInclude(Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
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
            goals = listOf(goals);
            images = listOf(images);
            warnings = listOf(warnings);
        }

        /** Returns the same module with what others noted of it; what only one of them can have is that of the goals that ran later. */
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
    @JsonInclude(Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Source(
            String ci,
            @Nullable String branch,
            @Nullable String commit,
            @Nullable String tag,
            @Nullable String mergeRequest,
            @Nullable String build) {}

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
    @JsonInclude(Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Goal(
            String name,
            long start,
            long milliseconds,
            Result result,
            @Nullable String message) {

        boolean failed() {
            return result == Result.FAILED;
        }
    }

    /**
     * An image.
     *
     * @param reference its repository with the first tag
     * @param layers the plugin's own layers, the lowest first; those of the base image are not in it
     */
    @JsonInclude(Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Image(
            String name,
            String reference,
            String digest,
            @Nullable String baseImage,
            boolean pushed,
            List<Layer> layers) {

        public Image {
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
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Layer(String digest, String content, long size, Outcome outcome) {}

    /**
     * A deployment.
     *
     * @param environment the environment's name, absent where the pom has only one
     * @param preview what it changes, a line each
     * @param payload the JSON that was sent, with secrets masked
     * @param answer the webhook's answer; absent in a dry run
     * @param forecast what the environment will import, a line each
     */
    @JsonInclude(Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
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
     * @param files the other files that changed, and of two images the settings, a line each
     * @param forecast what an environment imports when the state after is deployed over the one before, a line each
     */
    @JsonInclude(Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Diff(String from, String to, List<Change> changes, List<String> files, List<String> forecast) {

        public Diff {
            changes = listOf(changes);
            files = listOf(files);
            forecast = listOf(forecast);
        }
    }

    /**
     * One change, in Draw's words.
     *
     * @param change {@code added}, {@code deleted}, {@code moved}, {@code renamed} or {@code changed}
     * @param kind what it is: a brick, a data type, a screen, a folder
     * @param folder where it is, folders separated by slashes
     */
    @JsonInclude(Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Change(
            String change,
            String kind,
            String name,
            @Nullable String tag,
            @Nullable String folder,
            List<String> details) {

        public Change {
            details = listOf(details);
        }
    }
}
