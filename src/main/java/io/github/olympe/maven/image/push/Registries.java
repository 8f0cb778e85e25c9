package io.github.olympe.maven.image.push;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.image.base.BaseImages;
import io.github.olympe.maven.image.base.RegistryBaseImages;
import io.github.olympe.maven.image.layer.BlobCache;
import io.github.olympe.maven.registry.ImageLog;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.RegistryClient;
import io.github.olympe.maven.registry.RegistryCredentials;
import io.github.olympe.maven.registry.RegistryFailure;
import io.github.olympe.maven.registry.RegistryHttp;
import io.github.olympe.maven.registry.RegistryTimeouts;
import io.github.olympe.maven.registry.RetryPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
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

    private final RegistryCredentials credentials;
    private final RegistryHttp http;
    private final boolean allowInsecure;
    private final RetryPolicy retries;
    private final ImageLog log;
    private final Map<String, RegistryClient> clients = new ConcurrentHashMap<>();
    private final Map<Path, BlobCache> caches = new ConcurrentHashMap<>();

    private Registries(
            RegistryCredentials credentials,
            HttpProxies proxies,
            boolean allowInsecure,
            RegistryTimeouts timeouts,
            RetryPolicy retries,
            ImageLog log) {
        this.credentials = credentials;
        this.http = new RegistryHttp(proxies, timeouts);
        this.allowInsecure = allowInsecure;
        this.retries = retries;
        this.log = log;
    }

    /**
     * Makes ready; nothing is sent yet.
     *
     * @param credentials what opens registries
     * @param proxies the proxies of {@code settings.xml}
     * @param allowInsecure the parameter {@code allowInsecureRegistries}
     */
    public static Registries open(
            RegistryCredentials credentials, HttpProxies proxies, boolean allowInsecure, ImageLog log) {
        return open(credentials, proxies, allowInsecure, RegistryTimeouts.standard(), RetryPolicy.standard(), log);
    }

    /** As {@link #open(RegistryCredentials, HttpProxies, boolean, ImageLog)}, with other times than the standard ones. */
    public static Registries open(
            RegistryCredentials credentials,
            HttpProxies proxies,
            boolean allowInsecure,
            RegistryTimeouts timeouts,
            RetryPolicy retries,
            ImageLog log) {
        return new Registries(credentials, proxies, allowInsecure, timeouts, retries, log);
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

    /** Loads what the first request will need on a thread of its own, while the caller finds out what to ask for. */
    public Registries warmUp() {
        Thread thread = new Thread(http::warmUp, "olympe-registries");
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    @Override
    public void close() {
        http.close();
    }

    /** Something that asks a registry and may be tried again. */
    @FunctionalInterface
    public interface Call<T> {
        T with(RegistryClient client) throws RegistryFailure;
    }

    RegistryClient client(String registry) {
        return clients.computeIfAbsent(
                registry, host -> new RegistryClient(host, http, allowInsecure, credentials, log));
    }

    public BlobCache blobs(Path cache) {
        return caches.computeIfAbsent(cache, folder -> new BlobCache(folder.resolve("blobs")));
    }

    /** Asks the registry of a base image. */
    public <T> T pulling(ImageReference base, Call<T> call) {
        String what = "pull the base image '" + base + "'";
        RegistryClient client = client(base.registry());
        try {
            return retrying(what, () -> call.with(client));
        } catch (RegistryFailure failure) {
            throw explained(failure, base, Purpose.PULL);
        }
    }

    /** Asks the registry that images are pushed to. */
    <T> T pushing(ImageReference target, Call<T> call) {
        String what = "push to '" + target.registry() + "/" + target.repository() + "'";
        RegistryClient client = client(target.registry());
        try {
            return retrying(what, () -> call.with(client));
        } catch (RegistryFailure failure) {
            throw explained(failure, target, Purpose.PUSH);
        }
    }

    private <T> T retrying(String what, RetryPolicy.Attempt<T> attempt) throws RegistryFailure {
        return retries.run(
                attempt,
                (failure, pause) -> log.warn(
                        "Could not " + what + " (" + failure.text() + "); trying again in " + shown(pause) + "."));
    }

    private static String shown(Duration pause) {
        return pause.toMillis() < 1000 ? pause.toMillis() + " ms" : pause.toSeconds() + " s";
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
            case UNAUTHORIZED, FORBIDDEN -> denied(failure, registry, pull);
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
                        + " (olympe.allowInsecureRegistries) to true";
            case NOT_TLS ->
                "the registry '" + registry + "' speaks plain HTTP; let it speak TLS, or set"
                        + " allowInsecureRegistries (olympe.allowInsecureRegistries) to true, or correct "
                        + parameter;
            case PROXY ->
                "the proxy on the way to the registry '" + registry + "' does not let it through (" + failure.text()
                        + "); correct <username>, <password> and <nonProxyHosts> of the <proxies> of settings.xml";
            case TRANSIENT ->
                "the registry '" + registry + "' still fails after several attempts (" + failure.text()
                        + waiting(failure) + "); try again later, and if it stays so ask those who run it,"
                        + " or correct " + parameter;
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

    private String denied(RegistryFailure failure, String registry, boolean pull) {
        String set = "a <server> with <id>" + registry + "</id>, <username> and <password> to settings.xml"
                + (pull ? "" : " (or name another id in registryServerId, olympe.registryServerId)")
                + ", or run 'docker login"
                + (registry.equals(ImageReference.DOCKER_HUB) ? "" : " " + registry) + "'";
        return credentials
                .find(registry)
                .map(credential -> "the registry '" + registry + "' does not allow it with the credentials of "
                        + credential.source() + " (" + failure.text() + "); give that user the right to "
                        + (pull ? "pull" : "push") + ", or set others: add " + set)
                .orElseGet(
                        () -> "the registry '" + registry + "' does not allow it without credentials (" + failure.text()
                                + "), and none were found in " + credentials.places(registry) + "; add " + set);
    }
}
