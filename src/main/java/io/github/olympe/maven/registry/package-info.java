/**
 * Registries: references, digests and platforms; credentials as docker finds them; Jib Core's client with our transport, time
 * limits and retries.
 */
@NullMarked
package io.github.olympe.maven.registry;

import org.jspecify.annotations.NullMarked;
