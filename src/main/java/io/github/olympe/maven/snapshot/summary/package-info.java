/**
 * What a snapshot changes, in words, for the commit's message and for a dry run. The words come from whoever runs the snapshot; here the files
 * before and after are put together, of which only what differs is fetched.
 */
@NullMarked
package io.github.olympe.maven.snapshot.summary;

import org.jspecify.annotations.NullMarked;
