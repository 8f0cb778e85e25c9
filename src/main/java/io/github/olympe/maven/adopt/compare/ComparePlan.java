package io.github.olympe.maven.adopt.compare;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.ImagePlan;
import io.github.olympe.maven.image.layout.ImagesFile;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.text.InvalidParameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Compares the images that the plugin has assembled with those that the old pipeline pushed. */
public final class ComparePlan {

    /** The value of the parameter that stands for the images that the pipeline pushes. */
    public static final String PIPELINE = "pipeline";

    /** The parameter, for messages. */
    public static final String PARAMETER = "compareWith (olympe.adopt.compareWith)";

    private final List<Wanted> wanted;
    private final boolean isOfPipeline;
    private final Map<String, List<ImageReference>> pushed;
    private final Function<ImagesFile.Image, String> dockerfiles;

    /**
     * @param name the image of the build; empty where the reference has to tell it
     * @param reference an image of the old pipeline
     */
    private record Wanted(String name, ImageReference reference) {}

    /**
     * What came of it.
     *
     * @param images the comparisons, at least one
     * @param missed the images of the build that could not be compared, a sentence or two each
     */
    public record Comparisons(List<ImageComparison> images, List<String> missed) {}

    private ComparePlan(
            List<Wanted> wanted,
            boolean isOfPipeline,
            Map<String, List<ImageReference>> pushed,
            Function<ImagesFile.Image, String> dockerfiles) {
        this.wanted = List.copyOf(wanted);
        this.isOfPipeline = isOfPipeline;
        this.pushed = Map.copyOf(pushed);
        this.dockerfiles = dockerfiles;
    }

    /**
     * Reads the parameter {@code compareWith}.
     *
     * @param values its values, each a reference, before which the image's name in the build may stand ({@code backend=…}), or
     *     {@link #PIPELINE}
     * @param pushed what the old pipeline pushes for this build, by the image's name in the pom, the best to compare with first
     * @param dockerfiles returns the text of an image's Dockerfile, empty where it has none
     * @throws OlympeException if a value is no reference
     */
    public static ComparePlan of(
            List<String> values,
            Map<String, List<ImageReference>> pushed,
            Function<ImagesFile.Image, String> dockerfiles) {
        List<Wanted> wanted = new ArrayList<>();
        for (String value : values) {
            if (value.equals(PIPELINE)) {
                continue;
            }
            int equals = value.indexOf('=');
            ImageReference reference = ImageReference.of(PARAMETER, value.substring(equals + 1));
            wanted.add(new Wanted(value.substring(0, Math.max(0, equals)), reference));
        }
        return new ComparePlan(wanted, values.contains(PIPELINE), pushed, dockerfiles);
    }

    /**
     * Compares the images.
     *
     * @param output the folder {@code target/olympe} with the assembled images
     * @throws OlympeException if nothing is assembled there, or an image cannot be read
     */
    public Comparisons run(ComparedImages images, Path output) {
        if (!Files.isRegularFile(output.resolve(ImagesFile.NAME))) {
            throw new OlympeException(
                    "There is nothing to compare yet: '" + output
                            + "' has no images. Build them with 'mvn package', from the commit that the old pipeline built, then run the same command again.");
        }
        List<ImagesFile.Image> assembled = ImagesFile.read(output).images();
        List<ImageComparison> comparisons = new ArrayList<>();
        List<String> missed = new ArrayList<>();
        for (Wanted one : wanted) {
            ImagesFile.Image image = partner(one, assembled);
            comparisons.add(compare(image, one.reference(), images, output));
        }
        if (isOfPipeline) {
            for (ImagesFile.Image image : assembled) {
                withPipeline(image, images, output, missed).ifPresent(comparisons::add);
            }
        }
        if (comparisons.isEmpty()) {
            throw OlympeException.of(missed);
        }
        return new Comparisons(comparisons, missed);
    }

    /** The first of what the pipeline pushes that is there. */
    private Optional<ImageComparison> withPipeline(
            ImagesFile.Image image, ComparedImages images, Path output, List<String> missed) {
        String reason = "The pipeline does not tell how it is called in this build.";
        for (ImageReference reference : pushed.getOrDefault(image.name(), List.of())) {
            try {
                return Optional.of(compare(image, reference, images, output));
            } catch (OlympeException e) {
                reason = e.getMessage();
            }
        }
        missed.add("The image '" + image.name() + "' is not compared. " + reason + " Name the old one in "
                + InvalidParameter.quoted(PARAMETER) + ", such as registry.example.com/acme/shop-frontend:main.");
        return Optional.empty();
    }

    private ImageComparison compare(
            ImagesFile.Image image, ImageReference reference, ComparedImages images, Path output) {
        WholeImage old = images.inRegistry(reference);
        WholeImage fresh = images.assembled(output.resolve(ImagePlan.LAYOUTS).resolve(image.name()));
        Reasons reasons =
                new Reasons(old, fresh, image.targets(), dockerfiles.apply(image), () -> images.vetted(reference));
        return ImageComparison.of(image.name(), old, fresh, reasons);
    }

    /** The image of the build that is to be what the old one is: by the name before it, its repository, or the end of that. */
    private static ImagesFile.Image partner(Wanted one, List<ImagesFile.Image> assembled) {
        String repository = one.reference().registry() + "/" + one.reference().repository();
        return assembled.stream()
                .filter(image -> one.name().isEmpty()
                        ? image.repository().equals(repository)
                                || repository.matches(".*[-/]" + Pattern.quote(image.name()))
                        : image.name().equals(one.name()))
                .findFirst()
                .orElseThrow(() -> InvalidParameter.of(
                        PARAMETER,
                        (one.name().isEmpty() ? "" : one.name() + "=") + one.reference(),
                        "It does not say which image of the build it is to be compared with. Write one of "
                                + String.join(
                                        ", ",
                                        assembled.stream()
                                                .map(image -> image.name() + "=")
                                                .toList())
                                + " before it."));
    }
}
