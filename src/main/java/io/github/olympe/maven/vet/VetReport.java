package io.github.olympe.maven.vet;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.io.AtomicFile;
import io.github.olympe.maven.vet.rule.Rule.Severity;
import io.github.olympe.maven.vet.scan.Inspection.Unread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code vet} found. None of it has a secret: a finding names the file and the line.
 *
 * @param images the images that were looked at
 * @param unused entries of {@code vetAllow} that no finding needs
 */
public record VetReport(List<Image> images, List<String> unused) {

    /** The file's name in {@code target/olympe}. */
    public static final String NAME = "vet.json";

    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    public VetReport {
        images = List.copyOf(images);
        unused = List.copyOf(unused);
    }

    /**
     * What was found in an image.
     *
     * @param name its name in the build, or its reference in a registry
     * @param role what it is for, where that is known
     * @param findings what was found, those that are allowed included
     * @param unread served files that were not looked at
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
        ObjectNode content = JSON.createObjectNode().put("version", VERSION);
        ArrayNode array = content.putArray("images");
        for (Image image : images) {
            ObjectNode node = array.addObject().put("name", image.name());
            image.role().ifPresent(role -> node.put("kind", id(role)));
            ArrayNode found = node.putArray("findings");
            image.findings().forEach(finding -> found.add(json(finding)));
            node.putObject("notLookedAt")
                    .put("binary", image.unread().binary())
                    .put("large", image.unread().large());
        }
        try {
            AtomicFile.write(folder.resolve(NAME), JSON.writeValueAsString(content) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String id(Role role) {
        return role.section().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode json(Finding finding) {
        ObjectNode node = JSON.createObjectNode()
                .put("rule", finding.rule().id())
                .put("severity", finding.rule().severity().name().toLowerCase(Locale.ROOT))
                .put("path", "/" + finding.path());
        if (finding.line() > 0) {
            node.put("line", finding.line());
        }
        if (!finding.platform().isEmpty()) {
            node.put("platform", finding.platform());
        }
        node.put("allowed", finding.isAllowed()).put("message", FindingText.what(finding));
        FindingText.exclude(finding).ifPresent(pattern -> node.put("exclude", pattern));
        return node.put("allow", FindingText.allowance(finding));
    }
}
