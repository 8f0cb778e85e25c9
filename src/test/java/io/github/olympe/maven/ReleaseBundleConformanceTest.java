package io.github.olympe.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.io.FileTree;
import io.github.olympe.maven.testing.MavenBuild;
import io.github.olympe.maven.testing.RealProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/**
 * {@code ./mvnw -Prelease verify} makes what Maven Central requires. This is checked against Central's published rules, without a network.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ReleaseBundleConformanceTest {

    private static final String VERSION = "0.1.0";
    private static final String NAME = "olympe-maven-plugin-" + VERSION;
    private static final List<String> FILES = List.of(
            NAME + ".pom", NAME + ".jar", NAME + "-sources.jar", NAME + "-javadoc.jar", NAME + "-cyclonedx.json");

    @TempDir
    static Path folder;

    static Path bundle;
    static Path keyring;

    @BeforeAll
    static void release() throws Exception {
        keyring = Files.createDirectory(folder.resolve("keys"));
        gpg(
                "--batch",
                "--passphrase",
                "",
                "--quick-gen-key",
                "Release Test <release@example.com>",
                "rsa2048",
                "sign",
                "never");
        Path copy = Files.createDirectories(folder.resolve("project/src"));
        for (String part : List.of("pom.xml", "LICENSE", ".mvn", "src/main")) {
            FileTree.copy(MavenBuild.TARGET.resolveSibling(part), copy.resolveSibling(part));
        }
        Path pom = copy.resolveSibling("pom.xml");
        Files.writeString(pom, Files.readString(pom).replaceFirst(MavenBuild.pluginVersion(), VERSION));

        MavenBuild.Result build = MavenBuild.in(copy.getParent())
                .localRepository(Path.of(System.getProperty("outer.localRepository")))
                .with("GNUPGHOME", keyring.toString())
                .run(
                        "verify",
                        "-Prelease",
                        "-Dmaven.test.skip",
                        "-Dspotless.check.skip",
                        "-Dmdep.analyze.skip",
                        "-Dinvoker.skip");

        assertThat(build.succeeded()).as(build.log()).isTrue();
        bundle = copy.resolveSibling("target/bundle/io/github/olympe/olympe-maven-plugin/" + VERSION);
    }

    @Test
    void theBundleHasEveryFileWithItsChecksums() throws Exception {
        for (String name : FILES) {
            Path file = bundle.resolve(name);
            assertThat(file).isNotEmptyFile();
            assertThat(bundle.resolve(name + ".md5")).hasContent(digest("MD5", file));
            assertThat(bundle.resolve(name + ".sha1")).hasContent(digest("SHA-1", file));
        }
    }

    @Test
    void everyFileIsSignedByTheCallersKey() throws Exception {
        for (String name : FILES) {
            gpg(
                    "--verify",
                    bundle.resolve(name + ".asc").toString(),
                    bundle.resolve(name).toString());
        }
    }

    @Test
    void thePomSaysWhatCentralAsksFor() throws Exception {
        Document pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(bundle.resolve(NAME + ".pom").toFile());

        for (String element : List.of("name", "description", "url", "license", "developer", "connection")) {
            assertThat(pom.getElementsByTagName(element).getLength())
                    .as(element)
                    .isPositive();
        }
        assertThat(Files.readString(bundle.resolve(NAME + ".pom"))).doesNotContain("-SNAPSHOT");
    }

    private static void gpg(String... arguments) {
        List<String> line =
                new ArrayList<>(List.of(RealProgram.find("gpg", "gnupg").toString()));
        line.addAll(List.of(arguments));
        RealProgram.run(folder, Map.of("GNUPGHOME", keyring.toString()), line.toArray(String[]::new));
    }

    private static String digest(String algorithm, Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file)));
    }
}
