package io.github.olympe.maven.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.http.Location;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How requests to one registry are authorized: as its first answer asks, with a password or with the tokens of its token server (the
 * distribution project's token authentication), one for each set of scopes, renewed before they expire. A credential that was refused is
 * not tried again.
 */
final class RegistryAuthorization {

    private static final Duration BEFORE_EXPIRY = Duration.ofSeconds(10);
    private static final Duration USUAL_LIFE = Duration.ofSeconds(60);
    private static final long LONGEST_LIFE = Duration.ofDays(1).toSeconds();
    private static final int LONGEST_ANSWER = 1 << 20;

    private final String registry;
    private final RegistryCredentials credentials;
    private final RegistryConnection connection;
    private final Map<String, Token> tokens = new HashMap<>();
    private final Set<Credential> accepted = new HashSet<>();
    private final Map<Credential, RegistryFailure> refused = new HashMap<>();
    private @Nullable AuthChallenge challenge;
    private boolean asked;

    private record Token(String value, Instant renewAt) {}

    /**
     * What is sent with a request.
     *
     * @param header the value of the {@code Authorization} header
     * @param source where the credential behind it came from; empty for a token that everybody gets
     */
    record Sent(String header, Optional<String> source) {}

    RegistryAuthorization(String registry, RegistryCredentials credentials, RegistryConnection connection) {
        this.registry = registry;
        this.credentials = credentials;
        this.connection = connection;
    }

    /** What to send with a request; empty where the registry has not asked for anything. */
    synchronized Optional<Sent> of(Access access) throws RegistryFailure {
        if (!asked) {
            challenge = AuthChallenge.of(connection.endpoint().challenges()).orElse(null);
            asked = true;
        }
        if (challenge == null) {
            return Optional.empty();
        }
        Optional<Credential> credential = credentials.find(registry, access.repository());
        if (!challenge.isBearer()) {
            return credential.isPresent() ? Optional.of(password(credential.get())) : Optional.empty();
        }
        Token token = tokens.get(access.key());
        if (token == null || Instant.now().isAfter(token.renewAt())) {
            token = fetch(challenge, access.scopes(), credential);
            tokens.put(access.key(), token);
        }
        return Optional.of(new Sent("Bearer " + token.value(), credential.map(Credential::source)));
    }

    /**
     * Heeds a 401 of the registry.
     *
     * @param headers the {@code WWW-Authenticate} headers of the answer
     * @param sent what had been sent
     * @return whether there is something else to send
     */
    synchronized boolean accept(List<String> headers, Access access, Optional<Sent> sent) throws RegistryFailure {
        Optional<AuthChallenge> latest = AuthChallenge.of(headers);
        if (latest.isEmpty()) {
            return false;
        }
        challenge = latest.get();
        Token known = tokens.get(access.key());
        if (known != null
                && sent.filter(is -> is.header().equals("Bearer " + known.value()))
                        .isPresent()) {
            tokens.remove(access.key());
        }
        Optional<Sent> next = of(access);
        return next.isPresent() && !next.equals(sent);
    }

    /** A password, tried once before several requests at a time send it: a registry may lock whoever sends a wrong one too often. */
    private Sent password(Credential credential) throws RegistryFailure {
        Sent sent = new Sent(basic(credential), Optional.of(credential.source()));
        once(credential, () -> {
            RegistryHttp.Request ping =
                    RegistryHttp.Request.of("GET", connection.url("/v2/")).withHeader("Authorization", sent.header());
            return connection.follow(ping, answer -> {
                if (answer.status() == 401) {
                    connection.expect(answer, 200);
                }
                return true;
            });
        });
        return sent;
    }

    private Token fetch(AuthChallenge wanted, List<String> scopes, Optional<Credential> credential)
            throws RegistryFailure {
        String realm = wanted.parameters().getOrDefault("realm", "");
        String service = wanted.parameters().getOrDefault("service", "");
        RegistryHttp.Request request =
                credential.filter(RegistryAuthorization::isIdentityToken).isPresent()
                        ? refresh(realm, service, scopes, credential.get())
                        : get(realm, service, scopes, credential);
        RetryPolicy.Attempt<Token> attempt =
                () -> connection.askTokenServer(request, answer -> token(answer.text(LONGEST_ANSWER)));
        return credential.isPresent() ? tried(credential.get(), attempt) : attempt.run();
    }

    private void once(Credential credential, RetryPolicy.Attempt<Boolean> attempt) throws RegistryFailure {
        if (!accepted.contains(credential)) {
            tried(credential, attempt);
            accepted.add(credential);
        }
    }

    private <T> T tried(Credential credential, RetryPolicy.Attempt<T> attempt) throws RegistryFailure {
        RegistryFailure known = refused.get(credential);
        if (known != null) {
            throw known;
        }
        try {
            return attempt.run();
        } catch (RegistryFailure failure) {
            failure.withSent(Optional.of(credential.source()));
            if (failure.kind() == RegistryFailure.Kind.UNAUTHORIZED) {
                refused.put(credential, failure);
            }
            throw failure;
        }
    }

    private RegistryHttp.Request get(String realm, String service, List<String> scopes, Optional<Credential> user)
            throws RegistryFailure {
        String query = scopes.stream().map(scope -> "&scope=" + encode(scope)).collect(Collectors.joining());
        query = (service.isEmpty() ? "" : "service=" + encode(service)) + query;
        query = query.startsWith("&") ? query.substring(1) : query;
        RegistryHttp.Request request =
                RegistryHttp.Request.of("GET", url(realm + (realm.contains("?") ? "&" : "?") + query));
        return user.isPresent() ? request.withHeader("Authorization", basic(user.get())) : request;
    }

    private RegistryHttp.Request refresh(String realm, String service, List<String> scopes, Credential identity)
            throws RegistryFailure {
        String form = "grant_type=refresh_token&service=" + encode(service) + "&client_id=olympe-maven-plugin&scope="
                + encode(String.join(" ", scopes)) + "&refresh_token="
                + encode(identity.secret().map(Secret::reveal).orElse(""));
        return RegistryHttp.Request.of("POST", url(realm))
                .withHeader("Content-Type", "application/x-www-form-urlencoded")
                .withBody(RegistryHttp.Body.of(form.getBytes(StandardCharsets.UTF_8)), sent -> {});
    }

    private Token token(String answer) throws RegistryFailure {
        try {
            JsonNode json = ForeignText.json(answer);
            String value = json.path("token").asText("");
            value = value.isEmpty() ? json.path("access_token").asText("") : value;
            if (!value.chars().allMatch(c -> c > ' ' && c < 127)) {
                throw RegistryFailure.of(
                        RegistryFailure.Kind.REJECTED,
                        "the token server of the registry answered with a token that no header takes");
            }
            if (value.isEmpty()) {
                throw RegistryFailure.of(
                        RegistryFailure.Kind.REJECTED, "the token server of the registry answered without a token");
            }
            credentials.mask().add(Secret.of(value));
            long seconds = json.path("expires_in").asLong(0);
            Duration life = seconds > 0 ? Duration.ofSeconds(Math.min(seconds, LONGEST_LIFE)) : USUAL_LIFE;
            Duration margin = life.compareTo(BEFORE_EXPIRY.multipliedBy(2)) > 0 ? BEFORE_EXPIRY : life.dividedBy(2);
            return new Token(value, Instant.now().plus(life).minus(margin));
        } catch (IOException e) {
            throw RegistryFailure.of(
                    RegistryFailure.Kind.TRANSIENT,
                    "the token server of the registry answered something that is not JSON");
        }
    }

    private static boolean isIdentityToken(Credential credential) {
        return credential.username().isEmpty()
                || credential.username().get().equals(DockerConfiguration.IDENTITY_TOKEN_USER);
    }

    private static String basic(Credential credential) {
        if (isIdentityToken(credential)) {
            throw new OlympeException(
                    "The credential from " + credential.source()
                            + " is a token without a user name, and the registry asks for a user and a password; add a <username> to it.");
        }
        String text = credential.username().orElse("") + ":"
                + credential.secret().map(Secret::reveal).orElse("");
        return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private URI url(String text) throws RegistryFailure {
        try {
            return Location.absolute(text);
        } catch (URISyntaxException e) {
            throw RegistryFailure.of(
                    RegistryFailure.Kind.REJECTED, "the registry names a token server whose address is not a URL");
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
