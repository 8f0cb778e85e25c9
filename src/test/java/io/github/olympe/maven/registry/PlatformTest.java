package io.github.olympe.maven.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {

    @ParameterizedTest
    @CsvSource({
        "linux/amd64, linux/amd64, true",
        "linux/amd64, linux/amd64/v1, true",
        "linux/amd64/v1, linux/amd64, true",
        "linux/amd64, linux/amd64/v3, false",
        "linux/amd64/v3, linux/amd64, false",
        "linux/amd64/v3, linux/amd64/v3, true",
        "linux/amd64, linux/x86_64, true",
        "linux/arm64, linux/arm64/v8, true",
        "linux/arm64/v8, linux/arm64, true",
        "linux/arm64/v8, linux/aarch64, true",
        "linux/arm64, linux/arm64/v9, false",
        "linux/arm, linux/arm/v7, true",
        "linux/arm/v7, linux/arm, true",
        "linux/arm, linux/arm/v6, false",
        "linux/arm/v6, linux/arm/6, true",
        "linux/arm/v7, linux/armhf, true",
        "linux/arm, linux/arm64, false",
        "linux/386, linux/i686, true",
        "linux/s390x, linux/s390x, true",
        "linux/amd64, windows/amd64, false"
    })
    void isComparedAsContainerdNormalisesIt(String wanted, String offered, boolean accepted) {
        assertThat(Platform.of("platforms", wanted).accepts(Platform.of("platforms", offered)))
                .isEqualTo(accepted);
    }

    @Test
    void isWrittenAsItIsRead() {
        assertThat(Platform.of("platforms", "linux/arm64/v8")).hasToString("linux/arm64/v8");
        assertThat(Platform.of("platforms", " linux/amd64 "))
                .hasToString("linux/amd64")
                .isEqualTo(Platform.LINUX_AMD64);
    }

    @Test
    void somethingElseIsNotAPlatform() {
        assertThatThrownBy(() -> Platform.of("platforms", "amd64"))
                .isInstanceOf(OlympeException.class)
                .hasMessage(
                        "Invalid value for 'platforms': 'amd64'. Write a platform as 'linux/amd64' or 'linux/arm64/v8'.");
        assertThat(Platform.parse("linux/")).isEmpty();
    }
}
