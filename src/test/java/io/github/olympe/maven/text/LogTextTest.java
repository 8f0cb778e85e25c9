package io.github.olympe.maven.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogTextTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "##vso[task.setvariable variable=x]y, # #vso[task.setvariable variable=x]y",
                "it says ##vso[task.complete result=Succeeded;]DONE, it says # #vso[task.complete result=Succeeded;]DONE",
                "##[error]no, # #[error]no",
                "##[add-mask]a, # #[add-mask]a",
                "###[group]x, ## #[group]x",
                "##teamcity[buildStatus status='SUCCESS'], # #teamcity[buildStatus status='SUCCESS']",
                "::set-output name=a::b, : :set-output name=a::b",
                "::add-mask::e, : :add-mask::e",
                "::stop-commands::x, : :stop-commands::x"
            })
    void hasNoCommandForACi(String text, String shown) {
        assertThat(LogText.of(text)).isEqualTo(shown);
    }

    @Test
    void containsNoCommandInAnyLine() {
        assertThat(LogText.of("a\n  ::set-env name=PATH::x\r\n\t##[command]b\n"))
                .isEqualTo("a\n  : :set-env name=PATH::x\r\n\t# #[command]b\n");
        // GitHub's runner treats every space of Unicode as a space.
        assertThat(LogText.of("a\n\u00a0\u3000::add-path::x")).isEqualTo("a\n\u00a0\u3000: :add-path::x");
    }

    @Test
    void containsNoControlCharacters() {
        assertThat(LogText.of("section_start:1:x\r\u001b[0Ktitle \u001b]0;t\u0007 \b\0\u009b2J \u2028"))
                .isEqualTo("section_start:1:x\\r\\u001b[0Ktitle \\u001b]0;t\\u0007 \\u0008\\u0000\\u009b2J \\u2028");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "## Title",
                "a##b [c]",
                "std::string",
                "a ::b",
                "C:\\x",
                "\u001b[1;31mred\u001b[0m",
                "a\tb\nc\r\nd",
                "#[derive]",
                "größer – ja"
            })
    void isOtherwiseUnchanged(String text) {
        assertThat(LogText.of(text)).isEqualTo(text);
    }
}
