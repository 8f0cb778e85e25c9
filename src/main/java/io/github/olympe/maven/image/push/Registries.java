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

    /** What to correct where a base image cannot be used. */
    public static final String BASE_IMAGE = "the parameter 'baseImage' of the image that is built on it";

    /** What to correct where an image of this project cannot be used. */
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
        return images(cache, offline, BASE_IMAGE);
    }

    /**
     * Images that a user names, which are kept with the base images.
     *
     * @param parameter what to correct where an image cannot be used, for messages: {@code the parameter 'from' (olympe.diff.from)}
     */
    public BaseImages images(Path cache, boolean offline, String parameter) {
        return new RegistryBaseImages(this, cache, offline, parameter);
    }

    /**
     * The layers that earlier builds pushed.
     *
     * @param cache the folder where base images are kept, the same as for {@link #baseImages}
     */
    public PushedLayers pushedLayers(Path cache) {
        return new RegistryPushedLayers(this, images(cache, false, REGISTRY), log);
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
            Optional<String> missing = credentials.missing(repository);
            if (missing.isPresent()) {
                log.warn(missing.get());
                return;
            }
            try {
                // Not tried again, since this is to be quick: what is wrong with the network will show soon enough.
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

    /** From now on failures are not logged, since the work has ended or failed. */
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

    /**
     * Asks the registry of an image.
     *
     * @param parameter what to correct where it cannot be pulled
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
     * @param parameter what to correct where the registry does not say
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

    /** Asks the registry that images are pushed to. */
    <T> T pushing(ImageReference target, Call<T> call) {
        try {
            return contact(target.registry()).call(pushTo(target), call);
        } catch (RegistryFailure failure) {
            throw explanation.push(failure, target);
        }
    }

    /**
     * Asks a registry for something that is not an image of the build.
     *
     * @param what what is done, for the log: {@code read 'registry.example.com/acme/shop'}
     * @throws RegistryFailure if it fails, however often it was tried; the caller says what that means
     */
    public <T> T asking(String registry, String what, Call<T> call) throws RegistryFailure {
        return contact(registry).call(what, call);
    }

    /**
     * Asks, as {@link #asking} does, for something that the registry has just listed: it may be on its way, so it is asked for again, without
     * a word, where it is not found.
     *
     * @throws RegistryFailure of the kind {@link RegistryFailure.Kind#NOT_FOUND} if it is still not there
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
}
