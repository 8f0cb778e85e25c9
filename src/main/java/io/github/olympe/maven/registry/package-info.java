/** Registries: references, digests, platforms and media types, and the registries that may be used without TLS. */
@NullMarked
package io.github.olympe.maven.registry;

import org.jspecify.annotations.NullMarked;
