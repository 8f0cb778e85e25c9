/** What is in an image: the files of its layers, read from blobs that anybody may have made. */
@NullMarked
package io.github.olympe.maven.registry.content;

import org.jspecify.annotations.NullMarked;
