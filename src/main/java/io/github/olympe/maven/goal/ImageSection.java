package io.github.olympe.maven.goal;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the sections {@code frontend}, {@code backend} and {@code codeAsData} have in common. Maven sets the fields. */
abstract class ImageSection {

    /** Leaves this image out. */
    boolean skip;

    /** The image is {@code <registry>/<imageName>-<name>}. */
    @Nullable String name;

    @Nullable String baseImage;

    /** The folder that is copied, relative to the project's. */
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

    /** {@code canonical} (0644, 0755 for programs and folders), or {@code kept} as they are on the disk. */
    @Nullable String modes;

    /** The Dockerfile to follow, relative to the project's folder, or {@code none}. */
    @Nullable String dockerfile;

    /** Values for the Dockerfile's {@code ARG}. */
    @Nullable Map<String, String> buildArgs;
}
