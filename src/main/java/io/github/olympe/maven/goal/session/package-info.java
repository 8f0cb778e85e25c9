/**
 * The build around a goal: what Maven's session knows (the goals that it runs, the servers and proxies of its settings), what goals keep in
 * it for each other, and what happens once for all of them: the lock on a project, the deployments of a reactor, the page about the run.
 */
@NullMarked
package io.github.olympe.maven.goal.session;

import org.jspecify.annotations.NullMarked;
