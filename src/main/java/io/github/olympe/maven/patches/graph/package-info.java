/**
 * Code as data as a graph: instances with properties, and relations between them, read from patch files.
 *
 * <p>Everything is identified by a tag, normally twenty hexadecimal digits: instances, and the properties, relations and models that they
 * use, which are instances themselves, defined in Olympe's packages.
 */
@NullMarked
package io.github.olympe.maven.patches.graph;

import org.jspecify.annotations.NullMarked;
