/** What goals and features say, in Maven's log: with secrets masked, in Maven's colours. */
@NullMarked
package io.github.olympe.maven.goal.log;

import org.jspecify.annotations.NullMarked;
