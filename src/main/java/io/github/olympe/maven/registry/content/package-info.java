/** The content of images: the files of their layers, read from untrusted blobs. */
@NullMarked
package io.github.olympe.maven.registry.content;

import org.jspecify.annotations.NullMarked;
