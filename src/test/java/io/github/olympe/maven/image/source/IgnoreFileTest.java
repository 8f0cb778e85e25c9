package io.github.olympe.maven.image.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnoreFileTest {

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({
        "dist,                  dist/web/a,          true",
        "/dist,                 dist/web/a,          true",
        "web,                   dist/web/a,          false",
        "**/web,                dist/web/a,          true",
        "**/*.map,              dist/web/a.map,      true",
        "**/*.map,              a.map,               true",
        "*.map,                 a.map,               true",
        "*.map,                 dist/a.map,          false",
        "*/*.map,               dist/a.map,          true",
        "dist/**,               dist/web/a,          true",
        "dist/**/a,             dist/a,              true",
        "dist/**/a,             dist/x/y/a,          true",
        "dist/?,                dist/a,              true",
        "dist/?,                dist/ab,             false",
        "dist/[a-c],            dist/b,              true",
        "dist/[^a-c],           dist/b,              false",
        "dist/\\*,              dist/*,              true",
        "dist/\\*,              dist/x,              false",
        "./dist/../dist/web/,   dist/web/a,          true",
        "**,                    anything,            true",
        "a+b(c),                a+b(c),              true",
        "a.b,                   axb,                 false",
    })
    void matchesAsDockerDoes(String line, String path, boolean ignored) {
        assertThat(IgnoreFile.parse(".dockerignore", line).ignores(path)).isEqualTo(ignored);
    }

    @Test
    void theLastLineThatMatchesDecides() {
        IgnoreFile file = IgnoreFile.parse(".dockerignore", "# a comment\n\n*.md\n!README*.md\nREADME-secret.md\r\n");
        assertThat(file.ignores("a.md")).isTrue();
        assertThat(file.ignores("README.md")).isFalse();
        assertThat(file.ignores("README-secret.md")).isTrue();
        assertThat(file.takesBackAnything()).isTrue();
    }

    @Test
    void aFileInAnIgnoredFolderCanBeIncludedAgain() {
        IgnoreFile file = IgnoreFile.parse(".dockerignore", "dist\n!dist/web/kept\n");
        assertThat(file.ignores("dist/web/other")).isTrue();
        assertThat(file.ignores("dist/web/kept")).isFalse();
        assertThat(file.ignores("dist/web/kept/below")).isFalse();
    }

    @Test
    void aByteOrderMarkIsNotPartOfTheFirstLine() {
        assertThat(IgnoreFile.parse(".dockerignore", "\ufeffdist\n").ignores("dist/a"))
                .isTrue();
    }

    @Test
    void withoutAFileNothingIsIgnored(@TempDir Path context) {
        assertThat(IgnoreFile.of(context, Optional.empty()).ignores("dist")).isFalse();
    }

    @Test
    void anInvalidPatternIsReported() {
        assertThatThrownBy(() -> IgnoreFile.parse("x/.dockerignore", "a[z-a]"))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("x/.dockerignore")
                .hasMessageContaining("a[z-a]");
    }
}
