package io.github.olympe.maven.snapshot.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.olympe.maven.testing.EmbeddedSshAgent;
import io.github.olympe.maven.testing.EmbeddedSshServer;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.transport.sshd.agent.Connector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent that JGit asks for keys is the user's, or the one that the SSH configuration names. */
class AgentConnectorsTest {

    private static final byte IDENTITIES = 11;
    private static final byte ANSWER = 12;

    @TempDir
    Path folder;

    private static byte[] request() {
        return new byte[5];
    }

    @Test
    void theUsersAgentAnswersUnlessTheConfigurationNamesAnother() throws IOException {
        try (EmbeddedSshAgent own = EmbeddedSshAgent.start(EmbeddedSshServer.newKey());
                EmbeddedSshAgent other = EmbeddedSshAgent.start()) {
            AgentConnectors connectors = new AgentConnectors(Optional.of(own.socket()));
            for (String name : new String[] {null, "", " ", "SSH_AUTH_SOCK"}) {
                assertThat(keys(connectors, name)).isEqualTo(1);
            }
            assertThat(keys(connectors, other.socket().toString())).isZero();
        }
    }

    private static int keys(AgentConnectors connectors, String name) throws IOException {
        try (Connector connector = connectors.create(name, null)) {
            assertThat(connector.connect()).isTrue();
            assertThat(connector.connect()).isTrue();
            byte[] answer = connector.rpc(IDENTITIES, request());
            assertThat(answer[0]).isEqualTo(ANSWER);
            return answer[4];
        }
    }

    @Test
    void withoutASocketThereIsNoAgent() {
        assertThat(new AgentConnectors(Optional.empty()).create(null, null)).isNull();
        assertThat(new AgentConnectors(Optional.of(folder.resolve("gone"))).create(null, null))
                .isNull();
        assertThat(new AgentConnectors(Optional.empty())
                        .create(folder.resolve("gone").toString(), null))
                .isNull();
    }

    @Test
    void anAgentThatHasEndedCountsAsNone() throws IOException {
        Path file = Files.writeString(folder.resolve("no-socket"), "");
        try (Connector connector = new AgentConnectors(Optional.of(file)).create(null, null)) {
            assertThat(connector.connect()).isFalse();
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> connector.rpc(IDENTITIES, request()))
                    .withMessage("not connected to the SSH agent");
        }
    }

    @Test
    void anAgentThatHangsUpIsAnErrorAndNotAnEndlessWait() throws IOException {
        try (EmbeddedSshAgent agent = EmbeddedSshAgent.start().hangingUp()) {
            Connector connector = new AgentConnectors(Optional.of(agent.socket())).create(null, null);
            assertThat(connector.connect()).isTrue();
            assertThatExceptionOfType(EOFException.class).isThrownBy(() -> connector.rpc(IDENTITIES, request()));

            connector.close();
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> connector.rpc(IDENTITIES, request()))
                    .withMessage("not connected to the SSH agent");
            connector.close();
        }
    }

    @Test
    void jGitFindsTheOneKindOfAgent() {
        AgentConnectors connectors = new AgentConnectors(Optional.empty());
        assertThat(connectors.isSupported()).isTrue();
        assertThat(connectors.getName()).isNotBlank();
        assertThat(connectors.getSupportedConnectors()).containsExactly(connectors.getDefaultConnector());
        assertThat(connectors.getDefaultConnector().getIdentityAgent()).isEqualTo("SSH_AUTH_SOCK");
        assertThat(connectors.getDefaultConnector().getDisplayName()).isEqualTo("SSH agent");
    }
}
