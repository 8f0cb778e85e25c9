package io.github.olympe.maven.deploy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is told at the end of a deployment.
 *
 * @param images the images that were deployed
 * @param url where the payload went
 * @param status the HTTP status of the answer
 * @param sent what was sent, as the lines of {@link DeployPreview}
 * @param steps the goals that ran, in their order
 */
public record DeploymentSummary(List<Image> images, DeployUrl url, int status, List<String> sent, List<Step> steps) {

    /**
     * An image.
     *
     * @param name what it is, such as {@code frontend}
     * @param reference its reference
     * @param digest its digest, where it was pushed from here
     * @param size the size of its layers in bytes, compressed as they are in the registry
     */
    public record Image(String name, String reference, Optional<String> digest, Optional<Long> size) {}

    /** A goal, and how long it took. */
    public record Step(String goal, Duration duration) {}

    public DeploymentSummary {
        images = List.copyOf(images);
        sent = List.copyOf(sent);
        steps = List.copyOf(steps);
    }

    /** The summary, a line each. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Images:");
        int name =
                images.stream().mapToInt(image -> image.name().length()).max().orElse(0);
        for (Image image : images) {
            lines.add("  " + padded(image.name(), name) + "  " + image.reference()
                    + image.digest().map(digest -> "  " + digest).orElse("")
                    + image.size().map(size -> "  " + size(size)).orElse(""));
        }
        lines.add("Sent to " + url + " (status " + status + "):");
        sent.forEach(line -> lines.add("  " + line));
        lines.add("Steps:");
        int goal = steps.stream().mapToInt(step -> step.goal().length()).max().orElse(0);
        Duration total = Duration.ZERO;
        for (Step step : steps) {
            lines.add("  " + padded(step.goal(), goal) + "  " + seconds(step.duration()));
            total = total.plus(step.duration());
        }
        lines.add("  " + padded("total", goal) + "  " + seconds(total));
        return lines;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%7.1f s", duration.toMillis() / 1000.0);
    }

    private static String size(long bytes) {
        return bytes < 100_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1000.0)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
