/** What the goals that run Node.js are going to do: plans that are made and checked before anything runs, and then carried out. */
@NullMarked
package io.github.olympe.maven.node.plan;

import org.jspecify.annotations.NullMarked;
