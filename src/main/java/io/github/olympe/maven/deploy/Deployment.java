package io.github.olympe.maven.deploy;

import io.github.olympe.maven.deploy.payload.DeployImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A deployment that the webhook accepted.
 *
 * @param images the images that were deployed
 * @param url where the payload went
 * @param status the HTTP status of the answer
 * @param sent what was sent, as the lines of {@link DeployPreview}
 */
public record Deployment(List<DeployImage> images, DeployUrl url, int status, List<String> sent) {

    /** A goal of the build, and how long it took. */
    public record Step(String goal, Duration duration) {}

    public Deployment {
        images = List.copyOf(images);
        sent = List.copyOf(sent);
    }

    /**
     * Returns the summary, a line each.
     *
     * @param steps the goals that ran, in their order
     */
    public List<String> summary(List<Step> steps) {
        List<String> lines = new ArrayList<>();
        lines.add("Images:");
        int name =
                images.stream().mapToInt(image -> image.name().length()).max().orElse(0);
        for (DeployImage image : images) {
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
