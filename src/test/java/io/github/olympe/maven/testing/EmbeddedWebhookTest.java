package io.github.olympe.maven.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.testing.EmbeddedWebhook.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class EmbeddedWebhookTest {

    @Test
    void recordsRequestsAndAnswersAsConfigured() throws Exception {
        try (EmbeddedWebhook webhook = EmbeddedWebhook.start()) {
            webhook.answer(Answer.of(503, "busy").withHeader("Retry-After", "1"))
                    .answer(Answer.cut());

            HttpResponse<String> busy = post(webhook.url("/acme/x"), "{}");
            assertThat(busy.statusCode()).isEqualTo(503);
            assertThat(busy.headers().firstValue("Retry-After")).contains("1");
            assertThatThrownBy(() -> post(webhook.url("/acme/x"), "cut")).isInstanceOf(IOException.class);
            assertThat(post(webhook.url("/acme/x"), "late").body()).isEqualTo("{\"message\": \"success\"}");

            assertThat(webhook.requests())
                    .extracting(EmbeddedWebhook.Request::body)
                    .containsExactly("{}", "cut", "late");
            assertThat(webhook.requests().get(0).header("authorization")).isEqualTo("Bearer x");
        }
    }

    @Test
    void cutsTheConnectionWithinTheBody() {
        try (EmbeddedWebhook webhook = EmbeddedWebhook.start()) {
            webhook.answer(Answer.of(200, "0123456789").cutAfter(3));

            assertThatThrownBy(() -> post(webhook.url("/"), "{}")).isInstanceOf(IOException.class);
        }
    }

    private static HttpResponse<String> post(String url, String body) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header("Authorization", "Bearer x")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
