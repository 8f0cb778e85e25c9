package io.github.olympe.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.io.FileTree;
import io.github.olympe.maven.testing.MavenBuild;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin's own jar, built a second time from its sources in another folder, is the same byte for byte. */
class ReproducibleJarConformanceTest {

    @TempDir
    Path folder;

    @Test
    void theJarIsTheSameFromAnotherFolder() throws IOException {
        String name = "olympe-maven-plugin-" + MavenBuild.pluginVersion() + ".jar";
        Path first = MavenBuild.TARGET.resolve(name);
        Path copy = Files.createDirectories(folder.resolve("another folder"));
        Files.createDirectories(copy.resolve("src"));
        for (String part : List.of("pom.xml", "LICENSE", ".mvn", "src/main")) {
            FileTree.copy(MavenBuild.TARGET.resolveSibling(part), copy.resolve(part));
        }

        MavenBuild.Result build = MavenBuild.in(copy)
                .localRepository(Path.of(System.getProperty("outer.localRepository")))
                .run("package", "-Dmaven.test.skip=true", "-Dspotless.check.skip=true");

        assertThat(build.succeeded()).as(build.log()).isTrue();
        Path second = copy.resolve("target").resolve(name);
        assertThat(entries(second)).isEqualTo(entries(first));
        assertThat(Files.mismatch(first, second)).isEqualTo(-1);
    }

    /** With {@code -X}, Maven would show what HTTP and SSH clients log: headers, and so passwords. */
    @Test
    void librariesLogNothingToMaven() throws IOException {
        List<String> toMaven = new ArrayList<>();
        boolean silent = false;
        Path jar = MavenBuild.TARGET.resolve("olympe-maven-plugin-" + MavenBuild.pluginVersion() + ".jar");
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(jar))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                silent |= entry.getName().endsWith("/silent/slf4j/impl/StaticLoggerBinder.class");
                String content = new String(zip.readAllBytes(), StandardCharsets.ISO_8859_1);
                if (entry.getName().startsWith("org/slf4j/")
                        || entry.getName().endsWith(".class") && content.contains("Lorg/slf4j/Logger;")) {
                    toMaven.add(entry.getName());
                }
            }
        }
        assertThat(toMaven).isEmpty();
        assertThat(silent).isTrue();
    }

    /** The CRC of each entry, to name what differs. */
    private static Map<String, Long> entries(Path jar) throws IOException {
        Map<String, Long> entries = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(jar))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                zip.transferTo(OutputStream.nullOutputStream());
                entries.put(entry.getName(), entry.getCrc());
            }
        }
        return entries;
    }
}
