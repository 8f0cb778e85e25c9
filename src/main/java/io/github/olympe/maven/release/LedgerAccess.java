package io.github.olympe.maven.release;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.credential.RegistryCredentials;
import io.github.olympe.maven.registry.protocol.RegistryFailure;

/** An operation on a ledger, and what to do if the registry does not allow it. */
enum LedgerAccess {
    LIST("list", "listed", "list the tags of the repository"),
    READ("read", "read", "pull from the repository"),
    WRITE("write to", "written to", "push to the repository");

    private final String verb;
    private final String participle;
    private final String right;

    LedgerAccess(String verb, String participle, String right) {
        this.verb = verb;
        this.participle = participle;
        this.right = right;
    }

    /** Describes the operation for the log. */
    String doing(ImageReference repository) {
        return verb + " the ledger '" + repository + "'";
    }

    OlympeException explain(RegistryFailure failure, ImageReference repository) {
        String reason = switch (failure.kind()) {
            case UNAUTHORIZED -> unauthorized(failure, repository.registry());
            case FORBIDDEN ->
                failure.sent()
                        .map(source -> "the user of " + source + " may not do that (" + failure.text()
                                + "); give that user the right to " + right)
                        .orElseGet(() -> "this needs credentials (" + failure.text() + "); add "
                                + RegistryCredentials.wayToAdd(repository.registry(), true)
                                + ", as a user who may " + right);
            case NOT_FOUND ->
                isWithoutList(failure)
                        ? withoutList(failure)
                        : "the registry does not know this repository (" + failure.text() + "); create it there, or set"
                                + " 'ledger' (olympe.ledger) to false";
            case MEDIA_TYPE, REJECTED, TOO_LARGE ->
                isWithoutList(failure)
                        ? withoutList(failure)
                        : "the registry refuses it (" + failure.text()
                                + "); set 'ledger' (olympe.ledger) to false if it keeps only images";
            default ->
                "the registry cannot be asked (" + failure.text()
                        + "); check the parameter 'registry' (olympe.registry) and the network";
        };
        return new OlympeException(
                "The ledger '" + repository + "' cannot be " + participle + ": " + reason + ".", failure.getCause());
    }

    private String unauthorized(RegistryFailure failure, String registry) {
        if (failure.sent().isEmpty()) {
            return "the registry requires a credential, but none was sent (" + failure.text() + "); add "
                    + RegistryCredentials.wayToAdd(registry, true);
        }
        String source = failure.sent().get();
        return failure.refusesCredential()
                ? "the registry refuses the credentials of " + source + " (" + failure.text()
                        + "); correct user and password there"
                : "the credentials of " + source + " are not enough for that (" + failure.text()
                        + "); give that user the right to " + right + ", or correct user and password there";
    }

    private boolean isWithoutList(RegistryFailure failure) {
        return this == LIST
                && (failure.status() == 404
                        || failure.status() == 405
                        || failure.codes().contains("UNSUPPORTED"));
    }

    private static String withoutList(RegistryFailure failure) {
        return "the registry does not list tags (" + failure.text()
                + "), so no record can be found; use one that lists them, or set 'ledger' (olympe.ledger) to false";
    }
}
