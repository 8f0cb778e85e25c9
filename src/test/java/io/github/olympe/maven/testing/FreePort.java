package io.github.olympe.maven.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports on loopback for servers that cannot choose one themselves. Nobody else takes the port between its choice and the start of the
 * server: it is below those that systems give to connections, and no other test in any JVM of the build gets it.
 */
public final class FreePort {

    private static final int FIRST = 20_000;
    private static final int AFTER_LAST = 32_000;
    private static final List<FileLock> TAKEN = new ArrayList<>();

    private FreePort() {}

    /** Returns a port on which nothing listens. It belongs to the caller until this JVM ends. */
    public static synchronized int find() {
        try {
            Path folder = Files.createDirectories(MavenBuild.TARGET.resolve("ports"));
            while (true) {
                int port = ThreadLocalRandom.current().nextInt(FIRST, AFTER_LAST);
                if (isFree(port) && take(folder.resolve(String.valueOf(port)))) {
                    return port;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean take(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                TAKEN.add(lock);
                return true;
            }
        } catch (OverlappingFileLockException e) {
            // Another test of this JVM has it.
        }
        channel.close();
        return false;
    }

    /** Waits until something listens on a port. */
    public static void await(int port) {
        Waiting.until("something listens on port " + port, () -> isListenedOn(port));
    }

    static boolean isListenedOn(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
