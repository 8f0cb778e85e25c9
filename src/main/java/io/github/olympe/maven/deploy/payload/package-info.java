/** The payload for the deploy webhook: it is made from the images, the deploy rules and the user's settings, and checked. */
@NullMarked
package io.github.olympe.maven.deploy.payload;

import org.jspecify.annotations.NullMarked;
