/**
 * The registry protocol: Jib Core's client for the OCI distribution specification with our transport, authentication, redirects, time
 * limits and retries. {@link io.github.olympe.maven.registry.protocol.Registry} is one registry. docs/architecture.md says which part Jib
 * does.
 */
@NullMarked
package io.github.olympe.maven.registry.protocol;

import org.jspecify.annotations.NullMarked;
