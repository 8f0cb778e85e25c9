package io.github.olympe.maven.release;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.text.Json;
import java.time.Instant;
import java.util.List;

/** Records for tests. */
final class Records {

    static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    private Records() {}

    /** A mark of a deployment of this frontend, this many seconds after noon. */
    static DeploymentRecord mark(String environment, int seconds, DeployedImage... images) {
        ObjectNode payload = Json.object();
        for (DeployedImage image : images) {
            if (image.kind() == DeployedImage.Kind.FRONTEND) {
                payload.putObject("frontend").put("image", image.reference());
            }
        }
        return new DeploymentRecord(
                DeploymentRecord.VERSION,
                RecordId.create(environment, NOON.plusSeconds(seconds)),
                environment,
                DeploymentRecord.Outcome.SENT,
                DeploymentRecord.Action.DEPLOY,
                null,
                "https://deploy.example.com/acme/" + environment,
                payload,
                List.of(images),
                new DeploymentRecord.Source("GitLab CI", "main", null, "1".repeat(40), "17", null),
                "jane",
                "0.1.0",
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** An accepted deployment of this frontend. */
    static DeploymentRecord accepted(String environment, int seconds, DeployedImage... images) {
        return mark(environment, seconds, images)
                .ended(
                        DeploymentRecord.Outcome.ACCEPTED,
                        new DeploymentRecord.Answer(200, "{\"message\":\"success\"}"));
    }

    /** An accepted rollback to a record. */
    static DeploymentRecord rollback(int seconds, DeploymentRecord to) {
        return repeating(DeploymentRecord.Action.ROLLBACK, to.environment(), seconds, to);
    }

    /** An accepted deployment of a record's images to an environment. */
    static DeploymentRecord repeating(
            DeploymentRecord.Action action, String environment, int seconds, DeploymentRecord to) {
        DeploymentRecord same = accepted(environment, seconds, to.images().toArray(DeployedImage[]::new));
        return new DeploymentRecord(
                same.version(),
                same.id(),
                same.environment(),
                same.outcome(),
                action,
                to.id(),
                same.url(),
                same.payload(),
                same.images(),
                same.source(),
                same.by(),
                same.plugin(),
                null,
                same.answer(),
                same.mark(),
                null,
                null,
                null);
    }

    static DeployedImage frontend(String reference) {
        return new DeployedImage(DeployedImage.Kind.FRONTEND, "frontend", reference, Digest.of(reference));
    }

    static DeployedImage backend(String name, String reference) {
        return new DeployedImage(DeployedImage.Kind.BACKEND, name, reference, Digest.of(reference));
    }

    static DeployedImage codeAsData(String reference) {
        return new DeployedImage(DeployedImage.Kind.CODE_AS_DATA, "codeasdata", reference, Digest.of(reference));
    }
}
