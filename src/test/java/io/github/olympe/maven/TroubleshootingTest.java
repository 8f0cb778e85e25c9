package io.github.olympe.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/troubleshooting.md has every error message that the plugin can print, and no other. */
class TroubleshootingTest {

    private static final Path PAGE = Path.of("docs/troubleshooting.md");

    @Test
    void everyMessageIsExplained() throws IOException {
        String page = Files.readString(PAGE);
        List<String> missing = new ArrayList<>();
        ErrorMessages.inSources().forEach((message, source) -> {
            if (!page.contains("`" + message + "`")) {
                missing.add("`" + message + "`  (" + source.getFileName() + ")");
            }
        });
        assertThat(missing).as("messages that %s does not explain", PAGE).isEmpty();
    }

    @Test
    void everyDocumentedMessageExists() throws IOException {
        var messages = ErrorMessages.inSources().keySet();
        assertThat(Files.readString(PAGE).lines())
                .filteredOn(line -> line.startsWith("- `"))
                .allSatisfy(line -> assertThat(messages).contains(line.substring(3, line.lastIndexOf('`'))));
    }
}
