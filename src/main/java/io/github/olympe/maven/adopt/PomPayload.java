package io.github.olympe.maven.adopt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.adopt.found.Findings;
import io.github.olympe.maven.adopt.found.WebhookCall;
import io.github.olympe.maven.adopt.shell.Unknowns;
import io.github.olympe.maven.text.Json;
import java.util.Optional;

/** The setting {@code payload}: what a pipeline sends in addition to what the plugin makes itself. */
final class PomPayload {

    private PomPayload() {}

    /** Returns the setting; absent if nothing is left, or if a pom cannot express it. */
    static Optional<Element> of(ObjectNode rest, WebhookCall call, Findings findings) {
        if (rest.isEmpty()) {
            return Optional.empty();
        }
        String text = Json.text(rest);
        if (findings.hasSecret(text)) {
            findings.open(
                    call.place(),
                    "a payload with a secret written in the file",
                    "Make a new one, put it into a variable of the CI, and set 'payload' in the pom with ${env.NAME} in its place.");
            return Optional.empty();
        }
        if (Unknowns.onlyInTags(text)) {
            findings.open(
                    call.place(),
                    "payload " + text,
                    "The plugin does not fill in a branch or a commit there. Set 'payload' in the pom without it, or with ${env.NAME}.");
            return Optional.empty();
        }
        return Optional.of(Element.of("payload", text));
    }
}
