package io.github.olympe.maven.adopt.compare;

import java.util.Optional;

/**
 * A difference between two images.
 *
 * @param what the difference, a sentence without its full stop
 * @param reason why the plugin makes it so, a sentence; absent if unknown
 */
record Deviation(String what, Optional<String> reason) {}
