/**
 * Text from outside: reading what another program or a person wrote, showing it on one line, regular expressions that end,
 * JSON, and secrets that do not print.
 */
@NullMarked
package io.github.olympe.maven.text;

import org.jspecify.annotations.NullMarked;
