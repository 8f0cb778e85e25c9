/** Registries: references, digests, platforms and media types, and which registries may be spoken to without TLS. */
@NullMarked
package io.github.olympe.maven.registry;

import org.jspecify.annotations.NullMarked;
