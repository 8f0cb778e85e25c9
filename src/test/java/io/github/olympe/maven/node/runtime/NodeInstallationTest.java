package io.github.olympe.maven.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.node.NodeFixture;
import io.github.olympe.maven.process.ProgramSearch;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Installs from a mirror that is a folder. Its Node.js is a script that prints its version. */
@Timeout(60)
class NodeInstallationTest {

    private static final String VERSION = "20.18.1";
    private static final String CLASSIFIER = classifier();

    @TempDir
    Path mirror;

    @TempDir
    Path cache;

    private final NodeFixture fixture = new NodeFixture();

    /** The name of this machine's platform in frontend-plugin-core. */
    private static String classifier() {
        String os = System.getProperty("os.name").contains("Mac") ? "darwin" : "linux";
        String cpu = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64";
        return os + "-" + cpu + (Files.exists(Path.of("/etc/alpine-release")) ? "-musl" : "");
    }

    @BeforeEach
    void makeMirror() throws Exception {
        Path node = writeNode("v" + VERSION, "10.8.2");
        writeSums(node.getParent(), hex("SHA-256", node) + "  " + node.getFileName());
    }

    private Path writeNode(String says, String npm) throws IOException {
        String name = "node-v" + VERSION + "-" + CLASSIFIER;
        Path archive = mirror.resolve("v" + VERSION).resolve(name + ".tar.gz");
        writeArchive(
                archive,
                Map.of(
                        name + "/bin/node",
                        "#!/bin/sh\necho " + says + "\n",
                        name + "/lib/node_modules/npm/package.json",
                        "{\"version\": \"" + npm + "\"}"));
        return archive;
    }

    private Path writeNpm(String folder, String version) throws IOException {
        Path archive = mirror.resolve(folder).resolve("npm-10.9.0.tgz");
        writeArchive(archive, Map.of("package/package.json", "{\"version\": \"" + version + "\"}"));
        return archive;
    }

