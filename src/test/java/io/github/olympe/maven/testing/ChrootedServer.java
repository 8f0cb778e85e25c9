package io.github.olympe.maven.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server that runs in an unpacked image, as in a container, and answers on a port of 127.0.0.1. */
public final class ChrootedServer implements AutoCloseable {

    private static final RequiredProgram CHROOT = new RequiredProgram("chroot", "coreutils");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final int port;
    private final Path log;

    private ChrootedServer(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** Starts a command as root. */
    public static ChrootedServer start(Path root, int port, String... command) throws IOException {
        return start(root, port, "0:0", Map.of(), command);
    }

    /**
     * Starts a command.
     *
     * @param root the unpacked image
     * @param port where the command listens
     * @param user the ids of user and group that it runs as: {@code 1000:0}
     * @param environment variables in addition to those of this process
     */
    public static ChrootedServer start(
            Path root, int port, String user, Map<String, String> environment, String... command) throws IOException {
        List<String> all = new ArrayList<>(List.of(CHROOT.path(), "--userspec=" + user, root.toString()));
        all.addAll(Arrays.asList(command));
        Path log = Files.createTempFile("olympe-server", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return new ChrootedServer(builder.start(), port, log);
    }

    /**
     * Returns the answer to a request for a path, after waiting for the server to start.
     *
     * @param headers names and values in turn
     */
    public HttpResponse<String> fetch(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        Instant deadline = Instant.now().plusSeconds(60);
        while (true) {
            try {
                return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            } catch (IOException e) {
                if (Instant.now().isAfter(deadline) || !process.isAlive()) {
                    throw new AssertionError("no answer: " + Files.readString(log), e);
                }
                Waiting.delay(Duration.ofMillis(100));
            }
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        Files.delete(log);
    }
}
