package io.github.olympe.maven.image;

import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.credential.Credentials;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.http.HttpTimeouts;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.registry.ImageLog;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.InsecureRegistries;
import io.github.olympe.maven.registry.credential.RegistryCredentials;
import io.github.olympe.maven.registry.protocol.RetryPolicy;
import io.github.olympe.maven.text.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Registries with settings for a test: short pauses, its own credentials and proxies, and a log that the test can read. */
public final class RegistryFixture {

    public final List<String> log = new CopyOnWriteArrayList<>();
    final SecretMask mask = new SecretMask();
    private final Map<String, Credential> servers = new HashMap<>();
    private final Map<String, String> environment;
    private final Path folder;
    HttpProxies proxies = HttpProxies.none();
    InsecureRegistries insecure = InsecureRegistries.none();
    HttpTimeouts timeouts = new HttpTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Optional.empty());
    RetryPolicy retries = RetryPolicy.standard().withPauses(Duration.ofMillis(2), Duration.ofMillis(20));

    /** The folder has its cache and an empty home. */
    public RegistryFixture(Path folder) {
        this.folder = folder;
        this.environment = new HashMap<>(Map.of("HOME", folder.resolve("home").toString()));
    }

    public RegistryFixture server(String id, String username, String password) {
        servers.put(id, Credential.ofUser("server '" + id + "' of settings.xml", username, Secret.of(password)));
        return this;
    }

    /** Uses the pauses of a build, for a real registry. */
    public RegistryFixture withRealPauses() {
        retries = RetryPolicy.standard();
        return this;
    }

    /** Retries nothing. */
    public RegistryFixture tryingOnce() {
        retries = retries.withAttempts(1);
        return this;
    }

    RegistryFixture variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public Registries open() {
        Credentials credentials = new Credentials(id -> Optional.ofNullable(servers.get(id)), environment, mask);
        ImageLog imageLog = new LevelLog(log);
        return Registries.open(
                new RegistryCredentials(credentials, null, "", environment, imageLog),
                proxies,
                insecure,
                timeouts,
                retries,
                imageLog);
    }

    public Path cache() {
        return folder.resolve("cache");
    }

    public static ImageReference reference(String text) {
        return ImageReference.of("baseImage", text);
    }
}
