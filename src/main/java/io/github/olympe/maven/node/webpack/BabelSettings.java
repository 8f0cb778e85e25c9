package io.github.olympe.maven.node.webpack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Babel's settings in JSON, in {@code .babelrc} or in {@code package.json}. */
final class BabelSettings {

    private static final String OWN = "@babel/";

    private BabelSettings() {}

    /**
     * Checks that they name only Babel's own presets and plugins. Others might read any file.
     *
     * @param file the file's name, for the reason
     */
    static void check(String file, JsonNode settings) throws NotKnown {
        for (Map.Entry<String, JsonNode> entry : settings.properties()) {
            switch (entry.getKey()) {
                case "presets", "plugins" -> {
                    for (JsonNode named : entry.getValue()) {
                        String name = (named.isArray() ? named.path(0) : named).asText();
                        if (!name.startsWith(OWN)) {
                            throw new NotKnown(file + " has '" + name + "' for Babel");
                        }
                    }
                }
                case "env" -> {
                    for (JsonNode part : entry.getValue()) {
                        check(file, part);
                    }
                }
                case "overrides" -> {
                    for (JsonNode part : entry.getValue()) {
                        check(file, part);
                    }
                }
                case "extends", "babelrcRoots" -> throw new NotKnown(file + " has '" + entry.getKey() + "' for Babel");
                default -> {
                    // Other settings name no files.
                }
            }
        }
    }
}
