/**
 * Finding secrets and hiding them. {@link io.github.olympe.maven.credential.Credentials} is the one place where a credential is
 * looked up: a server of {@code settings.xml}, which the goals hand in decrypted, then an environment variable. What it hands out is
 * known to {@link io.github.olympe.maven.credential.SecretMask}, the one place where a secret is hidden from a text. Also here, since
 * they carry credentials too, or keep them at home: the proxy that stands before a host
 * ({@link io.github.olympe.maven.credential.HttpProxies}), and the connection that keeps headers out of {@code mvn -X}
 * ({@link io.github.olympe.maven.credential.QuietConnection}).
 */
@NullMarked
package io.github.olympe.maven.credential;

import org.jspecify.annotations.NullMarked;
