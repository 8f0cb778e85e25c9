/**
 * What a visitor of the frontend would find, and what the pods could not read: an image is looked at layer by layer before it is
 * pushed. {@code rule} has what is looked for, a table of rules and what tells their findings from look-alikes; {@code scan} reads the
 * layers, and remembers by its digest what is in one. This package itself joins the layers of an image, lets pass what the user allows,
 * and writes the findings for people, for {@code vet.json} and for the CI.
 */
@NullMarked
package io.github.olympe.maven.vet;

import org.jspecify.annotations.NullMarked;
