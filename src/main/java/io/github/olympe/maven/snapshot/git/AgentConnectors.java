package io.github.olympe.maven.snapshot.git;

import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.transport.sshd.agent.AbstractConnector;
import org.eclipse.jgit.transport.sshd.agent.Connector;
import org.eclipse.jgit.transport.sshd.agent.ConnectorFactory;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the SSH agent with Java's own Unix domain sockets. (JGit's connectors need a native library, about which newer Java versions
 * warn.)
 *
 * @param socket the agent's socket, absent if there is no agent
 */
record AgentConnectors(Optional<Path> socket) implements ConnectorFactory {

    private static final ConnectorDescriptor DESCRIPTOR = new ConnectorDescriptor() {
        @Override
        public String getIdentityAgent() {
            return "SSH_AUTH_SOCK";
        }

        @Override
        public String getDisplayName() {
            return "SSH agent";
        }
    };

    @Override
    public @Nullable Connector create(@Nullable String identityAgent, @Nullable File homeDirectory) {
        boolean named = identityAgent != null
                && !identityAgent.isBlank()
                && !identityAgent.equals(DESCRIPTOR.getIdentityAgent());
        Optional<Path> path = named ? Optional.of(Path.of(identityAgent)) : socket;
        return path.filter(Files::exists).map(SocketConnector::new).orElse(null);
    }

    @Override
    public boolean isSupported() {
        return true;
    }

    @Override
    public String getName() {
        return "olympe-agent-sockets";
    }

    @Override
    public Collection<ConnectorDescriptor> getSupportedConnectors() {
        return List.of(DESCRIPTOR);
    }

    @Override
    public ConnectorDescriptor getDefaultConnector() {
        return DESCRIPTOR;
    }

    private static final class SocketConnector extends AbstractConnector {

        private final Path path;
        private @Nullable SocketChannel channel;

        SocketConnector(Path path) {
            this.path = path;
        }

        @Override
        public boolean connect() throws IOException {
            if (channel == null) {
                SocketChannel opened = SocketChannel.open(StandardProtocolFamily.UNIX);
                try {
                    opened.connect(UnixDomainSocketAddress.of(path));
                } catch (IOException e) {
                    opened.close();
                    // An agent that has gone counts as none. Keys in files are still tried.
                    return false;
                }
                channel = opened;
            }
            return true;
        }

        @Override
        public byte[] rpc(byte command, byte[] message) throws IOException {
            SocketChannel open = channel;
            if (open == null) {
                throw new IOException("not connected to the SSH agent");
            }
            prepareMessage(command, message);
            ByteBuffer request = ByteBuffer.wrap(message);
            while (request.hasRemaining()) {
                open.write(request);
            }
            byte[] length = read(open, 4);
            return read(open, toLength(command, length));
        }

        private static byte[] read(SocketChannel open, int size) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(size);
            while (buffer.hasRemaining()) {
                if (open.read(buffer) < 0) {
                    throw new EOFException("the SSH agent closed the connection");
                }
            }
            return buffer.array();
        }

        @Override
        public void close() throws IOException {
            if (channel != null) {
                channel.close();
                channel = null;
            }
        }
    }
}
