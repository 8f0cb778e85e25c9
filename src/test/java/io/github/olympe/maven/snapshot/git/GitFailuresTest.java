package io.github.olympe.maven.snapshot.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user reads when a git server fails: the reason, what it was tried with, and what to do. */
class GitFailuresTest {

    private static final String HTTPS = "https://git.acme.com/shop.git";

    private final SecretMask mask = new SecretMask();

    private GitFailures failures(String address, Optional<Credential> credential, Optional<KnownHosts.Refused> host) {
        GitRemote remote = GitRemote.of(address, problem -> {
                    throw new AssertionError(problem);
                })
                .orElseThrow();
        GitSettings settings = new GitSettings(
                credential,
                HttpProxies.none(),
                Map.of(),
                Path.of("/home/nina"),
                Optional.empty(),
                Duration.ofSeconds(1),
                Optional.empty(),
                Optional.empty(),
                ZoneOffset.UTC);
        return new GitFailures(remote, "develop", settings, mask, host);
    }

    private GitFailures failures() {
        return failures(HTTPS, Optional.empty(), Optional.empty());
    }

    private static String message(Optional<OlympeException> refusal) {
        return refusal.map(OlympeException::getMessage).orElse("no refusal");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not authorized",
                "Authentication is required but no CredentialsProvider has been registered",
                "HTTP 403",
                "Auth fail",
                "Permission denied (publickey).",
                "No more authentication methods available"
            })
    void aRefusedLoginSaysWhatItWasTriedWith(String reason) {
        IOException failure = new IOException("outer", new IOException(HTTPS + ": " + reason));

        assertThat(message(failures().refusal(failure)))
                .startsWith("Authentication to '" + HTTPS + "' failed with no credentials (")
                .endsWith(
                        "). Give a token that may read and write the repository, by a server of settings.xml (parameter"
                                + " 'gitServerId', olympe.git.serverId) or the environment variable OLYMPE_GIT_TOKEN.");
        assertThat(message(failures(HTTPS, Optional.of(Credential.ofToken("OLYMPE_GIT_TOKEN", Secret.of("t"))), none())
                        .refusal(failure)))
                .contains(" failed with the credentials of OLYMPE_GIT_TOKEN (");
        assertThat(message(failures("git@git.acme.com:shop.git", Optional.empty(), none())
                        .refusal(failure)))
                .contains(" failed with the keys of the SSH agent and of ~/.ssh (")
                .contains("Add the public key to the server");
        Credential key = new Credential(
                "server 'git' of settings.xml",
                Optional.empty(),
                Optional.empty(),
                Optional.of(Path.of("id_rsa")),
                Optional.empty());
        assertThat(message(failures("git@git.acme.com:shop.git", Optional.of(key), none())
                        .refusal(failure)))
                .contains(" failed with the key of server 'git' of settings.xml (");
        assertThat(message(failures(
                                "git@git.acme.com:shop.git",
                                Optional.of(Credential.ofToken("OLYMPE_GIT_TOKEN", Secret.of("t"))),
                                none())
                        .refusal(failure)))
                .contains(" failed with the keys of the SSH agent and of ~/.ssh (");
    }

    @Test
    void aProxyThatRefusesIsNamedInsteadOfTheServer() {
        assertThat(message(failures().refusal(new IOException(refusal(Optional.of("the proxy 'office'"))))))
                .isEqualTo(
                        "The proxy 'proxy:8080' in front of '" + HTTPS
                                + "' does not accept the user and password of the proxy 'office'. Correct them in settings.xml.");
        assertThat(message(failures().refusal(new IOException(refusal(Optional.empty())))))
                .startsWith("The proxy 'proxy:8080' in front of '" + HTTPS + "' asks for a user and a password.");
    }

    private static IOException refusal(Optional<String> source) {
        return new GitHttp.ProxyRefusal("proxy:8080", source);
    }

    private static Optional<KnownHosts.Refused> none() {
        return Optional.empty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection refused", "1403 bytes missing", HTTPS + "/403: not found"})
    void anythingElseIsNoRefusedLogin(String reason) {
        GitFailures failures = failures(HTTPS + "/403", Optional.empty(), none());
        assertThat(failures.refusal(new IOException(reason))).isEmpty();
    }

    @Test
    void anUnknownHostComesBeforeTheFailureThatFollowsFromIt() {
        KnownHosts.Refused host =
                new KnownHosts.Refused("git.acme.com", "ssh-rsa SHA256:x", false, Path.of("known_hosts"));
        assertThat(message(failures("git@git.acme.com:shop.git", Optional.empty(), Optional.of(host))
                        .refusal(new IOException("Auth fail"))))
                .startsWith("The host 'git.acme.com' of the repository 'git@git.acme.com:shop.git' is unknown;");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no route to host.  | no route to host",
                "HTTPS: 500 Oops    | 500 Oops",
                "too many requests: | too many requests",
            })
    void theReasonIsTheInnermostOneAsAPartOfASentence(String innermost, String shown) {
        IOException failure = new IOException(
                "outer", new IOException("middle", new IOException(innermost.replace("HTTPS", HTTPS), silent())));

        assertThat(failures().reason(failure)).isEqualTo(shown);
        assertThat(failures().unreachable("be fetched from", failure))
                .hasMessage("The branch 'develop' cannot be fetched from the repository '" + HTTPS + "' (" + shown
                        + "). Check the address, and that its host can be reached from this machine.")
                .hasCause(failure);
    }

    private static Exception silent() {
        return new IOException((String) null);
    }

    @Test
    void theWordsOfAServerAreOneShortLineWithoutSecrets() {
        mask.add(Secret.of("s3cr3tT0ken"));

        assertThat(failures().oneLine(" denied\r\n\tfor s3cr3tT0ken .\n")).isEqualTo("denied for ***");
        assertThat(failures().oneLine("x".repeat(1000))).hasSize(400);
    }
}
