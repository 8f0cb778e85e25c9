package io.github.olympe.maven.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.testing.BareRepository;
import io.github.olympe.maven.testing.EmbeddedSshAgent;
import io.github.olympe.maven.testing.EmbeddedSshServer;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pushes a snapshot over SSH: which hosts are known, and which keys may log in. {@link SnapshotConformanceTest} does this with OpenSSH. */
class SshPushTest extends SnapshotProject {

    private static final KeyPair KEY = EmbeddedSshServer.newKey();

    private BareRepository repository;
    private EmbeddedSshServer server;
    private Path known;

    @BeforeEach
    void server() throws IOException {
        repository = repository("develop");
        server = EmbeddedSshServer.start(repository.folder()).lettingIn(KEY.getPublic());
        known = Files.createDirectories(home.resolve(".ssh")).resolve("known_hosts");
        Files.writeString(known, server.knownHostsLine());
        standIn.writes(Map.of("Home/one.json", "{\"one\":1}"));
        entry(server.url("git"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void entry(String url) throws IOException {
        config("res/snapshot-config.json", "'name': 'Shop', 'rootTags': ['abc']", "'repo': '" + url + "'");
    }

    /** In the format of ssh-keygen. */
    private Path file(Path file, KeyPair pair, String passphrase) throws IOException {
        OpenSSHKeyEncryptionContext encryption = null;
        if (!passphrase.isEmpty()) {
            encryption = new OpenSSHKeyEncryptionContext();
            encryption.setCipherType("256");
            encryption.setPassword(passphrase);
            encryption.setKdfRounds(1);
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "test", encryption, out);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        return file;
    }

    private static Optional<Credential> server(Path key, Optional<String> passphrase) {
        return Optional.of(new Credential(
                "server 'git' of settings.xml",
                Optional.of("robot"),
                Optional.empty(),
                Optional.of(key),
                passphrase.map(Secret::of)));
    }

    private void assertPushed() {
        assertThat(repository.files("develop")).containsEntry("snapshot/abc/Home/one.json", "100644 {\"one\":1}");
    }

    private void assertNothingPushed() {
        assertThat(repository.files("develop")).containsOnlyKeys("README.md", "bin/run.sh");
    }

    private void assertFails(String... parts) {
        var failure = assertThatExceptionOfType(OlympeException.class).isThrownBy(this::run);
        for (String part : parts) {
            failure.withMessageContaining(part);
        }
        assertNothingPushed();
    }

    @Test
    void theAgentsKeyAuthenticates() throws IOException {
        try (EmbeddedSshAgent agent = EmbeddedSshAgent.start(EmbeddedSshServer.newKey(), KEY)) {
            environment.put("SSH_AUTH_SOCK", agent.socket().toString());
            run();
        }
        assertPushed();
        assertThat(server.users()).containsOnly("git");
    }

    @Test
    void theConfigurationMayNameAnotherAgentOrNone() throws IOException {
        try (EmbeddedSshAgent agent = EmbeddedSshAgent.start(KEY)) {
            environment.put("SSH_AUTH_SOCK", agent.socket().toString());
            Files.writeString(home.resolve(".ssh/config"), "Host *\n  IdentityAgent none\n");
            assertFails("Authentication to '" + server.url("git") + "' failed");
            assertThat(server.offered()).isEmpty();

            environment.remove("SSH_AUTH_SOCK");
            Files.writeString(home.resolve(".ssh/config"), "Host *\n  IdentityAgent " + agent.socket() + "\n");
            run();
        }
        assertPushed();
    }

    @Test
    void anAgentThatHasEndedIsIgnored() throws IOException {
        Path socket;
        try (EmbeddedSshAgent agent = EmbeddedSshAgent.start(KEY)) {
            socket = agent.socket();
        }
        for (String variable : new String[] {socket.toString(), " "}) {
            environment.put("SSH_AUTH_SOCK", variable);
            assertFails("failed with the keys of the SSH agent and of ~/.ssh", "Add the public key to the server");
        }

        Path deaf = Files.writeString(folder.resolve("no-socket"), "");
        environment.put("SSH_AUTH_SOCK", deaf.toString());
        file(home.resolve(".ssh/id_ecdsa"), KEY, "");
        run();
        assertPushed();
    }

    @Test
    void anAgentThatClosesTheConnectionIsAnAuthenticationFailure() throws IOException {
        try (EmbeddedSshAgent agent = EmbeddedSshAgent.start(KEY).hangingUp()) {
            environment.put("SSH_AUTH_SOCK", agent.socket().toString());
            assertFails("'" + server.url("git") + "'");
        }
    }

    @Test
    void anUnknownHostIsRefusedBeforeAnyKeyIsOffered() throws IOException {
        Files.delete(known);
        credential = server(file(folder.resolve("key"), KEY, ""), Optional.empty());

        assertFails(
                "of the repository '" + server.url("git") + "' is unknown; it shows the key " + server.hostKey(),
                "add it to '" + known + "'");

        assertThat(server.offered()).isEmpty();
        assertThat(known).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "accept-new", "ask"})
    void aHostWhoseKeyHasChangedIsRefusedWhateverTheConfigurationSays(String checking) throws IOException {
        String other = server.knownHostsLine(EmbeddedSshServer.newKey().getPublic());
        Files.writeString(known, other);
        Files.writeString(home.resolve(".ssh/config"), "Host *\n  StrictHostKeyChecking " + checking + "\n");
        credential = server(file(folder.resolve("key"), KEY, ""), Optional.empty());

        assertFails(
                "shows the key " + server.hostKey() + ", but is known with another one",
                "before you correct its line in '" + known + "'");

        assertThat(server.offered()).isEmpty();
        assertThat(known).hasContent(other);
    }

    @Test
    void aPrivateKeyOfTheSettingsAuthenticates() throws IOException {
        entry(server.url());
        for (String passphrase : new String[] {"", "pa55phrase"}) {
            credential = server(
                    file(folder.resolve("key" + passphrase), KEY, passphrase),
                    Optional.of(passphrase).filter(secret -> !secret.isEmpty()));
            run();
        }
        assertPushed();
        assertThat(server.users()).containsOnly("robot");
        assertThat(server.offered()).containsOnly(KeyUtils.getFingerPrint(KEY.getPublic()));
    }

    @Test
    void aRejectedPrivateKeyIsAnError() throws IOException {
        Path stranger = file(folder.resolve("stranger"), EmbeddedSshServer.newKey(), "");
        credential = server(stranger, Optional.empty());
        assertFails("failed with the key of server 'git' of settings.xml", "Add the public key to the server");

        Path locked = file(folder.resolve("locked"), KEY, "pa55phrase");
        credential = server(locked, Optional.of("wr0ngphrase"));
        assertThatExceptionOfType(OlympeException.class)
                .isThrownBy(this::run)
                .withMessageContaining(
                        "Authentication to '" + server.url("git") + "' failed with the key of server 'git'")
                .matches(e -> !String.valueOf(e.getMessage()).contains("wr0ngphrase"));

        Path missing = folder.resolve("missing");
        credential = server(missing, Optional.empty());
        assertFails("The private key '" + missing + "' of server 'git' of settings.xml cannot be read");
    }
}
