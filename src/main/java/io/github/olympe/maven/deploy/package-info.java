/**
 * Deployment: the payload that Olympe's documentation describes, its deploy rules, a preview of what they do, and the request that sends
 * the payload to the webhook.
 */
@NullMarked
package io.github.olympe.maven.deploy;

import org.jspecify.annotations.NullMarked;
