/** Credentials for registries: from servers of {@code settings.xml}, docker, podman and their credential helpers. */
@NullMarked
package io.github.olympe.maven.registry.credential;

import org.jspecify.annotations.NullMarked;
