/**
 * The effect of {@code RUN}, computed instead of run: a shell script ({@link io.github.olympe.maven.image.dockerfile.run.Script}) consists
 * of commands joined by {@code &&}, each of which only changes files ({@code Chmod}, {@code Chown}, {@code Copy}, …). The commands do what
 * those of GNU and BusyBox do. If these differ, or an option is unknown, the script is refused.
 */
@NullMarked
package io.github.olympe.maven.image.dockerfile.run;

import org.jspecify.annotations.NullMarked;
