package io.github.olympe.maven.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "' 120 ', 120", "-5, 0", "9999999999999, 86400"})
    void isANumberOfSeconds(String value, long seconds) {
        assertThat(RetryAfter.of(value)).contains(Duration.ofSeconds(seconds));
    }

    @Test
    void readsADate() {
        ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);

        assertThat(RetryAfter.of(DateTimeFormatter.RFC_1123_DATE_TIME.format(now.plusMinutes(5)))
                        .orElseThrow())
                .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
        assertThat(RetryAfter.of(DateTimeFormatter.RFC_1123_DATE_TIME.format(now.minusMinutes(5))))
                .contains(Duration.ZERO);
        assertThat(RetryAfter.of(DateTimeFormatter.RFC_1123_DATE_TIME.format(now.plusYears(5))))
                .contains(Duration.ofDays(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "1.5", "99999999999999999999", "Mon, 31 Feb 2026 00:00:00 GMT"})
    void orNothing(String value) {
        assertThat(RetryAfter.of(value)).isEmpty();
    }
}
