/**
 * Files and folders that are whole or not there, trees of files, locks on a folder, and what killed builds leave behind.
 */
@NullMarked
package io.github.olympe.maven.io;

import org.jspecify.annotations.NullMarked;
