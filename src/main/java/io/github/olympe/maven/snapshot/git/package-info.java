/**
 * The git server of a snapshot: its address, credentials, SSH and proxies, fetching and pushing with JGit.
 */
@NullMarked
package io.github.olympe.maven.snapshot.git;

import org.jspecify.annotations.NullMarked;
