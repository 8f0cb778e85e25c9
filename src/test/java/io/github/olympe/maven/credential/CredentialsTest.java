package io.github.olympe.maven.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.text.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every class that returns a secret also hides it, even if nothing has hidden all secrets before. */
class CredentialsTest {

    private static final String SECRET = "s3cret-w0rd";
    private static final Credential SERVER = new Credential(
            "server 'one' of settings.xml",
            Optional.of("ann"),
            Optional.of(Secret.of(SECRET)),
            Optional.of(Path.of("id_ed25519")),
            Optional.of(Secret.of("pass-phrase")));

    private final SecretMask mask = new SecretMask();

    private Credentials credentials(Map<String, String> environment) {
        return new Credentials(id -> Optional.of(SERVER).filter(server -> id.equals("one")), environment, mask);
    }

    private static Stream<Named<Function<Credentials, Optional<Credential>>>> servers() {
        return Stream.of(
                Named.of("webhook", all -> all.deployToken("one")),
                Named.of("await", all -> all.await("one")),
                Named.of("Draw", all -> all.orchestrator("one")),
                Named.of("git", all -> all.git("one")),
                Named.of("npm", all -> all.npm("one")),
                Named.of("Node.js", all -> all.nodeDownload("one")),
                Named.of("registry by its parameter", all -> all.registry("one", "host")),
                Named.of("registry by its host", all -> all.registry(null, "one")));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aServersSecretsAreHidden(Function<Credentials, Optional<Credential>> asked) {
        assertThat(asked.apply(credentials(Map.of()))).contains(SERVER);

        assertThat(mask.mask(SECRET + ", pass-phrase, ann")).isEqualTo("***, ***, ann");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OLYMPE_DEPLOY_TOKEN", "WEBHOOK_TOKEN", "DRAW_PASSWORD", "OLYMPE_GIT_TOKEN"})
    void aVariablesSecretIsHidden(String variable) {
        Credentials credentials = credentials(Map.of(variable, SECRET));

        assertThat(Stream.of(credentials.deployToken(null), credentials.orchestrator(null), credentials.git(null))
                        .flatMap(Optional::stream)
                        .flatMap(credential -> credential.secret().stream()))
                .containsExactly(Secret.of(SECRET));

        assertThat(mask.mask(SECRET)).isEqualTo("***");
    }

    /** The Base64 of such a short password says nothing on its own, but that of the login opens the server. */
    @Test
    void aLoginIsHiddenInTheFormOfBasicAuthentication() {
        Credential login = Credential.ofUser("server 'one' of settings.xml", "ann", Secret.of("x1"));

        new Credentials(id -> Optional.of(login), Map.of(), mask).registry(null, "host");

        String basic = Base64.getEncoder().encodeToString("ann:x1".getBytes(StandardCharsets.UTF_8));
        assertThat(mask.mask("Authorization: Basic " + basic)).isEqualTo("Authorization: Basic ***");
    }
}
