package io.github.olympe.maven.vet.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.vet.rule.Hit;
import io.github.olympe.maven.vet.rule.Rules;
import io.github.olympe.maven.vet.rule.TextKind;
import io.github.olympe.maven.vet.rule.TextRule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TextScannerTest {

    private static final String TOKEN = "glpat-" + "Zx9Kq2Lw8Rt5Vb1Nm4Pc";

    private final TextScanner scanner = new TextScanner();

    private List<Hit> scan(byte[] text, int part) {
        scanner.begin(TextKind.OTHER);
        for (int from = 0; from < text.length; from += part) {
            scanner.add(text, from, Math.min(part, text.length - from));
        }
        return List.copyOf(scanner.end());
    }

    /** A token is found anywhere in a text of several buffers, however the text is split. */
    @Test
    void findsATokenAtEveryPlace() {
        long seed = Long.getLong("olympe.test.seed", 1);
        Random random = new Random(seed);
        byte[] filler = "lorem ipsum dolor sit amet, consetetur sadipscing\n"
                .repeat(5_400)
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 100; i++) {
            byte[] text = filler.clone();
            // More often around the ends of the buffer than elsewhere.
            int edge = (1 << 17) * (1 + random.nextInt(2));
            int at = random.nextBoolean() ? random.nextInt(text.length - 100) : edge - 1500 + random.nextInt(1600);
            byte[] token = (" " + TOKEN + " ").getBytes(StandardCharsets.UTF_8);
            System.arraycopy(token, 0, text, at, token.length);
            int line = 1
                    + (int) new String(text, 0, at, StandardCharsets.UTF_8)
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            List<Hit> hits = scan(text, 1 + random.nextInt(100_000));
            assertThat(hits).as("seed %d, case %d, at %d", seed, i, at).hasSize(1);
            assertThat(hits.get(0).rule().id()).isEqualTo("gitlab-token");
            assertThat(hits.get(0).line())
                    .as("seed %d, case %d, at %d", seed, i, at)
                    .isEqualTo(line);
        }
    }

    @Test
    void findsATokenAtTheEndAndByItself() {
        assertThat(scan(TOKEN.getBytes(StandardCharsets.UTF_8), 7)).hasSize(1);
        assertThat(scan(("x " + TOKEN).getBytes(StandardCharsets.UTF_8), 1000)).hasSize(1);
        assertThat(scan(new byte[0], 1)).isEmpty();
        assertThat(scan("glpat-".getBytes(StandardCharsets.UTF_8), 1)).isEmpty();
    }

    /** An earlier text left in the buffer is not a part of a later one. */
    @Test
    void forgetsTheTextBefore() {
        scan((TOKEN + " https://nina:k3yQ9s7v@").getBytes(StandardCharsets.UTF_8), 1000);
        assertThat(scan("glpat-".getBytes(StandardCharsets.UTF_8), 1000)).isEmpty();
        assertThat(scan("a ".getBytes(StandardCharsets.UTF_8), 1000)).isEmpty();
    }

    /** Words are found exactly where a plain search finds them. */
    @Test
    void findsEveryAnchorInRandomText() {
        long seed = Long.getLong("olympe.test.seed", 1);
        Random random = new Random(seed);
        List<String> words = Rules.texts().stream().map(TextRule::anchor).toList();
        Anchors anchors = new Anchors(words);
        for (int i = 0; i < 300; i++) {
            StringBuilder text = new StringBuilder();
            for (int k = random.nextInt(40); k >= 0; k--) {
                String word = words.get(random.nextInt(words.size()));
                text.append(random.nextInt(3) == 0 ? word.substring(random.nextInt(word.length())) : word);
                text.append("x-_:/ ".charAt(random.nextInt(6)));
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
            List<String> expected = new ArrayList<>();
            for (int word = 0; word < words.size(); word++) {
                for (int at = text.indexOf(words.get(word)); at >= 0; at = text.indexOf(words.get(word), at + 1)) {
                    expected.add(word + "@" + at);
                }
            }
            List<String> found = new ArrayList<>();
            int middle = random.nextInt(bytes.length + 1);
            anchors.find(bytes, 0, middle, bytes.length, (word, start) -> found.add(word + "@" + start));
            anchors.find(bytes, middle, bytes.length, bytes.length, (word, start) -> found.add(word + "@" + start));
            assertThat(found).as("seed %d, case %d: %s", seed, i, text).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    /** No text makes a pattern slow. */
    @Test
    @Tag("cost")
    void isQuickForTextsMadeToBeSlow() {
        for (TextRule rule : Rules.texts()) {
            for (String part :
                    List.of(rule.anchor(), rule.anchor() + "a:", rule.anchor() + " A: ", rule.anchor() + "\\n")) {
                scan(part.repeat(20_000).getBytes(StandardCharsets.US_ASCII), 50_000);
            }
        }
    }
}
