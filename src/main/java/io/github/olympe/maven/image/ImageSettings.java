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
 * @param names what images are called in their registry
 * @param imageName the first part of their names
 * @param tags the parameter {@code tags}; with none, the default ones
 * @param labels labels of all images, besides those that they have anyway
 * @param sections the images, in their order
 * @param codeAsData whether code as data is pushed and deployed
 * @param archives whether the images are written as tars for {@code docker load}, too; without a registry they always are
 * @param created the time that images say they were made at, instead of their base image's
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
