/**
 * What was deployed, and going back to it. Each deployment is a {@link io.github.olympe.maven.release.DeploymentRecord} in the
 * {@link io.github.olympe.maven.release.Ledger}, a repository of the registry that the images are in:
 *
 * <ol>
 *   <li>before the webhook is called, a record that says "sent" is pushed, the mark;
 *   <li>after its answer, the record with the outcome. A mark without one was never answered: it is not known whether it was accepted.
 *   <li>what {@code await} found is pushed as a note to the record.
 * </ol>
 *
 * Each of them is an OCI artifact under a tag of its own, which never moves. So nothing is ever changed, two deployments at once cannot
 * lose one another's record, and a build that is killed leaves a history that is whole.
 */
@NullMarked
package io.github.olympe.maven.release;

import org.jspecify.annotations.NullMarked;
