package io.github.olympe.maven.goal.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.layout.ImageConfiguration;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The configuration of an image in words: its platform and its settings for containers. The time and the tool that made it are left out.
 *
 * @param settings the settings, by their names in the OCI image specification
 * @param firstOwn the first layer that the plugin put on the base image, if it made the image
 */
record ImageSettingsText(SortedMap<String, String> settings, OptionalInt firstOwn) {

    static ImageSettingsText of(BaseImage image) {
        ObjectNode configuration = ImageConfiguration.read(image);
        SortedMap<String, String> settings = new TreeMap<>();
        settings.put("platform", image.platform().toString());
        configuration.path("config").properties().forEach(setting -> {
            JsonNode value = setting.getValue();
            switch (setting.getKey()) {
                case "Env" -> value.forEach(variable -> variable(variable.asText(), settings));
                case "Labels" ->
                    value.properties()
                            .forEach(label -> settings.put(
                                    "Labels " + label.getKey(), label.getValue().asText()));
                default -> {
                    if (!isUnset(value)) {
                        settings.put(setting.getKey(), value.isTextual() ? value.textValue() : value.toString());
                    }
                }
            }
        });
        return new ImageSettingsText(settings, ImageConfiguration.firstOwnLayer(configuration));
    }

    private static void variable(String text, SortedMap<String, String> settings) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        settings.put("Env " + name, equals < 0 ? "" : text.substring(equals + 1));
    }

    private static boolean isUnset(JsonNode value) {
        return value.isNull()
                || value.isContainerNode() && value.isEmpty()
                || value.isTextual() && value.textValue().isEmpty()
                || value.isBoolean() && !value.booleanValue();
    }

    /** Returns the index of the first layer that the plugin put on the base image, or 0 if it did not make the image. */
    int firstOwnLayer(int layers) {
        return Math.min(firstOwn.orElse(0), layers);
    }
}
