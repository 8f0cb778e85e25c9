package io.github.olympe.maven.image.push;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.ci.DeployBranches;
import io.github.olympe.maven.ci.Plan;
import io.github.olympe.maven.image.ImageKind;
import io.github.olympe.maven.image.ImagePlan;
import io.github.olympe.maven.image.ImageSpec;
import io.github.olympe.maven.image.layout.BuildEnv;
import io.github.olympe.maven.image.layout.ImageLayout;
import io.github.olympe.maven.image.layout.ImagesFile;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.text.InvalidParameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The plan of {@code push}: the images that a build pushes, or the reason why it pushes nothing. */
public final class PushPlan implements Plan {

    private final PushSettings settings;
    private final DeployBranches.Decision decision;
    private final List<Image> images;
    private final boolean imported;

    /**
     * An image of the build.
     *
     * @param repository the repository that it is pushed to; only a name if no registry is known
     * @param assembled its entry in {@code images.json}; absent if it is not assembled yet
     */
    private record Image(
            ImageKind kind, String name, String repository, List<String> tags, Optional<ImagesFile.Image> assembled) {

        String reference() {
            return repository + ":" + tags.get(0);
        }

        /** Returns whether the repository has a registry. */
        boolean isInRegistry() {
            return ImageReference.ofRepository("imageName", repository)
                    .toString()
                    .equals(repository);
        }

        /** Returns the same image, in the registry that is configured now if it was assembled without one. */
        Image in(PushSettings settings) {
            return isInRegistry()
                    ? this
                    : new Image(kind, name, settings.names().repository(repository), tags, assembled);
        }
    }

    private PushPlan(PushSettings settings, DeployBranches.Decision decision, List<Image> images, boolean imported) {
        this.settings = settings;
        this.decision = decision;
        this.images = List.copyOf(images);
        this.imported = imported;
    }

    /**
     * Plans to push the images in {@code target/olympe}.
     *
     * @throws OlympeException if the settings have a mistake, or a file cannot be used
     */
    public static PushPlan of(PushSettings settings, BuildContext build) {
        return of(
                settings,
                build,
                () -> ImagesFile.read(settings.folder()).images().stream()
                        .map(image -> new Image(
                                image.kind(), image.name(), image.repository(), image.tags(), Optional.of(image)))
                        .toList());
    }

    /**
     * Plans to push the images that this build will assemble.
     *
     * @throws OlympeException if the settings have a mistake
     */
    public static PushPlan ofPlanned(PushSettings settings, BuildContext build, List<ImageSpec> planned) {
        return of(
                settings,
                build,
                () -> planned.stream()
                        .map(image -> new Image(
                                image.kind(), image.name(), image.repository(), image.tags(), Optional.empty()))
                        .toList());
    }

    private static PushPlan of(PushSettings settings, BuildContext build, Supplier<List<Image>> images) {
        DeployBranches.Decision decision = settings.branches().push(build);
        return new PushPlan(
                settings,
                decision,
                decision.granted()
                        ? images.get().stream().map(image -> image.in(settings)).toList()
                        : List.of(),
                false);
    }

    private boolean isHeldBack(Image image) {
        return image.kind() == ImageKind.CODE_AS_DATA && (!settings.codeAsData() || imported);
    }

    /** Returns the same plan without the code as data, because the environment has already imported all of it. */
    public PushPlan withoutImportedCodeAsData() {
        return new PushPlan(settings, decision, images, true);
    }

    /** Returns the layout folder of the code as data, if it has been assembled and is pushed. */
    public Optional<Path> codeAsData() {
        return pushed().stream()
                .filter(image -> image.kind() == ImageKind.CODE_AS_DATA)
                .flatMap(image -> image.assembled().stream())
                .map(this::layout)
                .findFirst();
    }

    private Path layout(ImagesFile.Image image) {
        return settings.folder().resolve(ImagePlan.LAYOUTS).resolve(image.name());
    }

    private List<Image> pushed() {
        return images.stream().filter(image -> !isHeldBack(image)).toList();
    }

    @Override
    public List<String> describe() {
        if (!decision.granted()) {
            return List.of("Skipping push: " + decision.reason() + ".");
        }
        List<String> lines = new ArrayList<>(notes());
        pushed().forEach(image -> lines.add((settings.dryRun() ? "Dry run: would push " : "Pushing ")
                + image.reference() + " with the tags " + String.join(", ", image.tags())));
        if (pushed().isEmpty()) {
            lines.add("There are no images to push.");
        }
        return lines;
    }

    /** Returns a sentence for each image that is not pushed. */
    public List<String> notes() {
        return images.stream()
                .filter(this::isHeldBack)
                .map(image -> imported
                        ? "The image '" + image.name()
                                + "' is not pushed, since the environment has imported all of it already (olympe.codeAsData.deploy is auto)."
                        : "The image '" + image.name()
                                + "' is not pushed, since deploying it briefly stops the composition database;"
                                + " set -Dolympe.codeAsData.deploy=true to do so.")
                .toList();
    }

    /**
     * Returns the repositories to push to.
     *
     * @throws OlympeException if there is no registry
     */
    public List<ImageReference> repositories() {
        return pushed().stream().map(PushPlan::repository).toList();
    }

    private static ImageReference repository(Image image) {
        if (!image.isInRegistry()) {
            throw InvalidParameter.missing(
                    "registry (olympe.registry)",
                    "There is nowhere to push the images. Set it to the registry with its path, such as"
                            + " 'registry.example.com/acme'.");
        }
        return ImageReference.ofRepository("registry (olympe.registry)", image.repository());
    }

    /**
     * Returns the requests to push, read from the images' layouts.
     *
     * @throws OlympeException if there is no registry, or an image is not the one of {@code images.json}
     */
    public List<PushRequest> requests() {
        return pushed().stream().map(this::request).toList();
    }

    private PushRequest request(Image image) {
        ImageReference repository = repository(image);
        ImagesFile.Image assembled = image.assembled().orElseThrow();
        ImageLayout layout = ImageLayout.read(layout(assembled));
        if (!PushRequest.holds(layout, assembled.digest())) {
            throw new OlympeException("The image in '" + layout.folder() + "' is not the one of '"
                    + settings.folder().resolve(ImagesFile.NAME) + "'; run 'mvn olympe:image' again.");
        }
        return new PushRequest(layout, repository, image.tags());
    }

    /**
     * Records in {@code images.json} and {@code build.env} that the images are in the registry.
     *
     * @param results the results of the {@link ImagePusher} for {@link #requests()}
     * @return the images that were pushed
     * @throws OlympeException if the files cannot be written
     */
    public List<ImagesFile.Image> finish(List<PushResult> results) {
        List<Image> done = pushed();
        List<ImagesFile.Image> inRegistry = IntStream.range(0, done.size())
                .mapToObj(i -> done.get(i)
                        .assembled()
                        .orElseThrow()
                        .withRepository(done.get(i).repository())
                        .withPushed(results.get(i).digest()))
                .toList();
        new ImagesFile(images.stream()
                        .map(image -> inRegistry.stream()
                                .filter(other -> other.name().equals(image.name()))
                                .findFirst()
                                .or(image::assembled)
                                .orElseThrow())
                        .toList())
                .write(settings.folder());
        BuildEnv.write(
                settings.folder(),
                inRegistry,
                settings.drawVersion().or(() -> BuildEnv.drawVersion(settings.folder())));
        return inRegistry;
    }
}
