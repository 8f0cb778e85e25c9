package io.github.olympe.maven.image;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The user's settings for one image, as texts. If one is absent or empty, the default of the image's kind applies.
 *
 * @param kind the kind of image
 * @param name the last part of its repository's name
 * @param baseImage the base image
 * @param source the folder that is copied, relative to the project's
 * @param target the folder in the image
 * @param owner {@code user:group}
 * @param targetMode the mode of the target folder in octal, only for code as data
 * @param labels labels in addition to those of all images
 * @param platforms platforms such as {@code linux/amd64}
 * @param includes Ant-style patterns of what is copied
 * @param excludes Ant-style patterns of what is not copied
 * @param modes {@code canonical} or {@code kept}
 * @param dockerfile the Dockerfile to follow, or {@code none}
 * @param buildArgs values for the Dockerfile's {@code ARG}
 */
public record SectionSettings(
        ImageKind kind,
        Optional<String> name,
        Optional<String> baseImage,
        Optional<String> source,
        Optional<String> target,
        Optional<String> owner,
        Optional<String> targetMode,
        Map<String, String> labels,
        List<String> platforms,
        List<String> includes,
        List<String> excludes,
        Optional<String> modes,
        Optional<String> dockerfile,
        Map<String, String> buildArgs) {

    public SectionSettings {
        labels = Map.copyOf(labels);
        platforms = List.copyOf(platforms);
        includes = List.copyOf(includes);
        excludes = List.copyOf(excludes);
        buildArgs = Map.copyOf(buildArgs);
    }
}
