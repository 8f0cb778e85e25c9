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
 * The registries of a build, with one pool of connections, one way to find credentials and one retry policy. Close it at the end of the
 * goal.
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

    /** What an error asks the user to correct if a base image cannot be used. */
    public static final String BASE_IMAGE = "the parameter 'baseImage' of the image that is built on it";

    /** What an error asks the user to correct if an image of this project cannot be used. */
    public static final String REGISTRY = "the parameter 'registry' (olympe.registry)";

    private final RegistryCredentials credentials;
    private final FailureExplanation explanation;
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
        this.explanation = new FailureExplanation(credentials);
        this.http = new HttpConnections(proxies, timeouts, USER_AGENT);
        this.insecure = insecure;
        this.retries = retries;
        this.log = log;
    }

    /**
     * Creates the connections; nothing is sent yet.
     *
     * @param credentials finds the credentials for registries
     * @param proxies the proxies of {@code settings.xml}
     * @param insecure the parameter {@code allowInsecureRegistries}
     */
    public static Registries open(
            RegistryCredentials credentials, HttpProxies proxies, InsecureRegistries insecure, ImageLog log) {
        return open(credentials, proxies, insecure, HttpTimeouts.standard(), RetryPolicy.standard(), log);
    }

    /** Does what {@link #open(RegistryCredentials, HttpProxies, InsecureRegistries, ImageLog)} does, with other time limits and pauses. */
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
     * Returns the base images.
     *
     * @param cache the folder that they are kept in, {@code <local repository>/.cache/olympe/base-images}
     * @param offline whether to use only what is in that folder
     */
    public BaseImages baseImages(Path cache, boolean offline) {
        return images(cache, offline, BASE_IMAGE);
    }

    /**
     * Returns the images that a user names. They are kept with the base images.
     *
     * @param parameter what error messages ask the user to correct: {@code the parameter 'from' (olympe.diff.from)}
     */
    public BaseImages images(Path cache, boolean offline, String parameter) {
        return new RegistryBaseImages(this, cache, offline, parameter);
    }

    /**
     * Returns the layers that earlier builds pushed.
     *
     * @param cache the folder that base images are kept in, the same as for {@link #baseImages}
     */
    public PushedLayers pushedLayers(Path cache) {
        return new RegistryPushedLayers(this, images(cache, false, REGISTRY), log);
    }

    /**
     * Returns the pusher.
     *
     * @param cache the folder that base images are kept in, the same as for {@link #baseImages}
     */
    public ImagePusher pusher(Path cache) {
        return new RegistryPusher(this, cache, log);
    }

    /**
     * Tries the credentials for a push to these repositories, without changing anything there. An unreachable registry and missing
     * credentials are only warnings, because some registries accept images from everybody.
     *
     * @throws OlympeException if a registry refuses a credential
     */
    public void tryCredentials(List<ImageReference> repositories) {
        for (ImageReference repository : repositories) {
            Optional<String> missing = credentials.missing(repository);
            if (missing.isPresent()) {
                log.warn(missing.get());
                return;
            }
            try {
                // It is tried only once, to be quick. If the network has a problem, the push will show it.
                Registry registry = contact(repository.registry()).registry;
                registry.connect();
                registry.logIn(Access.push(repository.repository()));
            } catch (RegistryFailure failure) {
                OlympeException explained = explanation.push(failure, repository);
                if (failure.kind() == RegistryFailure.Kind.UNAUTHORIZED) {
                    throw explained;
                }
                log.warn("The credentials for the registry '" + repository.registry() + "' could not be tried: "
                        + explained.getMessage());
                return;
            }
        }
    }

    /** Stops logging failures, because the work has ended or failed. */
    void end() {
        ended = true;
    }

    @Override
    public void close() {
        end();
        http.close();
    }

    /** A request to a registry that may be repeated. */
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

    /**
     * Sends a request to the registry of an image.
     *
     * @param parameter what to correct if the image cannot be pulled
     */
    public <T> T pulling(ImageReference image, String parameter, Call<T> call) {
        try {
            return contact(image.registry()).call("pull the image '" + image + "'", call);
        } catch (RegistryFailure failure) {
            throw explanation.pull(failure, image, parameter);
        }
    }

    /**
     * Returns whether a registry has an image.
     *
     * @param parameter what to correct if the registry does not say
     */
    public boolean has(ImageReference image, String parameter) {
        try {
            contact(image.registry())
                    .call(
                            "find the image '" + image + "'",
                            registry -> registry.manifest(image.repository(), image.identifier()));
            return true;
        } catch (RegistryFailure failure) {
            if (failure.kind() == RegistryFailure.Kind.NOT_FOUND) {
                return false;
            }
            throw explanation.pull(failure, image, parameter);
        }
    }

    /** Sends a request to the registry that images are pushed to. */
    <T> T pushing(ImageReference target, Call<T> call) {
        try {
            return contact(target.registry()).call(pushTo(target), call);
        } catch (RegistryFailure failure) {
            throw explanation.push(failure, target);
        }
    }

    /**
     * Sends a request that does not concern an image of the build.
     *
     * @param what what the request does, for the log: {@code read 'registry.example.com/acme/shop'}
     * @throws RegistryFailure if all attempts fail; the caller explains it
     */
    public <T> T asking(String registry, String what, Call<T> call) throws RegistryFailure {
        return contact(registry).call(what, call);
    }

    /**
     * Does what {@link #asking} does for something that the registry has just listed. It may not be readable yet, so a failure to find it
     * is retried without a log line.
     *
     * @throws RegistryFailure with the kind {@link RegistryFailure.Kind#NOT_FOUND} if it is still not there
     */
    public <T> T askingListed(String registry, String what, Call<T> call) throws RegistryFailure {
        return retries.untilFound(() -> asking(registry, what, call));
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

    /** A registry of this build. One thread contacts it first; if that fails, it has failed for all threads. */
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
}
