package io.github.olympe.maven.registry.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhiteoutTest {

    @ParameterizedTest
    @CsvSource({
        "app/.wh.main.js, app/main.js, false",
        ".wh.app, app, false",
        "app/js/.wh..wh..opq, app/js, true",
        ".wh..wh..opq, '', true",
        ".wh.old/.wh.a.b, .wh.old/a.b, false",
        "app/.wh.x.wh..wh..opq, app/x.wh..wh..opq, false"
    })
    void deletes(String path, String deleted, boolean isOpaque) {
        assertThat(Whiteout.is(path)).isTrue();
        assertThat(Whiteout.isOpaque(path)).isEqualTo(isOpaque);
        assertThat(Whiteout.deleted(path)).isEqualTo(deleted);
        if (!isOpaque) {
            assertThat(Whiteout.of(deleted)).isEqualTo(path);
        }
    }

    @ParameterizedTest
    @CsvSource({"app/main.js", "app/.whale", ".wh.app/main.js", "''"})
    void deletesNothing(String path) {
        assertThat(Whiteout.is(path)).isFalse();
        assertThat(Whiteout.isOpaque(path)).isFalse();
    }
}
