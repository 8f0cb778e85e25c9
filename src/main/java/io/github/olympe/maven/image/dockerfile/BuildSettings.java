package io.github.olympe.maven.image.dockerfile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pom's settings for an image that a Dockerfile makes.
 *
 * @param source the folder with the build's result, relative to the context: the value of {@code SOURCES_PATH}
 * @param buildArgs values for {@code ARG}
 * @param baseImage what takes the place of the image that the last stage begins with
 * @param target where what is copied from {@code source} goes instead
 * @param owner whom it belongs to instead
 * @param targetMode the mode of the folder that it goes to
 * @param filters the parameters that choose files of {@code source}, such as {@code includes}
 * @param platform the platform of the image, such as {@code linux/arm64/v8}
 */
public record BuildSettings(
        String source,
        Map<String, String> buildArgs,
        Optional<String> baseImage,
        Optional<String> target,
        Optional<String> owner,
        Optional<Integer> targetMode,
        List<String> filters,
        String platform) {

    static final String SOURCES_PATH = "SOURCES_PATH";

    public BuildSettings {
        buildArgs = Map.copyOf(buildArgs);
        filters = List.copyOf(filters);
    }

    /** The settings of an image for which a pom says nothing but where its files are. */
    public static BuildSettings of(String source, String platform) {
        return new BuildSettings(
                source,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                platform);
    }

    /** Returns the same settings for another platform. */
    public BuildSettings withPlatform(String other) {
        return new BuildSettings(source, buildArgs, baseImage, target, owner, targetMode, filters, other);
    }

    /** The build arguments that are there without being declared, to the whole Dockerfile. */
    Map<String, String> predefined() {
        Map<String, String> all = new LinkedHashMap<>();
        String[] parts = platform.split("/", 3);
        for (String prefix : List.of("TARGET", "BUILD")) {
            all.put(prefix + "PLATFORM", platform);
            all.put(prefix + "OS", parts[0]);
            all.put(prefix + "ARCH", parts.length > 1 ? parts[1] : "");
            all.put(prefix + "VARIANT", parts.length > 2 ? parts[2] : "");
        }
        all.put(SOURCES_PATH, source);
        return all;
    }
}
