package io.github.olympe.maven.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.http.HttpProxy;
import io.github.olympe.maven.testing.LoopbackListener;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A proxy that refuses every request gets its password once, and the error names it. */
class GitProxyTest extends SnapshotProject {

    private final List<String> asked = new CopyOnWriteArrayList<>();

    private void refuse(Socket client) throws IOException {
        asked.add(LoopbackListener.head(client.getInputStream()));
        client.getOutputStream()
                .write(("HTTP/1.1 407 who\r\nProxy-Authenticate: Basic realm=\"x\"\r\nConnection: close\r\n"
                                + "Content-Length: 0\r\n\r\n")
                        .getBytes(UTF_8));
    }

    private String failure(LoopbackListener proxy, String scheme, Optional<Credential> of) throws IOException {
        proxy.serve(this::refuse);
        proxies = new HttpProxies(List.of(new HttpProxy("http", "127.0.0.1", proxy.port(), of, List.of())));
        credential = Optional.of(Credential.ofToken("OLYMPE_GIT_TOKEN", Secret.of("t0ken")));
        config(
                "res/snapshot-config.json",
                "'name': 'Shop', 'rootTags': ['abc']",
                "'repo': '" + scheme + "://git.example.com/group/repo.git'");
        OlympeException[] failure = new OlympeException[1];
        assertThatExceptionOfType(OlympeException.class).isThrownBy(this::run).satisfies(e -> failure[0] = e);
        return failure[0].getMessage();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void aRefusedPasswordIsSentOnce(String scheme) throws IOException {
        try (LoopbackListener proxy = LoopbackListener.open()) {
            String message = failure(
                    proxy,
                    scheme,
                    Optional.of(Credential.ofUser("the proxy 'office' of settings.xml", "me", Secret.of("wr0ng"))));

            assertThat(message)
                    .isEqualTo("The proxy '127.0.0.1:" + proxy.port() + "' in front of '" + scheme
                            + "://git.example.com/group/repo.git' does not accept the user and password of the proxy"
                            + " 'office' of settings.xml. Correct them in settings.xml.");
        }
        assertThat(asked)
                .hasSize(2)
                .filteredOn(head -> head.contains("Proxy-Authorization: Basic bWU6d3Iwbmc="))
                .hasSize(1);
        assertThat(asked).noneMatch(head -> head.contains("\r\nAuthorization:"));
    }

    @Test
    void aProxyThatAsksForAMissingPasswordIsNamed() throws IOException {
        try (LoopbackListener proxy = LoopbackListener.open()) {
            assertThat(failure(proxy, "https", Optional.empty()))
                    .isEqualTo("The proxy '127.0.0.1:" + proxy.port()
                            + "' in front of 'https://git.example.com/group/repo.git' asks for a user and a password."
                            + " Set <username> and <password> of the <proxy> in settings.xml.");
        }
        assertThat(asked).hasSize(1);
    }
}
