package io.github.olympe.maven.goal;

import static io.github.olympe.maven.testing.SecretMarks.inUrl;
import static io.github.olympe.maven.testing.SecretMarks.inXml;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.olympe.maven.testing.BareRepository;
import io.github.olympe.maven.testing.ConnectProxy;
import io.github.olympe.maven.testing.EchoingServer;
import io.github.olympe.maven.testing.EmbeddedRegistry;
import io.github.olympe.maven.testing.EmbeddedWebhook;
import io.github.olympe.maven.testing.EncryptedPasswords;
import io.github.olympe.maven.testing.GitHttpServer;
import io.github.olympe.maven.testing.MavenBuild;
import io.github.olympe.maven.testing.MavenDistribution;
import io.github.olympe.maven.testing.OpenSshServer;
import io.github.olympe.maven.testing.ProcessArguments;
import io.github.olympe.maven.testing.SecretMarks;
import io.github.olympe.maven.testing.ShopProject;
import io.github.olympe.maven.testing.TestBaseImages;
import io.github.olympe.maven.testing.TestCertificate;
import io.github.olympe.maven.testing.TestImage;
import io.github.olympe.maven.testing.TestPom;
import io.github.olympe.maven.testing.Verdaccio;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every credential has a marked value, and is given in every possible way. Every goal runs with {@code -X -e}, once successfully and once
 * with each of its steps failing, against servers, scripts and helpers that print all they know. No mark may be in a log, in the project,
 * in what npm and the plugin keep, in an image or a report, or in the arguments of a process.
 */
class SecretsConformanceTest {

    private static final String MAVEN_3 = "3.9.16";
    private static final String MAVEN_4 = "4.0.0-rc-6";

    /** Prints its environment in every way, like a script for debugging. */
    private static final String INDISCREET = """
            const all = JSON.stringify(process.env);
            console.log(all);
            console.log(JSON.stringify(all));
            console.log(encodeURIComponent(all));
            for (const [name, value] of Object.entries(process.env)) {
              console.error(`${name}=${value}`);
              console.log(encodeURIComponent(value));
              console.log(new URLSearchParams({ value }).toString());
              console.log(Buffer.from(value).toString('base64'));
              console.log(Buffer.from(value).toString('base64url'));
            }
            console.log(process.argv.join(' '));
            process.exit(3);
            """;

    private static final String NEVER_INSTALLED = "20.98.0";
    private static final String CODE_AS_DATA = "-Dolympe.codeAsData.deploy=true";

    @TempDir
    Path folder;

    private final SecretMarks marks = new SecretMarks();
    private final List<AutoCloseable> servers = new ArrayList<>();
    private final Map<String, String> found = new TreeMap<>();
    private final Map<String, String> dockerAuths = new TreeMap<>();
    /** Layers of images that contain a secret, which the cache of pulled layers may keep unchanged. */
    private final Set<String> leakedLayers = new TreeSet<>();

    private final Map<Way, EncryptedPasswords> encryptions = new EnumMap<>(Way.class);
    private final Instant start = Instant.now();
    private Path home;
    private Path given;
    private EmbeddedRegistry registry;
    private TestBaseImages base;
    private EmbeddedWebhook webhook;
    private BareRepository repository;
    private GitHttpServer git;
    private OpenSshServer ssh;
    private Path sshKey;
    private Path unknownSshKey;
    private Verdaccio npm;
    private HttpServer node;
    private String nodeLogin;
    private String npmToken;
    private String helped = "nobody.example.com";
    private Path shop;
    private int number;

    /** The ways in which credentials are given. */
    private enum Way {
        /** Variables, docker's configuration, and an {@code .npmrc} that names a variable. */
        VARIABLES(MAVEN_3),
        /** Servers of settings.xml. */
        SETTINGS(MAVEN_3),
        /** The same, encrypted with Maven 3's settings-security.xml, all through a proxy that asks for a password, too. */
        ENCRYPTED_BY_3(MAVEN_3),
        /** The same, read by Maven 4, without the proxy and with git by SSH, with a key that has a passphrase. */
        ENCRYPTED_BY_3_FOR_4(MAVEN_4),
        /** Encrypted by Maven 4's mvnenc with settings-security4.xml. */
        ENCRYPTED_BY_4(MAVEN_4),
        /** The git token in its URL, a credential helper of docker, WEBHOOK_TOKEN, user and password in the user's .npmrc. */
        OTHERS(MAVEN_3);

        private final String maven;

        Way(String maven) {
            this.maven = maven;
        }

        boolean isProxy() {
            return this == ENCRYPTED_BY_3;
        }

        boolean isSsh() {
            return this == ENCRYPTED_BY_3_FOR_4;
        }

        boolean isSettings() {
            return this != VARIABLES && this != OTHERS;
        }
    }

