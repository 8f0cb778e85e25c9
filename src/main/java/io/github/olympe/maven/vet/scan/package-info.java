/** Reads the layers of an image once, for all rules at the same time, and within limits. */
@NullMarked
package io.github.olympe.maven.vet.scan;

import org.jspecify.annotations.NullMarked;
