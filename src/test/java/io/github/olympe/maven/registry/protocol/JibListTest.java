package io.github.olympe.maven.registry.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The lists in docs/architecture.md of what Jib Core gets wrong and what its types lose. Each line must name an existing test. */
class JibListTest {

    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern NAME = Pattern.compile("`(\\w+Test)(?:\\.(\\w+))?`");

    static List<String> lines() throws IOException {
        String text = Files.readString(Path.of("docs/architecture.md"));
        return Stream.of("| what Jib does |", "| Jib's type |")
                .map(title -> text.substring(text.indexOf(title)))
                .flatMap(list -> list.substring(0, list.indexOf("\n\n")).lines().skip(2))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("lines")
    void namesAnExistingTest(String line) throws IOException {
        String[] cells = line.split(" \\| ");
        List<MatchResult> names =
                NAME.matcher(cells[cells.length - 1]).results().toList();

        assertThat(cells).hasSize(4);
        assertThat(names).isNotEmpty();
        for (MatchResult name : names) {
            try (Stream<Path> files = Files.walk(TESTS)) {
                Path test = files.filter(file -> file.endsWith(name.group(1) + ".java"))
                        .findFirst()
                        .orElseThrow();
                if (name.group(2) != null) {
                    assertThat(test).content().contains("void " + name.group(2) + "(");
                }
            }
        }
    }
}
