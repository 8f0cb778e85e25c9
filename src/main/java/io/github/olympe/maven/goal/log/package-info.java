/** Messages of goals and features in Maven's log, with secrets masked and in Maven's colours. */
@NullMarked
package io.github.olympe.maven.goal.log;

import org.jspecify.annotations.NullMarked;
