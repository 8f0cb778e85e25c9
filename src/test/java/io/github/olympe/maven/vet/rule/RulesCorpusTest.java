package io.github.olympe.maven.vet.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.vet.scan.Inspection;
import io.github.olympe.maven.vet.scan.LayerBlob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule finds what it is for, and passes over what only looks like it. */
class RulesCorpusTest {

    private static final Path FINDINGS = Path.of("src/test/resources/vet/findings.cases");
    private static final Path LOOK_ALIKES = Path.of("src/test/resources/vet/look-alikes.cases");

    /** Found by what a whole image is, not by a file alone: {@code ImageReviewTest} has these. */
    private static final Set<Rule> OF_IMAGES = Set.copyOf(PodRules.RULES);

    /**
     * A file that nginx serves.
     *
     * @param rule the rule that it is a finding of, empty for a look-alike
     */
    record Case(String rule, String path, String content) {

        static Case of(String line, boolean isFinding) {
            String[] parts = line.split(" \\| ", isFinding ? 3 : 2);
            String content = parts[parts.length - 1]
                    .replace("~", "")
                    .replace("\\\\", "\u0000")
                    .replace("\\n", "\n")
                    .replace('\u0000', '\\');
            return new Case(isFinding ? parts[0] : "", parts[parts.length - 2], content);
        }

        List<Inspection.Found> found() {
            return new LayerBlob()
                    .file("usr/share/nginx/html/" + path, content)
                    .inspected()
                    .inspection()
                    .found();
        }
    }

    static Stream<Case> findings() throws IOException {
        return cases(FINDINGS, true);
    }

    static Stream<Case> lookAlikes() throws IOException {
        return cases(LOOK_ALIKES, false);
    }

    private static Stream<Case> cases(Path file, boolean areFindings) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("# "))
                .skip(areFindings ? 1 : 0) // the second line of the comment
                .map(line -> Case.of(line, areFindings));
    }

    @ParameterizedTest
    @MethodSource("findings")
    void isFound(Case example) {
        List<Inspection.Found> found = example.found();
        assertThat(errorsAnd(example.rule(), found)).containsOnly(example.rule());
        assertThat(found.toString()).as("what is remembered").doesNotContain(example.content());
    }

    /** Files such as source maps are a warning whatever is in them. */
    private static Set<String> errorsAnd(String rule, List<Inspection.Found> found) {
        return found.stream()
                .map(Inspection.Found::rule)
                .filter(id -> id.equals(rule) || Rules.find(id).orElseThrow().severity() == Severity.ERROR)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @MethodSource("lookAlikes")
    void isPassedOver(Case example) {
        assertThat(errorsAnd("", example.found())).isEmpty();
    }

    @Test
    void thereAreEnoughOfBoth() throws IOException {
        assertThat(findings()).hasSizeGreaterThanOrEqualTo(60);
        assertThat(lookAlikes()).hasSizeGreaterThanOrEqualTo(60);
    }

    @Test
    void everyRuleHasAFinding() throws IOException {
        List<Rule> rules = new ArrayList<>(Rules.all());
        rules.removeAll(OF_IMAGES);
        assertThat(findings().map(Case::rule).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(
                        rules.stream().map(Rule::id).toList());
    }

    @Test
    void everyRuleHasANameOfItsOwn() {
        assertThat(Rules.all()).extracting(Rule::id).doesNotHaveDuplicates();
    }
}
