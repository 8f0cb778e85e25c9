package io.github.olympe.maven.deploy;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.deploy.payload.Payload;
import io.github.olympe.maven.deploy.payload.PayloadBase;
import io.github.olympe.maven.deploy.payload.PayloadSettings;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.http.HttpProxy;
import io.github.olympe.maven.http.HttpTimeouts;
import io.github.olympe.maven.testing.EmbeddedWebhook;
import io.github.olympe.maven.testing.LoopbackListener;
import io.github.olympe.maven.testing.TestCertificate;
import io.github.olympe.maven.testing.Waiting;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {

    private static final Secret TOKEN = Secret.of("s3cret-t0ken");
    private static final String SUCCESS = "{\"message\": \"success\"}";

    @TempDir
    Path folder;

    private final SecretMask mask = new SecretMask();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final WireMockServer server = new WireMockServer(
            WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

    @BeforeEach
    void hideTheToken() {
        mask.add(TOKEN);
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private Webhook webhook(Duration timeout, HttpProxies proxies) {
        return new Webhook("olympe-maven-plugin/1.2.3", timeout, proxies, mask, pauses::add);
    }

    private WebhookAnswer send(String url) {
        return send(url, Duration.ofSeconds(10));
    }

    private WebhookAnswer send(String url, Duration timeout) {
        Payload payload = Payload.of(
                PayloadBase.none(),
                DeployFixture.images("r/frontend:1", List.of(), null),
                PayloadSettings.of(List.of(), null, null, null, null, false));
        DeployRequest deployment = new DeployRequest(DeployUrl.of("deployUrl", url, true), payload, folder);
        deployment.prepare(payload.toJson());
        return deployment.send(
                webhook(timeout, HttpProxies.none()), new WebhookToken(TOKEN, "OLYMPE_DEPLOY_TOKEN"), new Told());
    }

    private String url() {
        return server.baseUrl() + "/acme/production";
    }

    private void answer(ResponseDefinitionBuilder answer) {
        server.start();
        server.stubFor(any(anyUrl()).willReturn(answer));
    }

    private void assertFails(String message) {
        assertThatThrownBy(() -> send(url()))
                .isInstanceOf(OlympeException.class)
                .hasMessage(message);
    }

    private void assertDeliveries(int count) {
        server.verify(count, postRequestedFor(anyUrl()));
    }

    private JsonNode response() throws IOException {
        return new ObjectMapper().readTree(folder.resolve("response.json").toFile());
    }

    @Test
    void givesUpOnAnUnreachableServerBeforeTheTimeout() {
        assertThat(Webhook.timeouts(Duration.ofMinutes(5)))
                .isEqualTo(new HttpTimeouts(
                        Duration.ofSeconds(20), Duration.ofMinutes(5), Optional.of(Duration.ofMinutes(5))));
        assertThat(Webhook.timeouts(Duration.ofSeconds(3)).connect()).isEqualTo(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingReportsProgressAfterTheEnd(boolean answered) {
        answer(answered ? aResponse().withBody(SUCCESS) : aResponse().withFault(Fault.EMPTY_RESPONSE));

        if (answered) {
            send(url());
        } else {
            assertThatThrownBy(() -> send(url())).isInstanceOf(OlympeException.class);
        }

        Waiting.until(
                "the thread that reports progress ends",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("olympe-webhook")));
    }

    @Nested
    class Statuses {

        @Test
        void success() throws Exception {
            answer(aResponse().withStatus(200).withBody(SUCCESS));

            send(url());

            server.verify(
                    1,
                    postRequestedFor(urlEqualTo("/acme/production"))
                            .withHeader("Authorization", equalTo("Bearer s3cret-t0ken"))
                            .withHeader("Content-Type", equalTo("application/json"))
                            .withHeader("User-Agent", equalTo("olympe-maven-plugin/1.2.3"))
                            .withHeader("Content-Length", matching("\\d+"))
                            .withoutHeader("Upgrade")
                            .withRequestBody(equalToJson("{\"frontend\": {\"image\": \"r/frontend:1\"}}")));
            assertThat(told).containsExactly("sending", "accepted success");
            assertThat(response().path("status").asInt()).isEqualTo(200);
            assertThat(response().path("body").path("message").asText()).isEqualTo("success");
            assertThat(Files.readString(folder.resolve("payload.json")))
                    .isEqualTo("{\n  \"frontend\" : {\n    \"image\" : \"r/frontend:1\"\n  }\n}\n");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '~',
                quoteCharacter = '`',
                value = {
                    "{\"message\": \"queued\"} ~ 200 ~ {\"message\": \"queued\"}",
                    "{\"message\": 1} ~ 200 ~ {\"message\": 1}",
                    "<html>ok</html> ~ 200 ~ <html>ok</html>",
                    "[] ~ 201 ~ []",
                    "`` ~ 204 ~ (an empty body)",
                    "{\"message\": \"success\" ~ 200 ~ {\"message\": \"success\"",
                })
        void anotherAnswerIsAWarningThatShowsIt(String body, int status, String shown) {
            answer(aResponse().withStatus(status).withBody(body));

            assertThat(send(url()).accepted()).isTrue();

            assertThat(told)
                    .containsExactly(
                            "sending",
                            "oddly The webhook " + url() + " accepted the payload with status " + status
                                    + ", but did not answer with the documented {\"message\": \"success\"}: " + shown);
            assertDeliveries(1);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '~',
                value = {
                    "400 ~ Bad Request ~ the payload is in {folder}/payload.json",
                    "401 ~ Unauthorized ~ check the token (OLYMPE_DEPLOY_TOKEN): it is wrong, expired, or of another instance",
                    "403 ~ Forbidden ~ the token (OLYMPE_DEPLOY_TOKEN) is not allowed to deploy here, so check that it is the one for this instance",
                    "404 ~ Not Found ~ check the URL, whose path names the company and the instance",
                    "422 ~ Unprocessable Entity ~ the payload was not understood, so compare {folder}/payload.json with the documentation's keys",
                    "429 ~ Too Many Requests ~ there were too many requests, so try again later",
                    "500 ~ Server Error ~ the server failed, so look at the instance's deployments before you deploy again",
                    "502 ~ Bad Gateway ~ a proxy or gateway gave up, so the deployment may be running: look at the instance's deployments before you deploy again",
                    "503 ~ Service Unavailable ~ the server failed, so look at the instance's deployments before you deploy again",
                    "504 ~ Gateway Timeout ~ a proxy or gateway gave up, so the deployment may be running: look at the instance's deployments before you deploy again",
                })
        void anythingElseFailsWithWhatToCheck(int status, String reason, String advice) throws Exception {
            answer(aResponse()
                    .withStatus(status)
                    .withStatusMessage(reason)
                    .withBody("{\"error\":\n \"nope s3cret-t0ken\"}"));

            assertFails("The webhook " + url() + " answered " + status + " " + reason + ": {\"error\": \"nope ***\"}; "
                    + advice.replace("{folder}", folder.toString()) + ".");

            assertDeliveries(1);
            assertThat(response().path("status").asInt()).isEqualTo(status);
            assertThat(Files.readString(folder.resolve("response.json"))).doesNotContain("s3cret");
        }

        @ParameterizedTest
        @ValueSource(ints = {301, 302, 303, 307, 308})
        void redirectsAreNotFollowed(int status) {
            server.start();
            answer(aResponse()
                    .withStatus(status)
                    .withStatusMessage("Moved")
                    .withHeader("Location", server.baseUrl() + "/other"));

            assertFails("The webhook " + url() + " answered " + status
                    + " Moved: (an empty body); the token is not sent to a redirect's target,"
                    + " so set the URL to that target (" + server.baseUrl() + "/other) if that is right.");
            server.verify(0, postRequestedFor(urlEqualTo("/other")));
            assertDeliveries(1);
        }

        @Test
        void theBodyIsShortenedAndControlCharactersAreEscaped() {
            answer(aResponse().withStatus(400).withStatusMessage("Bad").withBody("\u001b[31m" + "x".repeat(100_000)));

            assertThatThrownBy(() -> send(url()))
                    .satisfies(e -> assertThat(e.getMessage())
                            .contains("400 Bad: [31m" + "x".repeat(300), "xxx … xxx")
                            .hasSizeLessThan(900));
        }
    }

    @Nested
    class Again {

        @ParameterizedTest
        @ValueSource(ints = {429, 503})
        void isSentAgainWhenTheServerSaysWhen(int status) {
            server.start();
            server.stubFor(any(anyUrl())
                    .inScenario("busy")
                    .whenScenarioStateIs(Scenario.STARTED)
                    .willReturn(aResponse().withStatus(status).withHeader("Retry-After", "7"))
                    .willSetStateTo("free"));
            server.stubFor(any(anyUrl())
                    .inScenario("busy")
                    .whenScenarioStateIs("free")
                    .willReturn(aResponse().withBody(SUCCESS)));

            assertThat(send(url()).accepted()).isTrue();

            assertDeliveries(2);
            assertThat(pauses).containsExactly(Duration.ofSeconds(7));
            assertThat(told).containsExactly("sending", "again status " + status + " PT7S", "accepted success");
        }

        @Test
        void aDateInRetryAfterIsUnderstood() {
            String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    Instant.now().plusSeconds(9).atOffset(ZoneOffset.UTC));
            answer(aResponse().withStatus(503).withHeader("Retry-After", date));

            assertThatThrownBy(() -> send(url())).hasMessageContaining("503");

            assertDeliveries(3);
            assertThat(pauses)
                    .hasSize(2)
                    .allMatch(pause -> !pause.isZero() && pause.compareTo(Duration.ofSeconds(10)) < 0);
        }

        @Test
        void aDateInThePastIsNoReasonToWait() {
            answer(aResponse().withStatus(503).withHeader("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"));

            assertThatThrownBy(() -> send(url())).hasMessageContaining("503");

            assertThat(pauses).containsExactly(Duration.ZERO, Duration.ZERO);
        }

        @Test
        void itWaitsAsLongAsAnAttemptMayTake() {
            answer(aResponse().withStatus(503).withHeader("Retry-After", "10"));

            assertThatThrownBy(() -> send(url(), Duration.ofSeconds(10))).hasMessageContaining("503");

            assertThat(pauses).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(10));
        }

        @Test
        void itReallyWaits() {
            server.start();
            server.stubFor(any(anyUrl())
                    .inScenario("busy")
                    .whenScenarioStateIs(Scenario.STARTED)
                    .willReturn(aResponse().withStatus(503).withHeader("Retry-After", "1"))
                    .willSetStateTo("free"));
            server.stubFor(any(anyUrl())
                    .inScenario("busy")
                    .whenScenarioStateIs("free")
                    .willReturn(aResponse().withBody(SUCCESS)));
            Instant start = Instant.now();

            WebhookAnswer answer = new Webhook("x", Duration.ofSeconds(10), HttpProxies.none(), mask)
                    .post(DeployUrl.of("u", url(), true), TOKEN, "{}", new Told());

            assertThat(answer.accepted()).isTrue();
            assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }

        @Test
        void aBuildThatIsStoppedWhileItWaitsSendsNothingMore() {
            answer(aResponse().withStatus(503).withHeader("Retry-After", "1"));
            Webhook stopped = new Webhook("x", Duration.ofSeconds(10), HttpProxies.none(), mask, pause -> {
                throw new InterruptedException();
            });

            assertThatThrownBy(() -> stopped.post(DeployUrl.of("u", url(), true), TOKEN, "{}", new Told()))
                    .isInstanceOf(NotAcceptedException.class)
                    .hasMessage("The deployment to " + url()
                            + " was interrupted before its payload was accepted; run it again.");

            assertThat(Thread.interrupted()).isTrue();
            assertDeliveries(1);
        }

        @ParameterizedTest
        @CsvSource({"503, ''", "429, soon", "503, 11", "503, 99999999999", "500, 1", "502, 1", "200, 1", "503, -1"})
        void otherwiseItIsSentOnce(int status, String retryAfter) {
            answer(aResponse().withStatus(status).withBody(SUCCESS).withHeader("Retry-After", retryAfter));

            if (status == 200) {
                send(url());
            } else {
                assertThatThrownBy(() -> send(url()))
                        .isInstanceOf(OlympeException.class)
                        .hasMessageContaining(String.valueOf(status));
            }

            assertDeliveries(1);
            assertThat(pauses).isEmpty();
        }

        @Test
        void withoutAConnectionItIsTriedThreeTimes() throws Exception {
            int port;
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = socket.getLocalPort();
            }

            assertThatThrownBy(() -> send("http://127.0.0.1:" + port + "/"))
                    .isInstanceOf(OlympeException.class)
                    .hasMessageStartingWith("The webhook http://127.0.0.1:" + port + "/ cannot be reached (")
                    .hasMessageEndingWith("; nothing was sent.");
            assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(3));
            assertThat(told.get(1)).startsWith("again no connection (").endsWith("refused) PT1S");
            assertThat(folder.resolve("response.json")).doesNotExist();
        }

        @Test
        void aServerThatStartsInTheMeantimeGetsItOnce() throws Exception {
            int port;
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = socket.getLocalPort();
            }
            WireMockServer late = new WireMockServer(
                    WireMockConfiguration.options().bindAddress("127.0.0.1").port(port));
            Webhook patient = new Webhook("x", Duration.ofSeconds(10), HttpProxies.none(), mask, pause -> {
                late.start();
                late.stubFor(any(anyUrl()).willReturn(aResponse().withBody(SUCCESS)));
            });
            try {
                assertThat(patient.post(
                                        DeployUrl.of("u", "http://127.0.0.1:" + port + "/", true),
                                        TOKEN,
                                        "{}",
                                        new Told())
                                .accepted())
                        .isTrue();
                late.verify(1, postRequestedFor(anyUrl()));
            } finally {
                late.stop();
            }
        }

        @Test
        void anUnknownHostIsAnError() {
            assertThatThrownBy(() -> send("https://deploy.invalid/x"))
                    .hasMessageStartingWith("The webhook https://deploy.invalid/x has an unknown host")
                    .hasMessageEndingWith("; nothing was sent.");
        }
    }

    /** A server that counts what it reads and cuts the connection at any stage: the payload must never be delivered twice. */
    @Nested
    class Cut {

        private final List<String> deliveries = new CopyOnWriteArrayList<>();

        private void assertLost(LoopbackListener.Service stage, int expectedDeliveries) throws Exception {
            assertLost(
                    stage,
                    expectedDeliveries,
                    ": the deployment may be running, so it was not sent again; look at the instance's deployments");
        }

        private void assertLost(LoopbackListener.Service stage, int expectedDeliveries, String outcome)
                throws Exception {
            assertLost(stage, expectedDeliveries, outcome, Duration.ofSeconds(3));
        }

        private void assertLost(
                LoopbackListener.Service stage, int expectedDeliveries, String outcome, Duration timeout)
                throws Exception {
            try (LoopbackListener listening = LoopbackListener.open()) {
                listening.serve(socket -> {
                    socket.setSoTimeout(5000);
                    stage.serve(socket);
                });
                assertThatThrownBy(() -> send("http://" + listening.authority() + "/", timeout))
                        .isInstanceOf(OlympeException.class)
                        .hasMessageFindingMatch(outcome);
            }
            assertThat(deliveries).hasSize(expectedDeliveries);
            assertThat(pauses).isEmpty();
            assertThat(folder.resolve("response.json")).doesNotExist();
        }

        private void read(Socket socket, int atMost) throws IOException {
            StringBuilder request = new StringBuilder();
            deliveries.add("");
            while (request.length() < atMost && !request.toString().endsWith("}\n")) {
                int c = socket.getInputStream().read();
                if (c < 0) {
                    break;
                }
                request.append((char) c);
            }
        }

        @Test
        void beforeAnythingIsRead() throws Exception {
            assertLost(
                    socket -> {
                        deliveries.add("");
                        socket.setSoLinger(true, 0);
                    },
                    1,
                    // The reset arrives before the request goes out, or after.
                    "; nothing was sent\\.$|: the deployment may be running, so it was not sent again");
        }

        @Test
        void withinTheHeaders() throws Exception {
            assertLost(socket -> read(socket, 20), 1);
        }

        @Test
        void withinTheBody() throws Exception {
            assertLost(socket -> read(socket, 260), 1);
        }

        @Test
        void afterTheRequest() throws Exception {
            assertLost(socket -> read(socket, Integer.MAX_VALUE), 1);
        }

        @Test
        void afterTheRequestWithAReset() throws Exception {
            assertLost(
                    socket -> {
                        read(socket, Integer.MAX_VALUE);
                        socket.setSoLinger(true, 0);
                    },
                    1);
        }

        @Test
        void withinTheStatusLine() throws Exception {
            assertLost(
                    socket -> {
                        read(socket, Integer.MAX_VALUE);
                        socket.getOutputStream().write("HTTP/1.1 2".getBytes(StandardCharsets.US_ASCII));
                    },
                    1);
        }

        @Test
        void withinTheHeadersOfTheAnswer() throws Exception {
            assertLost(
                    socket -> {
                        read(socket, Integer.MAX_VALUE);
                        socket.getOutputStream()
                                .write("HTTP/1.1 200 OK\r\nContent-Le".getBytes(StandardCharsets.US_ASCII));
                    },
                    1);
        }

        @Test
        void anAnswerThatIsNotHttp() throws Exception {
            assertLost(
                    socket -> {
                        read(socket, Integer.MAX_VALUE);
                        socket.getOutputStream()
                                .write("garbage\r\n\r\n".repeat(2000).getBytes(StandardCharsets.US_ASCII));
                    },
                    1);
        }

        @Test
        void anAnswerThatTrickles() throws Exception {
            Instant start = Instant.now();
            assertLost(
                    socket -> {
                        read(socket, Integer.MAX_VALUE);
                        for (int i = 0; i < 100; i++) {
                            socket.getOutputStream().write('H');
                            socket.getOutputStream().flush();
                            Waiting.delay(Duration.ofMillis(100));
                        }
                    },
                    1,
                    " did not answer within 1 s ",
                    Duration.ofSeconds(1));
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(9));
        }

        @Test
        void noAnswerInTime() {
            answer(aResponse().withFixedDelay(4000).withBody(SUCCESS));

            assertThatThrownBy(() -> send(url(), Duration.ofSeconds(1)))
                    .hasMessageStartingWith(
                            "The webhook " + url()
                                    + " did not answer within 1 s (olympe.deploy.timeout): the deployment may be running, so it was not sent again");
            assertDeliveries(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"EMPTY_RESPONSE", "RANDOM_DATA_THEN_CLOSE", "CONNECTION_RESET_BY_PEER"})
        void wireMocksFaults(String fault) {
            answer(aResponse().withFault(Fault.valueOf(fault)));

            assertThatThrownBy(() -> send(url()))
                    .hasMessageStartingWith("The webhook " + url() + " received the request but did not answer (")
                    .hasMessageContaining("the deployment may be running");
            assertDeliveries(1);
        }

        @Test
        void aMalformedBodyAfterASuccessIsAWarning() {
            answer(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK));

            assertThat(send(url()).accepted()).isTrue();
            assertThat(told.get(1)).startsWith("oddly ").contains("(its answer is cut)");
            assertDeliveries(1);
        }

        @Test
        void aBodyCutAfterASuccessIsAWarning() {
            try (EmbeddedWebhook cutting = EmbeddedWebhook.start()) {
                cutting.answer(EmbeddedWebhook.Answer.of(200, SUCCESS).cutAfter(5));

                assertThat(send(cutting.url("/x")).accepted()).isTrue();

                assertThat(told.get(1)).endsWith("(its answer is cut): {\"mes");
                assertThat(cutting.requests()).hasSize(1);
            }
        }

        @Test
        void aBodyWithoutEndAfterASuccessIsAWarning() throws Exception {
            try (ServerSocket listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
                Thread accepting = new Thread(() -> {
                    try (Socket socket = listening.accept()) {
                        read(socket, Integer.MAX_VALUE);
                        socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                        while (true) {
                            socket.getOutputStream().write(new byte[8192]);
                        }
                    } catch (IOException e) {
                        // The client has heard enough.
                    }
                });
                accepting.setDaemon(true);
                accepting.start();

                assertThat(send("http://127.0.0.1:" + listening.getLocalPort() + "/")
                                .complete())
                        .isFalse();
                accepting.join(10_000);
                assertThat(accepting.isAlive()).isFalse();
            }
        }
    }

    @Nested
    class Tls {

        @Test
        void aHandshakeWithoutEndIsAnErrorAndNothingWasSent() {
            try (LoopbackListener silent = LoopbackListener.open()) {
                String url = "https://" + silent.authority() + "/";

                assertThatThrownBy(() -> send(url, Duration.ofSeconds(1)))
                        .isInstanceOf(NotAcceptedException.class)
                        .hasMessage("The webhook " + url + " could not be connected within 1 s, so check the network or"
                                + " raise olympe.deploy.timeout; nothing was sent.");
            }
            assertThat(pauses).isEmpty();
        }

        @Test
        void anUntrustedCertificateIsAnError() throws Exception {
            try (EmbeddedWebhook https = EmbeddedWebhook.start(
                    TestCertificate.create(folder.resolve("tls")).context())) {
                assertThatThrownBy(() -> send(https.url("/x")))
                        .isInstanceOf(OlympeException.class)
                        .hasMessageStartingWith(
                                "The webhook " + https.url("/x") + " has a certificate that is not trusted (")
                        .hasMessageEndingWith(
                                "or give Java the certificate's authority with -Djavax.net.ssl.trustStore; nothing was sent.");
                assertThat(https.requests()).isEmpty();
                assertThat(pauses).isEmpty();
            }
        }

        @Test
        void noTlsAtAllIsAnError() throws Exception {
            answer(aResponse().withBody(SUCCESS));

            assertThatThrownBy(() -> send("https://127.0.0.1:" + server.port() + "/"))
                    .hasMessageContaining(" cannot be connected by TLS (")
                    .hasMessageEndingWith("; nothing was sent.");
            assertDeliveries(0);
            assertThat(pauses).isEmpty();
        }

        @Test
        void aConnectionCutWithinTheHandshakeIsAnErrorAndNotRetried() throws Exception {
            List<Integer> connections = new CopyOnWriteArrayList<>();
            try (LoopbackListener listening = LoopbackListener.open()) {
                listening.serve(
                        socket -> connections.add(socket.getInputStream().read()));
                assertThatThrownBy(() -> send("https://" + listening.authority() + "/"))
                        .hasMessageEndingWith("; nothing was sent.");
            }
            assertThat(connections).hasSize(1);
        }
    }

    @Nested
    class Proxies {

        @Test
        void theProxyOfTheSettingsIsUsedWithItsCredential() {
            server.start();
            server.stubFor(any(anyUrl())
                    .willReturn(aResponse().withStatus(407).withHeader("Proxy-Authenticate", "Basic realm=\"p\"")));
            server.stubFor(any(anyUrl())
                    .withHeader("Proxy-Authorization", equalTo("Basic dXNlcjpwYXNz"))
                    .willReturn(aResponse().withBody(SUCCESS)));
            HttpProxies proxies = new HttpProxies(List.of(new HttpProxy(
                    "http",
                    "127.0.0.1",
                    server.port(),
                    Optional.of(Credential.ofUser("proxy", "user", Secret.of("pass"))),
                    List.of())));

            WebhookAnswer answer = webhook(Duration.ofSeconds(10), proxies)
                    .post(DeployUrl.of("u", "http://deploy.example.com/acme", true), TOKEN, "{}", new Told());

            assertThat(answer.accepted()).isTrue();
            server.verify(
                    1,
                    postRequestedFor(urlEqualTo("/acme"))
                            .withHeader("Proxy-Authorization", equalTo("Basic dXNlcjpwYXNz")));
        }

        @Test
        void aProxyThatRefusesIsAnErrorAndNothingWasSent() {
            server.start();
            server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(403)));
            HttpProxies proxies = new HttpProxies(
                    List.of(new HttpProxy("https", "127.0.0.1", server.port(), Optional.empty(), List.of())));

            assertThatThrownBy(() -> webhook(Duration.ofSeconds(10), proxies)
                            .post(DeployUrl.of("u", "https://deploy.example.com/acme", true), TOKEN, "{}", new Told()))
                    .isInstanceOf(OlympeException.class)
                    .hasMessageEndingWith("; nothing was sent.");
        }
    }

    private final class Told implements DeployLog {

        @Override
        public void sending(DeployUrl url) {
            told.add("sending");
        }

        @Override
        public void waiting(DeployUrl url, Duration elapsed) {
            told.add("waiting " + elapsed.toSeconds());
        }

        @Override
        public void retrying(DeployUrl url, String reason, Duration pause) {
            told.add("again " + reason + " " + pause);
        }

        @Override
        public void accepted(DeployUrl url, String message) {
            told.add("accepted " + message);
        }

        @Override
        public void acceptedOddly(DeployUrl url, String sentence) {
            told.add("oddly " + sentence);
        }
    }
}
