package io.github.olympe.maven.registry.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.registry.protocol.RegistryFailure.Kind;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RegistryErrorsTest {

    private final SecretMask mask = new SecretMask();
    private final RegistryErrors errors = new RegistryErrors(mask);

    private static IOException untrusted() {
        SSLHandshakeException failed = new SSLHandshakeException("handshake");
        failed.initCause(new CertificateException("path", new IllegalStateException("no trusted certificate")));
        return failed;
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new UnknownHostException("r"), Kind.UNKNOWN_HOST, 0, "there is no such host"),
                Arguments.of(
                        new SocketTimeoutException("Read timed out"),
                        Kind.TRANSIENT,
                        0,
                        "no answer came in time (Read timed out)"),
                Arguments.of(new ConnectException("Connection refused"), Kind.REFUSED, 0, "the connection was refused"),
                Arguments.of(
                        new ConnectException("Connection Timed out"),
                        Kind.TRANSIENT,
                        0,
                        "no connection was made in time"),
                Arguments.of(new NoRouteToHostException("no route"), Kind.REFUSED, 0, "the connection was refused"),
                Arguments.of(
                        new IOException("CONNECT refused by proxy: HTTP/1.1 403 Forbidden"),
                        Kind.PROXY,
                        407,
                        "403 Forbidden"),
                Arguments.of(
                        new IOException("CONNECT refused by proxy: HTTP/1.1 500 Oops"),
                        Kind.TRANSIENT,
                        502,
                        "500 Oops"),
                Arguments.of(untrusted(), Kind.CERTIFICATE, 0, "no trusted certificate"),
                Arguments.of(new SSLPeerUnverifiedException("another host"), Kind.CERTIFICATE, 0, "another host"),
                Arguments.of(
                        new SSLException("Unsupported or unrecognized SSL message"),
                        Kind.NOT_TLS,
                        0,
                        "it does not use TLS"),
                Arguments.of(new SSLException("plaintext connection?"), Kind.NOT_TLS, 0, "it does not use TLS"),
                Arguments.of(new SSLException("closed"), Kind.TRANSIENT, 0, "the connection was lost (closed)"),
                Arguments.of(new SocketException(), Kind.TRANSIENT, 0, "the connection was lost (SocketException)"),
                Arguments.of(new IllegalStateException("a\n b"), Kind.REJECTED, 0, "a b"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aLostConnectionSaysWhatWentWrong(Exception failed, Kind kind, int status, String text) {
        RegistryFailure failure = errors.of(failed);

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.text()).isEqualTo(text);
    }

    @Test
    void noSecretIsSaid() {
        mask.add(Secret.of("s3cret-of-nina"));

        assertThat(errors.of(new IOException("got s3cret-of-nina")).text())
                .isEqualTo("the connection was lost (got ***)");
        assertThat(errors.of(new IllegalStateException("got s3cret-of-nina")).text())
                .isEqualTo("got ***");
    }
}
