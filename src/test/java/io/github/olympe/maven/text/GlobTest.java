package io.github.olympe.maven.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({
        "**,            a/b/c,      true",
        "**/*.map,      a.map,      true",
        "**/*.map,      a/b.map,    true",
        "*.map,         a/b.map,    false",
        "docs/**,       docs,       true",
        "docs/**,       docs/a/b,   true",
        "docs/**,       docsx/a,    false",
        "docs/,         docs/a/b,   true",
        "a/**/b,        a/b,        true",
        "a/**/b,        a/x/y/b,    true",
        "a/?.js,        a/x.js,     true",
        "a/?.js,        a/xy.js,    false",
        "/a/b,          a/b,        true",
        "a(1)+[2].js,   a(1)+[2].js,true",
    })
    void readsAntPatterns(String pattern, String path, boolean matches) throws Exception {
        assertThat(Glob.ant("includes", pattern).matches(path)).isEqualTo(matches);
    }
}
