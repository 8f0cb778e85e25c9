/**
 * Files and folders that are either complete or missing, file trees, locks on folders, and the removal of what killed builds leave behind.
 */
@NullMarked
package io.github.olympe.maven.io;

import org.jspecify.annotations.NullMarked;
