package io.github.olympe.maven.registry.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.http.Answer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Jib Core gets to see of an answer. */
class TransportResponseTest {

    private final AnsweringServer server = new AnsweringServer();

    @AfterEach
    void close() {
        server.close();
    }

    private static Map<String, String> headers(TransportResponse response) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 0; i < response.getHeaderCount(); i++) {
            headers.put(response.getHeaderName(i), response.getHeaderValue(i));
        }
        return headers;
    }

    @Test
    void anAnswerKeepsItsStatusAndContent() throws IOException {
        try (Answer answer = server.answer(202, "content")) {
            TransportResponse response = TransportResponse.of("PATCH", answer, Map.of("Location", "/next"));

            assertThat(response.getStatusCode()).isEqualTo(202);
            assertThat(response.getReasonPhrase()).isEqualTo("Accepted");
            assertThat(response.getStatusLine()).isEqualTo("HTTP/1.1 202 Accepted");
            assertThat(headers(response))
                    .containsExactly(Map.entry("Location", "/next"), Map.entry("Content-Length", "7"));
            response.getContent().close();
            assertThat(response.getContent()).hasContent("content");
        }
    }

    /** The content is not compressed, and its length and type are those of the headers alone. */
    @Test
    void theTransportSaysNothingOfTheContent() throws IOException {
        try (Answer answer = server.answer(200, "content")) {
            TransportResponse response = TransportResponse.of("GET", answer, Map.of());

            assertThat(response.getContentEncoding()).isNull();
            assertThat(response.getContentType()).isNull();
            assertThat(response.getContentLength()).isEqualTo(-1);
        }
    }

    @Test
    void onlyARefusalIsCutToWhatAMessageShows() throws IOException {
        String text = "x".repeat(RegistryErrors.LONGEST_ERROR + 1);
        try (Answer refusal = server.answer(404, text)) {
            assertThat(TransportResponse.of("GET", refusal, Map.of())
                            .getContent()
                            .readAllBytes())
                    .hasSize(RegistryErrors.LONGEST_ERROR);
        }
        try (Answer answer = server.answer(206, text)) {
            assertThat(TransportResponse.of("GET", answer, Map.of())
                            .getContent()
                            .readAllBytes())
                    .hasSize(text.length());
        }
    }

    @Test
    void anAnswerToHeadHasALengthAndNoContent() throws IOException {
        try (Answer answer = server.answer(200, "content")) {
            TransportResponse response = TransportResponse.of("HEAD", answer, Map.of());

            assertThat(response.getContent()).isNull();
            assertThat(headers(response)).containsExactly(Map.entry("Content-Length", "7"));
        }
        try (Answer answer = server.answer(204, "")) {
            assertThat(headers(TransportResponse.of("HEAD", answer, Map.of())))
                    .containsExactly(Map.entry("Content-Length", "0"));
        }
    }

    @Test
    void anAnswerThatIsDisconnectedGivesNoMoreContent() throws IOException {
        try (Answer answer = server.answer(200, "x".repeat(1 << 20))) {
            TransportResponse response = TransportResponse.of("GET", answer, Map.of());
            response.disconnect();

            assertThat(answer.content())
                    .satisfies(
                            content -> assertThatThrownBy(content::readAllBytes).isInstanceOf(IOException.class));
        }
    }

    @Test
    void jibIsToldTheChallengeThatIsKnown() throws IOException {
        TransportResponse challenge = TransportResponse.challenging(Optional.of("Basic realm=\"registry\""));
        assertThat(challenge.getStatusCode()).isEqualTo(401);
        assertThat(headers(challenge)).containsExactly(Map.entry("WWW-Authenticate", "Basic realm=\"registry\""));

        TransportResponse open = TransportResponse.challenging(Optional.empty());
        assertThat(open.getStatusCode()).isEqualTo(200);
        assertThat(headers(open)).isEmpty();

        assertThat(TransportResponse.withToken("t").getContent()).hasContent("{\"token\":\"t\"}");
    }
}
