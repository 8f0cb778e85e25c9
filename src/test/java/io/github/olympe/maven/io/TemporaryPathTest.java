package io.github.olympe.maven.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryPathTest {

    @TempDir
    Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void becomesAFileWhoseNameIsKnownAtTheEnd() throws IOException {
        Path file = folder.resolve("blob");
        try (TemporaryPath temporary = TemporaryPath.in(folder)) {
            Files.writeString(temporary.path(), "content");
            temporary.replaceFile(file);
        }
        assertThat(file).hasContent("content");
        assertThat(names()).containsExactly("blob");
    }

    @Test
    void isDeletedIfItIsNotRenamed() throws IOException {
        try (TemporaryPath temporary = TemporaryPath.in(folder.resolve("made"))) {
            Files.createDirectories(temporary.path().resolve("a/b"));
        }
        assertThat(folder.resolve("made")).isEmptyDirectory();
    }

    @Test
    void aFolderReplacesAnother() throws IOException {
        Path target = Files.createDirectories(folder.resolve("image"));
        Files.writeString(target.resolve("old"), "");
        AtomicFolder.replace(target, fresh -> Files.writeString(fresh.resolve("new"), ""));
        assertThat(target)
                .isDirectoryContaining(path -> path.endsWith("new"))
                .isDirectoryNotContaining(path -> path.endsWith("old"));
        assertThat(names()).containsExactly("image");
    }

    @Test
    void theOldFolderStaysIfTheNewOneFails() throws IOException {
        Path target = Files.createDirectories(folder.resolve("image"));
        Files.writeString(target.resolve("old"), "");
        assertThatThrownBy(() -> AtomicFolder.replace(target, fresh -> {
                    Files.writeString(fresh.resolve("new"), "");
                    throw new IOException("no more of it");
                }))
                .hasMessage("no more of it");
        assertThatThrownBy(() -> AtomicFolder.replace(target, Files::delete)).isInstanceOf(IOException.class);
        assertThat(target.resolve("old")).exists();
        assertThat(target.resolve("new")).doesNotExist();
        assertThat(names()).containsExactly("image");
    }

    @Test
    void aFolderIsAddedOnce() throws IOException {
        Path target = folder.resolve("node");
        AtomicFolder.addIfMissing(target, fresh -> Files.writeString(fresh.resolve("first"), ""));
        AtomicFolder.addIfMissing(target, fresh -> {
            throw new AssertionError("it is there already");
        });
        assertThat(target.resolve("first")).exists();
        assertThat(names()).containsExactly("node");
    }

    @Test
    void theFirstToCreateTheFolderWins() throws IOException {
        Path target = folder.resolve("node");
        AtomicFolder.addIfMissing(target, fresh -> {
            Files.writeString(fresh.resolve("late"), "");
            Files.createDirectory(target);
            Files.writeString(target.resolve("first"), "");
        });
        assertThat(target.resolve("first")).exists();
        assertThat(target.resolve("late")).doesNotExist();
        assertThatThrownBy(() -> AtomicFolder.addIfMissing(folder.resolve("other"), Files::delete))
                .isInstanceOf(IOException.class);
        assertThat(names()).containsExactly("node");
    }
}
