package io.github.olympe.maven.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookAnswerTest {

    @ParameterizedTest
    @CsvSource({"199, false", "200, true", "202, true", "299, true", "300, false", "304, false", "400, false"})
    void onlyASuccessIsOne(int status, boolean accepted) {
        WebhookAnswer answer = new WebhookAnswer(status, "", "{}", true, Optional.empty(), Optional.empty());

        assertThat(answer.accepted()).isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{\"message\": \"queued\"} ~ {\"message\":\"queued\"}",
                "<html>ok</html> ~ \"<html>ok</html>\"",
                "'' ~ \"\"",
            })
    void isKeptAsJsonOrElseAsText(String body, String kept) throws Exception {
        WebhookAnswer answer = new WebhookAnswer(200, "OK", body, true, Optional.empty(), Optional.empty());

        assertThat(new ObjectMapper().readTree(answer.toJson()).path("body")).hasToString(kept);
    }
}
