package io.github.olympe.maven.snapshot.git;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.eclipse.jgit.internal.transport.sshd.OpenSshServerKeyDatabase;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;
import org.jspecify.annotations.Nullable;

/** The hosts that are known; it remembers the one that it refused, since the failure of the connection does not tell. */
final class KnownHosts implements ServerKeyDatabase {

    /**
     * A host that was refused.
     *
     * @param name the host as it was asked for, with its port
     * @param key the kind and the fingerprint of the key that it showed
     * @param changed whether the host is known with another key
     */
    record Refused(String name, String key, boolean changed) {}

    private final ServerKeyDatabase files;
    private @Nullable Refused refused;

    KnownHosts(List<Path> defaultFiles) {
        this.files = new OpenSshServerKeyDatabase(false, defaultFiles);
    }

    @Override
    public List<PublicKey> lookup(String connectAddress, InetSocketAddress remoteAddress, Configuration configuration) {
        return files.lookup(connectAddress, remoteAddress, configuration);
    }

    @Override
    public boolean accept(
            String connectAddress,
            InetSocketAddress remoteAddress,
            PublicKey serverKey,
            Configuration configuration,
            @Nullable CredentialsProvider provider) {
        if (files.accept(connectAddress, remoteAddress, serverKey, configuration, provider)) {
            return true;
        }
        refused = new Refused(
                connectAddress,
                KeyUtils.getKeyType(serverKey) + " " + KeyUtils.getFingerPrint(serverKey),
                !lookup(connectAddress, remoteAddress, configuration).isEmpty());
        return false;
    }

    Optional<Refused> refused() {
        return Optional.ofNullable(refused);
    }
}
