/**
 * The history of deployments, and going back in it. Each deployment is a {@link io.github.olympe.maven.release.DeploymentRecord} in the
 * {@link io.github.olympe.maven.release.Ledger}, a repository of the registry that the images are in:
 *
 * <ol>
 * <li>Before the webhook is called, the mark is pushed: a record with the outcome "sent".
 * <li>After the webhook's answer, the record with the final outcome is pushed. If only the mark exists, there was no answer, and it is
 * unknown whether the payload was accepted.
 * <li>What {@code await} found is pushed as a note to the record.
 * </ol>
 *
 * Each of these is an OCI artifact under a tag of its own, which never moves. So nothing is ever changed, deployments at the same time
 * cannot lose each other's records, and a killed build leaves a complete history.
 */
@NullMarked
package io.github.olympe.maven.release;

import org.jspecify.annotations.NullMarked;
