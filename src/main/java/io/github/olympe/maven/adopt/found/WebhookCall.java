package io.github.olympe.maven.adopt.found;

/**
 * A request that a pipeline sends to the deploy webhook.
 *
 * @param place the command
 * @param url the URL, with variables as <code>${env.NAME}</code>
 * @param token the token, or the variable that holds it, as <code>${env.NAME}</code>
 * @param body the JSON that is sent, with placeholders
 */
public record WebhookCall(Place place, String url, String token, String body) {}
