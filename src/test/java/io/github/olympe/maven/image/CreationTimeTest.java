package io.github.olympe.maven.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CreationTimeTest {

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-22T01:00:00+01:00", "2026-11-22T00:00:00Z", " 1795305600 "})
    void readsATimeOrSeconds(String text) {
        assertThat(CreationTime.of(text)).contains(Instant.parse("2026-11-22T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0", "yesterday", "99999999999999999999"})
    void acceptsWhatMavenTreatsAsNoTime(String text) {
        assertThat(CreationTime.of(text)).isEmpty();
    }

    @Test
    void ignoresTheDefaultOfMaven4() {
        assertThat(CreationTime.of("1980-02-01T00:00:00Z")).isEmpty();
        assertThat(CreationTime.of(null)).isEmpty();
    }
}
