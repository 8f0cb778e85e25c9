/**
 * Registries: references, digests and platforms; credentials as docker finds them; the protocol with authentication, time
 * limits and retries.
 */
@NullMarked
package io.github.olympe.maven.registry;

import org.jspecify.annotations.NullMarked;
