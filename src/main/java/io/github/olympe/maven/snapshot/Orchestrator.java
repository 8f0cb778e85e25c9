package io.github.olympe.maven.snapshot;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.text.InvalidParameter;
import io.github.olympe.maven.text.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The Draw environment that a snapshot is taken from.
 *
 * @param host its host, a name or an address
 * @param port its port; the toolkit uses TLS only for port 443
 * @param user the user's name
 * @param password the user's password
 */
public record Orchestrator(String host, int port, String user, Secret password) {

    private static final int LONGEST_HOST = 255;
    private static final Pattern HOST = Pattern.compile("[0-9A-Za-z._-]+|\\[?[0-9A-Fa-f:.%]+]?");

    /**
     * Returns the environment that the parameters and credentials name.
     *
     * @throws OlympeException if the host or the port is invalid, or the user or password is missing
     */
    public static Orchestrator of(String host, int port, Optional<Credential> credential) {
        if (host.length() > LONGEST_HOST || !HOST.matcher(host).matches()) {
            String parameter = "orchestratorHost (olympe.orchestrator.host)";
            String advice =
                    "Give the name of the host alone, such as 'draw.example.com', without a protocol, port or path.";
            throw host.contains("@")
                    ? InvalidParameter.hidden(parameter, advice)
                    : InvalidParameter.of(parameter, host, advice);
        }
        if (port < 1 || port > 65535) {
            throw InvalidParameter.of(
                    "orchestratorPort (olympe.orchestrator.port)",
                    port,
                    "Give a number from 1 to 65535; the toolkit uses TLS for 443 only.");
        }
        Credential found = credential.orElseThrow(() -> new OlympeException(String.format(
                "There is no user and password for the orchestrator '%s'. Set the environment variables DRAW_USERNAME and DRAW_PASSWORD, or name a"
                        + " server of settings.xml with the parameter 'orchestratorServerId' (olympe.orchestrator.serverId).",
                host)));
        String user = found.username()
                .orElseThrow(() -> new OlympeException(String.format(
                        "There is a password for the orchestrator '%s' (%s), but no user. Set DRAW_USERNAME, or the <username> of the server.",
                        host, found.source())));
        Secret password = found.secret()
                .orElseThrow(() -> new OlympeException(String.format(
                        "There is a user for the orchestrator '%s' (%s), but no password. Set DRAW_PASSWORD, or the <password> of the server.",
                        host, found.source())));
        return new Orchestrator(host, port, user, password);
    }

    Map<String, String> environment() {
        return Map.of(
                "ORCHESTRATOR_HOST", host,
                "ORCHESTRATOR_SERVICE_PORT", String.valueOf(port),
                "DRAW_USERNAME", user);
    }

    Map<String, Secret> secrets() {
        return Map.of("DRAW_PASSWORD", password);
    }

    /** Returns {@code host:port}. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
