package io.github.olympe.maven.registry;

import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.http.Location;
import io.github.olympe.maven.http.Origin;
import io.github.olympe.maven.registry.RegistryFailure.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Requests to one registry and to the servers that it leads to. An {@code Authorization} header goes to the registry's own origin alone,
 * and a refusal counts as the registry's only if it comes from there: whoever it redirects to, or lets blobs be uploaded to, is another
 * server.
 */
final class RegistryConnection {

    private static final int MOST_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final String registry;
    private final RegistryHttp http;
    private final InsecureRegistries insecure;
    private final RegistryErrors errors;
    private final ImageLog log;
    private volatile @Nullable RegistryEndpoint endpoint;

    RegistryConnection(String registry, RegistryHttp http, InsecureRegistries insecure, SecretMask mask, ImageLog log) {
        this.registry = registry;
        this.http = http;
        this.insecure = insecure;
        this.errors = new RegistryErrors(mask);
        this.log = log;
    }

    /** Where the registry is; the first call asks it. */
    RegistryEndpoint endpoint() throws RegistryFailure {
        RegistryEndpoint known = endpoint;
        if (known != null) {
            return known;
        }
        synchronized (this) {
            if (endpoint == null) {
                endpoint = RegistryEndpoint.find(registry, insecure, this::send, log);
            }
            return endpoint;
        }
    }

    /** The URL of a path of the registry. */
    URI url(String pathAndQuery) throws RegistryFailure {
        return URI.create(endpoint().base() + pathAndQuery);
    }

    /** Makes a request, and those that redirects ask for; its authorization stays with the registry. */
    <T> T follow(RegistryHttp.Request first, RegistryHttp.Reader<T> reader) throws RegistryFailure {
        RegistryHttp.Request request = own(first.url()) ? first : withoutAuthorization(first, first.url());
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            RegistryHttp.Request current = request;
            Outcome<T> outcome = send(current, answer -> {
                if (REDIRECTS.contains(answer.status())) {
                    return new Outcome<>(Optional.empty(), Optional.of(location(answer, current.url())));
                }
                if (!own(current.url()) && (answer.status() == 401 || answer.status() == 403)) {
                    throw refusedBy(current.url(), answer);
                }
                return new Outcome<>(Optional.of(reader.read(answer)), Optional.empty());
            });
            if (outcome.value().isPresent()) {
                return outcome.value().get();
            }
            request = redirected(current, outcome.next().orElseThrow());
        }
        throw RegistryFailure.of(Kind.REJECTED, "it redirects again and again");
    }

    private record Outcome<T>(Optional<T> value, Optional<URI> next) {}

    private RegistryFailure refusedBy(URI url, RegistryHttp.Answer answer) throws IOException {
        return RegistryFailure.of(
                Kind.REJECTED,
                "the host '" + Origin.ofServer(url).authority() + "', which it leads to, refused the request: "
                        + errors.of(answer).text());
    }

    private RegistryHttp.Request redirected(RegistryHttp.Request request, URI url) throws RegistryFailure {
        return Origin.ofServer(request.url()).equals(Origin.ofServer(url))
                ? new RegistryHttp.Request(request.method(), url, request.headers(), request.body(), request.progress())
                : withoutAuthorization(request, url);
    }

    private static RegistryHttp.Request withoutAuthorization(RegistryHttp.Request request, URI url) {
        Map<String, String> headers = new LinkedHashMap<>(request.headers());
        headers.remove("Authorization");
        return new RegistryHttp.Request(request.method(), url, headers, request.body(), request.progress());
    }

    private boolean own(URI url) throws RegistryFailure {
        return Origin.ofServer(url).equals(endpoint().origin());
    }

    /**
     * Asks a token server. It is one that the registry itself has named, and what it gives is a key: it has to speak TLS, unless it was
     * allowed not to.
     */
    <T> T askTokenServer(RegistryHttp.Request request, RegistryHttp.Reader<T> reader) throws RegistryFailure {
        Origin origin = Origin.ofServer(request.url());
        Origin registryOrigin = endpoint().origin();
        boolean besideInsecure = !registryOrigin.isEncrypted() && origin.host().equals(registryOrigin.host());
        if (!origin.isEncrypted() && !besideInsecure && !insecure.allowsPlain(origin.host(), origin.port())) {
            throw RegistryFailure.of(
                    Kind.REJECTED,
                    "its token server '" + origin.authority()
                            + "' does not use TLS, and credentials are not sent without it");
        }
        return send(request, answer -> {
            expect(answer, 200);
            return reader.read(answer);
        });
    }

    private <T> T send(RegistryHttp.Request request, RegistryHttp.Reader<T> reader) throws RegistryFailure {
        RegistryEndpoint own = endpoint();
        Origin origin = Origin.ofServer(request.url());
        boolean anyCertificate =
                origin.host().equals(own.origin().host()) ? own.anyCertificate() : insecure.allows(origin.authority());
        return send(request, anyCertificate, reader);
    }

    /** Makes a request, and names what goes wrong with the connection. */
    private <T> T send(RegistryHttp.Request request, boolean anyCertificate, RegistryHttp.Reader<T> reader)
            throws RegistryFailure {
        log.debug(request.method() + " " + shown(request.url()));
        try {
            return http.send(request, anyCertificate, reader);
        } catch (IOException e) {
            throw errors.of(e);
        }
    }

    /** A URL without its user and its query, which may hold a password and signatures. */
    private static String shown(URI url) {
        return Origin.ofServer(url) + url.getRawPath();
    }

    /**
     * Where an answer points to. A registry behind a proxy that ends TLS may say {@code http} and mean itself; any other way out of TLS
     * is refused.
     */
    URI location(RegistryHttp.Answer answer, URI base) throws RegistryFailure {
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

    /** Fails unless the answer has this status, or another one of success where that is meant. */
    void expect(RegistryHttp.Answer answer, int status) throws IOException, RegistryFailure {
        if (answer.status() != status && (status / 100 != 2 || answer.status() / 100 != 2)) {
            throw errors.of(answer);
        }
    }
}
