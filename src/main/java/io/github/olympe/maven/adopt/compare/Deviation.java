package io.github.olympe.maven.adopt.compare;

import java.util.Optional;

/**
 * Something in which two images differ.
 *
 * @param what the difference, a sentence without its full stop
 * @param reason why the plugin makes it so, a sentence; absent where that is not known
 */
record Deviation(String what, Optional<String> reason) {}
