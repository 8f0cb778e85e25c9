package io.github.olympe.maven.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageLogTest {

    private final List<String> lines = new ArrayList<>();

    private final ImageLog log = new ImageLog() {
        @Override
        public void info(String line) {
            lines.add("INFO " + line);
        }

        @Override
        public void warn(String line) {
            lines.add("WARN " + line);
        }

        @Override
        public void debug(String line) {
            lines.add("DEBUG " + line);
        }
    };

    @Test
    void aQuietLogTellsEverythingOnlyForDebugging() {
        ImageLog quiet = log.quiet();

        quiet.info("one");
        quiet.warn("two");
        quiet.debug("three");

        assertThat(lines).containsExactly("DEBUG one", "DEBUG two", "DEBUG three");
    }
}
