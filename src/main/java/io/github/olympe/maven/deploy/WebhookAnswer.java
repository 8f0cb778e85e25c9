package io.github.olympe.maven.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.olympe.maven.text.Json;
import io.github.olympe.maven.text.OneLine;
import java.util.Optional;

/**
 * What a webhook answered. No secret is in it.
 *
 * @param status the HTTP status
 * @param reason the status in words
 * @param body the body, at most 64 KiB of it
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

    /** Whether the webhook took the payload. */
    public boolean accepted() {
        return status >= 200 && status < 300;
    }

    /** The {@code message} of a JSON body. */
    public Optional<String> message() {
        return json().map(json -> json.path("message").textValue());
    }

    /** The body as part of a sentence: on one line, without control characters, cut. */
    public String shownBody() {
        String line = body.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        if (line.isEmpty()) {
            return "(an empty body)";
        }
        return OneLine.of(line, LONGEST_SHOWN);
    }

    /** The answer as JSON: {@code status}, {@code reason}, {@code complete}, and the {@code body} as JSON where it is, else as text. */
    String toJson() {
        return Json.indented(new Content(status, reason, complete, json().orElseGet(() -> TextNode.valueOf(body))));
    }

    private record Content(int status, String reason, boolean complete, JsonNode body) {}

    private Optional<JsonNode> json() {
        try {
            return Optional.ofNullable(Json.parseStrictly(body)).filter(json -> !json.isMissingNode());
        } catch (JsonProcessingException e) { // Whatever it is, it is shown as text.
            return Optional.empty();
        }
    }
}
