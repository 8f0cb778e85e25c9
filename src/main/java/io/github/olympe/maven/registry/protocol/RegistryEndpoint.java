package io.github.olympe.maven.registry.protocol;

import io.github.olympe.maven.http.Answer;
import io.github.olympe.maven.http.Loopback;
import io.github.olympe.maven.http.Origin;
import io.github.olympe.maven.http.Request;
import io.github.olympe.maven.registry.ImageLog;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.InsecureRegistries;
import io.github.olympe.maven.registry.protocol.RegistryFailure.Kind;
import java.net.URI;
import java.util.List;

/**
 * The address of a registry, and how it wants requests to be authorized.
 *
 * @param base the beginning of its URLs
 * @param anyCertificate whether any certificate is accepted
 * @param challenges the {@code WWW-Authenticate} headers of the answer to a first request, none if it needs no credentials
 */
record RegistryEndpoint(URI base, boolean anyCertificate, List<String> challenges) {

    Origin origin() {
        return Origin.ofServer(base);
    }

    /** Sends one request without a credential. */
    @FunctionalInterface
    interface Probe {
        Answer open(Request request, boolean anyCertificate) throws RegistryFailure;
    }

    /**
     * Sends the first request to a registry. It must use HTTPS, unless it is on this machine or is allowed to be insecure.
     *
     * @param registry the registry as in image references
     * @throws RegistryFailure if it does not answer, or not in an allowed way
     */
    static RegistryEndpoint find(String registry, InsecureRegistries insecure, Probe probe, ImageLog log)
            throws RegistryFailure {
        if (registry.equals(ImageReference.DOCKER_HUB)) {
            return new Search("registry-1.docker.io", false, probe, log).secure();
        }
        Search search = new Search(registry, insecure.allows(registry), probe, log);
        if (Loopback.is(ImageReference.withoutPort(registry))) {
            return search.onThisMachine();
        }
        return insecure.allows(registry) ? search.insecure() : search.secure();
    }

    private record Search(String registry, boolean insecureAllowed, Probe probe, ImageLog log) {

        RegistryEndpoint secure() throws RegistryFailure {
            return ask("https", false);
        }

        /** Tries plain HTTP first. A server that does not understand it uses TLS or has a problem. */
        RegistryEndpoint onThisMachine() throws RegistryFailure {
            try {
                return ask("http", false);
            } catch (RegistryFailure plain) {
                boolean otherPort = plain.kind() == Kind.REFUSED && !hasPort();
                if (plain.kind() != Kind.TRANSIENT && plain.kind() != Kind.REJECTED && !otherPort) {
                    throw plain;
                }
                try {
                    return secure();
                } catch (RegistryFailure e) {
                    if (otherPort && e.kind() == Kind.REFUSED) {
                        throw plain;
                    }
                    if (e.kind() == Kind.CERTIFICATE && insecureAllowed) {
                        return ask("https", true);
                    }
                    if (e.kind() != Kind.NOT_TLS) {
                        throw e;
                    }
                    if (plain.kind() == Kind.REJECTED) {
                        return new RegistryEndpoint(URI.create("http://" + registry), false, List.of());
                    }
                    throw plain;
                }
            }
        }

        RegistryEndpoint insecure() throws RegistryFailure {
            try {
                return secure();
            } catch (RegistryFailure e) {
                switch (e.kind()) {
                    case CERTIFICATE -> {
                        log.warn("The certificate of the registry '" + registry
                                + "' is not trusted; it is accepted anyway (allowInsecureRegistries).");
                        return ask("https", true);
                    }
                    case NOT_TLS -> {
                        return plain();
                    }
                    case REFUSED, TRANSIENT -> {
                        if (hasPort() && e.kind() == Kind.REFUSED) {
                            throw e;
                        }
                        try {
                            return plain();
                        } catch (RegistryFailure plain) {
                            throw e;
                        }
                    }
                    default -> throw e;
                }
            }
        }

        /** Returns whether HTTP and HTTPS use the same port. */
        private boolean hasPort() {
            return !ImageReference.withoutPort(registry).equals(registry);
        }

        private RegistryEndpoint plain() throws RegistryFailure {
            RegistryEndpoint endpoint = ask("http", false);
            log.warn("The registry '" + registry
                    + "' is used without TLS (allowInsecureRegistries); others can read the credentials on the way.");
            return endpoint;
        }

        private RegistryEndpoint ask(String scheme, boolean anyCertificate) throws RegistryFailure {
            URI base = URI.create(scheme + "://" + registry);
            try (Answer answer = probe.open(Request.of("GET", URI.create(base + "/v2/")), anyCertificate)) {
                if (answer.status() == 400 && scheme.equals("http")) {
                    // A TLS server answers plain HTTP this way.
                    throw RegistryFailure.of(Kind.REJECTED, "400 to plain HTTP");
                }
                List<String> challenges = answer.status() == 401 ? answer.headers("WWW-Authenticate") : List.of();
                return new RegistryEndpoint(base, anyCertificate, challenges);
            }
        }
    }
}
