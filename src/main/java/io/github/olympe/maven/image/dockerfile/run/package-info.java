/**
 * What {@code RUN} does, worked out instead of run: a script of a shell ({@link io.github.olympe.maven.image.dockerfile.run.Script}) is
 * commands joined by {@code &&}, each of which changes nothing but files ({@code Chmod}, {@code Chown}, {@code Copy}, …). The commands do what
 * those of GNU and of BusyBox do; where these differ, or an option is not known, the script is refused.
 */
@NullMarked
package io.github.olympe.maven.image.dockerfile.run;

import org.jspecify.annotations.NullMarked;
