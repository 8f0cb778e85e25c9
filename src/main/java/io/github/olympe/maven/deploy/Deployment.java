package io.github.olympe.maven.deploy;

import io.github.olympe.maven.deploy.payload.DeployImage;
import io.github.olympe.maven.text.ByteSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A deployment that the webhook accepted.
 *
 * @param images the images that were deployed
 * @param url the URL that the payload went to
 * @param answer the webhook's answer
 */
public record Deployment(List<DeployImage> images, DeployUrl url, WebhookAnswer answer) {

    /** A goal of the build and its duration. */
    public record Step(String goal, Duration duration) {}

    public Deployment {
        images = List.copyOf(images);
    }

    /** Returns the HTTP status of the answer. */
    public int status() {
        return answer.status();
    }

    /**
     * Returns the lines of the summary. It leaves out what was sent, which was shown before, and steps that took no time, because they did
     * nothing.
     *
     * @param steps the goals that ran, in order
     */
    public List<String> summary(List<Step> steps) {
        List<String> lines = new ArrayList<>();
        lines.add(
                images.stream().anyMatch(image -> image.size().isPresent())
                        ? "Images (the sizes are those of the layers on top of the base images):"
                        : "Images:");
        int name =
                images.stream().mapToInt(image -> image.name().length()).max().orElse(0);
        for (DeployImage image : images) {
            lines.add("  " + padded(image.name(), name) + "  " + image.reference()
                    + image.digest().map(digest -> "  " + digest).orElse("")
                    + image.size().map(size -> "  " + ByteSize.of(size)).orElse(""));
        }
        lines.add("Sent to " + url + " (status " + status() + ").");
        lines.add("Steps:");
        List<Step> busy =
                steps.stream().filter(step -> step.duration().toMillis() >= 50).toList();
        int goal = busy.stream().mapToInt(step -> step.goal().length()).max().orElse(0);
        busy.forEach(step -> lines.add("  " + padded(step.goal(), goal) + "  " + seconds(step.duration())));
        Duration total = steps.stream().map(Step::duration).reduce(Duration.ZERO, Duration::plus);
        lines.add("  " + padded("total", goal) + "  " + seconds(total));
        return lines;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%7.1f s", duration.toMillis() / 1000.0);
    }
}
