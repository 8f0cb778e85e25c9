package io.github.olympe.maven.goal;

import io.github.olympe.maven.image.ImageKind;

/**
 * An image that a goal of this build is going to make.
 *
 * @param kind what it is for
 * @param name its name, such as {@code frontend}
 * @param reference its reference with the first tag
 */
record PlannedImage(ImageKind kind, String name, String reference) {}
