package io.github.olympe.maven.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramSearchTest {

    private static final ProgramSearch LINUX = new ProgramSearch(false);
    private static final ProgramSearch WINDOWS = new ProgramSearch(true);

    @TempDir
    Path folder;

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "");
    }

    @Test
    void findsTheFirstExecutableProgram() throws IOException {
        file("one/npm");
        Files.createDirectories(folder.resolve("two/npm"));
        Path npm = file("three/npm");
        assertThat(npm.toFile().setExecutable(true)).isTrue();
        String path = String.join(":", folder + "/none", "", folder + "/one", folder + "/two", folder + "/three");
        assertThat(LINUX.find("npm", Map.of("PATH", path))).contains(npm);
        assertThat(LINUX.find("node", Map.of("PATH", path))).isEmpty();
        assertThat(LINUX.find("npm", Map.of())).isEmpty();
        assertThat(LINUX.find("npm", Map.of("PATH", "\0"))).isEmpty();
    }

    @Test
    void findsWindowsProgramsByTheirExtensions() throws IOException {
        Path bin = folder.resolve("Program Files");
        file("Program Files/npm.cmd");
        file("Program Files/npm");
        file("Program Files/node.exe");
        Map<String, String> environment =
                Map.of("Path", folder.resolve("none") + ";\"" + bin + "\"", "PATHEXT", ".COM;.EXE;;.CMD");
        assertThat(WINDOWS.find("npm", environment)).contains(bin.resolve("npm.cmd"));
        assertThat(WINDOWS.find("node", environment)).contains(bin.resolve("node.exe"));
        assertThat(WINDOWS.find("npm", Map.of("PATH", bin.toString()))).contains(bin.resolve("npm.cmd"));
        assertThat(WINDOWS.find("olympe", environment)).isEmpty();
    }

    @Test
    void keepsWindowsSpellingOfThePathVariable() {
        assertThat(WINDOWS.withFirst(Path.of("node"), Map.of("Path", "C:\\x")))
                .containsExactly(Map.entry("Path", "node;C:\\x"));
        assertThat(LINUX.withFirst(Path.of("/node"), Map.of("Path", "odd", "PATH", "/x")))
                .containsEntry("PATH", "/node:/x")
                .containsEntry("Path", "odd");
        assertThat(LINUX.withFirst(Path.of("/node"), Map.of())).containsExactly(Map.entry("PATH", "/node"));
    }
}
