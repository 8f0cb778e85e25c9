package io.github.olympe.maven.node.npm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.io.FileTree;
import io.github.olympe.maven.node.NodeFixture;
import io.github.olympe.maven.node.packages.PackageCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Packages of the real npm registry, including native modules: a workspace that gets them from another one has the same files as after npm
 * ci.
 */
class PackageCacheConformanceTest {

    @TempDir
    Path folder;

    private final NodeFixture fixture = new NodeFixture();

    private List<String> install(Path project, Optional<PackageCache> cache) {
        try {
            new NpmInstall(
                            fixture.npm(project).within(Duration.ofMinutes(10)),
                            List.of(),
                            folder.resolve("locks"),
                            cache,
                            new HashSet<>())
                    .run();
        } catch (OlympeException e) {
            throw new AssertionError(e.getMessage() + "\n" + String.join("\n", fixture.said()), e);
        }
        return fixture.said();
    }

    private Path checkout(Path source, String name) throws IOException {
        Path project = Files.createDirectory(folder.resolve(name));
        for (String file : List.of("package.json", "package-lock.json")) {
            Files.copy(source.resolve(file), project.resolve(file));
        }
        return project;
    }

    /** Returns each path with its mode, and its content's hash or its target. */
    private static Map<String, String> listing(Path project) throws IOException {
        Map<String, String> listing = new TreeMap<>();
        Path modules = project.resolve("node_modules");
        try (Stream<Path> paths = Files.walk(modules)) {
            for (Path path : paths.toList()) {
                String what = Files.isSymbolicLink(path)
                        ? "-> " + Files.readSymbolicLink(path)
                        : PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
                listing.put(
                        modules.relativize(path).toString(),
                        what
                                + (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                                        ? " " + Files.size(path) + " "
                                                + HexFormat.of().toHexDigits(Arrays.hashCode(Files.readAllBytes(path)))
                                        : ""));
            }
        }
        return listing;
    }

    private void theSameAsByNpm(Path source) throws IOException {
        Optional<PackageCache> cache = Optional.of(new PackageCache(folder.resolve("cache")));
        Path byNpm = checkout(source, "by-npm");
        assertThat(install(byNpm, cache)).contains("running npm ci");
        Map<String, String> expected = listing(byNpm);
        FileTree.delete(byNpm);
        Path fromCache = checkout(source, "from-cache");
        assertThat(install(fromCache, cache)).doesNotContain("running npm ci");
        assertThat(listing(fromCache)).isEqualTo(expected);
        assertThat(install(fromCache, cache)).containsExactly("up to date");
        // npm finds nothing to do either.
        fixture.npm(fromCache).run("install", "--no-audit", "--no-fund", "--offline", "--dry-run");
        assertThat(fixture.said()).anyMatch(line -> line.contains("up to date"));
        FileTree.delete(folder.resolve("from-cache"));
    }

    /** They include esbuild, and native modules that come prebuilt. */
    @Test
    void theDemosPackagesEqualThoseOfNpmCi() throws IOException {
        theSameAsByNpm(Path.of("src/it/demo").toAbsolutePath());
    }

    @Test
    void theTemplatesPackagesEqualThoseOfNpmCi() throws IOException {
        Path template = Files.createDirectory(folder.resolve("template"));
        Files.copy(Path.of("src/it/template/package.json"), template.resolve("package.json"));
        fixture.npm(template)
                .within(Duration.ofMinutes(10))
                .run("install", "--package-lock-only", "--prefer-offline", "--no-audit", "--no-fund");
        fixture.said();
        theSameAsByNpm(template);
    }
}
