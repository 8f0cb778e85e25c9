package io.github.olympe.maven.testing;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import org.apache.sshd.agent.common.AbstractAgentClient;
import org.apache.sshd.agent.local.AgentImpl;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** An SSH agent in this JVM, on a Unix domain socket like {@code ssh-agent}. */
public final class EmbeddedSshAgent implements AutoCloseable {

    private static final int LARGEST = 1 << 16;

    private final AgentImpl keys = new AgentImpl();
    private final Path folder;
    private final ServerSocketChannel listener;
    private volatile boolean hangsUp;

    private EmbeddedSshAgent(Path folder, ServerSocketChannel listener) {
        this.folder = folder;
        this.listener = listener;
    }

    /** Starts one with these keys. */
    public static EmbeddedSshAgent start(KeyPair... pairs) {
        try {
            // Not in the test's folder: the path of a socket has at most some 100 characters.
            Path folder = Files.createTempDirectory("agent");
            ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listener.bind(UnixDomainSocketAddress.of(folder.resolve("socket")));
            EmbeddedSshAgent agent = new EmbeddedSshAgent(folder, listener);
            for (KeyPair pair : pairs) {
                agent.keys.addIdentity(pair, "test");
            }
            LoopbackListener.daemon(agent::listen);
            return agent;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on, closes the connection instead of answering. */
    public EmbeddedSshAgent hangingUp() {
        hangsUp = true;
        return this;
    }

    /** Returns the value for {@code SSH_AUTH_SOCK}. */
    public Path socket() {
        return folder.resolve("socket");
    }

    private void listen() {
        while (listener.isOpen()) {
            try {
                SocketChannel client = listener.accept();
                LoopbackListener.daemon(() -> answer(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(SocketChannel client) {
        try (client) {
            Answers answers = new Answers(client);
            while (true) {
                byte[] length = read(client, Integer.BYTES);
                int size = ByteBuffer.wrap(length).getInt();
                if (size > LARGEST) {
                    throw new IOException("a message of " + size + " bytes");
                }
                ByteArrayBuffer message = new ByteArrayBuffer();
                message.putRawBytes(length);
                message.putRawBytes(read(client, size));
                if (hangsUp) {
                    return;
                }
                answers.messageReceived(message);
            }
        } catch (IOException e) {
            // The client has closed the connection.
        }
    }

    private static byte[] read(SocketChannel client, int size) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(size);
        while (bytes.hasRemaining()) {
            if (client.read(bytes) < 0) {
                throw new EOFException();
            }
        }
        return bytes.array();
    }

    @Override
    public void close() {
        try {
            listener.close();
            Files.deleteIfExists(socket());
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Answers extends AbstractAgentClient {

        private final SocketChannel client;

        Answers(SocketChannel client) {
            super(keys);
            this.client = client;
        }

        @Override
        protected void reply(Buffer answer) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(answer.array(), answer.rpos(), answer.available());
            while (bytes.hasRemaining()) {
                client.write(bytes);
            }
        }
    }
}
