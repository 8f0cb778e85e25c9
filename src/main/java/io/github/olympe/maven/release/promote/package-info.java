/** Promoting: deploying what one environment runs to another, with the same images by their digests and without a build. */
@NullMarked
package io.github.olympe.maven.release.promote;

import org.jspecify.annotations.NullMarked;
