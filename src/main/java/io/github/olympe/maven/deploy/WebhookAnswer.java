package io.github.olympe.maven.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.olympe.maven.text.Json;
import io.github.olympe.maven.text.OneLine;
import java.util.Optional;

/**
 * The answer of a webhook, without secrets.
 *
 * @param status the HTTP status
 * @param reason the status in words
 * @param body the first 64 KiB of the body
 * @param complete whether that is all of the body
 * @param retryAfter the header {@code Retry-After}
 * @param location the header {@code Location}
 */
public record WebhookAnswer(
        int status,
        String reason,
        String body,
        boolean complete,
        Optional<String> retryAfter,
        Optional<String> location) {

    private static final int LONGEST_SHOWN = 500;

    /** Returns whether the webhook accepted the payload. */
    public boolean accepted() {
        return status >= 200 && status < 300;
    }

    /** Returns the {@code message} of a JSON body. */
    public Optional<String> message() {
        return json().map(json -> json.path("message").textValue());
    }

    /** Returns the body as part of a sentence: shortened, on one line, without control characters. */
    public String shownBody() {
        String line = body.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        if (line.isEmpty()) {
            return "(an empty body)";
        }
        return OneLine.of(line, LONGEST_SHOWN);
    }

    /**
     * Returns the answer as JSON: {@code status}, {@code reason}, {@code complete}, and {@code body}, which is JSON if possible and text
     * otherwise.
     */
    String toJson() {
        return Json.indented(new Content(status, reason, complete, json().orElseGet(() -> TextNode.valueOf(body))));
    }

    private record Content(int status, String reason, boolean complete, JsonNode body) {}

    private Optional<JsonNode> json() {
        try {
            return Optional.ofNullable(Json.parseStrictly(body)).filter(json -> !json.isMissingNode());
        } catch (JsonProcessingException e) { // Anything else is shown as text.
            return Optional.empty();
        }
    }
}
