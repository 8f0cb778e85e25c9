package io.github.olympe.maven.snapshot.git;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.eclipse.jgit.internal.transport.sshd.OpenSshServerKeyDatabase;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Checks the keys of SSH hosts, always strictly: unknown hosts are refused, and no file is ever written. {@code StrictHostKeyChecking} in
 * the user's SSH configuration does not change that, because it is meant for interactive use.
 *
 * <p>The files are those that ssh reads: of the user ({@code UserKnownHostsFile}) and of the system ({@code GlobalKnownHostsFile}); if a
 * parameter names a file, only that one.
 */
final class KnownHosts implements ServerKeyDatabase {

    /**
     * A host that was refused.
     *
     * @param name the requested host with its port
     * @param key the type and fingerprint of the key that it showed
     * @param changed whether the host is known with another key
     * @param file the file to which a user would add the host
     */
    record Refused(String name, String key, boolean changed, Path file) {}

    private final ServerKeyDatabase files = new OpenSshServerKeyDatabase(false, List.of());
    private final Optional<Path> only;
    private final List<Path> user;
    private final List<Path> system;
    private @Nullable Refused refused;

    /**
     * Creates the database of known hosts.
     *
     * @param only the file of the parameter {@code gitKnownHosts}, if it is set
     * @param user the user's files, if the SSH configuration names no others
     * @param system the system's files, if the SSH configuration names no others
     */
    KnownHosts(Optional<Path> only, List<Path> user, List<Path> system) {
        this.only = only;
        this.user = user;
        this.system = system;
    }

    @Override
    public List<PublicKey> lookup(String connectAddress, InetSocketAddress remoteAddress, Configuration configuration) {
        return files.lookup(connectAddress, remoteAddress, new Strict(files(configuration)));
    }

    @Override
    public boolean accept(
            String connectAddress,
            InetSocketAddress remoteAddress,
            PublicKey serverKey,
            Configuration configuration,
            @Nullable CredentialsProvider provider) {
        List<Path> used = files(configuration);
        if (files.accept(connectAddress, remoteAddress, serverKey, new Strict(used), null)) {
            return true;
        }
        refused = new Refused(
                connectAddress,
                KeyUtils.getKeyType(serverKey) + " " + KeyUtils.getFingerPrint(serverKey),
                !lookup(connectAddress, remoteAddress, configuration).isEmpty(),
                used.stream().filter(Files::isRegularFile).findFirst().orElseGet(() -> user.get(0)));
        return false;
    }

    Optional<Refused> refused() {
        return Optional.ofNullable(refused);
    }

    private List<Path> files(Configuration configuration) {
        if (only.isPresent()) {
            return List.of(only.get());
        }
        List<Path> all = new ArrayList<>(configured(configuration.getUserKnownHostsFiles(), user));
        all.addAll(configured(configuration.getGlobalKnownHostsFiles(), system));
        return all;
    }

    private static List<Path> configured(@Nullable List<String> names, List<Path> otherwise) {
        return names == null || names.isEmpty()
                ? otherwise
                : names.stream()
                        .filter(name -> !name.equalsIgnoreCase("none"))
                        .map(Path::of)
                        .toList();
    }

    /** JGit's database reads only the user's files, so all files are passed as such. It asks nobody and writes nothing. */
    private record Strict(List<Path> files) implements Configuration {

        @Override
        public List<String> getUserKnownHostsFiles() {
            return files.stream().map(Path::toString).toList();
        }

        @Override
        public List<String> getGlobalKnownHostsFiles() {
            return List.of();
        }

        @Override
        public StrictHostKeyChecking getStrictHostKeyChecking() {
            return StrictHostKeyChecking.REQUIRE_MATCH;
        }

        @Override
        public boolean getHashKnownHosts() {
            return false;
        }

        @Override
        public String getUsername() {
            return "";
        }
    }
}
