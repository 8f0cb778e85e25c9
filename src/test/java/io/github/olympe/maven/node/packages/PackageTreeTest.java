package io.github.olympe.maven.node.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.io.FileTree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageTreeTest {

    @TempDir
    Path project;

    @TempDir
    Path fresh;

    @BeforeEach
    void writePackages() throws IOException {
        Path modules = project.resolve("node_modules");
        Files.createDirectories(modules.resolve("one/Bücher/leer"));
        Files.writeString(modules.resolve("one/Bücher/é.js"), "é");
        Files.writeString(modules.resolve("one/" + "long-name-".repeat(20) + ".js"), "x");
        Files.writeString(modules.resolve("one/empty.js"), "");
        Files.setLastModifiedTime(modules.resolve("one/empty.js"), FileTime.fromMillis(499162500000L));
        Path program = Files.writeString(modules.resolve("one/cli.js"), "#!/usr/bin/env node");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-x--x"));
        Files.createDirectories(modules.resolve(".bin"));
        Files.createSymbolicLink(modules.resolve(".bin/one"), Path.of("../one/cli.js"));
        Files.createSymbolicLink(modules.resolve("member"), Path.of("../apps/member"));
        Files.writeString(modules.resolve(".package-lock.json"), "{}");
        Files.writeString(modules.resolve(".olympe-install"), "lock file: 1");
        Files.createDirectories(project.resolve("apps/member/node_modules/two"));
        Files.writeString(project.resolve("apps/member/node_modules/two/index.js"), "2");
        Files.createDirectories(fresh.resolve("apps/member"));
    }

    private static List<Path> folders(Path root) {
        return List.of(root.resolve("node_modules"), root.resolve("apps/member/node_modules"));
    }

    private byte[] packed() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new PackageTree(project, folders(project)).pack(out);
        return out.toByteArray();
    }

    private void unpack(byte[] packed) throws IOException {
        for (Path folder : folders(fresh)) {
            FileTree.delete(folder);
        }
        new PackageTree(fresh, folders(fresh)).unpack(new ByteArrayInputStream(packed));
    }

    /** Returns each path with its mode, and its content or its target. */
    private static Map<String, String> listing(Path root) throws IOException {
        Map<String, String> listing = new TreeMap<>();
        for (Path folder : folders(root)) {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.toList()) {
                    String mode = Files.isSymbolicLink(path)
                            ? "-> " + Files.readSymbolicLink(path)
                            : PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
                    listing.put(
                            root.relativize(path).toString(),
                            mode + (Files.isRegularFile(path) ? " " + Files.readString(path) : ""));
                }
            }
        }
        return listing;
    }

    @Test
    void aFreshFolderGetsTheSameFiles() throws IOException {
        unpack(packed());
        Map<String, String> expected = listing(project);
        assertThat(expected.remove("node_modules/.olympe-install"))
                .as("the plugin's own note")
                .isNotNull();
        assertThat(listing(fresh)).isEqualTo(expected);
        assertThat(Files.getLastModifiedTime(fresh.resolve("node_modules/one/empty.js"))
                        .toMillis())
                .isEqualTo(499162500000L);
    }

    @Test
    void oldFilesAreGone() throws IOException {
        Files.createDirectories(fresh.resolve("node_modules/old"));
        PackageCache cache = new PackageCache(fresh.resolve("cache"));
        assertThat(cache.keep("key", project, folders(project))).isEmpty();
        assertThat(cache.restore("key", fresh, folders(fresh))).isTrue();
        assertThat(fresh.resolve("node_modules/old")).doesNotExist();
        assertThat(fresh.resolve("node_modules/one/cli.js")).exists();
    }

    /** npm makes no folder for it if all of its packages are for another platform. */
    @Test
    void aMemberMayHaveNoPackages() throws IOException {
        FileTree.delete(project.resolve("apps/member/node_modules"));
        unpack(packed());
        assertThat(fresh.resolve("apps/member/node_modules")).doesNotExist();
    }

    /** npm uses its list only if no folder of packages is newer. */
    @Test
    void npmsOwnListIsTheNewestFile() throws IOException {
        unpack(packed());
        FileTime note = Files.getLastModifiedTime(fresh.resolve("node_modules/.package-lock.json"));
        try (Stream<Path> paths = Files.walk(fresh.resolve("node_modules"))) {
            for (Path path : paths.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                assertThat(note).as(path.toString()).isGreaterThanOrEqualTo(Files.getLastModifiedTime(path));
            }
        }
    }

    /** Whatever byte is wrong or missing, it is noticed, or the tree is right. */
    @Test
    void damageIsNoticed() throws IOException {
        byte[] whole = packed();
        Map<String, String> expected = listing(project);
        expected.remove("node_modules/.olympe-install");
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            try {
                unpack(damaged);
            } catch (IOException e) {
                continue;
            }
            assertThat(listing(fresh)).as("byte " + at).isEqualTo(expected);
        }
        for (int length : List.of(0, 1, whole.length / 2, whole.length - 1)) {
            assertThatThrownBy(() -> unpack(Arrays.copyOf(whole, length)))
                    .as("cut off at " + length)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aLinkThatLeadsElsewhereInAnotherFolderIsRefused() throws IOException {
        for (String target : List.of("/tmp", "../../elsewhere")) {
            Path link = project.resolve("node_modules/link");
            Files.createSymbolicLink(link, Path.of(target));
            assertThatThrownBy(this::packed)
                    .isInstanceOf(PackageTree.NotMovableException.class)
                    .hasMessage("the link 'node_modules/link' leads to '" + target + "'");
            Files.delete(link);
        }
    }

    @Test
    void anInvalidPackageIsNotWritten() throws IOException {
        byte[] packed = packed();
        FileTree.delete(fresh.resolve("apps/member/node_modules"));
        assertThatThrownBy(() -> new PackageTree(fresh, List.of(fresh.resolve("node_modules")))
                        .unpack(new ByteArrayInputStream(packed)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("apps/member/node_modules");
        assertThat(fresh.resolve("apps/member/node_modules")).doesNotExist();
    }
}
