/**
 * An assembled image: its configuration and manifest, the OCI layout on disk, the archive that docker loads, {@code
 * images.json} and {@code build.env}.
 */
@NullMarked
package io.github.olympe.maven.image.layout;

import org.jspecify.annotations.NullMarked;
