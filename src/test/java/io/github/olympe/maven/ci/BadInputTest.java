package io.github.olympe.maven.ci;

import static io.github.olympe.maven.testing.Mutations.text;

import io.github.olympe.maven.testing.BadInput;
import io.github.olympe.maven.testing.Corpus;
import io.github.olympe.maven.testing.Mutations;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Input from CIs, git and the parameters about branches, from {@code src/test/resources/bad/ci}. */
class BadInputTest {

    @TempDir
    Path folder;

    @Corpus("ci/deploy-branches")
    void deployBranches(BadInput input) throws Exception {
        input.check(
                folder,
                () -> BranchPattern.of("deployBranches", input.parts().get(0))
                        .matches(input.parts().get(1)));
    }

    @Corpus("ci/template")
    void template(BadInput input) throws Exception {
        input.check(folder, () -> resolved(input.text()));
    }

    private static String resolved(String text) {
        return new Template("tags", text)
                .resolve(Map.of("branch", Optional.of("main"), "tag", Optional.empty()))
                .orElse("nothing");
    }

    @Corpus("ci/variables")
    void variables(BadInput input) throws Exception {
        Map<String, String> environment = new HashMap<>();
        input.parts()
                .forEach(part ->
                        environment.put(part.substring(0, part.indexOf('=')), part.substring(part.indexOf('=') + 1)));
        input.check(folder, () -> BuildContext.detect(environment, folder));
    }

    @Corpus("ci/git-config")
    void gitConfig(BadInput input) throws Exception {
        input.write(folder.resolve(".git/config"));
        input.check(folder, () -> SourceLocation.detect(Map.of(), folder).orElse("nothing"));
    }

    @Corpus("ci/git-file")
    void gitFile(BadInput input) throws Exception {
        input.write(folder.resolve(".git"));
        input.check(folder, () -> BuildContext.detect(Map.of(), folder).branch().orElse("nothing"));
    }

    @Test
    void randomExpressionsCauseNoUnexpectedError() throws Exception {
        List<String> good = List.of(
                "main|master", "release/\\d+\\.\\d+(-[a-z]+)*", "(feature|hotfix)/[^/]+", "(?i)v?(?<major>\\d{1,3})");
        Mutations.survive(
                1000,
                good,
                text(expression ->
                        BranchPattern.of("deployBranches", expression).matches("release/12.4-aaaaaaaaaa-b")));
    }

    @Test
    void randomTemplatesCauseNoUnexpectedError() throws Exception {
        Mutations.survive(3000, List.of("{branch}-{tag}", "v{branch}", "latest"), text(BadInputTest::resolved));
    }

    @Test
    void randomVariablesCauseNoUnexpectedError() throws Exception {
        List<String> good = List.of(
                "refs/heads/main", "refs/pull/12/merge", "refs/tags/v1", "refs/heads/gh-readonly-queue/main/pr-1-abc");
        Mutations.survive(
                500,
                good,
                text(ref -> BuildContext.detect(Map.of("GITHUB_ACTIONS", "true", "GITHUB_REF", ref), folder)));
    }
}
