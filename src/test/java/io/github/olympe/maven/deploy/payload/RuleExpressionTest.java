package io.github.olympe.maven.deploy.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.OlympeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleExpressionTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads cases, a JSON array of {expression, texts}. For each, prints null if it is not an expression, or else the matches. */
    private static final String JAVASCRIPT = """
            const cases = JSON.parse(require('fs').readFileSync(process.argv[1], 'utf8'));
            const results = cases.map(({expression, texts}) => {
                let compiled;
                try { compiled = new RegExp(expression); } catch (e) { return null; }
                return texts.map(text => compiled.test(text));
            });
            require('fs').writeFileSync(process.argv[2], JSON.stringify(results));
            """;

    @TempDir
    Path directory;

    private record Case(String expression, List<String> texts) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "a*+ ~ a possessive '+' after a repetition, which JavaScript lacks",
                "a++ ~ a possessive '+' after a repetition, which JavaScript lacks",
                "a?+ ~ a possessive '+' after a repetition, which JavaScript lacks",
                "a{2}+ ~ a possessive '+' after a repetition, which JavaScript lacks",
                "\\Qa.b\\E ~ a quotation",
                "(?i)a ~ inline flags, which JavaScript lacks",
                "(?i:a) ~ inline flags, which JavaScript lacks",
                "(?-i:a) ~ inline flags, which JavaScript lacks",
                "(?>a) ~ an atomic group",
                "(?P<a>b) ~ a group '(?P'",
                "(?#c)a ~ a comment",
                "(?|a) ~ of a kind that JavaScript lacks",
                "\\Aa ~ '\\A', which JavaScript lacks (it writes '^')",
                "a\\Z ~ '\\Z', which JavaScript lacks (it writes '$')",
                "a\\z ~ '\\z', which JavaScript lacks (it writes '$')",
                "\\Ga ~ '\\G', which JavaScript lacks",
                "\\ha ~ '\\h', which JavaScript lacks",
                "\\Ra ~ '\\R', which JavaScript lacks",
                "\\Xa ~ '\\X', which JavaScript lacks",
                "\\N{DASH} ~ '\\N', which JavaScript lacks",
                "\\ea ~ '\\e', which JavaScript lacks",
                "\\p{Alpha} ~ '\\p', which JavaScript has only with the flag u",
                "[\\p{L}] ~ '\\p', which JavaScript has only with the flag u",
                "\\x{41} ~ '\\x' without 2 hexadecimal digits",
                "\\u{41} ~ '\\u' without 4 hexadecimal digits",
                "(a)\\1 ~ a back reference",
                "(?<n>a)\\k<n> ~ a back reference",
                "\\9 ~ a back reference",
                "\\ab ~ '\\a', which JavaScript lacks",
                "a*{2} ~ '{' with nothing to repeat",
                "a{0000001,02} ~ a repetition '{0000001,02}' out of order or too large",
                "\\012 ~ an octal escape",
                "^* ~ '*' with nothing to repeat",
                "\\b+ ~ '+' with nothing to repeat",
                "(?<=a)? ~ '?' with nothing to repeat",
                "a** ~ '*' with nothing to repeat",
                "+a ~ '+' with nothing to repeat",
                "a|?b ~ '?' with nothing to repeat",
                "a{,3} ~ a '{' that does not start a repetition",
                "{a} ~ a '{' that does not start a repetition",
                "a{3,2} ~ a repetition '{3,2}' out of order",
                "(a ~ a '(' without its ')'",
                "a) ~ a ')' without its '('",
                "[a ~ a '[' without its ']'",
                "[a- ~ a '[' without its ']'",
                "[\\ ~ a '\\' with nothing after it",
                "[b-a] ~ a range out of order",
                "[\\w-z] ~ a range with a class",
                "(?<1>a) ~ a group without a valid name",
                "(?<a>b)(?<a>c) ~ a second group named 'a'",
                "a\\ ~ a '\\' with nothing after it",
                "\\b{g}a ~ '\\b{g}', which JavaScript lacks",
            })
    void rejectsWhatJavaScriptLacksOrReadsInAnotherWay(String expression, String reason) {
        assertThatThrownBy(() -> RuleExpression.of("deployRules.source", expression))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("Invalid value for 'deployRules.source': '" + expression
                        + "'. It cannot be used in a deploy rule (index ")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^my-registry\\/image-for-other-backends:tag.*$",
                "^(?!backend-1).*$",
                "(?<=shop-)backend",
                "(?<!shop-)backend",
                "(?<kind>front|back)end",
                "(?<$_1>a)",
                "[^/]+:[\\w.-]{1,128}?",
                "\\d{8}-\\S+",
                "[]|a",
                "[^]",
                "[a&&b]",
                "[[a]",
                "}]",
                "\\-\\:\\@\\_\\ ",
                "a{2,2}",
                "(a)+(?:b)*",
                "a{000001,02}",
            })
    void takesWhatJavaScriptHas(String expression) {
        assertThat(RuleExpression.of("deployRules.source", expression)).hasToString(expression);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "^(?<kind>front|back)end$ ~ frontend ~ end",
                "^(?<kind>a)+$ ~ aaa ~ ab",
                "^\\.+$ ~ ... ~ ..a",
                "^[\\.]$ ~ . ~ a",
                "^[\\-x]$ ~ - ~ y",
                "^[a-a]$ ~ a ~ b",
                "^\\x41 ~ A ~ x41",
                "^\\u0061 ~ a ~ u0061",
            })
    void matchesWhatJavaScriptMatches(String expression, String matching, String other) {
        RuleExpression read = RuleExpression.of("deployRules.source", expression);

        assertThat(read.matches(matching)).isTrue();
        assertThat(read.matches(other)).isFalse();
    }

    @Test
    void aControlCharacterOfAClassIsWrittenAsAnEscape() {
        assertThat(RuleExpression.of("p", "^[\\0]$").matches("\0")).isTrue();
        assertThat(RuleExpression.of("p", "^[\\0-\\0]$").matches("\0")).isTrue();
        assertThat(RuleExpression.of("p", "^[\\0-\\t]$").matches("\u0001")).isTrue();
        assertThat(RuleExpression.of("p", "^[\\b]$").matches("\b")).isTrue();
        assertThat(RuleExpression.of("p", "^[\\t]$").matches("\t")).isTrue();
        assertThat(RuleExpression.of("p", "^[\\t]$").matches("\0")).isFalse();
    }

    @Test
    void emptyAndHugeExpressionsAreErrors() {
        assertThatThrownBy(() -> RuleExpression.of("p", "  "))
                .hasMessageContaining("An empty expression would match everything");
        assertThatThrownBy(() -> RuleExpression.of("p", "a".repeat(5000)))
                .hasMessageContaining("It has 5000 characters");
        assertThatThrownBy(() -> RuleExpression.of("p", "a".repeat(4097)))
                .hasMessageContaining("It has 4097 characters. Write an expression of at most 4096.");
        assertThat(RuleExpression.of("p", "a".repeat(4096)).matches("a".repeat(4096)))
                .isTrue();
        assertThatThrownBy(() -> RuleExpression.of("p", "(".repeat(101) + "a" + ")".repeat(101)))
                .hasMessageContaining("more than 100 groups within each other");
        assertThat(RuleExpression.of("p", "(".repeat(100) + "a" + ")".repeat(100))
                        .matches("a"))
                .isTrue();
        assertThatThrownBy(() -> RuleExpression.of("p", "(".repeat(4000)))
                .hasMessageContaining("more than 100 groups within each other");
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void endlessBacktrackingIsAnError() {
        RuleExpression expression =
                RuleExpression.of("deployRules.source", "^" + "a?".repeat(40) + "a".repeat(40) + "$");

        assertThatThrownBy(() -> expression.matches("a".repeat(39) + "b"))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("takes too long to compare");
    }

    /** Any valid reference matches its own rule and no other's, by JavaScript and by Java. */
    @Test
    void rulesMatchTheirOwnImageAndNoOther() throws Exception {
        long seed = Long.getLong("olympe.test.seed", 1);
        Random random = new Random(seed);
        LinkedHashSet<String> references = new LinkedHashSet<>();
        while (references.size() < 400) {
            String reference = anyReference(random);
            references.add(DeployImage.reference("the test", reference));
            references.add(neighbour(reference, random));
        }
        List<String> all = new ArrayList<>(references);
        List<Case> cases = all.stream()
                .map(reference -> new Case(DeployRule.forImage(reference, ".*").source(), all))
                .toList();

        List<Optional<List<Boolean>>> results = javaScript(cases);

        for (int i = 0; i < cases.size(); i++) {
            RuleExpression expression = RuleExpression.of("p", cases.get(i).expression());
            Pattern java = Pattern.compile(cases.get(i).expression());
            for (int j = 0; j < all.size(); j++) {
                assertThat(results.get(i).orElseThrow().get(j))
                        .as("JavaScript's %s on %s, seed %d", cases.get(i).expression(), all.get(j), seed)
                        .isEqualTo(i == j);
                assertThat(expression.matches(all.get(j))).isEqualTo(i == j);
                assertThat(java.matcher(all.get(j)).find()).isEqualTo(i == j);
            }
        }
    }

    /** An accepted expression is valid JavaScript, and matches the same texts there. */
    @Test
    void readsExpressionsLikeJavaScript() throws Exception {
        long seed = Long.getLong("olympe.test.seed", 1);
        Random random = new Random(seed);
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            List<String> texts = new ArrayList<>();
            for (int j = 0; j < 8; j++) {
                texts.add(text(random));
            }
            cases.add(new Case(random.nextInt(3) == 0 ? soup(random) : grown(random, 2), texts));
        }

        List<Optional<List<Boolean>>> results = javaScript(cases);

        int taken = 0;
        int javaScriptTakes = 0;
        for (int i = 0; i < cases.size(); i++) {
            Case tried = cases.get(i);
            javaScriptTakes += results.get(i).isPresent() ? 1 : 0;
            RuleExpression expression;
            try {
                expression = RuleExpression.of("p", tried.expression());
            } catch (OlympeException e) {
                continue;
            }
            taken++;
            assertThat(results.get(i))
                    .as("JavaScript takes '%s', seed %d", tried.expression(), seed)
                    .isPresent();
            for (int j = 0; j < tried.texts().size(); j++) {
                boolean matches;
                try {
                    matches = expression.matches(tried.texts().get(j));
                } catch (OlympeException e) {
                    assertThat(e).hasMessageContaining("takes too long");
                    continue;
                }
                assertThat(matches)
                        .as(
                                "'%s' on '%s', seed %d",
                                tried.expression(), tried.texts().get(j), seed)
                        .isEqualTo(results.get(i).get().get(j));
            }
        }
        assertThat(taken)
                .as("of %d that JavaScript takes, seed %d", javaScriptTakes, seed)
                .isGreaterThan(javaScriptTakes / 2);
    }

    private List<Optional<List<Boolean>>> javaScript(List<Case> cases) throws IOException, InterruptedException {
        ArrayNode input = JSON.createArrayNode();
        for (Case one : cases) {
            ObjectNode node = input.addObject().put("expression", one.expression());
            one.texts().forEach(node.putArray("texts")::add);
        }
        Path casesFile = directory.resolve("cases.json");
        Path results = directory.resolve("results.json");
        JSON.writeValue(casesFile.toFile(), input);
        Path log = directory.resolve("node.log");
        Process node = new ProcessBuilder("node", "-e", JAVASCRIPT, casesFile.toString(), results.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = node.waitFor(Duration.ofMinutes(2).toSeconds(), TimeUnit.SECONDS);
        node.destroyForcibly();
        assertThat(ended).as("Node.js ended in time").isTrue();
        assertThat(node.exitValue()).as(Files.readString(log)).isZero();
        List<Optional<List<Boolean>>> read = new ArrayList<>();
        for (JsonNode result : JSON.readTree(results.toFile())) {
            List<Boolean> matches = new ArrayList<>();
            result.forEach(match -> matches.add(match.booleanValue()));
            read.add(result.isNull() ? Optional.empty() : Optional.of(matches));
        }
        return read;
    }

    private static String anyReference(Random random) {
        String host = pick(
                random,
                "",
                "docker.io/",
                "registry.example.com/",
                "localhost:5000/",
                "127.0.0.1:443/",
                "[::1]:5000/",
                "r-1.io:80/");
        StringBuilder path = new StringBuilder(component(random));
        for (int i = random.nextInt(4); i > 0; i--) {
            path.append('/').append(component(random));
        }
        String tag = random.nextInt(5) == 0
                ? ""
                : ":" + pick(random, "main", "1.0", "v1_2-rc.1", "Main", "_x", "main-1a2b3c4d");
        String digest = random.nextInt(5) == 0 ? "@sha256:" + "0123456789abcdef".repeat(4) : "";
        return host + path + tag + digest;
    }

    private static String component(Random random) {
        return pick(random, "acme", "a", "shop", "0", "b2b")
                + pick(random, "", ".x", "_y", "__z", "-1", "---2", ".a.b");
    }

    /** A reference that differs in a character that an expression might treat as any character. */
    private static String neighbour(String reference, Random random) {
        char[] letters = reference.toCharArray();
        int at = random.nextInt(letters.length);
        letters[at] = ".-/:_x".charAt(random.nextInt(6));
        return new String(letters);
    }

    /** An expression by JavaScript's grammar. */
    private static String grown(Random random, int depth) {
        StringBuilder expression = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            expression.append(
                    switch (random.nextInt(depth > 0 ? 12 : 8)) {
                        case 0 -> pick(random, "a", "b", "-", "/", ":", "1", "_", "é", "}", "]", "&");
                        case 1 ->
                            "[" + pick(random, "", "^")
                                    + pick(
                                            random, "a-z", "\\w.-", "ab", "\\d/", "[a", "a&&b", "^b", "\\s", "\\S", "",
                                            "-a", "a-")
                                    + "]";
                        case 2 -> "." + repetition(random);
                        case 3 ->
                            pick(
                                            random, "\\d", "\\w", "\\s", "\\D", "\\W", "\\S", "\\/", "\\.", "\\-",
                                            "\\x41", "\\u0061", "\\t", "\\cA")
                                    + repetition(random);
                        case 4 -> pick(random, "^", "$", "\\b", "\\B");
                        case 5 -> pick(random, "a", "b", "1") + repetition(random);
                        case 6 -> "|";
                        case 7 -> pick(random, "backend-1", "main", "shop");
                        case 8 -> "(" + grown(random, depth - 1) + ")" + repetition(random);
                        case 9 -> "(?:" + grown(random, depth - 1) + ")" + repetition(random);
                        case 10 ->
                            "(?" + pick(random, "=", "!", "<=", "<!") + pick(random, "a", "ab", "[ab]", "1|2", "\\d")
                                    + ")";
                        default -> "(?" + pick(random, "=", "!") + grown(random, depth - 1) + ")";
                    });
        }
        return expression.toString();
    }

    private static String repetition(Random random) {
        return pick(random, "", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,}", "{1,2}?");
    }

    /** Texts that are hardly ever expressions. */
    private static String soup(Random random) {
        StringBuilder soup = new StringBuilder();
        for (int i = random.nextInt(7); i >= 0; i--) {
            soup.append(pick(
                    random, "a", "b", "1", "(", ")", "(?", ":", "<", "=", "!", ">", "[", "]", "^", "-", "{", "}", "2",
                    ",", "*", "+", "?", "|", "\\", "\\Q", "\\E", "\\A", "\\Z", "\\z", "\\h", "\\k", "\\1", "\\0", "\\c",
                    "\\x", "\\u", "\\p{L}", "\\v", "&&", "$", ".", "i", "/", "\\b"));
        }
        return soup.toString();
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(pick(
                    random,
                    "a",
                    "b",
                    "1",
                    "2",
                    "-",
                    "/",
                    ":",
                    ".",
                    "_",
                    " ",
                    "\n",
                    "\r",
                    "\t",
                    "\u0085",
                    "\u00a0",
                    "\u2028",
                    "é",
                    "A",
                    "Z",
                    "backend-1",
                    "main",
                    "shop",
                    "{",
                    "}",
                    "[",
                    "]",
                    "&",
                    "^",
                    "$",
                    "\u0001",
                    "\u000b"));
        }
        return text.substring(0, Math.min(12, text.length()));
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
