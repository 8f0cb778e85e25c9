package io.github.olympe.maven.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.snapshot.config.SnapshotEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A snapshot is checked as a whole before anything is replaced. */
class StagedSnapshotTest {

    @TempDir
    Path folder;

    private void write(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private StagedSnapshot check() {
        return StagedSnapshot.check(
                new SnapshotEntry(
                        "entry 1",
                        "Shop",
                        List.of("abc", "def"),
                        List.of(),
                        SnapshotProject.outputDirectory("snapshot"),
                        Optional.empty()),
                folder);
    }

    private void refuses(String message) {
        assertThatExceptionOfType(OlympeException.class)
                .isThrownBy(this::check)
                .withMessageStartingWith("The snapshot 'Shop' " + message)
                .withMessageContaining("Nothing was replaced; the ")
                .withMessageEndingWith("snapshot is in '" + folder + "'.");
    }

    @Test
    void knowsItsPatchesAndItsEmptyRootTags() throws IOException {
        write("abc/Home/a.json", "{\"a\": [1, 2]}");
        write("abc/readme.txt", "not JSON");
        write("other/x.json", "not asked for");
        Files.createDirectories(folder.resolve("def/empty"));

        StagedSnapshot snapshot = check();

        assertThat(snapshot.size()).isEqualTo(2);
        assertThat(snapshot.hasPatches("abc")).isTrue();
        assertThat(snapshot.hasPatches("def")).isFalse();
        assertThat(snapshot.hasPatches("other")).isFalse();
        snapshot.refuseIfEmpty(5, "the branch", false);
    }

    @Test
    void anEmptyOneReplacesOnlyAnEmptyOne() throws IOException {
        Files.createDirectories(folder.resolve("abc"));
        Files.createDirectories(folder.resolve("def"));
        StagedSnapshot empty = check();

        empty.refuseIfEmpty(0, "the branch", false);
        empty.refuseIfEmpty(1, "the branch", true);
        assertThatExceptionOfType(OlympeException.class)
                .isThrownBy(() -> empty.refuseIfEmpty(1, "the branch", false))
                .withMessageContaining("has no patch at all, while the branch has 1;");
    }

    @Test
    void aRootTagIsAFolder() throws IOException {
        write("abc/a.json", "{}");
        write("def", "{}");
        refuses("lacks the root tag 'def' that entry 1 asks for;");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"{\"a\": 1,}| line 1, column 9", "` `| it is empty", "{} x| line 1, column 4"})
    void saysWhereAPatchIsNotJson(String content, String place) throws IOException {
        Files.createDirectories(folder.resolve("abc"));
        write("def/Home/a.json", content);
        refuses("has 'def/Home/a.json', which is not valid JSON (" + place + ");");
    }

    @Test
    void aPatchMayBeDeepAndLong() throws IOException {
        write("abc/deep.json", "[".repeat(50_000) + "]".repeat(50_000));
        write("def/long.json", "{\"" + "k".repeat(100_000) + "\":" + "1".repeat(50_000) + "}");
        assertThat(check().size()).isEqualTo(2);
    }

    @Test
    void twoPatchesAreNotTheSameFileElsewhere() throws IOException {
        write("abc/Home/a.json", "{}");
        write("abc/home/A.json", "{}");
        Files.createDirectories(folder.resolve("def"));
        refuses("has both 'abc/Home/a.json' and 'abc/home/A.json', which are the same file on Windows and macOS.");
    }

    @Test
    void aLinkIsNoPatch() throws IOException {
        write("abc/a.json", "{}");
        Files.createDirectories(folder.resolve("def"));
        Files.createSymbolicLink(folder.resolve("def/link.json"), folder.resolve("abc/a.json"));
        refuses("has 'def/link.json', which is not a regular file;");
    }

    @Test
    void aPathMustBeOneOnEverySystem() throws IOException {
        Files.createDirectories(folder.resolve("abc"));
        write("def/aux.json", "{}");
        refuses("has 'def/aux.json', a path that git or a checkout on Windows or macOS does not accept (");
    }
}
