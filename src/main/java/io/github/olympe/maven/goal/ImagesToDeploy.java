package io.github.olympe.maven.goal;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.deploy.payload.DeployImage;
import io.github.olympe.maven.deploy.payload.DeployImages;
import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.image.ImageKind;
import io.github.olympe.maven.image.ImageSpec;
import io.github.olympe.maven.image.layout.BuildEnv;
import io.github.olympe.maven.image.layout.ImagesFile;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.release.DeployedImage;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.InvalidParameter;
import io.github.olympe.maven.text.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the images to deploy: those that parameters name, else those of {@code images.json}, else those that the environment variables of
 * {@code build.env} name, else those that the file {@code build.env} names.
 */
final class ImagesToDeploy {

    private static final int LARGEST_MEBIBYTES = 1;
    private static final String BACKEND = "BACKEND_IMAGE";
    private static final String UNNAMED = "backend";
    private static final String BACKEND_IMAGES = "backendImages (olympe.backendImages)";

    /** The documented pipeline uses each variable whose name contains it. */
    private static final Pattern BACKEND_VARIABLE = Pattern.compile("(?:.*_)?" + BACKEND + "(?:_.*)?");

    private final @Nullable String frontendImage;
    private final List<String> backendImages;
    private final @Nullable String codeAsDataImage;
    private final String imageName;
    private final List<Backend> sections;

    /** The arguments are the goal's parameters of these names. */
    ImagesToDeploy(
            @Nullable String frontendImage,
            @Nullable List<String> backendImages,
            @Nullable String codeAsDataImage,
            String imageName,
            @Nullable List<Backend> backends) {
        this.frontendImage = frontendImage;
        this.backendImages = Texts.withoutBlanks(backendImages);
        this.codeAsDataImage = codeAsDataImage;
        this.imageName = imageName;
        this.sections = Backend.sections(backends).stream()
                .filter(section -> !section.skip)
                .toList();
    }

    /**
     * Finds the images for this build.
     *
     * @throws OlympeException if an image reference is invalid, or a file that names images cannot be read
     */
    DeployImages find(GoalContext context) {
        Optional<DeployImage> frontend = named("frontend", "frontendImage (olympe.frontendImage)", frontendImage);
        List<DeployImages.Backend> backends = new ArrayList<>();
        for (String text : backendImages) {
            backends.add(backend(
                    InvalidParameter.inText(BACKEND_IMAGES),
                    DeployImage.ofParameter(BACKEND_IMAGES, text),
                    sectionOf(text)));
        }
        Optional<DeployImage> codeAsData =
                named("codeasdata", "codeAsDataImage (olympe.codeAsDataImage)", codeAsDataImage);
        DeployImages made = context.plannedImages().map(this::planned).orElseGet(() -> stored(context));
        return new DeployImages(
                frontend.or(made::frontend),
                backends.isEmpty() ? made.backends() : backends,
                codeAsData.or(made::codeAsData));
    }

    /**
     * Returns the images of a record as the images to deploy, without searching for others. A backend is identified by its name, or by its
     * repository if several have the name.
     */
    DeployImages recorded(List<DeployedImage> recorded) {
        Optional<DeployImage> frontend = Optional.empty();
        List<DeployImages.Backend> backends = new ArrayList<>();
        Optional<DeployImage> codeAsData = Optional.empty();
        for (DeployedImage image : recorded) {
            DeployImage deployed = image.toDeploy();
            switch (image.kind()) {
                case FRONTEND -> frontend = Optional.of(deployed);
                case BACKEND -> {
                    boolean isOnly = recorded.stream()
                                    .filter(other -> other.kind() == image.kind()
                                            && other.name().equals(image.name()))
                                    .count()
                            == 1;
                    Optional<Backend> named = isOnly ? section(image.name()::equals) : Optional.empty();
                    backends.add(
                            new DeployImages.Backend(deployed, deployTo(named.or(() -> sectionOf(image.reference())))));
                }
                case CODE_AS_DATA -> codeAsData = Optional.of(deployed);
            }
        }
        return new DeployImages(frontend, backends, codeAsData);
    }

    private static Optional<DeployImage> named(String name, String parameter, @Nullable String text) {
        return Texts.of(text)
                .map(value -> DeployImage.named(
                        name, InvalidParameter.inText(parameter), DeployImage.ofParameter(parameter, value)));
    }

