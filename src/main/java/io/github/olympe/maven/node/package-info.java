/**
 * Node.js and npm: which ones are used, what package.json says, and running their commands with live output, a time limit and no process
 * left behind.
 */
@NullMarked
package io.github.olympe.maven.node;

import org.jspecify.annotations.NullMarked;
