/**
 * Waiting until an environment serves the frontend that was deployed: choosing a file that differs from the previous frontend, requesting
 * it again and again, and interpreting the answers.
 */
@NullMarked
package io.github.olympe.maven.release.await;

import org.jspecify.annotations.NullMarked;