    /**
     * Returns a backend image that the user names. It gets the name of its section, so that the record shows which backend it was for.
     * Without a section it gets the name of its repository.
     */
    private static DeployImages.Backend backend(String origin, String text, Optional<Backend> section) {
        String reference = DeployImage.reference(origin, text);
        String name = section.map(ImagesToDeploy::name)
                .or(() -> ImageReference.parse(reference).map(ImageReference::name))
                .orElse(UNNAMED);
        return new DeployImages.Backend(DeployImage.named(name, origin, reference), deployTo(section));
    }

    /** Finds the section of an image that the user names: the one with its repository, or the only one. */
    private Optional<Backend> sectionOf(String reference) {
        boolean single = sections.size() == 1 && backendImages.size() == 1;
        return section(
                name -> single || reference.strip().matches("(.*/)?\\Q" + imageName + "-" + name + "\\E([:@].*)?"));
    }

    private Optional<Backend> section(Predicate<String> name) {
        return sections.stream().filter(section -> name.test(name(section))).findFirst();
    }

    private static String name(Backend section) {
        return Texts.of(section.name, UNNAMED);
    }

    private static Optional<String> deployTo(Optional<Backend> section) {
        return section.flatMap(found -> Texts.of(found.deployTo));
    }

    private DeployImages planned(List<ImageSpec> images) {
        Collected collected = new Collected();
        images.forEach(image -> collected.add(image.kind(), DeployImage.planned(image.name(), image.reference())));
        return collected.images();
    }

    private DeployImages stored(GoalContext context) {
        if (Files.isRegularFile(context.outputDirectory().resolve(ImagesFile.NAME))) {
            return ofImagesFile(context.outputDirectory());
        }
        DeployImages named = ofVariables("the variable ", context.environment());
        Path buildEnv = context.outputDirectory().resolve(BuildEnv.NAME);
        return named.isEmpty() && Files.isRegularFile(buildEnv)
                ? ofVariables("'" + buildEnv + "', ", read(buildEnv))
                : named;
    }

    private DeployImages ofImagesFile(Path outputDirectory) {
        Collected collected = new Collected();
        for (ImagesFile.Image image : ImagesFile.read(outputDirectory).images()) {
            collected.add(
                    image.kind(),
                    new DeployImage(
                            image.name(),
                            image.reference(),
                            Optional.of(image.digest().value()),
                            Optional.of(image.layers().stream()
                                    .mapToLong(ImagesFile.OwnLayer::size)
                                    .sum()),
                            image.pushed()));
        }
        return collected.images();
    }

    /** The images found so far, each backend with its {@code deployTo}. */
    private final class Collected {

        private Optional<DeployImage> frontend = Optional.empty();
        private final List<DeployImages.Backend> backends = new ArrayList<>();
        private Optional<DeployImage> codeAsData = Optional.empty();

        void add(ImageKind kind, DeployImage image) {
            switch (kind) {
                case FRONTEND -> frontend = Optional.of(image);
                case BACKEND -> backends.add(new DeployImages.Backend(image, deployTo(section(image.name()::equals))));
                case CODE_AS_DATA -> codeAsData = Optional.of(image);
            }
        }

        DeployImages images() {
            return new DeployImages(frontend, backends, codeAsData);
        }
    }

    private DeployImages ofVariables(String origin, Map<String, String> variables) {
        List<DeployImages.Backend> backends = new ArrayList<>();
        new TreeMap<>(variables).forEach((variable, value) -> {
            if (BACKEND_VARIABLE.matcher(variable).matches() && !value.isBlank()) {
                Optional<Backend> section = section(name ->
                        variable.equals(BACKEND) ? sections.size() == 1 : BuildEnv.isBackendVariable(variable, name));
                backends.add(backend(origin + variable, value, section));
            }
        });
        return new DeployImages(
                variable("frontend", origin, "FRONTEND_IMAGE", variables),
                backends,
                variable("codeasdata", origin, "CODEASDATA_IMAGE", variables));
    }

    private static Optional<DeployImage> variable(
            String name, String origin, String variable, Map<String, String> variables) {
        return Texts.of(variables.get(variable)).map(value -> DeployImage.named(name, origin + variable, value));
    }

    private static Map<String, String> read(Path buildEnv) {
        Map<String, String> variables = new HashMap<>();
        try {
            for (String line :
                    ForeignText.read(buildEnv, LARGEST_MEBIBYTES).lines().toList()) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    variables.put(
                            line.substring(0, equals).strip(),
                            line.substring(equals + 1).strip());
                }
            }
        } catch (IOException e) {
            throw new OlympeException(
                    "The file '" + buildEnv + "' cannot be read (" + e.getMessage() + "); run olympe:push again.", e);
        }
        return variables;
    }
}
