/** What tests and the scripts of the projects under {@code src/it} share: servers on loopback, and builds of real projects. */
@NullMarked
package io.github.olympe.maven.testing;

import org.jspecify.annotations.NullMarked;
