package io.github.olympe.maven.vet.rule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A file that nginx serves, of {@code src/test/resources/vet}.
 *
 * @param rule the rule that finds something in it; empty for a look-alike
 */
public record CorpusCase(String rule, String path, String content) {

    private static final Path FINDINGS = Path.of("src/test/resources/vet/findings.cases");
    private static final Path LOOK_ALIKES = Path.of("src/test/resources/vet/look-alikes.cases");

    /** Returns the files in which a rule finds something. */
    public static Stream<CorpusCase> findings() throws IOException {
        return cases(FINDINGS, true);
    }

    /** Returns the files in which no rule finds anything. */
    static Stream<CorpusCase> lookAlikes() throws IOException {
        return cases(LOOK_ALIKES, false);
    }

    private static Stream<CorpusCase> cases(Path file, boolean areFindings) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("# "))
                .skip(areFindings ? 1 : 0) // the second line of the comment
                .map(line -> of(line, areFindings));
    }

    private static CorpusCase of(String line, boolean isFinding) {
        String[] parts = line.split(" \\| ", isFinding ? 3 : 2);
        String content = parts[parts.length - 1]
                .replace("~", "")
                .replace("\\\\", "\u0000")
                .replace("\\n", "\n")
                .replace('\u0000', '\\');
        return new CorpusCase(isFinding ? parts[0] : "", parts[parts.length - 2], content);
    }
}
