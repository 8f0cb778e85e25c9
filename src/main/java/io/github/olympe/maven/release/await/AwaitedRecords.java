package io.github.olympe.maven.release.await;

import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.release.DeployedImage.Kind;
import io.github.olympe.maven.release.DeploymentRecord;
import io.github.olympe.maven.release.Ledger;
import java.util.List;
import java.util.Optional;

/**
 * The records of the deployment that is waited for, and of the one before it.
 *
 * @param current the newest accepted one, if it has the frontend that is waited for
 * @param before the newest accepted one before it that has a frontend whose digest is known
 */
public record AwaitedRecords(Optional<DeploymentRecord> current, Optional<DeploymentRecord> before) {

    private static final int MOST = 100;

    /** No records. */
    public static final AwaitedRecords NONE = new AwaitedRecords(Optional.empty(), Optional.empty());

    /**
     * Finds them.
     *
     * @param environment the environment's name
     * @param frontend the frontend's image as the payload has it
     * @throws io.github.olympe.maven.OlympeException if the ledger cannot be read
     */
    public static AwaitedRecords find(Ledger ledger, String environment, String frontend) {
        List<DeploymentRecord> accepted = ledger.records(environment, MOST).stream()
                .filter(record -> record.outcome() == DeploymentRecord.Outcome.ACCEPTED)
                .toList();
        Optional<DeploymentRecord> current = accepted.stream()
                .findFirst()
                .filter(record -> record.image(Kind.FRONTEND)
                        .filter(image -> image.reference().equals(frontend))
                        .isPresent());
        return new AwaitedRecords(
                current,
                current.flatMap(record -> accepted.stream()
                        .skip(1)
                        .filter(earlier -> earlier.image(Kind.FRONTEND)
                                .filter(image -> image.digest() != null)
                                .isPresent())
                        .findFirst()));
    }

    /** Returns the frontend that was deployed before, absent where its digest is not known. */
    public Optional<ImageReference> frontendBefore() {
        return before.flatMap(record -> record.image(Kind.FRONTEND))
                .flatMap(image -> Optional.ofNullable(image.digest())
                        .map(digest ->
                                ImageReference.of("image", image.reference()).withDigest(digest)));
    }

    /** Returns what the deployment before is called in messages. */
    public String nameOfBefore() {
        return before.map(record -> "the record '" + record.id() + "'").orElse("the frontend before");
    }
}
