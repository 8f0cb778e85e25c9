package io.github.olympe.maven.goal;

import io.github.olympe.maven.image.ImageKind;
import io.github.olympe.maven.image.SectionSettings;
import io.github.olympe.maven.text.Texts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the sections {@code frontend}, {@code backend} and {@code codeAsData} have in common. Maven sets the fields. */
abstract class ImageSection {

    /** Leaves this image out. */
    boolean skip;

    /** The image is {@code <registry>/<imageName>-<name>}. */
    @Nullable String name;

    @Nullable String baseImage;

    /** The folder to copy, relative to the project's folder. */
    @Nullable String source;

    /** The folder in the image. */
    @Nullable String target;

    /** {@code user:group}, names or numbers. */
    @Nullable String owner;

    @Nullable Map<String, String> labels;

    /** Such as {@code linux/amd64}. */
    @Nullable List<String> platforms;

    /** Ant-style patterns, relative to the source. */
    @Nullable List<String> includes;

    @Nullable List<String> excludes;

    /** {@code canonical} (0644, 0755 for programs and folders), or {@code kept} for the modes on the disk. */
    @Nullable String modes;

    /** The Dockerfile to follow, relative to the project's folder, or {@code none}. */
    @Nullable String dockerfile;

    /** Values for the Dockerfile's {@code ARG}. */
    @Nullable Map<String, String> buildArgs;

    /**
     * Converts the section for the room image.
     *
     * @param kind what the section is about
     * @param commonBaseImage the base image if the section does not name one
     */
    final SectionSettings settings(ImageKind kind, @Nullable String commonBaseImage) {
        return new SectionSettings(
                kind,
                Texts.of(name),
                Texts.of(baseImage).or(() -> Texts.of(commonBaseImage)),
                Texts.of(source),
                Texts.of(target),
                Texts.of(owner),
                targetMode(),
                Texts.withoutNulls(labels),
                Texts.withoutBlanks(platforms),
                Texts.withoutBlanks(includes),
                Texts.withoutBlanks(excludes),
                Texts.of(modes),
                Texts.of(dockerfile),
                Texts.withoutNulls(buildArgs));
    }

    /** Returns the mode of the target folder. */
    Optional<String> targetMode() {
        return Optional.empty();
    }
}
