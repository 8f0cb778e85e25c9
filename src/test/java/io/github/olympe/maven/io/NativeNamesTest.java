package io.github.olympe.maven.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a file system whose names are bytes. */
@Timeout(60)
class NativeNamesTest {

    private static final List<String> NAMES =
            List.of("./b%E4.js", "./b%F6.js", "src/a b.js", "src/ä%41.js", "src/ö.js", "src/\ufffd.js");

    @TempDir
    Path folder;

    private void write(String raw) throws IOException {
        Path file = Path.of(URI.create(folder.toUri() + raw));
        Files.createDirectories(file.getParent());
        Files.writeString(file, raw);
    }

    /** Files whose names are UTF-8, and two that are Latin-1. */
    private void writeAll() throws IOException {
        for (String raw : List.of(
                "b%E4.js", "b%F6.js", "src/a%20b.js", "src/%C3%A4%2541.js", "src/%C3%B6.js", "src/%EF%BF%BD.js")) {
            write(raw);
        }
    }

    /** Prints the names of all files, and whether each name leads back to its file. */
    static final class Names {

        private Names() {}

        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String name = NativeNames.below(folder, file);
                    boolean back = Files.isSameFile(file, NativeNames.resolve(folder, name));
                    System.out.write((name + (back ? "" : " is lost") + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
            System.out.println("limit: " + NativeNames.limit().isPresent());
            System.out.flush();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "C.UTF-8"})
    void namesAreTheSameInEveryLocale(String locale) throws Exception {
        writeAll();
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Names.class.getName(),
                folder.toString());
        builder.environment().put("LC_ALL", locale);
        Process jvm = builder.redirectErrorStream(true).start();
        String said = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jvm.waitFor(50, TimeUnit.SECONDS)).isTrue();
        assertThat(said.lines().filter(line -> !line.startsWith("limit")).sorted())
                .containsExactlyElementsOf(NAMES);
        assertThat(said).contains("limit: " + !locale.equals("C.UTF-8"));
    }

    @Test
    void aLocaleCanSayWhatItHasLettersFor() {
        assertThat(NativeNames.canSay("src/a.js")).isTrue();
    }
}
