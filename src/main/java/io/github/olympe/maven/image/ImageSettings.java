package io.github.olympe.maven.image;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings for assembling a project's images.
 *
 * @param project the project
 * @param names the names of images in their registry
 * @param imageName the first part of their names
 * @param tags the parameter {@code tags}; if empty, the default tags are used
 * @param labels labels for all images, in addition to those that every image has
 * @param sections the images, in their order
 * @param codeAsData whether code as data is pushed and deployed
 * @param archives whether the images are also written as tars for {@code docker load}; without a registry they always are
 * @param created the creation time of images; without it, each has that of its base image
 * @param folder the folder {@code target/olympe}
 */
public record ImageSettings(
        ImageProject project,
        RepositoryNames names,
        String imageName,
        List<String> tags,
        Map<String, String> labels,
        List<SectionSettings> sections,
        boolean codeAsData,
        boolean archives,
        Optional<Instant> created,
        Path folder) {

    public ImageSettings {
        tags = List.copyOf(tags);
        labels = Map.copyOf(labels);
        sections = List.copyOf(sections);
    }
}
