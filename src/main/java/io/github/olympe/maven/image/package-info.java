/**
 * What an image is (layers, owner, tags), assembling it as the documented Dockerfiles would, and moving it to a registry.
 */
@NullMarked
package io.github.olympe.maven.image;

import org.jspecify.annotations.NullMarked;
