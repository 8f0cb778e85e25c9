/**
 * Gives one feature what another one has, since features do not know each other: {@code vet} the images, a snapshot the comparison of its
 * code as data.
 */
@NullMarked
package io.github.olympe.maven.goal.bridge;

import org.jspecify.annotations.NullMarked;
