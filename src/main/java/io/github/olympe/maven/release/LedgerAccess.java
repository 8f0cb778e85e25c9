package io.github.olympe.maven.release;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.protocol.RegistryFailure;

/** What is done with a ledger, and what to do where the registry does not let it be done. */
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

    /** What is done, for the log. */
    String doing(ImageReference repository) {
        return verb + " the ledger '" + repository + "'";
    }

    OlympeException explain(RegistryFailure failure, ImageReference repository) {
        String reason = switch (failure.kind()) {
            case UNAUTHORIZED, FORBIDDEN ->
                failure.sent()
                        .map(source -> "the registry does not allow it with the credentials of " + source + " ("
                                + failure.text() + "); give that user the right to " + right
                                + ", and create it where the registry wants that")
                        .orElseGet(() -> "the registry does not allow it without credentials (" + failure.text()
                                + "); add a <server> with <id>" + repository.registry()
                                + "</id> to settings.xml, whose user may " + right);
            case NOT_FOUND ->
                "the registry does not know this repository (" + failure.text() + "); create it there, or set"
                        + " 'ledger' (olympe.ledger) to false";
            case MEDIA_TYPE, REJECTED, TOO_LARGE ->
                "the registry refuses it (" + failure.text() + "); set 'ledger' (olympe.ledger) to false if it keeps"
                        + " only images";
            default ->
                "the registry cannot be asked (" + failure.text()
                        + "); check the parameter 'registry' (olympe.registry) and the network";
        };
        return new OlympeException(
                "The ledger '" + repository + "' cannot be " + participle + ": " + reason + ".", failure.getCause());
    }
}
