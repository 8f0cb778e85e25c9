/** Connects features, which do not know each other: {@code vet} with the images, a snapshot with the comparison of its code as data. */
@NullMarked
package io.github.olympe.maven.goal.bridge;

import org.jspecify.annotations.NullMarked;
