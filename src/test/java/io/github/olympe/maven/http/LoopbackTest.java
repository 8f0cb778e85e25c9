package io.github.olympe.maven.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackTest {

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost", "127.0.0.1", "127.1.2.3", "::1", "[::1]", "0:0:0:0:0:0:0:1"})
    void isThisMachine(String host) {
        assertThat(Loopback.is(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registry.example.com",
                "localhost.example.com",
                "notlocalhost",
                "127.0.0.1.example.com",
                "128.0.0.1",
                "0.0.0.0",
                "",
                // Resolves to nothing, because no label may be that long.
                "a-label-that-is-much-longer-than-the-sixty-three-letters-which-it-may-have-at-most.localhost"
            })
    void isAnotherMachineOrNone(String host) {
        assertThat(Loopback.is(host)).isFalse();
    }
}
