package io.github.olympe.maven.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.testing.PosixLocale;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FileNamesTest {

    @TempDir
    Path folder;

    @Test
    void areReadAsTheTextThatWasWritten() throws IOException {
        Path file = Files.writeString(
                Files.createDirectories(folder.resolve("Bücher")).resolve("日本 %2F.json"), "");

        assertThat(FileNames.text(folder.relativize(file))).isEqualTo("Bücher/日本 %2F.json");
        assertThat(FileNames.resolve(folder, "Bücher/日本 %2F.json"))
                .isEqualTo(file)
                .exists();
        assertThat(FileNames.localeWarning()).isEmpty();
    }

    @Test
    void namesThatAreNotUtf8AreAnError() {
        Path latin1 = Path.of(URI.create("file:///tmp/B%FCcher"));

        assertThatThrownBy(() -> FileNames.text(latin1.getFileName()))
                .isInstanceOf(OlympeException.class)
                .hasMessage("The file name 'B\ufffdcher' is not valid UTF-8. Rename the file.");
        assertThat(FileNames.text(Path.of("a\ufffd"))).isEqualTo("a\ufffd");
    }

    @Test
    void twoFilesNeverHaveTheSameKey() {
        Path first = Path.of(URI.create("file:///tmp/src/B%FCcher"));
        Path second = Path.of(URI.create("file:///tmp/src/B%E4cher"));
        Path folder = Path.of("/tmp");
        assertThat(FileNames.key(folder.relativize(first))).isEqualTo("./7372632f42fc63686572");
        assertThat(FileNames.key(folder.relativize(second))).isEqualTo("./7372632f42e463686572");
        assertThat(FileNames.key(Path.of("src/Bücher"))).isEqualTo("src/Bücher");
        assertThat(FileNames.key(Path.of("src/\ufffd"))).isEqualTo("src/\ufffd");
        assertThat(FileNames.canBeSaid("Bücher")).isTrue();
    }

    @Test
    void areTheSameInAnyLocale() throws Exception {
        assertThat(PosixLocale.run(InPosixLocale.class, folder.toString())).isEqualTo("""
                Bücher/日本 %2F.json
                Bücher
                a
                true
                Java reads names of files, variables and arguments in the encoding 'ANSI_X3.4-1968', because the locale is not a\
                 UTF-8 one. Set the environment variable LC_ALL to C.UTF-8.
                """);
        assertThat(folder.resolve("Bücher/日本 %2F.json")).hasContent("x");
    }

    static final class InPosixLocale {

        private InPosixLocale() {}

        public static void main(String[] arguments) throws IOException {
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            Path folder = Path.of(arguments[0]);
            Path file = FileNames.resolve(folder, "Bücher/日本 %2F.json");
            Files.createDirectories(file.getParent());
            Files.writeString(file, "x");
            out.println(FileNames.text(folder.relativize(file)));
            out.println(FileNames.text(file.getParent().getFileName()));
            out.println(FileNames.text(Path.of("a")));
            out.println(FileNames.text(file).equals(folder + "/Bücher/日本 %2F.json"));
            out.println(FileNames.localeWarning().orElse("none"));
        }
    }
}
