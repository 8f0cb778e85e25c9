package io.github.olympe.maven.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.UploadPack;

/** An SSH server in this JVM that serves one bare repository with JGit's server side, to users with a key that the test allows. */
public final class EmbeddedSshServer implements AutoCloseable {

    private final SshServer server;
    private final Path repository;
    private final PublicKey hostKey;
    private final List<PublicKey> letIn = new CopyOnWriteArrayList<>();
    private final List<String> users = new CopyOnWriteArrayList<>();
    private final List<String> offered = new CopyOnWriteArrayList<>();

    private EmbeddedSshServer(SshServer server, Path repository, PublicKey hostKey) {
        this.server = server;
        this.repository = repository;
        this.hostKey = hostKey;
    }

    /** Starts a server for this bare repository. */
    public static EmbeddedSshServer start(Path bareRepository) {
        KeyPair host = newKey();
        SshServer ssh = SshServer.setUpDefaultServer();
        EmbeddedSshServer server = new EmbeddedSshServer(ssh, bareRepository, host.getPublic());
        ssh.setHost("127.0.0.1");
        ssh.setPort(0);
        ssh.setKeyPairProvider(KeyPairProvider.wrap(host));
        ssh.setPublickeyAuthenticator((user, key, session) -> server.letsIn(user, key));
        ssh.setCommandFactory((channel, command) -> server.new Service(command));
        try {
            ssh.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return server;
    }

    /** A new pair of keys. */
    public static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean letsIn(String user, PublicKey key) {
        users.add(user);
        offered.add(KeyUtils.getFingerPrint(key));
        return KeyUtils.findMatchingKey(key, letIn) != null;
    }

    /** Allows users with this private key. */
    public EmbeddedSshServer lettingIn(PublicKey key) {
        letIn.add(key);
        return this;
    }

    /** The address of the repository, for this user. */
    public String url(String user) {
        return "ssh://" + user + "@" + authority() + "/group/repo.git";
    }

    /** Returns the address of the repository without a user. */
    public String url() {
        return "ssh://" + authority() + "/group/repo.git";
    }

    private String authority() {
        return "127.0.0.1:" + server.getPort();
    }

    /** The line of {@code known_hosts} for this server. */
    public String knownHostsLine() {
        return knownHostsLine(hostKey);
    }

    /** Returns the line of {@code known_hosts} for a server on this address with another key. */
    public String knownHostsLine(PublicKey key) {
        return "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(key) + "\n";
    }

    /** Returns the type and the fingerprint of its key. */
    public String hostKey() {
        return KeyUtils.getKeyType(hostKey) + " " + KeyUtils.getFingerPrint(hostKey);
    }

    /** Returns the user of each attempt to log in. */
    public List<String> users() {
        return List.copyOf(users);
    }

    /** Returns the fingerprint of each key that was offered. */
    public List<String> offered() {
        return List.copyOf(offered);
    }

    @Override
    public void close() {
        try {
            server.stop(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One {@code git-upload-pack} or {@code git-receive-pack}. */
    private final class Service implements Command {

        private final String command;
        private InputStream in = InputStream.nullInputStream();
        private OutputStream out = OutputStream.nullOutputStream();
        private OutputStream err = OutputStream.nullOutputStream();
        private ExitCallback exit = (code, message, close) -> {};

        Service(String command) {
            this.command = command;
        }

        @Override
        public void start(ChannelSession channel, Environment environment) {
            LoopbackListener.daemon(() -> {
                try (Repository git = new FileRepositoryBuilder()
                        .setBare()
                        .setGitDir(repository.toFile())
                        .build()) {
                    serve(git, environment.getEnv().getOrDefault("GIT_PROTOCOL", ""));
                    exit.onExit(0);
                } catch (IOException e) {
                    exit.onExit(1, String.valueOf(e.getMessage()));
                }
            });
        }

        private void serve(Repository git, String protocol) throws IOException {
            switch (command) {
                case "git-upload-pack '/group/repo.git'" -> {
                    UploadPack pack = new UploadPack(git);
                    pack.setExtraParameters(Set.of(protocol.split(":")));
                    pack.upload(in, out, err);
                }
                case "git-receive-pack '/group/repo.git'" -> new ReceivePack(git).receive(in, out, err);
                default -> throw new IOException("no such command: " + command);
            }
        }

        @Override
        public void setInputStream(InputStream stream) {
            in = stream;
        }

        @Override
        public void setOutputStream(OutputStream stream) {
            out = stream;
        }

        @Override
        public void setErrorStream(OutputStream stream) {
            err = stream;
        }

        @Override
        public void setExitCallback(ExitCallback callback) {
            exit = callback;
        }

        @Override
        public void destroy(ChannelSession channel) {
            // Its thread ends with the streams.
        }
    }
}
