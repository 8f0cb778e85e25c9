package io.github.olympe.maven.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
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

    @Test
    void aServerWhoseVariableIsNotSetIsAnError() {
        for (Credential server : List.of(
                ofPassword("${env.SHOP_TOKEN}"),
                Credential.ofUser("server 'one' of settings.xml", "${env.SHOP_TOKEN}", Secret.of(SECRET)),
                ofKey("${env.SHOP_TOKEN}"))) {
            assertThatThrownBy(() -> all(Map.of(), server).git("one"))
                    .isInstanceOf(OlympeException.class)
                    .hasMessage(
                            "The server 'one' of settings.xml, which the parameter 'gitServerId' names, refers to the"
                                    + " environment variable 'SHOP_TOKEN', which is not set. Set it, or write the value into"
                                    + " settings.xml.");
        }
    }

    /** The registry says so itself if it needs the login. */
    @Test
    void aServerOfARegistryMayReferToAVariableThatIsNotSet() {
        Credential server = ofPassword("${env.SHOP_TOKEN}");

        assertThat(all(Map.of(), server).registry(null, "one")).contains(server);
        assertThat(server.missingVariable()).contains("SHOP_TOKEN");
        assertThat(mask.mask("set ${env.SHOP_TOKEN} first")).isEqualTo("set ${env.SHOP_TOKEN} first");
    }

    @Test
    void anUnknownServerIsAnError() {
        assertThatThrownBy(() -> credentials(Map.of()).npm("two"))
                .isInstanceOf(OlympeException.class)
                .hasMessage(
                        "Invalid value for 'npmServerId': 'two'. settings.xml has no server with this id. Add a <server>"
                                + " with this <id>, or correct the parameter.");
        assertThat(credentials(Map.of()).npm(" ")).isEmpty();
    }

    /** A CI sets a variable to nothing where it does not know the secret, such as in a pull request from a fork. */
    @Test
    void anEmptyVariableIsNoToken() {
        assertThat(credentials(Map.of("OLYMPE_DEPLOY_TOKEN", " ", "WEBHOOK_TOKEN", SECRET))
                        .deployToken(null))
                .contains(Credential.ofToken("WEBHOOK_TOKEN", Secret.of(SECRET)));
        assertThat(credentials(Map.of("OLYMPE_GIT_TOKEN", "\n")).git(null)).isEmpty();
    }

    @Test
    void allSecretsAreHiddenBeforeAnyGoalAsksForThem() {
        all(Map.of("SONAR_TOKEN", "sonar-s3cret"), SERVER).hideAll();

        assertThat(mask.mask("s3cret-w0rd, pass-phrase, sonar-s3cret, ann")).isEqualTo("***, ***, ***, ann");
    }

    @Test
    void theSecretNextToAMissingVariableIsHidden() {
        all(Map.of(), ofKey("${env.SHOP_TOKEN}")).hideAll();

        assertThat(mask.mask("pass-phrase, ${env.SHOP_TOKEN}")).isEqualTo("***, ${env.SHOP_TOKEN}");
    }

    @Test
    void aSecretFromElsewhereIsHiddenByTheMaskOfTheBuild() {
        Credentials credentials = credentials(Map.of());

        assertThat(credentials.hide(Secret.of(SECRET))).isEqualTo(Secret.of(SECRET));

        assertThat(credentials.mask().mask("it is " + SECRET)).isEqualTo("it is ***");
    }

    private static Credential ofPassword(String password) {
        return Credential.ofUser("server 'one' of settings.xml", "ann", Secret.of(password));
    }

    private static Credential ofKey(String password) {
        return new Credential(
                "server 'one' of settings.xml",
                Optional.empty(),
                Optional.of(Secret.of(password)),
                Optional.of(Path.of("id_ed25519")),
                Optional.of(Secret.of("pass-phrase")));
    }

    private Credentials all(Map<String, String> environment, Credential server) {
        return new Credentials(
                new Servers() {
                    @Override
                    public Optional<Credential> find(String id) {
                        return Optional.of(server);
                    }

                    @Override
                    public List<Credential> all() {
                        return List.of(server);
                    }
                },
                environment,
                mask);
    }
}
