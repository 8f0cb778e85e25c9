/** Promoting: what one environment runs is deployed to another, the same images by their digests, and nothing is built. */
@NullMarked
package io.github.olympe.maven.release.promote;

import org.jspecify.annotations.NullMarked;
