package io.github.olympe.maven.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlugTest {

    /** The tags that the OCI distribution specification allows. */
    private static final Pattern REGISTRY_TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    @ParameterizedTest
    @CsvSource({
        "main, main",
        "feature/Login, feature-login",
        "--a--, a",
        "v1.2.0, v1-2-0",
        "Ünïcode, n-code",
        "a_b c, a-b-c",
        "'///', ''"
    })
    void isGitLabsSlug(String name, String slug) {
        assertThat(Slug.of(name)).isEqualTo(slug);
    }

    @Test
    void isShortenedWithoutADashAtItsEnd() {
        assertThat(Slug.of("a".repeat(62) + "/b")).isEqualTo("a".repeat(62));
        assertThat(Slug.of("_" + "b".repeat(80))).isEqualTo("b".repeat(62));
        assertThat(Slug.of("_".repeat(80) + "b")).isEmpty();
        assertThat(Slug.of("feature/login", 8)).isEqualTo("feature");
        assertThat(Slug.of("a".repeat(200) + "/", Integer.MAX_VALUE)).isEqualTo("a".repeat(200));
    }

    @Test
    void isAlwaysAValidTag() {
        long seed = Long.getLong("olympe.test.seed", 1);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String name = anyName(random);
            String slug = Slug.of(name);
            assertThat(slug)
                    .as("slug of '%s', seed %d", name, seed)
                    .hasSizeLessThanOrEqualTo(63)
                    .matches("(?:[0-9a-z](?:[0-9a-z-]*[0-9a-z])?)?");
            if (!slug.isEmpty()) {
                assertThat(slug + "-1a2b3c4d")
                        .as("tag of '%s', seed %d", name, seed)
                        .matches(REGISTRY_TAG);
            }
            assertThat(Slug.of(slug))
                    .as("slug of the slug of '%s', seed %d", name, seed)
                    .isEqualTo(slug);
        }
    }

    private static String anyName(Random random) {
        StringBuilder name = new StringBuilder();
        int length = random.nextInt(100);
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(6)) {
                case 0 -> name.append("-/._ #@~".charAt(random.nextInt(8)));
                case 1 -> name.appendCodePoint(random.nextInt(0x110000));
                case 2 -> name.append((char) ('A' + random.nextInt(26)));
                case 3 -> name.append("İıßſK".charAt(random.nextInt(5)));
                default -> name.append((char) ('a' + random.nextInt(26)));
            }
        }
        return name.toString();
    }
}
