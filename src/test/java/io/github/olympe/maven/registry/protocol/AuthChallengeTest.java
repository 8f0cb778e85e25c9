package io.github.olympe.maven.registry.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuthChallengeTest {

    @Test
    void readsABearerChallenge() {
        AuthChallenge challenge = AuthChallenge.of(
                        List.of(
                                "Bearer realm=\"https://auth.docker.io/token\",service=\"registry.docker.io\",scope=\"repository:a/b:pull,push\",error=\"invalid_token\""))
                .orElseThrow();

        assertThat(challenge.isBearer()).isTrue();
        assertThat(challenge.parameters())
                .containsEntry("realm", "https://auth.docker.io/token")
                .containsEntry("service", "registry.docker.io")
                .containsEntry("scope", "repository:a/b:pull,push");
    }

    @Test
    void prefersATokenToAPassword() {
        assertThat(AuthChallenge.of(List.of("Basic realm=\"x\"", "BEARER realm=\"https://t\"")))
                .hasValueSatisfying(
                        challenge -> assertThat(challenge.isBearer()).isTrue());
        assertThat(AuthChallenge.of(List.of("Negotiate", "basic")))
                .hasValueSatisfying(challenge -> assertThat(challenge.scheme()).isEqualTo("basic"));
    }

    @Test
    void readsSeveralChallengesOfOneHeader() {
        for (String header : List.of(
                "Basic realm=\"x, y\", Bearer realm=\"https://t\",service=\"s\"",
                "Negotiate,Basic realm=x , , Bearer realm=https://t, service=s",
                "Bearer realm=\"https://t\", service=\"s\", Basic realm=\"x\"")) {
            assertThat(AuthChallenge.of(List.of(header))).hasValueSatisfying(challenge -> {
                assertThat(challenge.isBearer()).isTrue();
                assertThat(challenge.parameters())
                        .containsOnly(Map.entry("realm", "https://t"), Map.entry("service", "s"));
            });
        }
        assertThat(AuthChallenge.of(List.of("Negotiate, Basic realm=\"x\", charset=\"UTF-8\"")))
                .hasValueSatisfying(challenge -> assertThat(challenge.scheme()).isEqualTo("basic"));
    }

    @Test
    void acceptsTextWithoutQuotes() {
        assertThat(AuthChallenge.of(List.of("Bearer realm=https://t/x, service = \"a \\\"b\\\"\"")))
                .hasValueSatisfying(challenge -> assertThat(challenge.parameters())
                        .containsEntry("realm", "https://t/x")
                        .containsEntry("service", "a \"b\""));
    }

    @Test
    void skipsSchemesThatItCannotAnswer() {
        assertThat(AuthChallenge.of(List.of("Negotiate", "Digest realm=\"x\"", "Bearer service=\"no realm\"", "")))
                .isEmpty();
    }
}
