package io.github.olympe.maven.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.image.LevelLog;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class ImageLogTest {

    @Test
    void aQuietLogTellsEverythingOnlyForDebugging() {
        LevelLog log = new LevelLog(new ArrayList<>());
        ImageLog quiet = log.quiet();

        quiet.info("one");
        quiet.warn("two");
        quiet.debug("three");

        assertThat(log.lines()).containsExactly("DEBUG one", "DEBUG two", "DEBUG three");
    }
}
