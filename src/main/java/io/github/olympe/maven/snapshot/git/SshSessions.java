package io.github.olympe.maven.snapshot.git;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.text.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.sshd.KeyPasswordProvider;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;
import org.jspecify.annotations.Nullable;

/**
 * SSH sessions as git uses them: with the user's configuration, keys, agent and known hosts, or the private key of a server of
 * {@code settings.xml}.
 */
final class SshSessions implements AutoCloseable {

    /** OpenSSH's folder for the system's configuration and known hosts. */
    private static final Path SYSTEM = Path.of("/etc/ssh");

    private final KnownHosts knownHosts;
    private final SshdSessionFactory factory;

    private SshSessions(KnownHosts knownHosts, SshdSessionFactory factory) {
        this.knownHosts = knownHosts;
        this.factory = factory;
    }

    /**
     * Returns sessions with these settings.
     *
     * @throws OlympeException if the private key of the settings cannot be read
     */
    static SshSessions of(GitSettings settings) {
        Path ssh = settings.home().resolve(".ssh");
        KnownHosts hosts = new KnownHosts(
                settings.knownHosts(),
                List.of(ssh.resolve("known_hosts"), ssh.resolve("known_hosts2")),
                List.of(SYSTEM.resolve("ssh_known_hosts"), SYSTEM.resolve("ssh_known_hosts2")));
        SshdSessionFactoryBuilder builder = new SshdSessionFactoryBuilder()
                .setHomeDirectory(settings.home().toFile())
                .setSshDirectory(ssh.toFile())
                .setConfigStoreFactory((home, file, user) ->
                        new SshConfiguration(home.toPath(), file.toPath(), SYSTEM.resolve("ssh_config"), user))
                .setServerKeyDatabase((home, folder) -> hosts)
                .setConnectorFactory(new AgentConnectors(
                        Optional.ofNullable(settings.environment().get("SSH_AUTH_SOCK"))
                                .filter(path -> !path.isBlank())
                                .map(Path::of)))
                .setKeyPasswordProvider(
                        provider -> new Passphrase(settings.credential().flatMap(Credential::passphrase)));
        settings.credential().flatMap(Credential::privateKey).ifPresent(key -> {
            if (!Files.isReadable(key)) {
                throw new OlympeException(String.format(
                        "The private key '%s' of %s cannot be read. Correct the <privateKey> of the server.",
                        key, settings.credential().map(Credential::source).orElse("")));
            }
            builder.setDefaultIdentities(folder -> List.of(key));
        });
        return new SshSessions(hosts, builder.build(null));
    }

    SshdSessionFactory factory() {
        return factory;
    }

    /** Returns the host that was refused because its key is unknown. */
    Optional<KnownHosts.Refused> refusedHost() {
        return knownHosts.refused();
    }

    @Override
    public void close() {
        factory.close();
    }

    /** Decrypts private keys with the only passphrase. */
    private record Passphrase(Optional<Secret> secret) implements KeyPasswordProvider {

        @Override
        @SuppressWarnings("NullAway") // JGit's contract: null if there is no passphrase
        public char[] getPassphrase(URIish uri, int attempt) {
            return attempt == 0 ? secret.map(s -> s.reveal().toCharArray()).orElse(null) : null;
        }

        @Override
        public void setAttempts(int maxNumberOfAttempts) {
            // There is one passphrase, so there is one attempt.
        }

        @Override
        public boolean keyLoaded(URIish uri, int attempt, @Nullable Exception error) {
            return false;
        }
    }
}
