package io.github.olympe.maven.adopt.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.adopt.found.Facts;
import io.github.olympe.maven.adopt.found.Findings;
import io.github.olympe.maven.adopt.shell.syntax.Script;
import io.github.olympe.maven.testing.RealProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shell lines from pipelines. If all values are known, a variable has the same value as in a real bash. */
class ShellRunTest {

    private static final Map<String, String> VALUES = new TreeMap<>(Map.of(
            "WORDS", "one two  three", "NAME", "acme/shop-frontend", "V", "v1.2.3", "EMPTY", "", "POINTS_TO", "NAME"));

    /** Each sets {@code r}. */
    private static final List<String> SCRIPTS = List.of(
            "r=$NAME",
            "r=${NAME}:$V",
            "r='$NAME'\"-$V\"",
            "r=\"a\\\"b\\$V\\\\c\\d\"",
            "r=a\\ b\\$V",
            "r=\"costs 5$\"",
            "r=5$; r=\"$r\"x",
            "r=`echo $WORDS`",
            "r=$(echo $WORDS)",
            "r=$(echo \"$WORDS\")",
            "r=\"$(echo \"in $(echo $V)\")\"",
            "r=${NAME##*/}",
            "r=${NAME#*/}",
            "r=${NAME%/*}",
            "r=${NAME%%-*}",
            "r=${V#v}",
            "r=${V#x}",
            "r=${NAME/shop/store}",
            "r=${WORDS// /-}",
            "r=${WORDS//o}",
            "r=${V:1}",
            "r=${V:1:3}",
            "r=${V:0:40}",
            "r=${EMPTY:-other}",
            "r=${EMPTY-other}",
            "r=${EMPTY:+other}",
            "r=${V:+set-$V}",
            "r=${V:-other}",
            "r=${V:?is missing}",
            "r=${!POINTS_TO}",
            "r=a; r+=b; r+=\"$V\"",
            "export r=$V",
            "declare r=\"$V $V\"",
            "readonly r=1",
            "r=$(echo $NAME | cut -d/ -f2)",
            "r=$(echo $NAME | cut -d / -f 9)",
            "r=$(echo $V | cut -c1-2)",
            "r=$(echo $V | cut -c-4)",
            "r=$(echo $NAME | sed 's/shop/store/')",
            "r=$(echo $NAME | sed 's|/|-|g')",
            "r=$(echo $NAME | sed -e 's/a/1/' -e 's/e/2/g')",
            "r=$(echo $NAME | sed -E 's/([a-z]+)\\/(.*)/\\2 \\1/')",
            "r=$(echo $NAME | sed 's/\\(a[a-z]*\\)\\/.*/<\\1>/')",
            "r=$(echo 'a+b(c)' | sed 's/+b(c)/!/')",
            "r=$(echo 'price $5' | sed 's/5/$6/')",
            "r=$(echo $NAME | tr '/' '-')",
            "r=$(echo $NAME | tr -d '/-')",
            "r=$(echo 'a.b_c' | tr '._' '-')",
            "r=$(basename $NAME)",
            "r=$(echo one | head -1)",
            "r=$(printf '%s' \"$V\")",
            "if [ \"$V\" = v1.2.3 ]; then r=yes; else r=no; fi",
            "if [ \"$V\" != v1.2.3 ]; then r=yes; else r=no; fi",
            "if [ -z \"$EMPTY\" ]; then r=yes; else r=no; fi",
            "if [ -n \"$EMPTY\" ]; then r=yes; else r=no; fi",
            "if [ \"$EMPTY\" ]; then r=yes; else r=no; fi",
            "if [ ! \"$EMPTY\" ]; then r=yes; else r=no; fi",
            "if test \"$V\" = x -o -n \"$V\"; then r=yes; else r=no; fi",
            "if test \"$V\" = x -a -n \"$V\"; then r=yes; else r=no; fi",
            "if [[ $V == v* ]]; then r=yes; else r=no; fi",
            "if [[ $V == w* ]]; then r=yes; else r=no; fi",
            "if [[ $V =~ ^v[0-9]+\\.[0-9]+ ]]; then r=yes; else r=no; fi",
            "if [[ $V =~ 2\\.3$ && -n $NAME ]]; then r=yes; else r=no; fi",
            "if [[ $V == x || $V == v1.2.3 ]]; then r=yes; else r=no; fi",
            "if ! [ \"$V\" = x ]; then r=yes; else r=no; fi",
            "if [ \"$V\" = x ]; then r=1; elif [ \"$V\" = v1.2.3 ]; then r=2; else r=3; fi",
            "r=no; [ -n \"$V\" ] && r=yes",
            "r=no; [ -z \"$V\" ] || r=yes",
            "r=no; [ -z \"$V\" ] && r=yes || r=or",
            "case $V in v1*) r=one ;; v2*) r=two ;; *) r=other ;; esac",
            "case $NAME in x | acme/*) r=in ;; esac",
            "case \"$V\" in v?.2.3) r=any ;; *) r=none ;; esac",
            "r=; for w in $WORDS; do r=$r-$w; done",
            "r=; for w in \"$WORDS\" x; do r=\"$r<$w>\"; done",
            "r=; for w in a b; do [ $w = a ] && r=$r$w; done",
            "f() { r=\"$1 and $2: $@\"; }; f a b",
            "function f { echo \"<$1>\"; }; r=$(f \"$V\")",
            "{ r=grouped; }",
            "cat > file.txt <<EOF\nversion $V\nEOF\nr=$(cat file.txt)",
            "cat > file.txt <<'EOF'\nversion $V\nEOF\nr=$(cat file.txt)",
            "echo one > log.txt; echo two >> log.txt; r=$(cat log.txt)",
            "r=$(cat <<< \"$V\")",
            "r=1 # a comment",
            "r=a\\\nb",
            "r=$(echo a; echo b)",
            "r=$(true && echo yes)");

