package io.github.olympe.maven.vet.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class RulesDocumentationTest {

    /** docs/vet.md lists each rule as in the table of rules, and no other. */
    @Test
    void everyRuleIsExplained() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("docs/vet.md")).stream()
                .filter(line ->
                        line.startsWith("| `") && (line.contains(" | error | ") || line.contains(" | warning | ")))
                .toList();
        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(Rules.all().stream()
                        .map(rule -> "| `" + rule.id() + "` | "
                                + rule.severity().name().toLowerCase(Locale.ROOT) + " | " + rule.looksFor() + " |")
                        .toList());
    }
}
