package io.github.olympe.maven.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How requests to one registry are authorized: not at all until it asks, then as it asks, with a password or with the tokens of its token
 * server (the distribution project's token authentication), one for each set of scopes, renewed before they expire. Credentials are looked
 * up when the registry asks for the first time.
 */
final class RegistryAuthorization {

    private static final Duration BEFORE_EXPIRY = Duration.ofSeconds(10);
    private static final Duration USUAL_LIFE = Duration.ofSeconds(60);
    private static final long LONGEST_LIFE = Duration.ofDays(1).toSeconds();
    private static final int LONGEST_ANSWER = 1 << 20;

    private final String registry;
    private final RegistryCredentials credentials;
    private final TokenServer tokenServer;
    private final Map<String, Token> tokens = new HashMap<>();
    private @Nullable AuthChallenge challenge;

    /** Makes a request to a token server. */
    @FunctionalInterface
    interface TokenServer {
        <T> T send(RegistryHttp.Request request, RegistryHttp.Reader<T> reader) throws RegistryFailure;
    }

    private record Token(String value, Instant renewAt) {}

    RegistryAuthorization(String registry, RegistryCredentials credentials, TokenServer tokenServer) {
        this.registry = registry;
        this.credentials = credentials;
        this.tokenServer = tokenServer;
    }

    /**
     * The value of the {@code Authorization} header for these scopes, absent where the registry has not asked for one.
     *
     * @param scopes such as {@code repository:acme/shop:pull,push}
     */
    synchronized Optional<String> header(List<String> scopes) throws RegistryFailure {
        if (challenge == null) {
            return Optional.empty();
        }
        if (!challenge.isBearer()) {
            return credentials.find(registry).map(RegistryAuthorization::basic);
        }
        String key = String.join(" ", scopes);
        Token token = tokens.get(key);
        if (token == null || Instant.now().isAfter(token.renewAt())) {
            token = fetch(challenge, scopes);
            tokens.put(key, token);
        }
        return Optional.of("Bearer " + token.value());
    }

    /**
     * Heeds a 401.
     *
     * @param headers the {@code WWW-Authenticate} headers of the answer
     * @param sent what had been sent as authorization
     * @return whether there is another authorization to try
     */
    synchronized boolean accept(List<String> headers, List<String> scopes, Optional<String> sent)
            throws RegistryFailure {
        Optional<AuthChallenge> asked = AuthChallenge.of(headers);
        if (asked.isEmpty()) {
            return false;
        }
        challenge = asked.get();
        String key = String.join(" ", scopes);
        Token known = tokens.get(key);
        if (known != null && sent.equals(Optional.of("Bearer " + known.value()))) {
            tokens.remove(key);
        }
        Optional<String> next = header(scopes);
        return next.isPresent() && !next.equals(sent);
    }

    private Token fetch(AuthChallenge asked, List<String> scopes) throws RegistryFailure {
        Optional<Credential> credential = credentials.find(registry);
        String realm = asked.parameters().getOrDefault("realm", "");
        String service = asked.parameters().getOrDefault("service", "");
        RegistryHttp.Request request =
                credential.filter(RegistryAuthorization::isIdentityToken).isPresent()
                        ? refresh(realm, service, scopes, credential.get())
                        : get(realm, service, scopes, credential);
        return tokenServer.send(request, answer -> token(answer.text(LONGEST_ANSWER)));
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
            return RegistryClient.usable(new URI(text));
        } catch (URISyntaxException e) {
            throw RegistryFailure.of(
                    RegistryFailure.Kind.REJECTED, "the registry names a token server whose address is not a URL");
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
