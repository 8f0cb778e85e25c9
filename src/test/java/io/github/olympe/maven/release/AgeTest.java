package io.github.olympe.maven.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgeTest {

    @ParameterizedTest
    @CsvSource({
        "PT-5S, less than a minute ago",
        "PT59S, less than a minute ago",
        "PT60S, 1 minute ago",
        "PT59M59S, 59 minutes ago",
        "PT1H, 1 hour ago",
        "PT23H59M, 23 hours ago",
        "PT24H, 1 day ago",
        "P400D, 400 days ago"
    })
    void itIsInTheLargestUnitThatFits(Duration age, String text) {
        assertThat(Age.of(age)).isEqualTo(text);
    }
}
