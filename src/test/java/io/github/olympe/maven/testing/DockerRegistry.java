package io.github.olympe.maven.testing;

import io.github.olympe.maven.io.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Debian's {@code docker-registry} in its own process, on a free port of 127.0.0.1, with its content in a temporary folder. */
public final class DockerRegistry implements AutoCloseable {

    private static final RequiredProgram PROGRAM = new RequiredProgram("docker-registry", "docker-registry");

    private final Process process;
    private final Path folder;
    private final int port;

    /** The options for starting one. */
    public static final class Builder {

        private String tls = "";
        private String auth = "";

        /** Speaks TLS. */
        public Builder tls(TestCertificate certificate) {
            tls = "  tls:\n    certificate: " + certificate.certificatePem() + "\n    key: " + certificate.keyPem()
                    + "\n";
            return this;
        }

        /** Asks for this user and password (htpasswd). */
        public Builder htpasswd(Path folder, String user, String password) {
            try {
                Path file = folder.resolve("htpasswd");
                Files.writeString(file, new RequiredProgram("htpasswd", "apache2-utils").run("-Bbn", user, password));
                auth = "auth:\n  htpasswd:\n    realm: test\n    path: " + file + "\n";
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Asks for tokens of this server. */
        public Builder tokens(TokenServer server) {
            auth = "auth:\n  token:\n    realm: " + server.realm() + "\n    service: " + TokenServer.SERVICE
                    + "\n    issuer: " + TokenServer.ISSUER + "\n    rootcertbundle: "
                    + server.certificate().certificatePem() + "\n";
            return this;
        }

        /** Starts it, and waits until it listens. */
        public DockerRegistry start() {
            try {
                Path folder = Files.createTempDirectory("olympe-docker-registry");
                int port = FreePort.find();
                Path config = folder.resolve("config.yml");
                Files.writeString(
                        config,
                        "version: 0.1\nlog:\n  level: error\n  accesslog:\n    disabled: true\nstorage:\n  filesystem:\n"
                                + "    rootdirectory: " + folder.resolve("storage")
                                + "\nhttp:\n  addr: 127.0.0.1:" + port + "\n" + tls + auth);
                Path log = folder.resolve("log");
                Process process = new ProcessBuilder(PROGRAM.path(), "serve", config.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
                waitFor(port, process, log);
                return new DockerRegistry(process, folder, port);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void waitFor(int port, Process process, Path log) throws IOException {
            Waiting.until("docker-registry listens", () -> FreePort.isListenedOn(port) || !process.isAlive());
            if (!process.isAlive()) {
                throw new AssertionError("docker-registry does not start: " + Files.readString(log));
            }
        }
    }

    private DockerRegistry(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /** Returns the options for a registry that is not started yet. */
    public static Builder builder() {
        return new Builder();
    }

    /** Starts one that is open to everybody. */
    public static DockerRegistry start() {
        return builder().start();
    }

    /** Returns host and port, as in image references. */
    public String host() {
        return "127.0.0.1:" + port;
    }

    /** Returns the file in which it keeps a blob. */
    public Path blob(String digest) {
        String hex = digest.substring(digest.indexOf(':') + 1);
        return folder.resolve("storage/docker/registry/v2/blobs/sha256")
                .resolve(hex.substring(0, 2))
                .resolve(hex)
                .resolve("data");
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            FileTree.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
