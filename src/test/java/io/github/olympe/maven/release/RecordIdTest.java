package io.github.olympe.maven.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.registry.ImageReference;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordIdTest {

    private static final Instant TIME = Instant.parse("2026-11-26T06:40:15.987Z");

    @Test
    void isATagOfEnvironmentAndTime() {
        RecordId id = RecordId.create("production", TIME);
        assertThat(id.toString()).matches("production-20261126064015-[0-9a-f]{8}");
        assertThat(RecordId.of(id.toString())).isEqualTo(id);
    }

    @Test
    void twoIdsOfOneSecondDiffer() {
        assertThat(RecordId.create("production", TIME)).isNotEqualTo(RecordId.create("production", TIME));
    }

    @Test
    void tagsOfOneSecondSortByStart() {
        Instant second = Instant.parse("2026-11-26T06:40:15Z");
        List<String> tags = Stream.of(0, 1, 15, 16, 300, 998, 999)
                .map(millis ->
                        RecordId.create("production", second.plusMillis(millis)).toString())
                .toList();
        assertThat(tags).isSorted().allMatch(tag -> RecordId.of(tag).time().equals(second));
    }

    @ParameterizedTest
    @CsvSource({
        "Production, production",
        "codev/EU 2, codev-eu-2",
        "-a-, a",
        "20261126064015-1a2b3c4d, 20261126064015-1a2b3c4d"
    })
    void anEnvironmentIsMadeFitForATag(String environment, String slug) {
        RecordId id = RecordId.create(environment, TIME);
        assertThat(id.environment()).isEqualTo(slug);
        assertThat(RecordId.of(id.toString())).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"本番", "///"})
    void anEnvironmentWithoutLettersThatATagCanHave(String environment) {
        RecordId id = RecordId.create(environment, TIME);
        assertThat(id.environment()).matches("[0-9a-f]{12}");
        assertThat(RecordId.of(id.toString())).isEqualTo(id);
    }

    @Test
    void longEnvironmentNamesWithTheSameBeginningDiffer() {
        String beginning = "a".repeat(200);
        RecordId one = RecordId.create(beginning + "1", TIME);
        assertThat(one.environment())
                .isNotEqualTo(RecordId.create(beginning + "2", TIME).environment());
        assertThat(ImageReference.isTag(LedgerTag.awaited(one, TIME).toString()))
                .isTrue();
        assertThat(LedgerTag.find(LedgerTag.awaited(one, TIME).toString())).contains(LedgerTag.awaited(one, TIME));
    }

    @Test
    void onlyWhatIsTooLongForATagIsShortened() {
        String longest = RecordId.create("a".repeat(500), TIME).environment().replaceAll(".", "b");
        assertThat(RecordId.create(longest, TIME).environment()).isEqualTo(longest);
        assertThat(RecordId.create(longest + "b", TIME).environment())
                .hasSameSizeAs(longest)
                .isNotEqualTo(longest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "latest",
                "production",
                "production-20261326064015-1a2b3c4d",
                "production-20261126064015-1A2B3C4D",
                "-20261126064015-1a2b3c4d",
                "production-20261126064015-1a2b3c4d.sent"
            })
    void somethingElseIsNotARecord(String text) {
        assertThat(RecordId.find(text)).isEmpty();
        assertThatThrownBy(() -> RecordId.of(text))
                .isInstanceOf(OlympeException.class)
                .hasMessage("'" + text + "' is not a record; write it as 'mvn olympe:history' shows it, such as"
                        + " 'production-20261126064015-1a2b3c4d'.");
    }

    @Test
    void findsTheTagsOfARecord() {
        RecordId id = RecordId.create("production", TIME);
        assertThat(LedgerTag.find(id.toString())).contains(LedgerTag.record(id));
        assertThat(LedgerTag.find(id + ".sent")).contains(LedgerTag.mark(id));
        assertThat(LedgerTag.find(id + ".awaited-20261126064015")).contains(LedgerTag.awaited(id, TIME));
        assertThat(LedgerTag.find(id + ".other")).isEmpty();
        assertThat(LedgerTag.record(id).isRecord()).isTrue();
        assertThat(LedgerTag.mark(id).isRecord()).isFalse();
        assertThat(LedgerTag.awaited(id, TIME).isRecord()).isFalse();
    }
}
