package io.github.olympe.maven.vet.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.vet.rule.Rule.Severity;
import io.github.olympe.maven.vet.scan.Inspection;
import io.github.olympe.maven.vet.scan.LayerBlob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule finds what it is meant for, and ignores look-alikes. */
class RulesCorpusTest {

    /** Rules about a whole image, not a single file: {@code VetPlanTest} tests these. */
    private static final Set<Rule> OF_IMAGES = Set.copyOf(PodRules.RULES);

    static Stream<CorpusCase> findings() throws IOException {
        return CorpusCase.findings();
    }

    static Stream<CorpusCase> lookAlikes() throws IOException {
        return CorpusCase.lookAlikes();
    }

    private static List<Inspection.Found> found(CorpusCase example) {
        return new LayerBlob()
                .file("usr/share/nginx/html/" + example.path(), example.content())
                .inspected()
                .inspection()
                .found();
    }

    @ParameterizedTest
    @MethodSource("findings")
    void secretsAreFound(CorpusCase example) {
        List<Inspection.Found> found = found(example);
        assertThat(errorsAnd(example.rule(), found)).containsOnly(example.rule());
        assertThat(found.toString()).as("what is remembered").doesNotContain(example.content());
    }

    /** Files such as source maps cause a warning whatever they contain. */
    private static Set<String> errorsAnd(String rule, List<Inspection.Found> found) {
        return found.stream()
                .map(Inspection.Found::rule)
                .filter(id -> id.equals(rule) || Rules.find(id).orElseThrow().severity() == Severity.ERROR)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @MethodSource("lookAlikes")
    void lookAlikesAreIgnored(CorpusCase example) {
        assertThat(errorsAnd("", found(example))).isEmpty();
    }

    @Test
    void thereAreEnoughSecretsAndLookAlikes() throws IOException {
        assertThat(findings()).hasSizeGreaterThanOrEqualTo(60);
        assertThat(lookAlikes()).hasSizeGreaterThanOrEqualTo(60);
    }

    @Test
    void everyRuleHasAFinding() throws IOException {
        List<Rule> rules = new ArrayList<>(Rules.all());
        rules.removeAll(OF_IMAGES);
        rules.remove(Rules.SERVED_LINK); // Of two paths: VetPlanTest has its cases.
        assertThat(findings().map(CorpusCase::rule).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(
                        rules.stream().map(Rule::id).toList());
    }

    /** So the scanner's count of lines never goes back. */
    @Test
    void everyAnchorIsInOneLine() {
        assertThat(Rules.texts()).extracting(TextRule::anchor).noneMatch(anchor -> anchor.contains("\n"));
    }

    @Test
    void everyRuleHasAUniqueName() {
        assertThat(Rules.all()).extracting(Rule::id).doesNotHaveDuplicates();
    }
}
