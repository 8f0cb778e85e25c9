package io.github.olympe.maven.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What {@code deploy} wrote about a deployment: {@code payload.json}, and {@code response.json} once the webhook has answered.
 *
 * @param frontend the frontend's image, absent if none was deployed
 * @param accepted whether the webhook accepted the payload
 * @param isManual whether a person has to promote the deployment ({@code noDowntime.promotionMode})
 * @param answered when the answer was written; the epoch if there is none
 */
public record SentDeployment(Optional<String> frontend, boolean accepted, boolean isManual, Instant answered) {

    private static final int LARGEST_MEBIBYTES = 10;

    /**
     * Reads the files.
     *
     * @param folder the folder {@code target/olympe/deploy}
     * @return absent if there is no {@code payload.json}
     * @throws OlympeException if they cannot be read
     */
    public static Optional<SentDeployment> read(Path folder) {
        Path payload = folder.resolve(DeployRequest.PAYLOAD);
        Path response = folder.resolve(DeployRequest.RESPONSE);
        if (!Files.isRegularFile(payload)) {
            return Optional.empty();
        }
        JsonNode sent = json(payload);
        int status =
                Files.isRegularFile(response) ? json(response).path("status").asInt() : 0;
        return Optional.of(new SentDeployment(
                Optional.ofNullable(sent.path("frontend").path("image").textValue()),
                status / 100 == 2,
                sent.path("noDowntime").path("promotionMode").asText().equals("manual"),
                modified(response)));
    }

    /**
     * Returns whether it deployed the images that a file names now, that is, whether the file is not newer than the answer.
     *
     * @param images the file {@code target/olympe/images.json}
     */
    public boolean isOf(Path images) {
        return !modified(images).isAfter(answered);
    }

    private static Instant modified(Path file) {
        return Instant.ofEpochMilli(file.toFile().lastModified());
    }

    private static JsonNode json(Path file) {
        try {
            return ForeignText.json(file, LARGEST_MEBIBYTES);
        } catch (IOException e) {
            throw new OlympeException(
                    "The file '" + file + "' cannot be read (" + Reason.of(e) + "). Run 'mvn olympe:deploy' again.", e);
        }
    }
}
