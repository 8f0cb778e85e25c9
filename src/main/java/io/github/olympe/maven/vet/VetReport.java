package io.github.olympe.maven.vet;

import io.github.olympe.maven.io.AtomicFile;
import io.github.olympe.maven.text.Json;
import io.github.olympe.maven.vet.rule.Rule.Severity;
import io.github.olympe.maven.vet.scan.Inspection.Unread;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The findings of {@code vet}. They contain no secrets: a finding names the file and the line.
 *
 * @param images the inspected images
 * @param unused entries of {@code vetAllow} that match no finding
 */
public record VetReport(List<Image> images, List<String> unused) {

    /** The file's name in {@code target/olympe}. */
    public static final String NAME = "vet.json";

    private static final int VERSION = 1;

    public VetReport {
        images = List.copyOf(images);
        unused = List.copyOf(unused);
    }

    /**
     * What was found in an image.
     *
     * @param name its name in the build, or its reference in a registry
     * @param role the purpose of the image, if known
     * @param findings the findings, including allowed ones
     * @param unread served files that were not inspected
     */
    public record Image(String name, Optional<Role> role, List<Finding> findings, Unread unread) {

        public Image {
            findings = List.copyOf(findings);
        }
    }

    /** All findings. */
    public Stream<Finding> findings() {
        return images.stream().flatMap(image -> image.findings().stream());
    }

    /** A sentence for each finding that fails the build. */
    public List<String> errors() {
        return images.stream()
                .flatMap(image -> FindingText.sentences(
                        image.role(),
                        image.findings().stream().filter(Finding::fails).toList()))
                .toList();
    }

    /** A sentence for each finding that does not, nor is allowed. */
    public List<String> warnings() {
        return images.stream()
                .flatMap(image -> FindingText.sentences(
                        image.role(),
                        image.findings().stream()
                                .filter(finding ->
                                        finding.rule().severity() == Severity.WARNING && !finding.isAllowed())
                                .toList()))
                .toList();
    }

    /** Served files that were not looked at, of all images. */
    public Unread unread() {
        return images.stream().map(Image::unread).reduce(new Unread(0, 0), Unread::plus);
    }

    /** Writes {@code vet.json} into a folder. */
    public void write(Path folder) {
        AtomicFile.write(
                folder.resolve(NAME),
                Json.indented(
                        new Content(VERSION, images.stream().map(ImageEntry::of).toList())));
    }

    /** The content of the file. */
    private record Content(int version, List<ImageEntry> images) {}

    private record ImageEntry(String name, @Nullable String kind, List<FindingEntry> findings, Unread notLookedAt) {

        static ImageEntry of(Image image) {
            return new ImageEntry(
                    image.name(),
                    image.role()
                            .map(role -> role.section().toLowerCase(Locale.ROOT))
                            .orElse(null),
                    image.findings().stream().map(FindingEntry::of).toList(),
                    image.unread());
        }
    }

    private record FindingEntry(
            String rule,
            String severity,
            String path,
            @Nullable Integer line,
            @Nullable String platform,
            boolean allowed,
            String message,
            @Nullable String exclude,
            String allow) {

        static FindingEntry of(Finding finding) {
            return new FindingEntry(
                    finding.rule().id(),
                    finding.rule().severity().name().toLowerCase(Locale.ROOT),
                    "/" + finding.path(),
                    finding.line() > 0 ? finding.line() : null,
                    finding.platform().isEmpty() ? null : finding.platform(),
                    finding.isAllowed(),
                    FindingText.what(finding),
                    FindingText.exclude(finding).orElse(null),
                    FindingText.allowance(finding));
        }
    }
}
