/**
 * The context of a goal: what Maven's session knows (the goals that it runs, the servers and proxies of its settings), the data that goals
 * share in it, and what happens once for all of them (the lock on a project, the deployments of a reactor, the page about the run).
 */
@NullMarked
package io.github.olympe.maven.goal.session;

import org.jspecify.annotations.NullMarked;
