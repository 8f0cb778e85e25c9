package io.github.olympe.maven.registry.protocol;

import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.http.Answer;
import io.github.olympe.maven.http.HttpConnections;
import io.github.olympe.maven.http.HttpFailure;
import io.github.olympe.maven.http.Location;
import io.github.olympe.maven.http.Origin;
import io.github.olympe.maven.http.Request;
import io.github.olympe.maven.registry.ImageLog;
import io.github.olympe.maven.registry.InsecureRegistries;
import io.github.olympe.maven.registry.protocol.RegistryFailure.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to one registry and to the servers that it leads to. Only the registry's own origin gets an {@code Authorization} header,
 * and a refusal counts as the registry's only if it comes from there: redirects and upload locations may lead to other servers. (Jib Core
 * sends the header to any host that an upload's {@code Location} names: {@code CredentialHostsTest}.)
 */
final class RegistryConnection {

    private static final int MOST_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final String registry;
    private final HttpConnections http;
    private final InsecureRegistries insecure;
    private final RegistryErrors errors;
    private final ImageLog log;
    private volatile @Nullable RegistryEndpoint endpoint;

    RegistryConnection(
            String registry, HttpConnections http, InsecureRegistries insecure, SecretMask mask, ImageLog log) {
        this.registry = registry;
        this.http = http;
        this.insecure = insecure;
        this.errors = new RegistryErrors(mask);
        this.log = log;
    }

    RegistryErrors errors() {
        return errors;
    }

    /** Returns the registry's endpoint. The first call asks the registry. */
    RegistryEndpoint endpoint() throws RegistryFailure {
        RegistryEndpoint known = endpoint;
        if (known != null) {
            return known;
        }
        synchronized (this) {
            if (endpoint == null) {
                endpoint = RegistryEndpoint.find(registry, insecure, this::open, log);
            }
            return endpoint;
        }
    }

    /** Returns the URL of a path of the registry. */
    URI url(String pathAndQuery) throws RegistryFailure {
        return URI.create(endpoint().base() + pathAndQuery);
    }

    /** Returns whether a URL leads to the registry itself. */
    boolean isOwn(URI url) throws RegistryFailure {
        return Origin.ofServer(url).equals(endpoint().origin());
    }

    /**
     * Sends a request and follows redirects. Only the registry gets its authorization.
     *
     * @return the answer; the caller closes it
     */
    Answer follow(Request first) throws RegistryFailure {
        Request request = isOwn(first.url()) ? first : first.withoutHeader("Authorization");
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            Answer answer = open(request);
            if (REDIRECTS.contains(answer.status())) {
                try (answer) {
                    request = redirected(request, location(answer, request.url()));
                }
            } else if (!isOwn(request.url()) && (answer.status() == 401 || answer.status() == 403)) {
                throw RegistryFailure.of(
                        Kind.REJECTED,
                        "the host '" + Origin.ofServer(request.url()).authority()
                                + "', which it leads to, refused the request: "
                                + errors.of(answer).text());
            } else {
                return answer;
            }
        }
        throw RegistryFailure.of(Kind.REJECTED, "it redirects too many times");
    }

    private static Request redirected(Request request, URI url) {
        Request redirected = request.to(url);
        return Origin.ofServer(request.url()).equals(Origin.ofServer(url))
                ? redirected
                : redirected.withoutHeader("Authorization");
    }

    /** Reads an answer. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Answer answer) throws IOException, RegistryFailure;
    }

    /** Does what {@link #follow(Request)} does, and closes the answer after reading it. */
    <T> T follow(Request request, Reader<T> reader) throws RegistryFailure {
        try (Answer answer = follow(request)) {
            return reader.read(answer);
        } catch (IOException e) {
            throw errors.of(e);
        }
    }

    /**
     * Sends a request to the token server that the registry itself has named. Since tokens are secrets, it must use TLS, unless it is
     * allowed to be insecure.
     */
    <T> T askTokenServer(Request request, Reader<T> reader) throws RegistryFailure {
        Origin origin = Origin.ofServer(request.url());
        Origin own = endpoint().origin();
        boolean besideInsecure = !own.isEncrypted() && origin.host().equals(own.host());
        if (!origin.isEncrypted() && !besideInsecure && !insecure.allowsPlain(origin.host(), origin.port())) {
            throw RegistryFailure.of(
                    Kind.REJECTED,
                    "its token server '" + origin.authority()
                            + "' does not use TLS, and credentials are not sent without it");
        }
        try (Answer answer = open(request)) {
            if (answer.status() / 100 != 2) {
                throw ofTokenServer(origin, errors.of(answer));
            }
            return reader.read(answer);
        } catch (IOException e) {
            throw errors.of(e);
        }
    }

    /**
     * Converts a token server's refusal. If it does not concern a credential, it says nothing about the registry: a 404 does not mean that
     * an image is missing.
     */
    private static RegistryFailure ofTokenServer(Origin server, RegistryFailure failure) {
        return switch (failure.kind()) {
            case UNAUTHORIZED, FORBIDDEN, TRANSIENT, PROXY -> failure;
            default ->
                RegistryFailure.of(
                        Kind.REJECTED, "its token server '" + server.authority() + "' answered " + failure.text());
        };
    }

    private Answer open(Request request) throws RegistryFailure {
        RegistryEndpoint own = endpoint();
        Origin origin = Origin.ofServer(request.url());
        boolean anyCertificate =
                origin.host().equals(own.origin().host()) ? own.anyCertificate() : insecure.allows(origin.authority());
        return open(request, anyCertificate);
    }

    /** Sends a request and explains connection failures. */
    private Answer open(Request request, boolean anyCertificate) throws RegistryFailure {
        // Without the query, which may hold signatures.
        log.debug(request.method() + " " + Origin.ofServer(request.url())
                + request.url().getRawPath());
        try {
            return http.open(request.trusting(anyCertificate));
        } catch (HttpFailure e) {
            throw errors.of(e);
        }
    }

    /**
     * Returns the URL that an answer points to. A registry behind a proxy that terminates TLS may say {@code http} and mean itself. Any
     * other step from HTTPS to HTTP is refused.
     */
    URI location(Answer answer, URI base) throws RegistryFailure {
        try {
            URI location = Location.of(base, answer.header("Location").orElse(""));
            Origin from = Origin.ofServer(base);
            Origin to = Origin.ofServer(location);
            if (to.isEncrypted() || !from.isEncrypted()) {
                return location;
            }
            if (!from.host().equals(to.host())) {
                throw RegistryFailure.of(Kind.REJECTED, "it leads to '" + to.authority() + "' without TLS");
            }
            String query = location.getRawQuery() == null ? "" : "?" + location.getRawQuery();
            return URI.create(from + location.getRawPath() + query);
        } catch (URISyntaxException e) {
            throw RegistryFailure.of(Kind.REJECTED, "it answered with a Location that is not a URL");
        }
    }
}
