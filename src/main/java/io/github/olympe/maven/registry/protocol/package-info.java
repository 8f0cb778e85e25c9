/**
 * How a registry is spoken to: Jib Core's client for the OCI distribution specification with our transport, authentication, redirects,
 * time limits and retries. {@link io.github.olympe.maven.registry.protocol.Registry} is one registry; docs/architecture.md says what of
 * it Jib does.
 */
@NullMarked
package io.github.olympe.maven.registry.protocol;

import org.jspecify.annotations.NullMarked;
