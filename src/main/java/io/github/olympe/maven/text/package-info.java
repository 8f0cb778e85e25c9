/**
 * Handling text from outside: reading what another program or a person wrote, showing it on one line, regular expressions that always end,
 * JSON, and secrets that are never printed.
 */
@NullMarked
package io.github.olympe.maven.text;

import org.jspecify.annotations.NullMarked;
