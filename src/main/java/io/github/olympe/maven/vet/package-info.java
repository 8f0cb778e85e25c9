/**
 * Inspecting images layer by layer before they are pushed: what a visitor of the frontend would find, and what the pods could not read.
 * {@code rule} has the table of rules, and distinguishes findings from look-alikes. {@code scan} reads the layers, and caches the result by
 * each layer's digest. This package itself combines the layers of an image, applies what the user allows, and writes the findings for
 * people, for {@code vet.json} and for the CI.
 */
@NullMarked
package io.github.olympe.maven.vet;

import org.jspecify.annotations.NullMarked;
