package io.github.olympe.maven.snapshot.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.snapshot.config.SnapshotConfig;
import io.github.olympe.maven.text.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.URIish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which servers a token is sent to. */
class GitCredentialsTest {

    private static final Optional<Credential> TOKEN = Optional.of(Credential.ofToken("test", Secret.of("t0ken")));

    @TempDir
    Path folder;

    private static GitRemote remote(String address) {
        return GitRemote.of(address, problem -> {
                    throw new AssertionError(problem);
                })
                .orElseThrow();
    }

    /** Returns the logins that the server receives, with and without a token from elsewhere. */
    @ParameterizedTest
    @CsvSource({
        "https://git.acme.com/shop.git, 'oauth2:t0ken t0ken:', ''",
        "https://github.com/acme/shop.git, 'x-access-token:t0ken t0ken:', ''",
        "https://acme@dev.azure.com/acme/shop/_git/shop, 'acme:t0ken oauth2:t0ken', ''",
        "https://jane@bitbucket.org/acme/shop.git, 'jane:t0ken x-token-auth:t0ken', ''",
        "https://jane@bitbucket.acme.com/scm/shop/shop.git, 'jane:t0ken x-token-auth:t0ken', ''",
        "https://acme@acme.visualstudio.com/shop/_git/shop, 'acme:t0ken oauth2:t0ken', ''",
        "https://jane@git.acme.com/shop.git, 'jane:t0ken oauth2:t0ken', 'jane: oauth2:jane'",
        "https://own@git.acme.com/shop.git, 'own:t0ken oauth2:t0ken', 'own: oauth2:own'",
        "https://jane:own@git.acme.com/shop.git, jane:own, jane:own",
    })
    void givesAUserAndAToken(String address, String withToken, String alone) throws Exception {
        assertThat(logins(remote(address), TOKEN)).isEqualTo(withToken);
        assertThat(logins(remote(address), Optional.empty())).isEqualTo(alone);
    }

    @Test
    void theUserOfTheServerComesFirst() throws Exception {
        Optional<Credential> nina = Optional.of(Credential.ofUser("server 'git'", "nina", Secret.of("t0ken")));
        assertThat(logins(remote("https://jane@bitbucket.org/acme/shop.git"), nina))
                .isEqualTo("nina:t0ken");
    }

    private static String logins(GitRemote remote, Optional<Credential> credential) throws Exception {
        GitCredentials credentials = GitCredentials.of(remote, credential);
        List<String> logins = new ArrayList<>();
        CredentialItem.Username user = new CredentialItem.Username();
        CredentialItem.Password password = new CredentialItem.Password();
        while (credentials.get(remote.uri(), user, password)) {
            logins.add(user.getValue() + ":" + new String(password.getValue()));
            credentials.reset(remote.uri());
        }
        return String.join(" ", logins);
    }

    @ParameterizedTest
    @CsvSource({
        "https://git.acme.com/shop.git, https://git.acme.com/shop.git, true",
        "https://git.acme.com/shop.git, https://GIT.acme.com/other.git, true",
        "http://localhost/shop.git, https://localhost/shop.git, true",
        "https://git.acme.com/shop.git, https://git.evil.com/shop.git, false",
        "https://git.acme.com/shop.git, http://git.acme.com/shop.git, false",
        "https://git.acme.com/shop.git, https://git.acme.com:8443/shop.git, false",
        "https://git.acme.com/shop.git, https://git.acme.com:443/shop.git, true",
        "https://git.acme.com:443/shop.git, https://git.acme.com/shop.git, true",
        "http://localhost:80/shop.git, https://localhost:443/shop.git, true",
        "http://localhost:8080/shop.git, https://localhost:8443/shop.git, false",
        "http://localhost/shop.git, https://localhost:8443/shop.git, false",
        "https://git_server/shop.git, https://git_server:443/shop.git, true"
    })
    void stayWithTheServerThatTheyAreFor(String configured, String asking, boolean given) throws Exception {
        GitCredentials credentials = GitCredentials.of(remote(configured), TOKEN);

        CredentialItem.Password password = new CredentialItem.Password();
        assertThat(credentials.get(new URIish(asking), new CredentialItem.Username(), password))
                .isEqualTo(given);
        assertThat(password.getValue() != null).isEqualTo(given);
    }

