package io.github.olympe.maven.goal.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalColoursTest {

    @ParameterizedTest
    @CsvSource({
        "auto, true, true, true",
        "auto, false, true, false",
        "auto, true, false, false",
        "always, false, false, true",
        "never, true, true, false"
    })
    void areWantedWhereMavenHasThem(String style, boolean coloured, boolean terminal, boolean wanted) {
        Properties properties = new Properties();
        properties.setProperty("style.color", style);
        assertThat(TerminalColours.wanted(properties, coloured, terminal)).isEqualTo(wanted);
    }

    @Test
    void npmGetsTheColourSettingOnce() {
        Map<String, String> environment = Map.of("FORCE_COLOR", "1", "NPM_CONFIG_COLOR", "always", "HOME", "/root");
        assertThat(TerminalColours.apply(false, environment))
                .containsOnly(
                        Map.entry("HOME", "/root"), Map.entry("NO_COLOR", "1"), Map.entry("npm_config_color", "false"));
        assertThat(TerminalColours.apply(true, environment))
                .containsOnly(
                        Map.entry("HOME", "/root"),
                        Map.entry("FORCE_COLOR", "1"),
                        Map.entry("npm_config_color", "always"));
    }
}
