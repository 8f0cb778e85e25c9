package io.github.olympe.maven.image.dockerfile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pom's settings for an image that follows a Dockerfile.
 *
 * @param source the folder with the build's result, relative to the context: the value of {@code SOURCES_PATH}
 * @param buildArgs values for {@code ARG}
 * @param baseImage the image that replaces the one in the last stage's FROM
 * @param target the target that replaces the one of instructions that copy from {@code source}
 * @param owner the owner that replaces theirs
 * @param targetMode the mode of the target folder
 * @param filters the parameters that select files of {@code source}, such as {@code includes}
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

    /** Returns the settings of an image for which the pom only says where its files are. */
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

    /** Returns the build arguments that need no ARG, for the whole Dockerfile. */
    Map<String, String> predefined() {
        Map<String, String> all = new LinkedHashMap<>();
        String[] parts = platform.split("/", 3);
        for (String prefix : List.of("TARGET", "BUILD")) {
            all.put(prefix + "PLATFORM", platform);
            all.put(prefix + "OS", parts[0]);
            all.put(prefix + "ARCH", parts[1]);
            all.put(prefix + "VARIANT", parts.length > 2 ? parts[2] : "");
        }
        all.put(SOURCES_PATH, source);
        return all;
    }
}
