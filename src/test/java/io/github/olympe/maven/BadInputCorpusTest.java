package io.github.olympe.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.testing.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The corpus of bad inputs is large, and the test of each package reads all files of the package. */
class BadInputCorpusTest {

    private static final int FEWEST = 500;

    @Test
    void everyFileIsUsedAndThereAreManyCases() throws IOException {
        List<String> tests = tests();
        TreeMap<String, Long> rooms = new TreeMap<>();
        for (Path file : files()) {
            String room = file.getParent().getFileName().toString();
            String table = room + "/" + file.getFileName().toString().replaceFirst("\\.cases$", "");
            assertThat(tests)
                    .as("tests that read %s", file)
                    .anyMatch(test -> test.contains("@Corpus(\"" + table + "\")"));
            rooms.merge(room, BadInput.of(table).count(), Long::sum);
        }
        System.out.println("Cases of bad input: " + rooms);
        assertThat(rooms.values().stream().mapToLong(Long::longValue).sum())
                .as("cases in %s", BadInput.CORPUS)
                .isGreaterThanOrEqualTo(FEWEST);
    }

    private static List<String> tests() throws IOException {
        List<String> tests = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                tests.add(Files.readString(file));
            }
        }
        return tests;
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(BadInput.CORPUS)) {
            return files.filter(file -> file.toString().endsWith(".cases")).toList();
        }
    }
}
