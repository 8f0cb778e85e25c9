package io.github.olympe.maven.patches;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SettingChangeTest {

    private static List<String> sentences(Map<String, String> before, Map<String, String> after) {
        return SettingChange.between(new TreeMap<>(before), new TreeMap<>(after)).stream()
                .map(SettingChange::sentence)
                .toList();
    }

    @Test
    void saysWhatWasSetChangedAndRemoved() {
        assertThat(sentences(
                        Map.of("User", "root", "WorkingDir", "/app", "Same", "x"),
                        Map.of("User", "1000", "StopSignal", "SIGQUIT", "Same", "x")))
                .containsExactly(
                        "configuration: StopSignal set to 'SIGQUIT'",
                        "configuration: User changed from 'root' to '1000'",
                        "configuration: WorkingDir removed (was '/app')");
    }

    @Test
    void aValueThatMayBeASecretIsNotShown() {
        assertThat(sentences(
                        Map.of("Env API_TOKEN", "s3cret-1", "Env URL", "https://nina:s3cret-2@shop.example.com/"),
                        Map.of("Env API_TOKEN", "s3cret-3", "Env URL", "https://shop.example.com/")))
                .containsExactly(
                        "configuration: Env API_TOKEN changed from '***' to '***'",
                        "configuration: Env URL changed from '***' to '***'");
        assertThat(sentences(Map.of(), Map.of("Env URL", "https://nina:s3cret@shop.example.com/")))
                .containsExactly("configuration: Env URL set to '***'");
        assertThat(sentences(Map.of("Env API_TOKEN", "s3cret"), Map.of()))
                .containsExactly("configuration: Env API_TOKEN removed (was '***')");
    }
}
