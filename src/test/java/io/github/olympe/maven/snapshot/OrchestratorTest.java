package io.github.olympe.maven.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.text.Secret;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a snapshot is taken from, and with which user. */
class OrchestratorTest {

    private static final Secret PASSWORD = Secret.of("pa55word");

    private static Optional<Credential> credential(Optional<String> user, Optional<Secret> password) {
        return Optional.of(
                new Credential("server 'draw' of settings.xml", user, password, Optional.empty(), Optional.empty()));
    }

    private static Optional<Credential> nina() {
        return credential(Optional.of("nina"), Optional.of(PASSWORD));
    }

    private static void fails(String host, int port, Optional<Credential> credential, String message) {
        assertThatExceptionOfType(OlympeException.class)
                .isThrownBy(() -> Orchestrator.of(host, port, credential))
                .withMessageStartingWith(message);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 443, 65535})
    void theToolkitGetsItsAddressAndUserAndThePasswordAsASecret(int port) {
        Orchestrator orchestrator = Orchestrator.of("draw.example.com", port, nina());

        assertThat(orchestrator.environment())
                .isEqualTo(Map.of(
                        "ORCHESTRATOR_HOST", "draw.example.com",
                        "ORCHESTRATOR_SERVICE_PORT", String.valueOf(port),
                        "DRAW_USERNAME", "nina"));
        assertThat(orchestrator.secrets()).isEqualTo(Map.of("DRAW_PASSWORD", PASSWORD));
        assertThat(orchestrator).hasToString("draw.example.com:" + port);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65536})
    void aPortIsOneOfTcp(int port) {
        fails(
                "draw.example.com",
                port,
                nina(),
                "Invalid value for 'orchestratorPort' (olympe.orchestrator.port): '" + port
                        + "'. Give a number from 1 to 65535;");
    }

    @Test
    void aHostIsAtMostAsLongAsANameMayBe() {
        assertThat(Orchestrator.of("h".repeat(255), 443, nina()).host()).hasSize(255);
        fails("h".repeat(256), 443, nina(), "Invalid value for 'orchestratorHost' (olympe.orchestrator.host): 'hhh");
    }

    @Test
    void aHostWithAUserInItIsNotShown() {
        fails(
                "nina:pa55word@draw.example.com",
                443,
                nina(),
                "Invalid value for 'orchestratorHost' (olympe.orchestrator.host) (not shown, since it may contain a password).");
    }

    @Test
    void saysWhatIsMissingAndWhereItWasLookedFor() {
        fails("draw", 443, Optional.empty(), "There is no user and password for the orchestrator 'draw'. Set the");
        fails(
                "draw",
                443,
                credential(Optional.empty(), Optional.of(PASSWORD)),
                "There is a password for the orchestrator 'draw' (server 'draw' of settings.xml), but no user.");
        fails(
                "draw",
                443,
                credential(Optional.of("nina"), Optional.empty()),
                "There is a user for the orchestrator 'draw' (server 'draw' of settings.xml), but no password.");
    }
}
