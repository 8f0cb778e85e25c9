package io.github.olympe.maven.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The record of a deployment says whether it is certain that nothing runs. */
class NotAcceptedExceptionTest {

    @ParameterizedTest
    @CsvSource({"302, true", "401, true", "422, true", "499, true", "500, false", "502, false", "504, false"})
    void aServerThatFailedMayHavePassedThePayloadOn(int status, boolean certain) {
        WebhookAnswer answer = new WebhookAnswer(status, "", "", true, Optional.empty(), Optional.empty());

        NotAcceptedException thrown = new NotAcceptedException("no", answer);

        assertThat(thrown.isCertain()).isEqualTo(certain);
        assertThat(thrown.answer()).contains(answer);
    }

    @Test
    void nothingWasDeployedWithoutAConnection() {
        NotAcceptedException thrown = new NotAcceptedException("no", new IOException("refused"));

        assertThat(thrown.isCertain()).isTrue();
        assertThat(thrown.answer()).isEmpty();
    }
}
