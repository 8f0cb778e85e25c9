/**
 * Finding secrets and hiding them. {@link io.github.olympe.maven.credential.Credentials} is the one place that looks up a credential: first
 * in a server of {@code settings.xml}, which the goals pass in decrypted, then in an environment variable. It registers each secret with
 * {@link io.github.olympe.maven.credential.SecretMask}, the one place that hides secrets in text.
 */
@NullMarked
package io.github.olympe.maven.credential;

import org.jspecify.annotations.NullMarked;
