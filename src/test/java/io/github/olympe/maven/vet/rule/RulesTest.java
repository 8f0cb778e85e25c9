package io.github.olympe.maven.vet.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {

    /** All others are scanned in parts, whatever their size. */
    @ParameterizedTest
    @CsvSource({
        "oConfig.json, true",
        "res/oConfigNode.json, true",
        ".npmrc, true",
        "config/.env.local, true",
        ".docker/config.json, true",
        "main.js, false",
        "config.json, false",
        "env, false",
    })
    void onlyConfigurationsAreReadAsAWhole(String path, boolean isWanted) {
        assertThat(Rules.wantsWhole(path)).isEqualTo(isWanted);
    }

    private static List<String> found(String path, String text, boolean served) {
        return Rules.ofFile(path, text, served).stream()
                .map(hit -> hit.rule().id() + ":" + hit.line())
                .toList();
    }

    @Test
    void aPasswordIsFoundHoweverDeepItLies() {
        String text = "[{\"a\":".repeat(499) + "{\"db.password\":\n\"kr0kodil\"}" + "}]".repeat(499);

        assertThat(found("oConfig.json", text, true)).containsExactly("oconfig-password:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"db.password\": \"kr0kodil\", // without its braces",
                "'x': 1, \"db.password\": 'kr0kodil'",
            })
    void aConfigurationThatIsNotJsonHasTheLinesToo(String text) {
        assertThat(found("oConfig.json", text, true)).containsExactly("oconfig-password:1");
        assertThat(found("oConfig.json", "\n\n" + text, true)).containsExactly("oconfig-password:3");
    }

    @Test
    void aRuleIsNamedOnceForAFileWithItsFirstLine() {
        assertThat(found("oConfig.json", "{\n\"db.password\": \"kr0kodil\",\n\"mail.password\": \"kr1kodil\"}", true))
                .containsExactly("oconfig-password:2");
    }

    @Test
    void theBackendsOwnConfigurationMayHaveItsPassword() {
        String text = "{\"db.password\": \"kr0kodil\", \"sc.app\": \"<service app tag>\"}";

        assertThat(found("home/node/app/oConfigNode.json", text, false)).containsExactly("placeholder:1");
    }

    /** The whole file must be left out. */
    @Test
    void whatIsToBeFilledInIsNotReportedInAFileThatMustNotBeServed() {
        String text = "{\"sc.app\": \"<service app tag>\", \"defaultHost\": \"shop.olympe.io\"}";

        assertThat(found("oConfigNode.json", text, true)).isEmpty();
        assertThat(found("oConfig.json", text, true)).containsExactly("placeholder:1", "default-host:1");
    }

    /** What a source map quotes is often from the documentation of packages. */
    @Test
    void aSourceMapIsNeitherAProgramNorAConfiguration() {
        assertThat(TextKind.of("main.js.map")).isEqualTo(TextKind.SOURCE_MAP);
        assertThat(TextKind.of("main.JS")).isEqualTo(TextKind.CODE);
        assertThat(TextKind.of("config.json")).isEqualTo(TextKind.OTHER);
    }
}
