package io.github.olympe.maven.image;

import io.github.olympe.maven.image.dockerfile.project.FollowedDockerfile;
import io.github.olympe.maven.image.dockerfile.project.ScratchImage;
import io.github.olympe.maven.image.layer.ImageTarget;
import io.github.olympe.maven.image.source.SourceFiles;
import io.github.olympe.maven.io.FileNames;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.Platform;
import io.github.olympe.maven.text.InvalidParameter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The specification of an image to assemble. It says what a Dockerfile with one {@code COPY} would say.
 *
 * @param kind the kind of image
 * @param name its name in the build, {@code backend}; unique among the images of a build
 * @param repository the repository that it is pushed to, as in image references; a local name if no registry is configured
 * @param tags its tags, at least one
 * @param base the base image
 * @param platforms the platforms to build for; if empty, the base image's own
 * @param labels the image's labels
 * @param files the files that are copied
 * @param target where they are copied to; not used with a Dockerfile
 * @param dockerfile the Dockerfile that the image follows
 */
public record ImageSpec(
        ImageKind kind,
        String name,
        String repository,
        List<String> tags,
        ImageReference base,
        List<Platform> platforms,
        Map<String, String> labels,
        SourceFiles files,
        ImageTarget target,
        Optional<FollowedDockerfile> dockerfile) {

    public ImageSpec {
        tags = List.copyOf(tags);
        platforms = List.copyOf(platforms);
        labels = Map.copyOf(labels);
        String folder = target.folder();
        if (("/" + folder).contains("/.wh.")) {
            throw InvalidParameter.of(
                    parameter(kind, "target"),
                    folder,
                    "In an image, a name that begins with '.wh.' removes another file. Use another folder.");
        }
        if (!folder.startsWith("/") || folder.chars().anyMatch(c -> c < ' ') || folder.matches("/*")) {
            throw InvalidParameter.of(
                    parameter(kind, "target"),
                    folder,
                    "It is not a folder in an image. Write an absolute path such as '/home/node/app'.");
        }
        FileNames.folder(parameter(kind, "source"), files.context(), files.folder());
    }

    /** Returns the same image with this Dockerfile, and with the base image that the Dockerfile names. */
    public ImageSpec following(FollowedDockerfile file) {
        ImageReference from = file.base().orElse(ScratchImage.REFERENCE);
        return new ImageSpec(kind, name, repository, tags, from, platforms, labels, files, target, Optional.of(file));
    }

    /**
     * Returns the name that users know for an element of an image's section: {@code codeAsData/target}, {@code backends/backend/target}.
     */
    public static String parameter(ImageKind kind, String element) {
        return (kind == ImageKind.BACKEND ? "backends/backend" : kind.id()) + "/" + element;
    }

    /** Returns whether anything is copied from the folder {@link #files()}. */
    public boolean copiesSource() {
        return dockerfile.map(FollowedDockerfile::copiesSource).orElse(true);
    }

    /** Returns the platforms to look up the base image for. If empty, the base image's own platform is used. */
    public List<Platform> basePlatforms() {
        return platforms.isEmpty()
                ? dockerfile.flatMap(FollowedDockerfile::basePlatform).stream().toList()
                : platforms;
    }

    /** Returns the build context: the folder that paths are relative to. */
    public Path context() {
        return files.context();
    }

    /** Returns the reference with the first tag. */
    public String reference() {
        return repository + ":" + tags.get(0);
    }
}
