/** Deploying an earlier record of the ledger again: the same images by their digests, with the same rules. */
@NullMarked
package io.github.olympe.maven.release.rollback;

import org.jspecify.annotations.NullMarked;
