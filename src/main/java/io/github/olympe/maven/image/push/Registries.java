package io.github.olympe.maven.image.push;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.http.HttpConnections;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.http.HttpTimeouts;
import io.github.olympe.maven.image.base.BaseImages;
import io.github.olympe.maven.image.base.RegistryBaseImages;
import io.github.olympe.maven.image.layer.BlobCache;
import io.github.olympe.maven.registry.ImageLog;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.InsecureRegistries;
import io.github.olympe.maven.registry.credential.RegistryCredentials;
import io.github.olympe.maven.registry.protocol.Access;
import io.github.olympe.maven.registry.protocol.Registry;
import io.github.olympe.maven.registry.protocol.RegistryFailure;
import io.github.olympe.maven.registry.protocol.RetryPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The registries that a build talks to: one pool of connections, one way to credentials, one policy of trying again. Closed at the end of
 * the goal.
 *
 * <pre>
 * try (Registries registries = Registries.open(credentials, proxies, allowInsecureRegistries, log)) {
 *     BaseImages baseImages = registries.baseImages(cache, offline);
 *     …
 *     registries.pusher(cache).push(requests);
 * }
 * </pre>
 */
public final class Registries implements AutoCloseable {

    private static final String USER_AGENT = "olympe-maven-plugin";

    private final RegistryCredentials credentials;
    private final HttpConnections http;
    private final InsecureRegistries insecure;
    private final RetryPolicy retries;
    private final ImageLog log;
    private final Map<String, Contact> contacts = new ConcurrentHashMap<>();
    private final Map<Path, BlobCache> caches = new ConcurrentHashMap<>();
    private volatile boolean ended;

    private Registries(
            RegistryCredentials credentials,
            HttpProxies proxies,
            InsecureRegistries insecure,
            HttpTimeouts timeouts,
            RetryPolicy retries,
            ImageLog log) {
        this.credentials = credentials;
        this.http = new HttpConnections(proxies, timeouts, USER_AGENT);
        this.insecure = insecure;
        this.retries = retries;
        this.log = log;
    }

    /**
     * Makes ready; nothing is sent yet.
     *
     * @param credentials what opens registries
     * @param proxies the proxies of {@code settings.xml}
     * @param insecure the parameter {@code allowInsecureRegistries}
     */
    public static Registries open(
            RegistryCredentials credentials, HttpProxies proxies, InsecureRegistries insecure, ImageLog log) {
        return open(credentials, proxies, insecure, HttpTimeouts.standard(), RetryPolicy.standard(), log);
    }

    /** As {@link #open(RegistryCredentials, HttpProxies, InsecureRegistries, ImageLog)}, with other times than the standard ones. */
    public static Registries open(
            RegistryCredentials credentials,
            HttpProxies proxies,
            InsecureRegistries insecure,
            HttpTimeouts timeouts,
            RetryPolicy retries,
            ImageLog log) {
        return new Registries(credentials, proxies, insecure, timeouts, retries, log);
    }

    /**
     * Base images.
     *
     * @param cache the folder where they are kept, {@code <local repository>/.cache/olympe/base-images}
     * @param offline whether only what is in that folder may be used
     */
    public BaseImages baseImages(Path cache, boolean offline) {
        return new RegistryBaseImages(this, cache, offline);
    }

    /**
     * The way to push images.
     *
     * @param cache the folder where base images are kept, the same as for {@link #baseImages}
     */
    public ImagePusher pusher(Path cache) {
        return new RegistryPusher(this, cache, log);
    }