    @TempDir
    Path folder;

    private static Variables ran(String script, Map<String, String> values) {
        Variables variables = new Variables(values);
        new ShellRun(variables, Optional.empty(), new Findings(), new Facts())
                .run(List.of(Script.of("script.sh", 1, script)));
        return variables;
    }

    @Test
    void variablesHaveTheSameValuesAsInBash() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String script : SCRIPTS) {
            all.append("(\nr=unset\n").append(script).append("\nprintf '%s\\0' \"$r\"\n)\n");
        }
        Path file = Files.writeString(folder.resolve("all.sh"), all.toString());
        String printed =
                RealProgram.run(folder, VALUES, RealProgram.find("bash", "bash").toString(), file.toString());
        String[] bash = printed.split("\0", -1);

        assertThat(bash).hasSize(SCRIPTS.size() + 1);
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < SCRIPTS.size(); i++) {
            String ours = ran(SCRIPTS.get(i), VALUES).peek("r");
            if (!ours.equals(bash[i])) {
                wrong.add(SCRIPTS.get(i) + ": " + ours + ", and bash says " + bash[i]);
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** A value that only the CI knows becomes a placeholder, even as a part of a value that the plugin's tags know. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "r=$CI_COMMIT_REF_SLUG-$CI_COMMIT_SHORT_SHA => {branch}-{commit}",
                "r=${CI_COMMIT_SHA:0:8} => {commit}",
                "r=$(echo $CI_COMMIT_SHA | cut -c1-8) => {commit}",
                "r=${CI_COMMIT_REF_NAME:0:10} => {branch}",
                "r=${CI_COMMIT_TAG:-$CI_COMMIT_REF_SLUG} => {tag}",
                "r=${NOBODY_KNOWS:-default} => default",
                "r=${NOBODY_KNOWS-default} => default",
                "r=${NOBODY_KNOWS:+x} => x",
                "r=${NOBODY_KNOWS} => ${env.NOBODY_KNOWS}",
                "r=${env.BUILD_NUMBER} => ${env.BUILD_NUMBER}",
                "r=$((1 + 2)) => {output}",
                "r=$(date +%Y) => {date}",
                "r=$(jq -r .version package.json) => {version}",
                "r=$(jq -r .version node_modules/@olympeio/draw/package.json) => {drawVersion}",
                "r=$(node -p \"require('./package.json').version\") => {version}",
                "r=$(node -p \"require('@olympeio/draw/package.json').version\") => {drawVersion}",
                "r=$(node -p 1+1) => {output}",
                "r=$(echo x | cut -z) => {output}",
                "r=$(echo x | sed '/x/d') => {output}",
                "r=$(echo x | sed 's/(/y/' -E) => {output}",
                "r=${V^^} => v1.2.3",
                "r=$(echo ABC | tr A-Z a-z) => ABC",
                "r=$(echo $CI_COMMIT_REF_NAME | tr '[:upper:]' '[:lower:]' | tr / -) => {branch}",
                "r=$(timeout 5 echo a) => a",
                "r=$(env X=1 echo b) => b",
                "r=$(echo 'a b' | xargs echo) => a b",
            })
    void placeholders(String script, String expected) {
        assertThat(ran(script, Map.of("V", "v1.2.3")).peek("r")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "[ \"$CI_COMMIT_BRANCH\" = main ] => main => yes",
                "[ \"$CI_COMMIT_BRANCH\" = main ] => develop => no",
                "[ \"$CI_COMMIT_BRANCH\" != main ] => develop => yes",
                "[[ $CI_COMMIT_BRANCH =~ ^release/ ]] => release/1 => yes",
                "[[ $CI_COMMIT_BRANCH =~ ^(main|develop)$ ]] => main => yes",
                "[[ $CI_COMMIT_BRANCH == feature/* ]] => feature/1 => yes",
                "[[ $CI_COMMIT_BRANCH == feature/* ]] => main => no",
                "[ \"refs/heads/$CI_COMMIT_BRANCH\" = refs/heads/main ] => main => yes",
                "[[ $CI_COMMIT_BRANCH =~ [ ]] => main => both",
                "[ -f Dockerfile ] => main => both",
                "[ \"$CI_COMMIT_BRANCH\" -gt 1 ] => main => both",
                "[ -n \"$NOBODY_KNOWS\" ] => main => both",
                "[ \"$NOBODY_KNOWS\" = x ] => main => both",
                "[ ] => main => no",
            })
    void conditions(String condition, String branch, String expected) {
        Variables variables = new Variables(Map.of());
        new ShellRun(variables, Optional.of(branch), new Findings(), new Facts())
                .run(List.of(Script.of("script.sh", 1, "if " + condition + "; then yes=1; else no=1; fi")));
        String ran =
                variables.peek("yes").isEmpty() ? "no" : variables.peek("no").isEmpty() ? "yes" : "both";
        assertThat(ran).isEqualTo(expected);
    }

    @Test
    void conditionsOnBranchesAreRecorded() {
        Facts facts = new Facts();
        new ShellRun(new Variables(Map.of()), Optional.empty(), new Findings(), facts)
                .run(List.of(Script.of("script.sh", 1, "if [ $CI_COMMIT_BRANCH = main ]; then x=1; fi")));
        assertThat(facts.branches()).containsExactly("main");
    }
}
