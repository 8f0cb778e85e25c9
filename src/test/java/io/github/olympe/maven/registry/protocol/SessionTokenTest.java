package io.github.olympe.maven.registry.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionTokenTest {

    private final SessionToken tokens = new SessionToken();

    private String keep(String value) {
        return tokens.keep(new TokenAnswer(value, Duration.ofMinutes(5)));
    }

    @Test
    void theClientGetsANameInPlaceOfAToken() {
        assertThat(tokens.header()).isEmpty();
        String first = keep("s3cret-1");
        String second = keep("s3cret-2");

        assertThat(first).isNotEqualTo(second).doesNotContain("s3cret");
        assertThat(tokens.headerFor("Bearer " + first)).isEqualTo("Bearer s3cret-1");
        assertThat(tokens.headerFor("Bearer " + second)).isEqualTo("Bearer s3cret-2");
        assertThat(tokens.headerFor("Basic bmluYQ==")).isEqualTo("Basic bmluYQ==");
        assertThat(tokens.header()).contains("Bearer s3cret-2");
    }

    @Test
    void aTokenIsRenewedBeforeItEnds() {
        assertThat(tokens.isEnding()).isFalse();
        keep("long");
        assertThat(tokens.isEnding()).isFalse();
        tokens.keep(new TokenAnswer("short", Duration.ZERO));
        assertThat(tokens.isEnding()).isTrue();
        tokens.keep(new TokenAnswer("of 19 seconds", Duration.ofSeconds(19)));
        assertThat(tokens.isEnding()).as("half of its life").isFalse();
    }

    /** The client would fetch five tokens, and send a blob as often. */
    @Test
    void aTokenThatIsRefusedAtOnceAfterARefusalIsNotRenewedAgain() {
        keep("first");
        assertThat(tokens.isWorthRenewing("Bearer first", 401)).isTrue();
        keep("second");
        assertThat(tokens.isWorthRenewing("Bearer second", 401)).isFalse();
    }

    @Test
    void aTokenThatWasAcceptedOnceIsRenewed() {
        keep("first");
        tokens.isWorthRenewing("Bearer first", 401);
        keep("second");
        assertThat(tokens.isWorthRenewing("Bearer second", 200)).isTrue();
        assertThat(tokens.isWorthRenewing("Bearer second", 401)).isTrue();
        assertThat(tokens.isWorthRenewing("Basic bmluYQ==", 401)).isTrue();
    }
}
