/**
 * The deployment: the payload that Olympe's documentation describes, the deploy rules in it, what they will do, and the one request that
 * hands it to the webhook.
 */
@NullMarked
package io.github.olympe.maven.deploy;

import org.jspecify.annotations.NullMarked;