    @BeforeEach
    void start() throws Exception {
        home = Files.createDirectories(folder.resolve("home"));
        given = Files.createDirectories(folder.resolve("given"));
        registry = closing(EmbeddedRegistry.start());
        base = TestBaseImages.pushTo(registry.host());
        webhook = closing(EmbeddedWebhook.start());
        repository = BareRepository.create(folder.resolve("repo.git"));
        repository.commit("develop", Map.of("README.md", "The shop.\n"));
        git = closing(GitHttpServer.start(repository.folder()));
        ssh = closing(OpenSshServer.start(given.resolve("sshd")));
        sshKey = sshKey("known");
        unknownSshKey = sshKey("unknown");
        ssh.letIn(sshKey);
        write(home.resolve(".ssh/known_hosts"), ssh.knownHostsLine());
        npm = closing(Verdaccio.start(given.resolve("verdaccio"), marks.get("npm password")));
        node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        node.createContext("/", this::sendNode);
        node.start();
        servers.add(() -> node.stop(0));
        shop = Files.createDirectories(folder.resolve("shop"));
        ShopProject.writeTo(shop);
        Files.writeString(shop.resolve("src/test.js"), "console.log('the shop is tested');\n");
    }

    /** A key with a passphrase. Neither the passphrase nor a line of the key may appear anywhere. */
    private Path sshKey(String name) throws IOException {
        Path key = given.resolve("id_" + name);
        OpenSshServer.generateKey(key, "ed25519", marks.get("passphrase " + name));
        marks.add("SSH key " + name, Files.readAllLines(key).get(3));
        return key;
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable server : servers) {
            server.close();
        }
    }

    @Test
    void showsNoSecretAnywhere() throws Exception {
        Set<String> seen;
        try (ProcessArguments arguments = new ProcessArguments()) {
            wholeBuild();
            for (Way way : EnumSet.complementOf(EnumSet.of(Way.VARIABLES))) {
                goalsThatUseCredentials(way);
            }
            failures(Way.VARIABLES);
            failures(Way.ENCRYPTED_BY_4);
            failureOfCheck();
            for (String server : List.of(echoing(401), echoing(500), nobody())) {
                failureOfTheWebhook(Way.VARIABLES, server);
            }
            failureOfTheWebhook(Way.SETTINGS, echoing(307));
            failuresOfTheProxy();
            seen = arguments.seen();
        }
        assertThat(seen).as("the processes").anyMatch(line -> line.contains("olympe") && line.contains("snapshot"));
        seen.forEach(line -> marks.in(line).forEach((name, text) -> found.put("a process: " + name, text)));
        found.putAll(marks.in(registry.folder(), file -> true));
        found.putAll(marks.in(home, file -> !isGiven(file)));
        found.putAll(marks.in(
                MavenBuild.TARGET.resolve("local-repo/.cache"),
                file -> isNew(file) && !leakedLayers.contains("sha256:" + file.getFileName())));
        found.putAll(marks.in(folder, file -> !file.startsWith(home) && !isGiven(file)));
        assertThat(found).isEmpty();
    }

    /** Runs everything from {@code check} to the webhook, for a project that has everything. */
    private void wholeBuild() throws Exception {
        Way way = Way.VARIABLES;
        ShopProject.writePom(shop, "", configuration(way));
        snapshotConfiguration(shop, way, "http://" + git.authority());
        MavenBuild.Result result = run(build(shop, way), "the whole build", "deploy", CODE_AS_DATA);
        assertThat(result.succeeded()).as("%s", result.errors()).isTrue();
        assertThat(webhook.requests().get(0).header("Authorization")).isEqualTo("Bearer " + marks.get("deploy " + way));
        assertThat(repository.log("develop")).hasSize(2);
        MavenBuild.Result again = run(
                build(shop, way),
                "what comes after a deployment",
                "olympe:deploy",
                "-Dolympe.frontendImage=" + base.frontend(), // another one, as a rollback is to other images
                "olympe:history",
                "olympe:rollback",
                CODE_AS_DATA);
        assertThat(again.succeeded()).as("%s", again.errors()).isTrue();
        assertThat(webhook.requests()).hasSize(3);
    }

    private void goalsThatUseCredentials(Way way) throws Exception {
        Reactor reactor = new Reactor("well " + way);
        Map<String, String> hosts = new TreeMap<>();
        hosts.put("registry", registry.host());
        hosts.put("deploy", URI.create(webhook.url()).getAuthority());
        hosts.put("git", git.authority());
        hosts.put("npm", URI.create(npm.url()).getAuthority());
        hosts.put("node", "127.0.0.1:" + node.getAddress().getPort());
        Map<String, String> named = new TreeMap<>(hosts);
        if (way.isProxy()) {
            named.replaceAll((name, authority) -> name + ".example.com");
        }
        String configuration = configuration(way)
                .replace(hosts.get("registry"), named.get("registry"))
                .replace(hosts.get("deploy"), named.get("deploy"));
        Path module = reactor.module(
                "shop",
                configuration + "<allowInsecureRegistries>" + way.isProxy() + "</allowInsecureRegistries>"
                        + "<allowInsecureDeploy>" + way.isProxy() + "</allowInsecureDeploy>"
                        + "<allowInsecureGit>" + way.isProxy() + "</allowInsecureGit>",
                "check",
                "snapshot",
                "push",
                "deploy");
        copy(shop, module, Set.of("pom.xml", "snapshot-config.json"));
        replaceIn(module.resolve("target/olympe/images.json"), hosts.get("registry"), named.get("registry"));
        snapshotConfiguration(module, way, "http://" + named.get("git"));
        if (way.isSsh()) {
            snapshotConfigurationOf(module, ssh.url(repository.folder()));
        }
        Path library = reactor.module("library", npmConfiguration(way), "npm-pack", "npm-publish");
        library(library, "http://" + named.get("npm") + "/", "1.0." + way.ordinal());
        npmrc(library, way, "http://" + named.get("npm") + "/");
        if (way.isSettings()) {
            node(reactor, "node", named.get("node"), nodeVersion(way));
        }
        Path handedOn = reactor.module(
                "handed-on",
                "<environmentVariables><DRAW_PASSWORD/></environmentVariables>",
                "npm-test",
                "bump-version");
        project(handedOn);
        write(
                handedOn.resolve("env.js"),
                "const e = process.env; process.exit(e.DRAW_PASSWORD && !e.WEBHOOK_TOKEN ? 0 : 1);");
        reactor.write();
        MavenBuild build = build(reactor.folder, way);
        ConnectProxy proxy = closing(ConnectProxy.start(
                named.keySet().stream().collect(Collectors.toMap(named::get, hosts::get)), "ann", marks.get("proxy")));
        if (way.isProxy()) {
            throughProxy(build, way, proxy.plainHttpOnly().port());
        }
        int before = repository.log("develop").size();
        MavenBuild.Result result = run(build, "the goals by " + way, "-T2", "validate", CODE_AS_DATA);
        deleteNode(way);
        assertThat(result.succeeded()).as("%s: %s", way, result.errors()).isTrue();
        assertThat(webhook.requests().get(webhook.requests().size() - 1).header("Authorization"))
                .as("%s", way)
                .isEqualTo("Bearer " + marks.get("deploy " + way));
        assertThat(repository.log("develop").size()).as("%s", way).isEqualTo(before + 1);
        assertThat(npm.describe("@acme/bricks")).contains("1.0." + way.ordinal());
        assertThat(Files.readString(given.resolve("toolkit-report.json"))).contains(json(marks.get("draw " + way)));
        assertThat(handedOn.resolve("package.json")).content().contains("\"1.0.0-1a2b3c4d-");
        if (way.isProxy()) {
            assertThat(named.values())
                    .as("what went through the proxy")
                    .allSatisfy(
                            host -> assertThat(proxy.requests()).anyMatch(request -> request.contains("//" + host)));
        }
    }

    /** Each step of each goal fails in a module of its own. */
    private void failures(Way way) throws Exception {
        Reactor reactor = new Reactor("failing " + way);
        Map<String, String> refusing = new TreeMap<>();
        refusing.put("403", echoing(403));
        refusing.put("500", echoing(500, 403));
        if (way == Way.VARIABLES) {
            refusing.put("401", echoing(401));
            refusing.put("redirect", echoing(307, 403));
            refusing.put("refused", nobody());
        }
        for (Map.Entry<String, String> server : refusing.entrySet()) {
            String status = "-" + server.getKey();
            String authority = server.getValue();
            dockerAuth(authority, way);
            push(reactor, "push" + status, way, authority);
            vet(reactor, "vet" + status, way, authority);
            Path image = reactor.module("image" + status, imageConfiguration(way, authority), "image");
            copy(shop.resolve("dist"), image.resolve("dist"), Set.of());
            Files.copy(shop.resolve("package.json"), image.resolve("package.json"));
            snapshot(reactor, "snapshot" + status, way, "http://" + authority);
            snapshot(reactor, "snapshot-by-url" + status, Way.OTHERS, "http://" + authority);
            npmInstall(reactor, "install" + status, way, "http://" + authority + "/");
            publish(reactor, "publish" + status, way, authority);
            if (way.isSettings()) {
                node(reactor, "node" + status, authority, NEVER_INSTALLED);
            }
        }
        vet(reactor, "vet", way, leaking(way));
        project(reactor.module("bump-version", "<versionTemplate>{tag}</versionTemplate>", "bump-version"));
        if (way.isSettings()) {
            Path unknown = reactor.module(
                    "snapshot-ssh", snapshotConfiguration(way).replace(">git<", ">git-by-ssh<"), "snapshot");
            project(unknown);
            snapshotConfigurationOf(unknown, ssh.url(repository.folder()));
        }
        // The version is not published yet, and the registry refuses it.
        publish(reactor, "publish", way, echoing(404, 403));
        TestCertificate certificate = TestCertificate.create(given.resolve("certificate " + way));
        EmbeddedWebhook untrusted = closing(EmbeddedWebhook.start(certificate.context()));
        push(reactor, "push-untrusted", way, "127.0.0.1:" + untrusted.port());
        if (way == Way.VARIABLES) {
            helped = echoing(401);
            push(reactor, "push-helper", way, helped);
        }
        GitHttpServer hooked = closing(GitHttpServer.start(repository.folder()))
                .lettingIn((user, password) -> true)
                .beforeReceiving((pack, commands) -> {
                    String token = marks.get("git " + way);
                    pack.sendMessage("go away with http://" + inUrl(token) + "@127.0.0.1/ and " + token);
                    commands.forEach(
                            c -> c.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, "hook declined " + token));
                });
        snapshot(reactor, "snapshot-hook", way, "http://" + hooked.authority());
        for (String goal : List.of("build-frontend", "build-backend", "build-library", "npm-test")) {
            project(reactor.module(goal, npmConfiguration(way), goal));
        }
        project(reactor.module("parallel", "<parallel>true</parallel>", "build-frontend"));
        Path scripts = reactor.module("install-script", npmConfiguration(way), "npm-install");
        project(scripts);
        npmrc(scripts, way, npm.url());
        Files.delete(scripts.resolve("node_modules/.package-lock.json"));
        project(reactor.module(
                "build-code-as-data",
                standingIn("{\"print\": true, \"fail\": \"dependencies\"}"),
                "build-code-as-data"));
        String wrong = json(marks.get("draw " + way)) + " is wrong";
        Path toolkit = reactor.module(
                "snapshot-toolkit",
                snapshotConfiguration(way)
                        + standingIn("{\"print\": true, \"fail\": \"end\", \"message\": \"" + wrong + "\"}"),
                "snapshot");
        project(toolkit);
        snapshotConfiguration(toolkit, way, "http://" + git.authority());
        fails(reactor, build(reactor.folder, way));
    }

    /** The check of a library asks the npm registry. */
    private void failureOfCheck() throws Exception {
        Path library = folder.resolve("library");
        String registryUrl = "http://" + echoing(403) + "/";
        library(library, registryUrl, "1.0.0");
        npmrc(library, Way.VARIABLES, registryUrl);
        ShopProject.writePom(library, "", "");
        replaceIn(library.resolve("pom.xml"), "<packaging>olympe<", "<packaging>olympe-library<");
        MavenBuild.Result result = run(build(library, Way.VARIABLES), "check", "deploy");
        assertThat(result.succeeded()).isFalse();
        assertThat(result.log()).contains("Whether @acme/bricks@1.0.0 is published already cannot be found out");
    }

    private void failureOfTheWebhook(Way way, String authority) throws Exception {
        ShopProject.writePom(shop, "", configuration(way).replace(webhook.url(), "http://" + authority + "/"));
        MavenBuild.Result result = run(build(shop, way), "the webhook " + way, "olympe:deploy");
        assertThat(result.succeeded()).as("%s", result.errors()).isFalse();
        assertThat(result.log()).contains("The webhook http://" + authority + "/ ");
        found.putAll(marks.in(shop.resolve("target"), file -> true));
    }

    /** The proxy of settings.xml refuses every password. */
    private void failuresOfTheProxy() throws Exception {
        Way way = Way.ENCRYPTED_BY_3;
        EchoingServer proxy = closing(EchoingServer.answering(407));
        Reactor reactor = new Reactor("proxy");
        push(reactor, "push", way, "registry.example.com");
        snapshot(reactor, "snapshot", way, "https://git.example.com");
        npmInstall(reactor, "install", way, "http://npm.example.com/");
        node(reactor, "node", "node.example.com", NEVER_INSTALLED);
        fails(reactor, throughProxy(build(reactor.folder, way), way, proxy.port()));
        ShopProject.writePom(
                shop,
                "",
                configuration(way).replace(webhook.url(), "http://deploy.example.com/")
                        + "<allowInsecureDeploy>true</allowInsecureDeploy>");
        MavenBuild.Result deployed =
                run(throughProxy(build(shop, way), way, proxy.port()), "the webhook by a proxy", "olympe:deploy");
        assertThat(deployed.succeeded()).as("%s", deployed.errors()).isFalse();
        assertThat(proxy.credentials()).contains("Basic " + base64("ann:" + marks.get("proxy")));
        found.putAll(marks.in(shop.resolve("target"), file -> true));
    }

    private MavenBuild throughProxy(MavenBuild build, Way way, int port) throws Exception {
        for (String protocol : List.of("http", "https")) {
            build.proxy("""
                    <proxy><id>%1$s</id><active>true</active><protocol>%1$s</protocol><host>127.0.0.1</host><port>%2$d</port>
                    <username>ann</username><password>%3$s</password></proxy>
                    """.formatted(protocol, port, encryption(way).encrypt(marks.get("proxy"))));
        }
        return build;
    }

    private void fails(Reactor reactor, MavenBuild build) throws IOException {
        reactor.write();
        MavenBuild.Result result =
                run(build, reactor.folder.getFileName().toString(), "-T4", "-fae", "validate", CODE_AS_DATA);
        assertThat(result.log()).doesNotContain("WEBHOOK_TOKEN=", "OLYMPE_GIT_TOKEN=");
        for (String name : reactor.modules) {
            assertThat(result.log())
                    .as("%s, %s fails as it should", reactor.folder, name)
                    .containsPattern("m-" + name + " \\.* FAILURE");
        }
    }

    // ------------------------------------------------------------------------------ credentials

    /** A build that gets all credentials in this way. Those of the other ways are also in its environment, for scripts to print. */
    private MavenBuild build(Path project, Way way) throws Exception {
        MavenBuild build = MavenBuild.in(project)
                .maven(MavenDistribution.home(way.maven))
                .with("HOME", home.toString())
                .with("MAVEN_OPTS", MavenBuild.SHORT_LIVED + " -Duser.home=" + home)
                .with("GITLAB_CI", "true")
                .with("CI_COMMIT_BRANCH", "main")
                .with("CI_COMMIT_SHA", "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d")
                .with(
                        "CI_PROJECT_URL",
                        "https://gitlab-ci-token:" + inUrl(marks.get("CI job token")) + "@gitlab.example.com/acme/shop")
                .with("CI_REGISTRY_USER", "gitlab-ci-token")
                .with("CI_REGISTRY_PASSWORD", marks.get("CI registry password"))
                .with("CI_REGISTRY", way == Way.VARIABLES ? "registry.example.com" : "127.0.0.1:1")
                .with("OLYMPE_STAND_IN", standIn("{\"report\": \"" + given.resolve("toolkit-report.json") + "\"}"))
                .with("npm_config_fetch_retries", "0")
                .with("npm_config_audit", "false")
                .with("npm_config_fund", "false")
                .with("PATH", given.resolve("bin") + ":" + System.getenv("PATH"))
                .with("DOCKER_CONFIG", given.resolve("docker " + way).toString())
                .with(
                        "DOCKER_AUTH_CONFIG",
                        "{\"auths\": {\"elsewhere.example.com\": {\"auth\": \""
                                + base64("ann:" + marks.get("DOCKER_AUTH_CONFIG")) + "\"}}}")
                .with("NPM_TOKEN", npmToken())
                .with("NPM_CONFIG_USERCONFIG", given.resolve("npmrc").toString())
                .with("OLYMPE_DEPLOY_TOKEN", marks.get("deploy " + Way.VARIABLES))
                .with("WEBHOOK_TOKEN", marks.get("deploy " + Way.OTHERS))
                .with("DRAW_USERNAME", "nina")
                .with("DRAW_PASSWORD", marks.get("draw " + (way.isSettings() ? Way.VARIABLES : way)))
                .with("OLYMPE_GIT_TOKEN", marks.get("git " + Way.VARIABLES));
        if (way == Way.OTHERS) {
            build.with("OLYMPE_DEPLOY_TOKEN", "");
        }
        EncryptedPasswords encryption = encryption(way);
        if (way.isSettings()) {
            build.server(server("deploy", "", encryption.encrypt(marks.get("deploy " + way))))
                    .server(server("registry", "pusher", encryption.encrypt(marks.get("registry " + way))))
                    .server(server("draw", "nina", encryption.encrypt(marks.get("draw " + way))))
                    .server(
                            way.isSsh()
                                    ? sshServer("git", sshKey, encryption.encrypt(marks.get("passphrase known")))
                                    : server(
                                            "git",
                                            way == Way.SETTINGS ? "" : "ann",
                                            encryption.encrypt(marks.get("git " + way))))
                    .server(sshServer("git-by-ssh", unknownSshKey, encryption.encrypt(marks.get("passphrase unknown"))))
                    .server(
                            way == Way.SETTINGS
                                    ? server("npm", "", encryption.encrypt(npmToken()))
                                    : server("npm", npm.user(), encryption.encrypt(marks.get("npm password"))))
                    .server(server("node", "ann", encryption.encrypt(marks.get("node " + way))));
            nodeLogin = "Basic " + base64("ann:" + marks.get("node " + way));
        }
        registry.requireBasic("pusher", marks.get("registry " + way));
        git.lettingIn((user, password) -> (user + ":" + password).contains(marks.get("git " + way)));
        Files.createDirectories(given.resolve("bin"));
        dockerAuth(registry.host(), way);
        if (way == Way.OTHERS) {
            write(given.resolve("docker " + way + "/config.json"), "{\"credsStore\": \"marked\"}");
            Path helper = given.resolve("bin/docker-credential-marked");
            Path secret = given.resolve("helper-secret");
            write(
                    secret,
                    "{\"ServerURL\": \"x\", \"Username\": \"pusher\", \"Secret\": \""
                            + json(marks.get("registry " + way)) + "\"}");
            write(helper, """
                    #!/bin/sh
                    cat '%1$s' >&2
                    read server
                    cat '%1$s'
                    [ "$server" = '%2$s' ]
                    """.formatted(secret, registry.host()));
            helper.toFile().setExecutable(true);
        }
        write(
                given.resolve("npmrc"),
                way != Way.OTHERS
                        ? ""
                        : """
                //%1$s/:username=%2$s
                //%1$s/:_password=%3$s
                """.formatted(
                                npm.url().replaceAll("http://|/$", ""), npm.user(), base64(marks.get("npm password"))));
        return build;
    }

    private void dockerAuth(String authority, Way way) throws IOException {
        String auth = base64("pusher:" + marks.get("registry " + way));
        dockerAuths.put(authority, "\"" + authority + "\": {\"auth\": \"" + auth + "\"}");
        write(
                given.resolve("docker " + Way.VARIABLES + "/config.json"),
                "{\"auths\": {" + String.join(",", dockerAuths.values()) + "}, \"credHelpers\": {\"" + helped
                        + "\": \"marked\"}}");
    }

    private EncryptedPasswords encryption(Way way) throws Exception {
        if (!encryptions.containsKey(way)) {
            encryptions.put(way, newEncryption(way));
        }
        return encryptions.get(way);
    }

    private EncryptedPasswords newEncryption(Way way) throws Exception {
        return switch (way) {
            case ENCRYPTED_BY_3, ENCRYPTED_BY_3_FOR_4 ->
                encryptedForXml(EncryptedPasswords.maven3(MavenDistribution.home(MAVEN_3), home));
            case ENCRYPTED_BY_4 -> encryptedForXml(EncryptedPasswords.maven4(MavenDistribution.home(MAVEN_4), home));
            default -> SecretMarks::inXml;
        };
    }

    private static EncryptedPasswords encryptedForXml(EncryptedPasswords passwords) {
        return password -> inXml(passwords.encrypt(password));
    }

    private String npmToken() throws Exception {
        if (npmToken == null) {
            npmToken = marks.add("npm token", npm.token());
        }
        return npmToken;
    }

    private String configuration(Way way) {
        return """
                <registry>%s/acme</registry>
                <deployUrl>%s</deployUrl>
                <frontend><baseImage>%s</baseImage></frontend>
                <backends><backend><baseImage>%s</baseImage></backend></backends>
                <codeAsData><baseImage>%s</baseImage></codeAsData>
                %s
                %s
                %s
                """.formatted(
                        registry.host(),
                        webhook.url(),
                        base.frontend(),
                        base.backend(),
                        base.codeAsData(),
                        snapshotConfiguration(way),
                        way.isSettings() ? "<deployServerId>deploy</deployServerId>" : "",
                        registryConfiguration(way));
    }

    private static String registryConfiguration(Way way) {
        return way.isSettings() ? "<registryServerId>registry</registryServerId>" : "";
    }

    private static String imageConfiguration(Way way, String authority) {
        return """
                <registry>%1$s/acme</registry>
                <frontend><baseImage>%1$s/base:1</baseImage></frontend>
                <backends><backend><skip>true</skip></backend></backends>
                <codeAsData><skip>true</skip></codeAsData>
                %2$s
                """.formatted(authority, registryConfiguration(way));
    }

    private static String snapshotConfiguration(Way way) {
        return "<orchestratorHost>draw.example.com</orchestratorHost>"
                + (way.isSettings()
                        ? "<orchestratorServerId>draw</orchestratorServerId><gitServerId>git</gitServerId>"
                        : "");
    }

    private static String npmConfiguration(Way way) {
        return way.isSettings() ? "<npmServerId>npm</npmServerId>" : "";
    }

    private void snapshotConfiguration(Path project, Way way, String server) throws IOException {
        String address = way == Way.OTHERS ? server.replace("//", "//" + inUrl(marks.get("git " + way)) + "@") : server;
        snapshotConfigurationOf(project, address + "/group/repo.git");
    }

    private void snapshotConfigurationOf(Path project, String address) throws IOException {
        write(project.resolve("res/snapshot-config.json"), """
                [{"snapshooter": {"name": "My Projects", "rootTags": ["tag%d"]}, "git": {"repo": "%s"}}]
                """.formatted(++number, address));
    }

    private static void npmrc(Path project, Way way, String url) throws IOException {
        String token = way == Way.VARIABLES ? url.replace("http:", "") + ":_authToken=${NPM_TOKEN}\n" : "";
        write(project.resolve(".npmrc"), "registry=" + url + "\n" + token);
    }

    private static String server(String id, String user, String password) {
        return "<server><id>" + id + "</id>" + (user.isEmpty() ? "" : "<username>" + user + "</username>")
                + "<password>" + password + "</password></server>";
    }

    private static String sshServer(String id, Path key, String passphrase) {
        return "<server><id>" + id + "</id><privateKey>" + key + "</privateKey><passphrase>" + passphrase
                + "</passphrase></server>";
    }

    // ------------------------------------------------------------------------------ projects

    private final class Reactor {

        private final Path folder;
        private final List<String> modules = new ArrayList<>();

        Reactor(String name) throws IOException {
            folder = Files.createDirectories(SecretsConformanceTest.this.folder.resolve(name));
        }

        /** A module that runs these goals in the phase {@code validate}. */
        Path module(String name, String configuration, String... goals) throws IOException {
            modules.add(name);
            StringBuilder executions = new StringBuilder();
            for (String goal : goals) {
                executions.append("<execution><id>" + goal + "</id><phase>validate</phase><goals><goal>" + goal
                        + "</goal></goals></execution>\n");
            }
            TestPom.of("m-" + name)
                    .configuration(configuration)
                    .executions(executions.toString())
                    .writeTo(folder.resolve(name));
            return folder.resolve(name);
        }

        void write() throws IOException {
            TestPom.writeReactor(folder, "all", modules, "");
        }
    }

    /** A project whose packages are installed, and whose scripts print what they see and then fail. */
    private static void project(Path folder) throws IOException {
        write(folder.resolve("package.json"), """
                {
                  "name": "shop",
                  "version": "1.0.0",
                  "scripts": {"build:draw": "node env.js", "build:node": "node env.js", "build": "node env.js", "test": "node env.js", "preinstall": "node env.js"}
                }
                """);
        write(folder.resolve("env.js"), INDISCREET);
        write(folder.resolve("node_modules/.package-lock.json"), "{\"packages\": {}}");
        Files.createDirectories(folder.resolve("node_modules/.bin"));
        Path toolkit = folder.resolve("node_modules/.bin/olympe");
        Files.copy(Path.of("src/test/resources/toolkit-stand-in/main.js"), toolkit);
        toolkit.toFile().setExecutable(true);
    }

    private void push(Reactor reactor, String name, Way way, String authority) throws IOException {
        Path module = reactor.module(
                name,
                "<registry>" + authority + "/acme</registry><allowInsecureRegistries>"
                        + authority.endsWith(".com")
                        + "</allowInsecureRegistries>" + registryConfiguration(way),
                "push");
        copy(shop.resolve("target"), module.resolve("target"), Set.of());
        replaceIn(module.resolve("target/olympe/images.json"), registry.host(), authority);
    }

    private static void vet(Reactor reactor, String name, Way way, String authority) throws IOException {
        reactor.module(
                name, "<vetImage>" + authority + "/acme/leaking:1</vetImage>" + registryConfiguration(way), "vet");
    }

    /** Returns the host of a registry with an image that serves a secret of each kind that {@code vet} reads as a whole or line by line. */
    private String leaking(Way way) throws IOException {
        EmbeddedRegistry leaky = closing(EmbeddedRegistry.start());
        String html = "usr/share/nginx/html/";
        String secret = marks.get("served");
        TestImage image = TestBaseImages.frontend("amd64")
                .layer()
                .file(html + "oConfig.json", 0, 0, 0644, "{\"auth.autoPassword\": \"" + json(secret) + "\"}")
                .file(html + ".env", 0, 0, 0644, "API_TOKEN=" + secret)
                .file(html + ".npmrc", 0, 0, 0644, "//npm.example.com/:_authToken=" + secret)
                .file(html + "snapshot-config.json", 0, 0, 0644, "\"https://" + inUrl(secret) + "@git.acme.io/shop\"");
        image.pushTo(leaky.host(), "acme/leaking", "1");
        leakedLayers.addAll(image.layerDigests());
        leaky.requireBasic("pusher", marks.get("registry " + way));
        dockerAuth(leaky.host(), way);
        return leaky.host();
    }

    private void snapshot(Reactor reactor, String name, Way way, String server) throws IOException {
        Path module = reactor.module(name, snapshotConfiguration(way), "snapshot");
        project(module);
        snapshotConfiguration(module, way, server);
    }

    private static void publish(Reactor reactor, String name, Way way, String authority) throws IOException {
        Path module = reactor.module(name, npmConfiguration(way), "npm-publish");
        library(module, "http://" + authority + "/", "1.0.0");
        npmrc(module, way, "http://" + authority + "/");
    }

    private static void npmInstall(Reactor reactor, String name, Way way, String url) throws IOException {
        Path module = reactor.module(name, npmConfiguration(way), "npm-install");
        write(
                module.resolve("package.json"),
                "{\"name\": \"x\", \"version\": \"1.0.0\", \"dependencies\": {\"@acme/bricks\": \"1.0.0\"}}");
        npmrc(module, way, url);
    }

    private static void node(Reactor reactor, String name, String authority, String version) throws IOException {
        reactor.module(
                name,
                "<nodeVersion>" + version + "</nodeVersion><nodeDownloadRoot>http://" + authority
                        + "/</nodeDownloadRoot><nodeServerId>node</nodeServerId><allowInsecureNodeDownload>"
                        + authority.endsWith(".com") + "</allowInsecureNodeDownload>",
                "install-node");
    }

    private static void library(Path folder, String url, String version) throws IOException {
        write(
                folder.resolve("package.json"),
                "{\"name\": \"@acme/bricks\", \"version\": \"" + version + "\", \"scripts\": {\"build\": \"exit 0\"}}");
        write(folder.resolve("dist/package.json"), """
                {"name": "@acme/bricks", "version": "%s", "codeAsData": "codeAsData", "publishConfig": {"registry": "%s"}}
                """.formatted(version, url));
        write(folder.resolve("dist/codeAsData/patch.json"), "{}");
    }

    /** Returns the configuration that makes the toolkit do this. */
    private String standingIn(String control) throws IOException {
        return "<environmentVariables><OLYMPE_STAND_IN>" + standIn(control)
                + "</OLYMPE_STAND_IN></environmentVariables>";
    }

    private String standIn(String control) throws IOException {
        Path file = given.resolve("stand-in-" + Integer.toHexString(control.hashCode()) + ".json");
        write(file, control);
        return file.toString();
    }

    // ------------------------------------------------------------------------------ servers

    private <T extends AutoCloseable> T closing(T server) {
        servers.add(server);
        return server;
    }

    private String echoing(Integer... statuses) {
        return closing(EchoingServer.answering(statuses)).authority();
    }

    /** A host and port where nothing listens. */
    private static String nobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }

    private static String nodeVersion(Way way) {
        return "20.99." + way.ordinal();
    }

    /** Sends a Node.js that runs the one on the PATH. */
    private void sendNode(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!nodeLogin.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"node\"");
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            Path path = Path.of(exchange.getRequestURI().getPath());
            String version = path.getName(0).toString();
            String archive = "node-" + version + "-linux-x64.tar.gz";
            byte[] content = path.endsWith("SHASUMS256.txt")
                    ? (sha256(nodeArchive(version)) + "  " + archive + "\n").getBytes(StandardCharsets.UTF_8)
                    : nodeArchive(version);
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        }
    }

    private static byte[] nodeArchive(String version) throws IOException {
        String name = "node-" + version + "-linux-x64";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            add(
                    tar,
                    name + "/bin/node",
                    "#!/bin/sh\n[ \"$1\" = --version ] && echo " + version
                            + " && exit\nexec /usr/bin/env node \"$@\"\n");
            add(tar, name + "/lib/node_modules/npm/package.json", "{\"name\": \"npm\", \"version\": \"10.0.0\"}");
            add(tar, name + "/lib/node_modules/npm/bin/npm", "");
            add(tar, name + "/lib/node_modules/npm/bin/npm-cli.js", "console.log('10.0.0')");
        }
        return bytes.toByteArray();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static void add(TarArchiveOutputStream tar, String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        entry.setMode(0755);
        entry.setModTime(0);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private void deleteNode(Way way) throws IOException {
        Path nodes = MavenBuild.TARGET.resolve("local-repo/.cache/olympe/node");
        if (Files.isDirectory(nodes)) {
            try (Stream<Path> paths = Files.walk(nodes)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    if (path.toString().contains("node-" + nodeVersion(way))) {
                        Files.delete(path);
                    }
                }
            }
        }
    }

    // ------------------------------------------------------------------------------ rest

    private MavenBuild.Result run(MavenBuild build, String what, String... arguments) {
        List<String> all = new ArrayList<>(List.of("-X", "-e"));
        all.addAll(Arrays.asList(arguments));
        MavenBuild.Result result = build.run(all.toArray(String[]::new));
        marks.in(result.log()).forEach((name, text) -> found.put("the log of " + what + ": " + name, text));
        return result;
    }

    private boolean isGiven(Path file) {
        return file.startsWith(given)
                || file.startsWith(home.resolve(".m2"))
                || file.getFileName().toString().equals("snapshot-config.json");
    }

    private boolean isNew(Path file) {
        try {
            return Files.isRegularFile(file)
                    && Files.getLastModifiedTime(file).toInstant().isAfter(start);
        } catch (IOException e) {
            return false;
        }
    }

    private static void copy(Path from, Path to, Set<String> without) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Path copy = to.resolve(from.relativize(path).toString());
                if (without.contains(path.getFileName().toString())) {
                    continue;
                }
                if (Files.isSymbolicLink(path)) {
                    Files.createSymbolicLink(copy, Files.readSymbolicLink(path));
                } else if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(path, copy);
                }
            }
        }
    }

    private static void replaceIn(Path file, String text, String by) throws IOException {
        Files.writeString(file, Files.readString(file).replace(text, by));
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static String json(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
