/**
 * What {@code vet} looks for. {@code Rules} is the table of all rules; a rule for texts is a row of {@code TokenForms} or of
 * {@code NamedFiles}, any other a small class. docs/vet.md lists them.
 */
@NullMarked
package io.github.olympe.maven.vet.rule;

import org.jspecify.annotations.NullMarked;
