/** What opens a registry: servers of {@code settings.xml}, and what docker, podman and their credential helpers know. */
@NullMarked
package io.github.olympe.maven.registry.credential;

import org.jspecify.annotations.NullMarked;
