package io.github.olympe.maven.image.layout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.ImageSpec;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.dockerfile.project.ScratchImage;
import io.github.olympe.maven.image.layer.Layer;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Makes an image's configuration and manifest from its base image's. Everything in the base image's configuration is kept, including fields
 * that this class does not know. Layers, history and labels are added. The result does not depend on the place or time of the build.
 */
public final class ImageConfiguration {

    private static final String MADE_HERE = "olympe-maven-plugin";
    private static final String EPOCH = "1970-01-01T00:00:00Z";

    private ImageConfiguration() {}

    /**
     * Returns the configuration's JSON.
     *
     * @param history the history of each of the layers, then of the other changes to the configuration
     */
    public static byte[] configuration(
            ImageSpec spec, BaseImage base, List<Layer> layers, List<String> history, Optional<Instant> created) {
        ObjectNode configuration = read(base);
        // These describe how the base image was built.
        configuration.remove(List.of("container", "container_config", "docker_version", "id", "parent"));
        String time = created.map(Instant::toString)
                .orElseGet(() -> configuration.path("created").asText(EPOCH));
        configuration.put("created", time);
        addLabels(configuration.withObject("/config"), labels(spec, base));
        ArrayNode steps = history(configuration, base, time);
        ArrayNode diffIds = configuration.withObject("/rootfs").withArray("/diff_ids");
        configuration.withObject("/rootfs").put("type", "layers");
        layers.forEach(layer -> diffIds.add(layer.diffId().value()));
        for (int i = 0; i < history.size(); i++) {
            ObjectNode step = steps.addObject();
            step.put("created", time);
            step.put("created_by", history.get(i));
            step.put("comment", MADE_HERE);
            if (i >= layers.size()) {
                step.put("empty_layer", true);
            }
        }
        return Json.bytes(configuration);
    }

    /**
     * Returns the index of the first layer that the plugin added to the base image; absent if the plugin did not make the image.
     *
     * @param configuration an image's configuration
     */
    public static OptionalInt firstOwnLayer(JsonNode configuration) {
        int layer = 0;
        for (JsonNode step : configuration.path("history")) {
            if (step.path("empty_layer").asBoolean()) {
                continue;
            }
            if (step.path("comment").asText().equals(MADE_HERE)) {
                return OptionalInt.of(layer);
            }
            layer++;
        }
        return OptionalInt.empty();
    }

    /**
     * Reads the configuration of a base image.
     *
     * @throws OlympeException if it is not valid
     */
    public static ObjectNode read(BaseImage base) {
        try {
            if (ForeignText.json(ForeignText.decoded(base.configuration())) instanceof ObjectNode configuration) {
                for (String member : List.of("config", "rootfs")) {
                    if (configuration.has(member) && !(configuration.get(member) instanceof ObjectNode)) {
                        // Images without settings have a null there.
                        if (!configuration.get(member).isNull()) {
                            throw new OlympeException("The configuration of the base image '" + base.reference()
                                    + "' has '" + member + "' that is not an object; choose another base image.");
                        }
                        configuration.remove(member);
                    }
                }
                return configuration;
            }
        } catch (ForeignText.Malformed e) {
            throw new OlympeException("The configuration of the base image '" + base.reference() + "' is not JSON ("
                    + e.reason() + "); choose another base image.");
        }
        throw new OlympeException("The configuration of the base image '" + base.reference()
                + "' is not a JSON object; choose another base image.");
    }

    private static Map<String, String> labels(ImageSpec spec, BaseImage base) {
        Map<String, String> labels = new TreeMap<>(spec.labels());
        if (!ScratchImage.is(spec.base())) {
            labels.put(ImageLayout.BASE_NAME, spec.base().toString());
            base.reference().digest().ifPresent(digest -> labels.put(ImageLayout.BASE_DIGEST, digest.value()));
        }
        return labels;
    }

    private static void addLabels(ObjectNode config, Map<String, String> labels) {
        Map<String, String> all = new TreeMap<>();
        config.path("Labels")
                .properties()
                .forEach(label -> all.put(label.getKey(), label.getValue().asText()));
        all.putAll(labels);
        ObjectNode node = config.putObject("Labels");
        all.forEach(node::put);
    }

    /** Returns the base image's history. If it lacks entries for some layers, they are added. */
    private static ArrayNode history(ObjectNode configuration, BaseImage base, String time) {
        ArrayNode history =
                configuration.path("history") instanceof ArrayNode known ? known : configuration.putArray("history");
        int told = 0;
        for (JsonNode step : history) {
            told += step.path("empty_layer").asBoolean(false) ? 0 : 1;
        }
        for (; told < base.layers().size(); told++) {
            history.addObject()
                    .put("created", time)
                    .put("comment", "layer of " + base.reference().withoutTag());
        }
        return history;
    }
}
