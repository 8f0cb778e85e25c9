package io.github.olympe.maven.goal;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.deploy.DeployImages;
import io.github.olympe.maven.deploy.DeploymentSummary;
import io.github.olympe.maven.image.ImageKind;
import io.github.olympe.maven.image.layout.AssembledImage;
import io.github.olympe.maven.image.layout.BuildEnv;
import io.github.olympe.maven.image.layout.ImagesFile;
import io.github.olympe.maven.text.ForeignText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The images that a deployment is for, and what is known of each: from the parameters that name them, else from {@code images.json}, else
 * from the variables of {@code build.env}, else from that file.
 */
record ImagesToDeploy(
        Optional<DeploymentSummary.Image> frontend,
        List<Backend> backends,
        Optional<DeploymentSummary.Image> codeAsData) {

    private static final int LARGEST_MEBIBYTES = 1;
    private static final String BACKEND = "BACKEND_IMAGE";

    /** The documented pipeline takes each variable that has it in its name. */
    private static final Pattern BACKEND_VARIABLE = Pattern.compile("(?:.*_)?" + BACKEND + "(?:_.*)?");

    /** A backend's image and the backends it is for. */
    record Backend(DeploymentSummary.Image image, Optional<String> deployTo) {}

    ImagesToDeploy withoutCodeAsData() {
        return new ImagesToDeploy(frontend, backends, Optional.empty());
    }

    DeployImages references() {
        return new DeployImages(
                frontend.map(DeploymentSummary.Image::reference),
                backends.stream()
                        .map(backend -> new DeployImages.Backend(backend.image().reference(), backend.deployTo()))
                        .toList(),
                codeAsData.map(DeploymentSummary.Image::reference));
    }

    List<DeploymentSummary.Image> all() {
        return Stream.of(frontend.stream(), backends.stream().map(Backend::image), codeAsData.stream())
                .flatMap(images -> images)
                .toList();
    }

    /**
     * Finds them for this goal.
     *
     * @throws OlympeException if one of them was not pushed, or is not named as images are
     */
    static ImagesToDeploy find(AbstractDeployMojo goal) {
        Optional<DeploymentSummary.Image> frontend = named("frontend", "frontendImage", goal.frontendImage);
        List<Backend> backends = new ArrayList<>();
        for (String text : goal.backendImages == null ? List.<String>of() : goal.backendImages) {
            named("backend", "backendImages", text)
                    .ifPresent(image -> backends.add(new Backend(image, deployTo(goal, image))));
        }
        Optional<DeploymentSummary.Image> codeAsData = named("codeasdata", "codeAsDataImage", goal.codeAsDataImage);
        Set<ImageKind> stored = EnumSet.noneOf(ImageKind.class);
        if (frontend.isEmpty()) {
            stored.add(ImageKind.FRONTEND);
        }
        if (backends.isEmpty()) {
            stored.add(ImageKind.BACKEND);
        }
        if (codeAsData.isEmpty()) {
            stored.add(ImageKind.CODE_AS_DATA);
        }
        ImagesToDeploy found = stored(goal, stored);
        return new ImagesToDeploy(
                frontend.or(found::frontend),
                backends.isEmpty() ? found.backends() : backends,
                codeAsData.or(found::codeAsData));
    }

    private static Optional<DeploymentSummary.Image> named(String name, String parameter, @Nullable String text) {
        return Optional.ofNullable(text)
                .filter(value -> !value.isBlank())
                .map(value -> image(name, "the parameter '" + parameter + "'", value));
    }

    /** An image that is named by hand is a backend's if it is in that one's repository, or there is only one. */
    private static Optional<String> deployTo(AbstractDeployMojo goal, DeploymentSummary.Image image) {
        boolean single =
                goal.backendSectionNames().size() == 1 && goal.backendImages != null && goal.backendImages.size() == 1;
        return goal.deployTo(name ->
                single || image.reference().matches("(.*/)?\\Q" + goal.imageName + "-" + name + "\\E([:@].*)?"));
    }

    private static ImagesToDeploy stored(AbstractDeployMojo goal, Set<ImageKind> kinds) {
        if (Files.isRegularFile(goal.outputDirectory().resolve(ImagesFile.NAME))) {
            return ofImagesFile(goal, kinds);
        }
        ImagesToDeploy named = ofVariables(goal, "the variable ", goal.environment());
        Path buildEnv = goal.outputDirectory().resolve(BuildEnv.NAME);
        return named.all().isEmpty() && Files.isRegularFile(buildEnv)
                ? ofVariables(goal, "'" + buildEnv + "', ", read(buildEnv))
                : named;
    }

    private static ImagesToDeploy ofImagesFile(AbstractDeployMojo goal, Set<ImageKind> kinds) {
        Optional<DeploymentSummary.Image> frontend = Optional.empty();
        List<Backend> backends = new ArrayList<>();
        Optional<DeploymentSummary.Image> codeAsData = Optional.empty();
        for (ImagesFile.Image pushed : ImagesFile.read(goal.outputDirectory()).images()) {
            if (!kinds.contains(pushed.kind())) {
                continue;
            }
            if (goal.pushes(pushed.kind()) && !pushed.pushed() && !goal.dryRun) {
                throw new OlympeException("The image '" + pushed.reference() + "' of '"
                        + goal.outputDirectory().resolve(ImagesFile.NAME)
                        + "' was not pushed, and nothing is deployed unless every image was; run olympe:push first.");
            }
            DeploymentSummary.Image image = new DeploymentSummary.Image(
                    pushed.name(),
                    pushed.reference(),
                    Optional.of(pushed.digest().value()),
                    Optional.of(pushed.layers().stream()
                            .mapToLong(AssembledImage.OwnLayer::size)
                            .sum()));
            switch (pushed.kind()) {
                case FRONTEND -> frontend = Optional.of(image);
                case BACKEND -> backends.add(new Backend(image, goal.deployTo(pushed.name()::equals)));
                case CODE_AS_DATA -> codeAsData = Optional.of(image);
            }
        }
        return new ImagesToDeploy(frontend, backends, codeAsData);
    }

    private static ImagesToDeploy ofVariables(AbstractDeployMojo goal, String origin, Map<String, String> variables) {
        List<Backend> backends = new ArrayList<>();
        new TreeMap<>(variables).forEach((variable, value) -> {
            if (BACKEND_VARIABLE.matcher(variable).matches() && !value.isBlank()) {
                backends.add(new Backend(
                        image("backend", origin + variable, value),
                        goal.deployTo(name -> variable.equals(BACKEND)
                                ? goal.backendSectionNames().size() == 1
                                : BuildEnv.isBackendVariable(variable, name))));
            }
        });
        return new ImagesToDeploy(
                variable("frontend", origin, "FRONTEND_IMAGE", variables),
                backends,
                variable("codeasdata", origin, "CODEASDATA_IMAGE", variables));
    }

    private static Optional<DeploymentSummary.Image> variable(
            String name, String origin, String variable, Map<String, String> variables) {
        return Optional.ofNullable(variables.get(variable))
                .filter(value -> !value.isBlank())
                .map(value -> image(name, origin + variable, value));
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

    private static DeploymentSummary.Image image(String name, String origin, String text) {
        return new DeploymentSummary.Image(
                name, DeployImages.reference(origin, text), Optional.empty(), Optional.empty());
    }
}
