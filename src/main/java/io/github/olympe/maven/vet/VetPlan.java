package io.github.olympe.maven.vet;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.Plan;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.text.Reason;
import io.github.olympe.maven.vet.scan.InspectedLayer;
import io.github.olympe.maven.vet.scan.Inspection.Unread;
import io.github.olympe.maven.vet.scan.Inspections;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Inspects images from the view of visitors and pods, and allows what the user allows. */
public final class VetPlan implements Plan {

    private final List<Allowance> allowances;
    private final Optional<String> served;
    private final Optional<ImageReference> image;

    private VetPlan(List<Allowance> allowances, Optional<String> served, Optional<ImageReference> image) {
        this.allowances = List.copyOf(allowances);
        this.served = served;
        this.image = image;
    }

    /**
     * Makes the plan.
     *
     * @throws OlympeException if an entry of {@code vetAllow} names no rule or no path
     */
    public static VetPlan of(VetSettings settings) {
        return new VetPlan(settings.allow().stream().map(Allowance::of).toList(), settings.served(), settings.image());
    }

    /** Returns the image of a registry to inspect, absent to inspect the assembled ones. */
    public Optional<ImageReference> image() {
        return image;
    }

    @Override
    public List<String> describe() {
        return allowances.isEmpty()
                ? List.of()
                : List.of("vet lets pass: "
                        + String.join(
                                ", ", allowances.stream().map(Allowance::text).toList()));
    }

    /**
     * Inspects images.
     *
     * @param cache the folder that caches what is in a layer
     * @throws OlympeException if a layer cannot be read
     */
    public VetReport run(List<VettedImage> images, Path cache) {
        List<VetReport.Image> reports = new ArrayList<>();
        try {
            for (VettedImage image : images) {
                reports.add(vet(image, new Inspections(image.folders(served), cache)));
            }
        } catch (UncheckedIOException e) {
            throw new OlympeException(
                    "The cached findings of a layer cannot be read (" + e.getMessage() + "). Run the build again.", e);
        }
        return new VetReport(reports, unused(reports));
    }

    private VetReport.Image vet(VettedImage image, Inspections inspections) {
        Map<Finding, List<String>> platforms = new LinkedHashMap<>();
        Unread unread = new Unread(0, 0);
        for (VettedImage.Variant variant : image.variants()) {
            List<InspectedLayer> layers = inspect(image, variant, inspections);
            for (InspectedLayer layer : layers) {
                unread = unread.plus(layer.inspection().unread());
            }
            for (Finding finding : new ImageReview(image, variant, inspections.folders(), layers).findings()) {
                platforms.computeIfAbsent(finding, key -> new ArrayList<>()).add(variant.platform());
            }
        }
        List<Finding> findings = new ArrayList<>();
        platforms.forEach((finding, where) -> {
            boolean isEverywhere = where.size() == image.variants().size();
            Finding found = isEverywhere ? finding : finding.on(String.join(", ", where));
            findings.add(allowances.stream().anyMatch(allowance -> allowance.covers(found)) ? found.allowed() : found);
        });
        return new VetReport.Image(image.name(), image.role(), findings, unread);
    }

    private static List<InspectedLayer> inspect(
            VettedImage image, VettedImage.Variant variant, Inspections inspections) {
        return variant.layers().parallelStream()
                .map(layer -> inspect(image, layer, variant, inspections))
                .toList();
    }

    private static InspectedLayer inspect(
            VettedImage image, Descriptor layer, VettedImage.Variant variant, Inspections inspections) {
        try {
            return variant.inspect(layer, inspections);
        } catch (IOException e) {
            throw new OlympeException(
                    "Layer " + layer.digest() + " of the image '" + image.name() + "' cannot be read (" + Reason.of(e)
                            + "). Run 'mvn olympe:image' again; push the image again if it is one of a registry.",
                    e);
        }
    }

    /** Returns the entries of {@code vetAllow} that match nothing. */
    private List<String> unused(List<VetReport.Image> reports) {
        return allowances.stream()
                .filter(allowance -> reports.stream()
                        .flatMap(report -> report.findings().stream())
                        .noneMatch(allowance::covers))
                .map(Allowance::text)
                .toList();
    }
}
