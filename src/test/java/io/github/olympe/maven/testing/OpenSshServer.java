package io.github.olympe.maven.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A real OpenSSH server on loopback, with its own keys and configuration. This user may log in with the keys that a test allows. */
public final class OpenSshServer implements AutoCloseable {

    private final Path work;
    private final int port;
    private final Process process;

    private OpenSshServer(Path work, int port, Process process) {
        this.work = work;
        this.port = port;
        this.process = process;
    }

    /** Starts it, with its files in this folder. */
    public static OpenSshServer start(Path work) {
        Path sshd = RealProgram.find("sshd", "openssh-server");
        RealProgram.find("git", "git");
        try {
            Files.createDirectories(work);
            if (Files.isWritable(Path.of("/run"))) {
                Files.createDirectories(Path.of("/run/sshd"));
            }
            generateKey(work.resolve("host_key"), "ed25519", "");
            Path authorized = Files.createFile(work.resolve("authorized_keys"));
            int port = FreePort.find();
            Path config = Files.writeString(work.resolve("sshd_config"), """
                    ListenAddress 127.0.0.1
                    Port %d
                    HostKey %s
                    AuthorizedKeysFile %s
                    PidFile %s
                    StrictModes no
                    UsePAM no
                    PasswordAuthentication no
                    KbdInteractiveAuthentication no
                    PermitRootLogin prohibit-password
                    """.formatted(
                            port, work.resolve("host_key"), authorized, work.resolve("sshd.pid")));
            Process process = new ProcessBuilder(sshd.toString(), "-D", "-e", "-f", config.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(work.resolve("sshd.log").toFile())
                    .start();
            FreePort.await(port);
            return new OpenSshServer(work, port, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a pair of keys, {@code file} and {@code file.pub}. */
    public static void generateKey(Path file, String type, String passphrase) {
        Path keygen = RealProgram.find("ssh-keygen", "openssh-client");
        RealProgram.run(
                file.getParent(),
                keygen.toString(),
                "-q",
                "-t",
                type,
                "-N",
                passphrase,
                "-C",
                "test",
                "-f",
                file.toString());
    }

    /** Allows users with this private key. */
    public void letIn(Path key) {
        try {
            Files.writeString(
                    work.resolve("authorized_keys"),
                    Files.readString(Path.of(key + ".pub")),
                    StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The line of {@code known_hosts} for this server. */
    public String knownHostsLine() {
        return knownHostsLine(work.resolve("host_key"));
    }

    /** Returns the line of {@code known_hosts} for a server on this address with another key. */
    public String knownHostsLine(Path hostKey) {
        try {
            return "[127.0.0.1]:" + port + " " + Files.readString(Path.of(hostKey + ".pub"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of a repository. */
    public String url(Path repository) {
        return "ssh://" + System.getProperty("user.name") + "@127.0.0.1:" + port + repository.toAbsolutePath();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
