/** What Maven's session knows: the goals that it runs, the servers and proxies of its settings, and what goals keep in it for each other. */
@NullMarked
package io.github.olympe.maven.goal.session;

import org.jspecify.annotations.NullMarked;
