package io.github.olympe.maven.registry.protocol;

import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.event.EventHandlers;
import com.google.cloud.tools.jib.http.Authorization;
import com.google.cloud.tools.jib.http.CustomTransportClient;
import com.google.cloud.tools.jib.http.FailoverHttpClient;
import com.google.cloud.tools.jib.registry.RegistryClient;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.http.Answer;
import io.github.olympe.maven.http.Request;
import io.github.olympe.maven.registry.credential.RegistryCredentials;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Jib Core's client for one repository and one kind of access, authenticated when the registry asks for it. Safe for use by several threads.
 */
final class RegistrySession {

    private final String registry;
    private final Access access;
    private final RegistryConnection connection;
    private final RegistryLogin login;
    private final RegistryCredentials credentials;
    private final SessionToken token = new SessionToken();
    private @Nullable RegistryClient client;
    private boolean authenticated;
    private @Nullable String password;
    private Optional<String> source = Optional.empty();

    /** An operation of Jib's client. */
    @FunctionalInterface
    interface Operation<T> {
        T on(RegistryClient client) throws IOException, RegistryException;
    }

    RegistrySession(
            String registry,
            Access access,
            RegistryConnection connection,
            RegistryLogin login,
            RegistryCredentials credentials) {
        this.registry = registry;
        this.access = access;
        this.connection = connection;
        this.login = login;
        this.credentials = credentials;
    }

    private RegistryClient client(Optional<Credential> credential) {
        FailoverHttpClient http = CustomTransportClient.of(
                new RegistryTransport(registry, connection, login, token, credentials.mask(), access.from()));
        RegistryClient.Factory factory = access.from().isPresent()
                ? RegistryClient.factory(
                        EventHandlers.NONE,
                        registry,
                        access.repository(),
                        access.from().get(),
                        http)
                : RegistryClient.factory(EventHandlers.NONE, registry, access.repository(), http);
        return factory.setCredential(credential.map(RegistrySession::forJib).orElse(null))
                .newRegistryClient();
    }

    /**
     * Runs an operation of Jib's client.
     *
     * @throws RegistryFailure if it fails; it names the source of the credential that was sent
     */
    <T> T call(Operation<T> operation) throws RegistryFailure {
        boolean before = authenticate();
        try {
            return run(operation);
        } catch (RegistryFailure failure) {
            if (failure.kind() != RegistryFailure.Kind.UNAUTHORIZED || before || !authenticate()) {
                throw failure.withSent(source());
            }
        }
        try {
            return run(operation);
        } catch (RegistryFailure failure) {
            throw failure.withSent(source());
        }
    }

    private <T> T run(Operation<T> operation) throws RegistryFailure {
        try {
            return operation.on(client());
        } catch (IOException | RegistryException e) {
            throw connection.errors().of(e);
        }
    }

    /** Sends a request that Jib cannot send, or whose answer it cannot read. */
    <T> T request(Request request, RegistryConnection.Reader<T> reader) throws RegistryFailure {
        authenticate();
        try {
            Request first = authorized(request);
            try (Answer answer = connection.follow(first)) {
                if (answer.status() != 401 || !connection.isOwn(request.url())) {
                    token.isWorthRenewing(first.headers().getOrDefault("Authorization", ""), answer.status());
                    return reader.read(answer);
                }
                login.heed(answer.headers("WWW-Authenticate"));
            }
            renew();
            return connection.follow(authorized(request), reader);
        } catch (IOException e) {
            throw connection.errors().of(e);
        } catch (RegistryFailure failure) {
            throw failure.sent().isPresent() ? failure : failure.withSent(source());
        }
    }

    private Request authorized(Request request) {
        Optional<String> header = header();
        return header.isPresent() ? request.withHeader("Authorization", header.get()) : request;
    }

    private synchronized Optional<String> header() {
        return authenticated ? token.header().or(() -> Optional.ofNullable(password)) : Optional.empty();
    }

    private synchronized Optional<String> source() {
        return authenticated ? source : Optional.empty();
    }

    /** Creates the client on first use: if a registry already has everything, none of Jib's classes is loaded. */
    private synchronized RegistryClient client() {
        if (client == null) {
            client = client(Optional.empty());
        }
        return client;
    }

    private void renew() throws RegistryFailure {
        synchronized (this) {
            authenticated = false;
        }
        authenticate();
    }

    /**
     * Prepares the authentication that the registry asks for.
     *
     * @return whether a password or a token is sent from now on
     */
    boolean authenticate() throws RegistryFailure {
        Optional<AuthChallenge> challenge = login.challenge();
        // One at a time for a registry, so that a refused credential is not tried by another session at the same time.
        synchronized (login) {
            synchronized (this) {
                if (challenge.isEmpty() || (authenticated && !token.isEnding())) {
                    return authenticated;
                }
                Optional<Credential> credential = login.credential(access.repository());
                RegistryClient authenticating = client(credential);
                client = authenticating;
                if (challenge.get().isBearer()) {
                    authenticated = login.trying(
                            credential,
                            () -> run(
                                    access.push()
                                            ? RegistryClient::doPushBearerAuth
                                            : RegistryClient::doPullBearerAuth));
                } else if (credential.isPresent()) {
                    password = basic(credential.get());
                    login.requirePassword(credential.get(), password);
                    authenticating.configureBasicAuth();
                    authenticated = true;
                }
                source = credential.map(Credential::source);
                return authenticated;
            }
        }
    }

    private static String basic(Credential credential) {
        if (RegistryCredentials.isIdentityToken(credential)) {
            throw new OlympeException(
                    "The credential from " + credential.source()
                            + " is a token without a user name, and the registry asks for a user and a password; add a <username> to it.");
        }
        return Authorization.fromBasicCredentials(credential.username().orElse(""), secret(credential))
                .toString();
    }

    /** Jib does not escape an identity token for the form that it sends ({@code RegistryQuirksTest.anIdentityTokenIsEscapedInAForm}). */
    private static com.google.cloud.tools.jib.api.Credential forJib(Credential credential) {
        return RegistryCredentials.isIdentityToken(credential)
                ? com.google.cloud.tools.jib.api.Credential.from(
                        com.google.cloud.tools.jib.api.Credential.OAUTH2_TOKEN_USER_NAME,
                        URLEncoder.encode(secret(credential), StandardCharsets.UTF_8))
                : com.google.cloud.tools.jib.api.Credential.from(
                        credential.username().orElse(""), secret(credential));
    }

    private static String secret(Credential credential) {
        return credential.secret().map(Secret::reveal).orElse("");
    }
}
