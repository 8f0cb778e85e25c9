package io.github.olympe.maven.image;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.dockerfile.project.FollowedDockerfile;
import io.github.olympe.maven.image.dockerfile.project.ScratchImage;
import io.github.olympe.maven.image.source.FileModes;
import io.github.olympe.maven.io.FileNames;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.Platform;
import io.github.olympe.maven.text.InvalidParameter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An image to assemble: what a Dockerfile with one {@code COPY} would say.
 *
 * @param kind which of the three it is
 * @param name what it is called in the build, {@code backend}; unique among the images of a build
 * @param repository where it will be pushed to, as it goes into references; a local name where no registry is configured
 * @param tags its tags, at least one
 * @param base what it is built on
 * @param platforms the platforms to build for; with none, the base image's
 * @param context the build context: the folder that {@code source} and the patterns of {@code .dockerignore} are relative to
 * @param source the folder that is copied, relative to the context
 * @param target where its content goes in the image, an absolute path
 * @param owner whom it will belong to
 * @param targetMode the mode that the target folder itself gets ({@code RUN chmod}), else it keeps its own
 * @param ownsTarget whether the target, and all that the base image has in it, goes to the owner too ({@code RUN chown -R})
 * @param labels the image's labels
 * @param includes Ant-style patterns of what is copied, relative to the source; everything where there are none
 * @param excludes Ant-style patterns of what is not copied
 * @param modes which modes the copied files have
 * @param dockerfile the Dockerfile that says what goes into the image; with one, {@code target}, {@code owner}, {@code targetMode} and
 *     {@code ownsTarget} mean nothing
 */
public record ImageSpec(
        ImageKind kind,
        String name,
        String repository,
        List<String> tags,
        ImageReference base,
        List<Platform> platforms,
        Path context,
        String source,
        String target,
        Owner owner,
        Optional<Integer> targetMode,
        boolean ownsTarget,
        Map<String, String> labels,
        List<String> includes,
        List<String> excludes,
        FileModes modes,
        Optional<FollowedDockerfile> dockerfile) {

    public ImageSpec {
        tags = List.copyOf(tags);
        platforms = List.copyOf(platforms);
        labels = Map.copyOf(labels);
        includes = List.copyOf(includes);
        excludes = List.copyOf(excludes);
        if (("/" + target).contains("/.wh.")) {
            throw InvalidParameter.of(
                    parameter(kind, "target"),
                    target,
                    "In an image, a name that begins with '.wh.' removes another file. Use another folder.");
        }
        if (!target.startsWith("/") || target.chars().anyMatch(c -> c < ' ') || target.matches("/*")) {
            throw new OlympeException(String.format(
                    "The parameter '%s' has the value '%s', which is not a folder in an image; write an absolute path such as '/home/node/app'.",
                    parameter(kind, "target"), target));
        }
        FileNames.folder(parameter(kind, "source"), context, source);
    }

    /** An image without a Dockerfile. */
    public ImageSpec(
            ImageKind kind,
            String name,
            String repository,
            List<String> tags,
            ImageReference base,
            List<Platform> platforms,
            Path context,
            String source,
            String target,
            Owner owner,
            Optional<Integer> targetMode,
            boolean ownsTarget,
            Map<String, String> labels,
            List<String> includes,
            List<String> excludes,
            FileModes modes) {
        this(
                kind,
                name,
                repository,
                tags,
                base,
                platforms,
                context,
                source,
                target,
                owner,
                targetMode,
                ownsTarget,
                labels,
                includes,
                excludes,
                modes,
                Optional.empty());
    }

    /** The same image, made as a Dockerfile says and on the image that it names. */
    public ImageSpec following(FollowedDockerfile file) {
        return new ImageSpec(
                kind,
                name,
                repository,
                tags,
                file.base().orElse(ScratchImage.REFERENCE),
                platforms,
                context,
                source,
                target,
                owner,
                targetMode,
                ownsTarget,
                labels,
                includes,
                excludes,
                modes,
                Optional.of(file));
    }

    /** How a user names an element of an image's section: {@code codeAsData/target}, {@code backends/backend/target}. */
    public static String parameter(ImageKind kind, String element) {
        return (kind == ImageKind.BACKEND ? "backends/backend" : kind.id()) + "/" + element;
    }

    /** Whether anything is copied from the folder {@link #sourceFolder()}. */
    public boolean copiesSource() {
        return dockerfile.map(FollowedDockerfile::copiesSource).orElse(true);
    }

    /** The platforms that the base image is looked up for; with none, its own. */
    public List<Platform> basePlatforms() {
        return platforms.isEmpty()
                ? dockerfile.flatMap(FollowedDockerfile::basePlatform).stream().toList()
                : platforms;
    }

    /** The folder that is copied. */
    public Path sourceFolder() {
        return context.resolve(source).normalize();
    }

    /** The reference by the first tag. */
    public String reference() {
        return repository + ":" + tags.get(0);
    }
}
