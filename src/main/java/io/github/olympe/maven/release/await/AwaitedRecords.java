package io.github.olympe.maven.release.await;

import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.release.DeployedImage.Kind;
import io.github.olympe.maven.release.DeploymentRecord;
import io.github.olympe.maven.release.Ledger;
import java.util.Optional;

/**
 * The records of the awaited deployment and of the one before it.
 *
 * @param current the newest accepted one, if it has the awaited frontend
 * @param before the newest accepted one before it that has a frontend whose digest is known
 */
public record AwaitedRecords(Optional<DeploymentRecord> current, Optional<DeploymentRecord> before) {

    /** No records. */
    public static final AwaitedRecords NONE = new AwaitedRecords(Optional.empty(), Optional.empty());

    /**
     * Finds the records.
     *
     * @param environment the environment's name
     * @param frontend the frontend's image as in the payload
     * @throws io.github.olympe.maven.OlympeException if the ledger cannot be read
     */
    public static AwaitedRecords find(Ledger ledger, String environment, String frontend) {
        Optional<DeploymentRecord> current = ledger.current(environment)
                .filter(record -> record.image(Kind.FRONTEND)
                        .filter(image -> image.reference().equals(frontend))
                        .isPresent());
        return new AwaitedRecords(
                current,
                current.flatMap(record -> ledger.newest(
                        environment,
                        earlier -> earlier.outcome() == DeploymentRecord.Outcome.ACCEPTED
                                && !earlier.id().equals(record.id())
                                && hasKnownFrontend(earlier))));
    }

    private static boolean hasKnownFrontend(DeploymentRecord record) {
        return record.image(Kind.FRONTEND)
                .filter(image -> image.digest() != null)
                .isPresent();
    }

    /** Returns the frontend that was deployed before, absent if its digest is unknown. */
    public Optional<ImageReference> frontendBefore() {
        return before.flatMap(record -> record.image(Kind.FRONTEND))
                .flatMap(image -> Optional.ofNullable(image.digest())
                        .map(digest ->
                                ImageReference.of("image", image.reference()).withDigest(digest)));
    }

    /** Returns the name of the previous deployment in messages. */
    public String nameOfBefore() {
        return before.map(record -> "the record '" + record.id() + "'").orElse("the frontend before");
    }
}
