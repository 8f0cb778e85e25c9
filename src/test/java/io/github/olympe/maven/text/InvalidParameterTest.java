package io.github.olympe.maven.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InvalidParameterTest {

    @Test
    void namesTheParameterShowsTheValueAndSaysWhatToDo() {
        assertThat(InvalidParameter.of("platforms", "linux/foo", "Use one of linux/amd64, linux/arm64."))
                .hasMessage("Invalid value for 'platforms': 'linux/foo'. Use one of linux/amd64, linux/arm64.");
    }

    @Test
    void alsoNamesTheProperty() {
        assertThat(InvalidParameter.of("gitTimeout (olympe.git.timeout)", 0, "Give a number of seconds above 0."))
                .hasMessage(
                        "Invalid value for 'gitTimeout' (olympe.git.timeout): '0'. Give a number of seconds above 0.");
    }

    @Test
    void showsNoMoreThanIsNeededOfAValue() {
        assertThat(InvalidParameter.of("tags", "a\n" + "b".repeat(1000), "Write another."))
                .hasMessageContaining("'a\\nbbb")
                .hasMessageEndingWith("'. Write another.")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
        assertThat(InvalidParameter.hidden("url", "Write another."))
                .hasMessage("Invalid value for 'url' (not shown, since it may contain a password). Write another.");
    }

    @Test
    void reportsAMissingParameter() {
        assertThat(InvalidParameter.missing("registry (olympe.registry)", "Set it to a registry."))
                .hasMessage("Missing parameter 'registry' (olympe.registry). Set it to a registry.");
    }

    @Test
    void aPropertyFollowsTheNameInASentence() {
        assertThat(InvalidParameter.inText("vetImage (olympe.vet.image)"))
                .isEqualTo("the parameter 'vetImage' (olympe.vet.image)");
        assertThat(InvalidParameter.inText("registry")).isEqualTo("the parameter 'registry'");
    }
}
