/**
 * Waiting until an environment serves the frontend that was deployed: which of its files tells it from the one before, asking for that
 * file again and again, and what the answers mean.
 */
@NullMarked
package io.github.olympe.maven.release.await;

import org.jspecify.annotations.NullMarked;
