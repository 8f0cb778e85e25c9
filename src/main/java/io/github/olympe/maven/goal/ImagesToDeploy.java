package io.github.olympe.maven.goal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.deploy.DeployImages;
import io.github.olympe.maven.deploy.DeploymentSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The images that a deployment is for, and what is known of each: from the parameters that name them, else from {@code images.json}, else
 * from the variables of {@code build.env}, else from that file.
 */
record ImagesToDeploy(
        Optional<DeploymentSummary.Image> frontend,
        List<Backend> backends,
        Optional<DeploymentSummary.Image> codeAsData) {

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

    /** Finds them for this goal. */
    static ImagesToDeploy find(AbstractDeployMojo goal) {
        ImagesToDeploy found = stored(goal);
        Optional<DeploymentSummary.Image> frontend = Optional.ofNullable(goal.frontendImage)
                .filter(text -> !text.isBlank())
                .map(text -> image("frontend", "the parameter 'frontendImage'", text))
                .or(found::frontend);
        List<Backend> backends = new ArrayList<>();
        for (String text : goal.backendImages == null ? List.<String>of() : goal.backendImages) {
            backends.add(new Backend(
                    image("backend", "the parameter 'backendImages'", String.valueOf(text)), Optional.empty()));
        }
        Optional<DeploymentSummary.Image> codeAsData = Optional.ofNullable(goal.codeAsDataImage)
                .filter(text -> !text.isBlank())
                .map(text -> image("codeAsData", "the parameter 'codeAsDataImage'", text))
                .or(found::codeAsData);
        return new ImagesToDeploy(frontend, backends.isEmpty() ? found.backends() : backends, codeAsData);
    }

    private static ImagesToDeploy stored(AbstractDeployMojo goal) {
        Path images = goal.outputDirectory().resolve("images.json");
        if (Files.isRegularFile(images)) {
            return ofImagesFile(goal, images);
        }
        ImagesToDeploy named = ofVariables("the variable ", goal.environment());
        Path buildEnv = goal.outputDirectory().resolve("build.env");
        return named.all().isEmpty() && Files.isRegularFile(buildEnv)
                ? ofVariables("'" + buildEnv + "', ", read(buildEnv))
                : named;
    }

    private static ImagesToDeploy ofImagesFile(AbstractDeployMojo goal, Path file) {
        Optional<DeploymentSummary.Image> frontend = Optional.empty();
        List<Backend> backends = new ArrayList<>();
        Optional<DeploymentSummary.Image> codeAsData = Optional.empty();
        try {
            for (JsonNode json : new ObjectMapper().readTree(file.toFile()).path("images")) {
                String kind = json.path("kind").asText();
                long size = 0;
                for (JsonNode layer : json.path("layers")) {
                    size += layer.path("size").asLong();
                }
                DeploymentSummary.Image image = new DeploymentSummary.Image(
                        json.path("name").asText(),
                        json.path("reference").asText(),
                        Optional.of(json.path("digest").asText()),
                        Optional.of(size));
                boolean deployed = !kind.equals("codeAsData") || goal.codeAsDataDeploy;
                if (deployed && !json.path("pushed").asBoolean() && !goal.dryRun) {
                    throw new OlympeException("The image '" + image.reference() + "' of '" + file
                            + "' was not pushed; run olympe:push first.");
                }
                switch (kind) {
                    case "frontend" -> frontend = Optional.of(image);
                    case "backend" -> backends.add(new Backend(image, Optional.empty()));
                    default -> codeAsData = Optional.of(image);
                }
            }
        } catch (IOException e) {
            throw new OlympeException(
                    "The file '" + file + "' cannot be read; run olympe:image and olympe:push again.", e);
        }
        return new ImagesToDeploy(frontend, backends, codeAsData);
    }

    private static ImagesToDeploy ofVariables(String origin, Map<String, String> variables) {
        Map<String, String> sorted = new TreeMap<>(variables);
        sorted.values().removeIf(String::isBlank);
        List<Backend> backends = sorted.entrySet().stream()
                .filter(entry ->
                        entry.getKey().equals("BACKEND_IMAGE") || entry.getKey().endsWith("_BACKEND_IMAGE"))
                .map(entry -> new Backend(
                        image("backend", origin + entry.getKey(), entry.getValue()), Optional.<String>empty()))
                .toList();
        return new ImagesToDeploy(
                Optional.ofNullable(sorted.get("FRONTEND_IMAGE"))
                        .map(text -> image("frontend", origin + "FRONTEND_IMAGE", text)),
                backends,
                Optional.ofNullable(sorted.get("CODEASDATA_IMAGE"))
                        .map(text -> image("codeAsData", origin + "CODEASDATA_IMAGE", text)));
    }

    private static Map<String, String> read(Path buildEnv) {
        Map<String, String> variables = new HashMap<>();
        try {
            for (String line : Files.readAllLines(buildEnv)) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    variables.put(
                            line.substring(0, equals).strip(),
                            line.substring(equals + 1).strip());
                }
            }
        } catch (IOException e) {
            throw new OlympeException("The file '" + buildEnv + "' cannot be read; run olympe:push again.", e);
        }
        return variables;
    }

    private static DeploymentSummary.Image image(String name, String origin, String text) {
        return new DeploymentSummary.Image(
                name, DeployImages.reference(origin, text), Optional.empty(), Optional.empty());
    }
}
