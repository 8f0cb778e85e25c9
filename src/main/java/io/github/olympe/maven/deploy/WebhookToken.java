package io.github.olympe.maven.deploy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.text.Secret;
import java.util.Optional;

/**
 * The bearer token of a deploy webhook.
 *
 * @param secret the token
 * @param source where it was found, for messages
 */
public record WebhookToken(Secret secret, String source) {

    /** What to do if there is no token. */
    public static final String MISSING =
            "There is no token for the deploy webhook; set the environment variable OLYMPE_DEPLOY_TOKEN (or WEBHOOK_TOKEN), or"
                    + " 'deployServerId' to a server of settings.xml that has it as its password.";

    /**
     * Returns the token of a credential.
     *
     * @throws OlympeException if there is none, or it cannot be sent in an HTTP header
     */
    public static WebhookToken of(Optional<Credential> found) {
        Credential credential = found.orElseThrow(() -> new OlympeException(MISSING));
        Secret token = credential
                .secret()
                .orElseThrow(() -> new OlympeException(
                        "The " + credential.source() + " has no password; put the token of the deploy webhook there."));
        if (!token.reveal().chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new OlympeException("The token of the deploy webhook (" + credential.source()
                    + ") has spaces, line ends or letters that no HTTP header takes; store it again without them.");
        }
        return new WebhookToken(token, credential.source());
    }
}