    private static void writeArchive(Path archive, Map<String, String> files) throws IOException {
        Files.createDirectories(archive.getParent());
        try (OutputStream out = Files.newOutputStream(archive);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(out))) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setMode(0755);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
    }

    private static void writeSums(Path folder, String line) throws IOException {
        Files.writeString(folder.resolve("SHASUMS256.txt"), "0123  other.tar.gz\n" + line + "\n");
    }

    private static byte[] digest(String algorithm, Path file) throws Exception {
        return MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file));
    }

    private static String hex(String algorithm, Path file) throws Exception {
        return HexFormat.of().formatHex(digest(algorithm, file));
    }

    private NodeRuntime install(Optional<String> npmVersion, String npmRoot) {
        return new NodeInstallation(
                        NodeInstallation.version(VERSION),
                        npmVersion,
                        source(mirror.toUri().toString(), mirror.toUri() + npmRoot),
                        cache,
                        false)
                .install(NodeFixture.ENVIRONMENT, ProgramSearch.current(), new SecretMask(), fixture);
    }

    private static NodeDownload source(String nodeRoot, String npmRoot) {
        return NodeDownload.of(
                Optional.of(nodeRoot), Optional.of(npmRoot), Optional.empty(), HttpProxies.none(), false);
    }

    private void assertNothingIsKept() throws IOException {
        try (var left = Files.list(cache)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void installsAnArchiveWithTheRightChecksum() {
        assertThat(install(Optional.empty(), "").version()).hasToString(VERSION);
        assertThat(fixture.said()).containsExactly("installing Node.js " + VERSION);
        install(Optional.empty(), "");
        assertThat(fixture.said()).isEmpty();
    }

    @Test
    void anArchiveWithAnotherChecksumIsRefused() throws Exception {
        Path archive = writeNode("v" + VERSION + "-evil", "10.8.2");
        String found = hex("SHA-256", archive);
        String wanted = Files.readAllLines(archive.resolveSibling("SHASUMS256.txt"))
                .get(1)
                .substring(0, 64);
        assertThatThrownBy(() -> install(Optional.empty(), ""))
                .isInstanceOf(OlympeException.class)
                .hasMessageStartingWith("Node.js 20.18.1 cannot be installed ('")
                .hasMessageContaining(".tar.gz' has the checksum " + found + ", but '")
                .hasMessageContaining("/SHASUMS256.txt' says " + wanted + ");");
        assertNothingIsKept();
    }

    @Test
    void anArchiveWithoutAChecksumIsRefused() throws IOException {
        writeSums(mirror.resolve("v" + VERSION), "0123  node-v20.18.1.pkg");
        assertThatThrownBy(() -> install(Optional.empty(), ""))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining(
                        "SHASUMS256.txt' has no line for 'node-v" + VERSION + "-" + CLASSIFIER + ".tar.gz')");
        assertNothingIsKept();
    }

    @Test
    void aNodeOfAnotherVersionIsRefused() throws Exception {
        Path archive = writeNode("v20.18.2", "10.8.2");
        writeSums(archive.getParent(), hex("SHA-256", archive) + " *" + archive.getFileName());
        assertThatThrownBy(() -> install(Optional.empty(), ""))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining(": '20.18.1'. The Node.js that was installed is 20.18.2.");
        assertNothingIsKept();
    }

    @Test
    void aChangedInstallationIsReportedWithBothVersions() throws IOException {
        NodeRuntime runtime = install(Optional.empty(), "");
        Files.writeString(runtime.node(), "#!/bin/sh\necho v18.0.0\n");
        assertThatThrownBy(() -> install(Optional.empty(), ""))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining(": '20.18.1'. The Node.js that was installed is 18.0.0.")
                .hasMessageContaining("delete '" + runtime.node().getParent() + "'");
    }

    @Test
    void npmIsComparedWithTheIntegrityOfItsRegistry() throws Exception {
        Path archive = writeNpm("npm/-", "10.9.0");
        String integrity = "sha512-" + Base64.getEncoder().encodeToString(digest("SHA-512", archive));
        Path description = mirror.resolve("npm.json");
        NodeFixture.write(
                mirror, "npm.json", "{\"versions\": {\"10.9.0\": {\"dist\": {\"integrity\": \"" + integrity + "\"}}}}");
        try (NpmRegistryFolder registry = new NpmRegistryFolder(mirror)) {
            NodeInstallation installation = new NodeInstallation(
                    NodeInstallation.version(VERSION),
                    Optional.of("10.9.0"),
                    source(mirror.toUri().toString(), registry.url() + "npm/-/"),
                    cache,
                    false);
            Files.writeString(description, Files.readString(description).replace(integrity, "sha512-AAAA"));
            assertThatThrownBy(() -> installation.install(
                            NodeFixture.ENVIRONMENT, ProgramSearch.current(), new SecretMask(), fixture))
                    .isInstanceOf(OlympeException.class)
                    .hasMessageContaining("npm-10.9.0.tgz' has the checksum " + integrity + ", but '")
                    .hasMessageContaining("/npm' says sha512-AAAA);");
            assertNothingIsKept();
            Files.writeString(description, "{\"versions\": {\"10.9.0\": {\"dist\": {\"shasum\": \"abc\"}}}}");
            assertThatThrownBy(() -> installation.install(
                            NodeFixture.ENVIRONMENT, ProgramSearch.current(), new SecretMask(), fixture))
                    .hasMessageContaining("/npm' has no 'integrity' with a SHA-512 for the version 10.9.0);");
            Files.writeString(
                    description, "{\"versions\": {\"10.9.0\": {\"dist\": {\"integrity\": \"" + integrity + "\"}}}}");
            installation.install(NodeFixture.ENVIRONMENT, ProgramSearch.current(), new SecretMask(), fixture);
        }
    }

    @Test
    void npmFromAFolderIsComparedWithItsChecksums() throws Exception {
        Path archive = writeNpm("mirror", "10.9.0");
        writeSums(archive.getParent(), "0123  npm-10.9.0.tgz");
        assertThatThrownBy(() -> install(Optional.of("10.9.0"), "mirror"))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("mirror/SHASUMS256.txt' says 0123);");
        writeSums(archive.getParent(), hex("SHA-256", archive) + "  npm-10.9.0.tgz");
        install(Optional.of("10.9.0"), "mirror");
    }

    @Test
    void anNpmOfAnotherVersionIsRefused() throws Exception {
        Path archive = writeNpm("mirror", "10.9.1");
        writeSums(archive.getParent(), hex("SHA-256", archive) + "  npm-10.9.0.tgz");
        assertThatThrownBy(() -> install(Optional.of("10.9.0"), "mirror"))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining(
                        "Invalid value for 'npmVersion' (olympe.npmVersion): '10.9.0'. The npm that was installed is 10.9.1.");
        assertNothingIsKept();
    }

    @Test
    void plainHttpNeedsAParameter() {
        assertThatThrownBy(() -> source("http://mirror.example.com/node", "https://npm.example.com"))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining(
                        "Invalid value for 'nodeDownloadRoot' (olympe.nodeDownloadRoot): 'http://mirror.example.com/node'")
                .hasMessageContaining("'allowInsecureNodeDownload' (olympe.node.allowInsecure)");
        assertThatThrownBy(() -> source("https://mirror.example.com/node", "http://npm.example.com"))
                .hasMessageContaining(
                        "Invalid value for 'npmDownloadRoot' (olympe.npmDownloadRoot): 'http://npm.example.com'");
        source("http://127.0.0.1:8081/node", "http://localhost/npm");
        NodeDownload.of(
                Optional.of("http://mirror.example.com"), Optional.empty(), Optional.empty(), HttpProxies.none(), true);
    }

    @Test
    void aCredentialNeedsAServerToGoTo() {
        Credential user = Credential.ofUser("server 'mirror' of settings.xml", "ann", Secret.of("m4rked"));
        assertThatThrownBy(() -> NodeDownload.of(
                        Optional.empty(), Optional.empty(), Optional.of(user), HttpProxies.none(), false))
                .isInstanceOf(OlympeException.class)
                .hasMessage(
                        "The parameter 'nodeServerId' (olympe.nodeServerId) names the server 'mirror' of settings.xml,"
                                + " but neither 'nodeDownloadRoot' nor 'npmDownloadRoot' is set, so there is no server to send it to."
                                + " Set one of them, or remove 'nodeServerId'.");
    }

    @Test
    void aDownloadRootMustBeAUrlWithoutAPassword() {
        assertThatThrownBy(() -> source("mirror", "https://npm.example.com"))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining(": 'mirror'. It is not a URL. Write one such as");
        assertThatThrownBy(() -> source("https://a b", "https://npm.example.com"))
                .hasMessageContaining("It is not a URL");
        assertThatThrownBy(() -> source("https://ann:s3cr3t@mirror.example.com", "https://npm.example.com"))
                .hasMessageContaining("'nodeServerId'")
                .hasMessageNotContaining("s3cr3t");
    }
}
