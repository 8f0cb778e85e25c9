package io.github.olympe.maven.registry.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.http.Answer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TokenAnswerTest {

    private final AnsweringServer server = new AnsweringServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private TokenAnswer read(String body) throws Exception {
        try (Answer answer = server.answer(200, body)) {
            return TokenAnswer.read(answer);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"token\": \"a\"} | a | 60",
                "{\"access_token\": \"b\"} | b | 60",
                "{\"token\": \"\", \"access_token\": \"b\", \"expires_in\": 300} | b | 300",
                "{\"token\": \"a\", \"access_token\": \"b\", \"expires_in\": 1} | a | 1",
                "{\"token\": \"a\", \"expires_in\": 0} | a | 60",
                "{\"token\": \"a\", \"expires_in\": -1} | a | 60",
                "{\"token\": \"a\", \"expires_in\": 86400} | a | 86400",
                "{\"token\": \"a\", \"expires_in\": 999999999} | a | 86400",
                "{\"token\": \"!~\"} | !~ | 60",
            })
    void hasATokenAndSaysHowLongItLives(String body, String token, int seconds) throws Exception {
        assertThat(read(body)).isEqualTo(new TokenAnswer(token, Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<html> | TRANSIENT | answered something that is not JSON",
                "{} | REJECTED | answered without a token",
                "{\"token\": \"a b\"} | REJECTED | answered with a token that is invalid in a header",
                "{\"token\": \"a\\u007f\"} | REJECTED | answered with a token that is invalid in a header",
            })
    void anAnswerWithoutAUsableTokenIsAFailure(String body, RegistryFailure.Kind kind, String text) {
        assertThatThrownBy(() -> read(body)).isInstanceOfSatisfying(RegistryFailure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.text()).isEqualTo("the token server of the registry " + text);
        });
    }

    @Test
    void theTokenIsNotInItsText() throws Exception {
        assertThat(read("{\"token\": \"s3cr3t\"}")).hasToString("a token for PT1M");
    }
}