    @Test
    void answerOnlyQuestionsForAUserAndAPassword() throws Exception {
        GitRemote remote = remote("https://git.acme.com/shop.git");
        GitCredentials credentials = GitCredentials.of(remote, TOKEN);
        CredentialItem.Password password = new CredentialItem.Password();
        CredentialItem.YesNoType trust = new CredentialItem.YesNoType("Trust this host?");

        assertThat(credentials.isInteractive()).isFalse();
        assertThat(credentials.supports(new CredentialItem.Username(), password))
                .isTrue();
        assertThat(credentials.supports(password, trust)).isFalse();
        assertThat(credentials.get(remote.uri(), password, trust)).isFalse();
        assertThat(password.getValue()).isNull();
        assertThat(trust.getValue()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://git.acme.com/shop.git, true, test",
        "https://git.acme.com/shop.git, false, none",
        "https://own@git.acme.com/shop.git, false, the address in the snapshot configuration",
        "https://own@git.acme.com/shop.git, true, test",
        "https://jane:own@git.acme.com/shop.git, true, the address in the snapshot configuration",
    })
    void areNamedByTheirSource(String address, boolean token, String source) {
        GitCredentials credentials = GitCredentials.of(remote(address), token ? TOKEN : Optional.empty());
        assertThat(credentials.source()).isEqualTo(source);
        assertThat(credentials.isEmpty()).isEqualTo(source.equals("none"));
    }

    @Test
    void areHiddenInTheFormInWhichTheyAreSent() {
        for (String address : List.of("https://t0ken-0f-9ina@git.acme.com/shop.git", "https://git.acme.com/shop.git")) {
            SecretMask mask = new SecretMask();
            Optional<Credential> credential = Optional.of(Credential.ofToken("test", Secret.of("t0ken-0f-9ina")))
                    .filter(c -> !address.contains("@"));
            GitCredentials.of(remote(address), credential).hideIn(mask);

            for (String login : List.of("t0ken-0f-9ina:", "oauth2:t0ken-0f-9ina")) {
                String sent = Base64.getEncoder().encodeToString(login.getBytes(UTF_8));
                assertThat(mask.mask("Authorization: Basic " + sent)).doesNotContain(sent.substring(8, 20));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://git.acme.com/shop.git, true, true",
        "http://t0ken@git.acme.com/shop.git, false, true",
        "http://git.acme.com/shop.git, false, false",
        "http://127.0.0.1:8080/shop.git, true, false",
        "https://git.acme.com/shop.git, true, false",
        "git@git.acme.com:shop.git, true, false"
    })
    void areNotSentInTheClear(String address, boolean token, boolean refused) throws Exception {
        Path file = folder.resolve("config.json");
        Files.writeString(
                file,
                "[{\"snapshooter\": {\"name\": \"Shop\", \"rootTags\": [\"1\"]}, \"git\": {\"repo\": \"" + address
                        + "\"}}]");
        SnapshotConfig config = SnapshotConfig.read(Optional.of(file.toString()), folder, secret -> {});
        Optional<Credential> credential = token ? TOKEN : Optional.empty();

        config.requireEncryption(credential, true);
        if (refused) {
            assertThatThrownBy(() -> config.requireEncryption(credential, false))
                    .isInstanceOf(OlympeException.class)
                    .hasMessageContaining(
                            "'http://git.acme.com/shop.git', to which the token would be sent unencrypted; use https")
                    .hasMessageNotContaining("t0ken");
        } else {
            config.requireEncryption(credential, false);
        }
    }
}
