package io.github.olympe.maven.adopt.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which branches a pipeline's expression stands for. */
class BranchRulesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/^(develop|stable)$/ develop,stable",
                "/^main$/i main",
                "/main|master/ main,master",
                "/^release\\/.*$/ release/.*",
                "/^release/ release.*",
                "/-stable$/ .*-stable",
                "/rel.*ase/ .*rel.*ase.*",
                "/^v[0-9]+$/ v[0-9]+",
                "main main",
                "^main$ main",
            })
    void anExpressionStandsForPatterns(String written, String patterns) {
        assertThat(BranchRules.of(written)).containsExactly(patterns.split(","));
    }

    @ParameterizedTest
    @CsvSource({
        "refs/heads/main,main",
        "release/*,release/.*",
        "release/**,release/.*",
        "1.x,1.x",
        "1.*,1\\..*",
    })
    void aNameWithWildcardsIsAPattern(String name, String pattern) {
        assertThat(BranchRules.glob(name)).isEqualTo(pattern);
    }

    @ParameterizedTest
    @CsvSource({
        "main,main,true",
        "main,develop,false",
        "release/.*,release/1,true",
        "release/.*,release,false",
        // Not an expression, but a branch may be named so.
        "fix(1,fix(1,true",
        "fix(1,fix,false",
    })
    void aPatternMatchesTheWholeBranch(String pattern, String branch, boolean matches) {
        assertThat(BranchRules.includes(List.of("other", pattern), branch)).isEqualTo(matches);
        assertThat(BranchRules.includes(List.of(), branch)).isTrue();
    }
}
