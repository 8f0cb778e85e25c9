/** What is sent to the deploy webhook: the payload, made of the images, the deploy rules and what the user sets, and checked. */
@NullMarked
package io.github.olympe.maven.deploy.payload;

import org.jspecify.annotations.NullMarked;
