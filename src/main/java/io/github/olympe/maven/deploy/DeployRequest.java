package io.github.olympe.maven.deploy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.deploy.payload.Payload;
import io.github.olympe.maven.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A payload that is ready to be sent, and the files that show it and its answer.
 *
 * @param url the URL of the webhook
 * @param payload the payload to send
 * @param folder the folder of {@code payload.json} and {@code response.json}
 */
record DeployRequest(DeployUrl url, Payload payload, Path folder) {

    /** The file that shows the payload. */
    static final String PAYLOAD = "payload.json";

    /** The file that holds the webhook's answer. */
    static final String RESPONSE = "response.json";

    /**
     * Writes {@code payload.json}, and removes the answer of an earlier deployment.
     *
     * @throws OlympeException if the folder cannot be written
     */
    void prepare(String maskedPayload) {
        try {
            Files.deleteIfExists(response());
        } catch (IOException e) {
            throw new OlympeException(
                    "The file '" + response() + "' cannot be removed; check the folder's permissions.", e);
        }
        AtomicFile.write(folder.resolve(PAYLOAD), maskedPayload);
    }

    /**
     * Sends the payload, and writes the answer to {@code response.json}.
     *
     * @return the answer, a 2xx
     * @throws OlympeException if the webhook did not accept it, or if that is unknown
     */
    WebhookAnswer send(Webhook webhook, WebhookToken token, DeployLog log) {
        WebhookAnswer answer = webhook.post(url, token.secret(), payload.toJson(), log);
        AtomicFile.write(response(), answer.toJson());
        if (!answer.accepted()) {
            throw new NotAcceptedException(
                    String.format(
                            "The webhook %s answered %d %s: %s; %s.",
                            url, answer.status(), answer.reason(), answer.shownBody(), advice(answer, token.source())),
                    answer);
        }
        String message = answer.message().orElse("");
        if (message.equalsIgnoreCase("success")) {
            log.accepted(url, message);
        } else {
            log.acceptedOddly(
                    url,
                    String.format(
                            "The webhook %s accepted the payload with status %d, but did not answer with the documented"
                                    + " {\"message\": \"success\"}%s: %s",
                            url, answer.status(), answer.complete() ? "" : " (its answer is cut)", answer.shownBody()));
        }
        return answer;
    }

    private Path response() {
        return folder.resolve(RESPONSE);
    }

    private String advice(WebhookAnswer answer, String tokenSource) {
        return switch (answer.status()) {
            case 401 -> "check the token (" + tokenSource + "): it is wrong, expired, or of another instance";
            case 403 ->
                "the token (" + tokenSource
                        + ") is not allowed to deploy here, so check that it is the one for this instance";
            case 404 -> "check the URL, whose path names the company and the instance";
            case 422 ->
                "the payload was not understood, so compare " + folder.resolve(PAYLOAD)
                        + " with the documentation's keys";
            case 429 -> "there were too many requests, so try again later";
            case 502, 504 ->
                "a proxy or gateway gave up, so the deployment may be running: look at the instance's"
                        + " deployments before you deploy again";
            default -> {
                if (answer.status() / 100 == 3) {
                    yield "the token is not sent to a redirect's target, so set the URL to that target"
                            + answer.location().map(to -> " (" + to + ")").orElse("")
                            + " if that is right";
                }
                yield answer.status() / 100 == 5
                        ? "the server failed, so look at the instance's deployments before you deploy again"
                        : "the payload is in " + folder.resolve(PAYLOAD);
            }
        };
    }
}
