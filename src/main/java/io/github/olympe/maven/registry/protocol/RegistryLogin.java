package io.github.olympe.maven.registry.protocol;

import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.http.Request;
import io.github.olympe.maven.registry.credential.RegistryCredentials;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remembers how one registry wants requests to be authorized, and which credentials it refused. A refused credential is not tried again,
 * because a registry may lock out a user who sends a wrong password too often.
 */
final class RegistryLogin {

    private final String registry;
    private final RegistryCredentials credentials;
    private final RegistryConnection connection;
    private final Set<Credential> accepted = new HashSet<>();
    private final Map<Credential, RegistryFailure> refused = new HashMap<>();
    private @Nullable AuthChallenge challenge;
    private boolean asked;

    /** Something that sends a credential. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws RegistryFailure;
    }

    RegistryLogin(String registry, RegistryCredentials credentials, RegistryConnection connection) {
        this.registry = registry;
        this.credentials = credentials;
        this.connection = connection;
    }

    /** Returns the registry's challenge, empty if it needs no credentials or uses a scheme that we do not support. */
    synchronized Optional<AuthChallenge> challenge() throws RegistryFailure {
        if (!asked) {
            challenge = AuthChallenge.of(connection.endpoint().challenges()).orElse(null);
            asked = true;
        }
        return Optional.ofNullable(challenge);
    }

    /** Takes note of the {@code WWW-Authenticate} headers of a 401 of the registry. */
    synchronized void heed(List<String> headers) {
        AuthChallenge.of(headers).ifPresent(latest -> {
            challenge = latest;
            asked = true;
        });
    }

    /** Returns the credential for a repository, if there is one. */
    Optional<Credential> credential(String repository) {
        return credentials.find(registry, repository);
    }

    /** Runs an attempt with a credential, unless the credential was refused before. */
    synchronized <T> T trying(Optional<Credential> credential, Attempt<T> attempt) throws RegistryFailure {
        if (credential.isEmpty()) {
            return attempt.run();
        }
        RegistryFailure known = refused.get(credential.get());
        if (known != null) {
            throw known;
        }
        try {
            return attempt.run();
        } catch (RegistryFailure failure) {
            failure.withSent(Optional.of(credential.get().source()));
            if (failure.kind() == RegistryFailure.Kind.UNAUTHORIZED) {
                refused.put(credential.get(), failure.refusingCredential());
            }
            throw failure;
        }
    }

    /** Tries a password once before several requests send it at the same time. */
    synchronized void requirePassword(Credential credential, String header) throws RegistryFailure {
        if (accepted.contains(credential)) {
            return;
        }
        Request ping = Request.of("GET", connection.url("/v2/")).withHeader("Authorization", header);
        accepted.add(trying(
                Optional.of(credential),
                () -> connection.follow(ping, answer -> {
                    if (answer.status() == 401) {
                        throw connection.errors().of(answer);
                    }
                    return credential;
                })));
    }
}