    /**
     * Tries the credentials that a push to these repositories will need, without changing anything there. A registry that cannot be
     * reached is a warning, and so are missing credentials: some registries take images from everybody.
     *
     * @throws OlympeException if a registry refuses a credential
     */
    public void tryCredentials(List<ImageReference> repositories) {
        for (ImageReference repository : repositories) {
            Optional<String> lack = credentials.lack(repository);
            if (lack.isPresent()) {
                log.warn(lack.get());
                return;
            }
            try {
                // Not tried again, since this is to be quick: what is wrong with the network will show soon enough.
                Registry registry = contact(repository.registry()).registry;
                registry.connect();
                registry.logIn(Access.push(repository.repository()));
            } catch (RegistryFailure failure) {
                OlympeException explained = explained(failure, repository, Purpose.PUSH);
                if (failure.kind() == RegistryFailure.Kind.UNAUTHORIZED) {
                    throw explained;
                }
                log.warn("The credentials for the registry '" + repository.registry() + "' could not be tried: "
                        + explained.getMessage());
                return;
            }
        }
    }

    /** Loads what the first request will need on a thread of its own, while the caller finds out what to ask for. */
    public Registries warmUp() {
        Thread thread = new Thread(http::warmUp, "olympe-registries");
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    /** From now on no failure is worth a warning: another one has ended the work. */
    void end() {
        ended = true;
    }

    @Override
    public void close() {
        end();
        http.close();
    }

    /** Something that asks a registry and may be tried again. */
    @FunctionalInterface
    public interface Call<T> {
        T with(Registry registry) throws RegistryFailure;
    }

    private Contact contact(String registry) {
        return contacts.computeIfAbsent(registry, Contact::new);
    }

    public BlobCache blobs(Path cache) {
        return caches.computeIfAbsent(cache, folder -> new BlobCache(folder.resolve("blobs")));
    }

    /** Asks the registry of a base image. */
    public <T> T pulling(ImageReference base, Call<T> call) {
        try {
            return contact(base.registry()).call("pull the base image '" + base + "'", call);
        } catch (RegistryFailure failure) {
            throw explained(failure, base, Purpose.PULL);
        }
    }

    /** Asks the registry that images are pushed to. */
    <T> T pushing(ImageReference target, Call<T> call) {
        try {
            return contact(target.registry()).call(pushTo(target), call);
        } catch (RegistryFailure failure) {
            throw explained(failure, target, Purpose.PUSH);
        }
    }

    private static String pushTo(ImageReference target) {
        return "push to '" + target.registry() + "/" + target.repository() + "'";
    }

    private <T> T retrying(String what, RetryPolicy.Attempt<T> attempt) throws RegistryFailure {
        return retries.run(attempt, (failure, pause) -> {
            if (ended || Thread.currentThread().isInterrupted()) {
                throw new CancellationException();
            }
            log.warn("Could not " + what + " (" + failure.text() + "); trying again in " + shown(pause) + ".");
        });
    }

    private static String shown(Duration pause) {
        return pause.toMillis() < 1000 ? pause.toMillis() + " ms" : pause.toSeconds() + " s";
    }

    /** A registry of this build, which is reached for the first time by one thread for all: if that fails, it has failed for all. */
    private final class Contact {

        private final Registry registry;
        private Optional<RegistryFailure> failure = Optional.empty();

        Contact(String name) {
            registry = new Registry(name, http, insecure, credentials, log);
        }

        private synchronized void make(String what) throws RegistryFailure {
            if (failure.isPresent()) {
                throw failure.get();
            }
            try {
                retrying(what, () -> {
                    registry.connect();
                    return true;
                });
            } catch (RegistryFailure e) {
                failure = Optional.of(e);
                throw e;
            }
        }

        <T> T call(String what, Call<T> call) throws RegistryFailure {
            make(what);
            return retrying(what, () -> call.with(registry));
        }
    }

    private enum Purpose {
        PULL,
        PUSH
    }

    private OlympeException explained(RegistryFailure failure, ImageReference reference, Purpose purpose) {
        String registry = reference.registry();
        boolean pull = purpose == Purpose.PULL;
        String parameter =
                pull ? "the parameter 'baseImage' of its image" : "the parameter 'registry' (olympe.registry)";
        String subject = pull
                ? "The base image '" + reference + "' cannot be pulled: "
                : "The image '" + registry + "/" + reference.repository() + "' cannot be pushed: ";
        String sentence = switch (failure.kind()) {
            case UNAUTHORIZED, FORBIDDEN -> denied(failure, reference, pull);
            case NOT_FOUND ->
                pull
                        ? "the registry '" + registry + "' does not have it (" + failure.text() + "); correct "
                                + parameter + ", or push it there"
                        : "the registry '" + registry + "' does not know this repository (" + failure.text()
                                + "); create it there, or correct " + parameter;
            case TOO_LARGE ->
                "something between here and the registry '" + registry + "' refuses a layer of this size ("
                        + failure.text() + "); raise the limit of that proxy (nginx: client_max_body_size)";
            case REFUSED ->
                "nothing listens at the registry '" + registry + "' (" + failure.text()
                        + "); start it, or correct host and port in " + parameter;
            case UNKNOWN_HOST ->
                "the host of the registry '" + registry + "' is not known; correct " + parameter
                        + ", or check the network and the <proxies> of settings.xml";
            case CERTIFICATE ->
                "the certificate of the registry '" + registry + "' is not trusted (" + failure.text()
                        + "); import its CA into a trust store and name that in MAVEN_OPTS"
                        + " (-Djavax.net.ssl.trustStore=…), or set allowInsecureRegistries"
                        + " (olympe.allowInsecureRegistries) to '" + registry + "'";
            case NOT_TLS ->
                "the registry '" + registry + "' speaks plain HTTP; let it speak TLS, or set"
                        + " allowInsecureRegistries (olympe.allowInsecureRegistries) to '" + registry
                        + "', or correct " + parameter;
            case PROXY ->
                "the proxy on the way to the registry '" + registry + "' does not let it through (" + failure.text()
                        + "); correct <username>, <password> and <nonProxyHosts> of the <proxies> of settings.xml";
            case TRANSIENT ->
                "the registry '" + registry + "' still fails after several attempts (" + failure.text()
                        + waiting(failure) + "); try again later, and if it stays so ask those who run it,"
                        + " or correct " + parameter;
            case MEDIA_TYPE ->
                "the registry '" + registry + "' does not take manifests of this format (" + failure.text()
                        + "); choose a base image in Docker's format, which such a registry takes, or correct "
                        + parameter;
            case REJECTED ->
                "the registry '" + registry + "' refuses it (" + failure.text() + "); ask those who run it, or correct "
                        + parameter;
        };
        return new OlympeException(subject + sentence + ".", failure.getCause());
    }

    private static String waiting(RegistryFailure failure) {
        return failure.retryAfter()
                .filter(after -> after.toSeconds() > 0)
                .map(after -> ", and it asks to wait " + after.toSeconds() + " seconds")
                .orElse("");
    }

    private String denied(RegistryFailure failure, ImageReference reference, boolean pull) {
        String registry = reference.registry();
        String set = "a <server> with <id>" + registry + "</id>, <username> and <password> to settings.xml"
                + (pull ? "" : " (or name another id in registryServerId, olympe.registryServerId)")
                + ", or run 'docker login"
                + (registry.equals(ImageReference.DOCKER_HUB) ? "" : " " + registry) + "'";
        if (failure.sent().isPresent()) {
            return "the registry '" + registry + "' does not allow it with the credentials of "
                    + failure.sent().get() + " (" + failure.text() + "); give that user the right to "
                    + (pull ? "pull" : "push") + ", or set others: add " + set;
        }
        String without =
                "the registry '" + registry + "' does not allow it without credentials (" + failure.text() + ")";
        return credentials
                .find(registry, reference.repository())
                .map(credential -> without + ", and did not ask for those of " + credential.source()
                        + ", so they were not sent; ask those who run it")
                .orElseGet(() -> without + ", and none were found in " + credentials.places(registry) + "; add " + set);
    }
}
