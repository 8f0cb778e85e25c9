package io.github.olympe.maven.adopt.compare;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.ImagePlan;
import io.github.olympe.maven.image.layout.ImagesFile;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.text.InvalidParameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares the images that the plugin assembled with those that the old pipeline pushed. */
public final class ComparePlan {

    /** The parameter's value for the images that the pipeline pushes. */
    public static final String PIPELINE = "pipeline";

    /** The parameter, for messages. */
    public static final String PARAMETER = "compareWith (olympe.adopt.compareWith)";

    private final List<Wanted> wanted;
    private final boolean isOfPipeline;
    private final Map<String, List<ImageReference>> pushed;
    private final Function<ImagesFile.Image, String> dockerfiles;

    /**
     * @param name the image of the build; empty if the reference has to show it
     * @param reference an image of the old pipeline
     */
    private record Wanted(String name, ImageReference reference) {}

    /**
     * The result.
     *
     * @param images the comparisons, at least one
     * @param missed the images of the build that the old pipeline seems not to have pushed, a sentence or two each
     * @param failed why others could not be read, one sentence each
     */
    public record Comparisons(List<ImageComparison> images, List<String> missed, List<String> failed) {}

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
     * @param values the values, each {@link #PIPELINE} or a reference that may follow the image's name in the build ({@code backend=…})
     * @param pushed what the old pipeline pushes for this build, by the image's name in the pom, the best to compare with first
     * @param dockerfiles returns the text of an image's Dockerfile, empty if it has none
     * @throws OlympeException if a value is not a reference
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
     * Compares the images. An unreadable image does not prevent the others from being compared.
     *
     * @param output the folder {@code target/olympe} with the assembled images
     * @throws OlympeException if nothing is assembled there, a value does not show which image it is, or nothing could be compared
     */
    public Comparisons run(ComparedImages images, Path output) {
        if (!Files.isRegularFile(output.resolve(ImagesFile.NAME))) {
            throw new OlympeException(
                    "There is nothing to compare yet: '" + output
                            + "' has no images. Build them with 'mvn package', from the commit that the old pipeline built, then run the same command again.");
        }
        List<ImagesFile.Image> assembled = ImagesFile.read(output).images();
        List<ImagesFile.Image> partners =
                wanted.stream().map(one -> partner(one, assembled)).toList();
        Run run = new Run(images, output);
        for (int i = 0; i < wanted.size(); i++) {
            run.compare(partners.get(i), wanted.get(i).reference());
        }
        if (isOfPipeline) {
            assembled.forEach(image -> run.compareFirst(image, pushed.getOrDefault(image.name(), List.of())));
        }
        return run.comparisons();
    }

    /** Collects the results of one image after the other. */
    private final class Run {

        private final ComparedImages images;
        private final Path output;
        private final Map<String, WholeImage> assembled = new HashMap<>();
        private final List<ImageComparison> compared = new ArrayList<>();
        private final List<String> missed = new ArrayList<>();
        private final List<String> failed = new ArrayList<>();

        Run(ComparedImages images, Path output) {
            this.images = images;
            this.output = output;
        }

        void compare(ImagesFile.Image image, ImageReference reference) {
            attempt(() -> compare(image, reference, images.inRegistry(reference)));
        }

        /** Compares an image with the first of these that exists. */
        void compareFirst(ImagesFile.Image image, List<ImageReference> references) {
            attempt(() -> {
                for (ImageReference reference : references) {
                    Optional<WholeImage> old = images.find(reference);
                    if (old.isPresent()) {
                        compare(image, reference, old.get());
                        return;
                    }
                }
                missed.add("The image '" + image.name() + "' is not compared. " + missing(references)
                        + " Name the old one in " + InvalidParameter.quoted(PARAMETER)
                        + ", such as registry.example.com/acme/shop-frontend:main.");
            });
        }

        private void compare(ImagesFile.Image image, ImageReference reference, WholeImage old) {
            WholeImage fresh = assembled.computeIfAbsent(
                    image.name(),
                    name -> images.assembled(output.resolve(ImagePlan.LAYOUTS).resolve(name)));
            Reasons reasons =
                    new Reasons(old, fresh, image.targets(), dockerfiles.apply(image), () -> images.vetted(reference));
            compared.add(ImageComparison.of(image.name(), old, fresh, reasons));
        }

        private void attempt(Runnable comparison) {
            try {
                comparison.run();
            } catch (OlympeException e) {
                failed.add(e.getMessage());
            }
        }

        Comparisons comparisons() {
            if (compared.isEmpty()) {
                throw OlympeException.of(
                        Stream.concat(failed.stream(), missed.stream()).toList());
            }
            return new Comparisons(compared, missed, failed);
        }
    }

    private static String missing(List<ImageReference> references) {
        return references.isEmpty()
                ? "The pipeline does not tell how it is called in this build."
                : "The registry has no "
                        + references.stream().map(ImageReference::toString).collect(Collectors.joining(", and no "))
                        + ".";
    }

    /**
     * Finds the image of the build that corresponds to the old one: by the name before the reference, by its repository, or by the end of
     * the repository.
     */
    private static ImagesFile.Image partner(Wanted one, List<ImagesFile.Image> assembled) {
        String repository = one.reference().registry() + "/" + one.reference().repository();
        Optional<ImagesFile.Image> partner = one.name().isEmpty()
                ? first(assembled, image -> image.repository().equals(repository))
                        .or(() -> assembled.stream()
                                .filter(image -> repository.matches(".*[-/]" + Pattern.quote(image.name())))
                                .max(Comparator.comparing(image -> image.name().length())))
                : first(assembled, image -> image.name().equals(one.name()));
        return partner.orElseThrow(() -> InvalidParameter.of(
                PARAMETER,
                (one.name().isEmpty() ? "" : one.name() + "=") + one.reference(),
                "It does not say which image of the build it is to be compared with. Write one of "
                        + assembled.stream().map(image -> image.name() + "=").collect(Collectors.joining(", "))
                        + " before it."));
    }

    private static Optional<ImagesFile.Image> first(
            List<ImagesFile.Image> images, Predicate<ImagesFile.Image> condition) {
        return images.stream().filter(condition).findFirst();
    }
}
