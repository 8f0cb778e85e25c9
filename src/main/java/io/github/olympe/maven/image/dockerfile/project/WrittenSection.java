package io.github.olympe.maven.image.dockerfile.project;

import io.github.olympe.maven.image.ImageSpec;
import io.github.olympe.maven.image.dockerfile.BuildSettings;
import io.github.olympe.maven.registry.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings that the pom sets explicitly for an image. Its Dockerfile decides the rest.
 *
 * @param dockerfile the Dockerfile, relative to the project's folder; {@code none} for no Dockerfile, empty to search for one
 * @param buildArgs values for {@code ARG}
 * @param baseImage the base image, from the section or from its property
 * @param target the folder in the image
 * @param owner the owner of the files
 * @param targetMode the mode of the folder in the image
 */
public record WrittenSection(
        String dockerfile,
        Map<String, String> buildArgs,
        Optional<String> baseImage,
        Optional<String> target,
        Optional<String> owner,
        Optional<Integer> targetMode) {

    public WrittenSection {
        buildArgs = Map.copyOf(buildArgs);
    }

    /**
     * Returns the image with the Dockerfile's settings, or the same image if there is no Dockerfile.
     *
     * @throws io.github.olympe.maven.OlympeException if there is no such Dockerfile, or it has an instruction that cannot be followed
     */
    public ImageSpec applyTo(ImageSpec spec) {
        return DockerfileSearch.find(spec.context(), spec.kind(), spec.name(), dockerfile)
                .map(file -> spec.following(FollowedDockerfile.read(spec.context(), file, settings(spec))))
                .orElse(spec);
    }

    private BuildSettings settings(ImageSpec spec) {
        List<String> filters = new ArrayList<>();
        if (!spec.files().includes().isEmpty()) {
            filters.add("includes");
        }
        if (!spec.files().excludes().isEmpty()) {
            filters.add("excludes");
        }
        Platform platform = spec.platforms().isEmpty()
                ? Platform.LINUX_AMD64
                : spec.platforms().get(0);
        return new BuildSettings(
                FollowedDockerfile.sourceOf(spec),
                buildArgs,
                baseImage,
                target,
                owner,
                targetMode,
                filters,
                platform.toString());
    }
}
