package io.github.olympe.maven.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.testing.LoopbackListener;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The time limit for making a connection, which is the only short one here. */
@Timeout(30)
class HttpTimeoutsTest {

    private static final HttpTimeouts SHORT_CONNECT =
            new HttpTimeouts(Duration.ofMillis(300), Duration.ofMinutes(5), Optional.empty());

    private static void assertNeverConnected(String url) {
        try (HttpConnections http = new HttpConnections(new HttpProxies(List.of()), SHORT_CONNECT, "test")) {
            assertThatThrownBy(() -> http.open(Request.of("GET", URI.create(url))))
                    .isInstanceOfSatisfying(
                            HttpFailure.class,
                            failure -> assertThat(failure.wasSent()).isFalse());
        }
    }

    @Test
    void givesUpOnAServerThatAcceptsNoConnection() throws IOException {
        List<SocketChannel> waiting = new ArrayList<>();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            // As many as can wait for a busy server. The next one gets no answer.
            for (int i = 0; i < 4; i++) {
                SocketChannel channel = SocketChannel.open();
                waiting.add(channel);
                channel.configureBlocking(false);
                channel.connect(new InetSocketAddress("127.0.0.1", server.getLocalPort()));
            }
            assertNeverConnected("http://127.0.0.1:" + server.getLocalPort() + "/");
        } finally {
            for (SocketChannel channel : waiting) {
                channel.close();
            }
        }
    }

    @Test
    void givesUpOnAServerThatDoesNotAnswerTls() {
        try (LoopbackListener server = LoopbackListener.open()) {
            assertNeverConnected("https://" + server.authority() + "/");
        }
    }

    /** The watchdog may have closed a connection just before the client notices. The client then throws no IOException. */
    @Test
    void aRequestEndedBetweenTwoStepsFailsWithThatReason() {
        HttpTimeouts shortWhole =
                new HttpTimeouts(Duration.ofSeconds(20), Duration.ofMinutes(5), Optional.of(Duration.ofMillis(50)));
        Body endless = new Body() {
            @Override
            public long size() {
                return -1;
            }

            @Override
            public void writeTo(OutputStream out) {
                try {
                    while (true) {
                        out.write(new byte[8192]);
                    }
                } catch (IOException e) {
                    throw new IllegalStateException("Endpoint not acquired / already released", e);
                }
            }
        };
        try (LoopbackListener server = LoopbackListener.open();
                HttpConnections http = new HttpConnections(new HttpProxies(List.of()), shortWhole, "test")) {
            Request request = Request.of("PUT", URI.create("http://" + server.authority() + "/"));
            assertThatThrownBy(() -> http.open(request.withBody(endless)))
                    .isInstanceOf(HttpFailure.class)
                    .hasMessageStartingWith("it took longer than ");
        }
    }
}
