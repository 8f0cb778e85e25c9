package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.testing.BareRepository;
import io.github.olympe.maven.testing.GitHttpServer;
import io.github.olympe.maven.testing.MavenBuild;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goal {@code snapshot} in a real Maven: no form of a secret is anywhere, and no process is left. */
class SnapshotGoalConformanceTest {

    private static final String TOKEN = "glpat-M4rk3d+T0ken/x";
    private static final String URL_TOKEN = "glpat-M4rk3d%2BT0ken%2Fx";
    private static final String PASSWORD = "M4rk3d-Dr4w-Pa55";

    private static final Set<String> MARKS = Set.of(
            TOKEN,
            URL_TOKEN,
            PASSWORD,
            base64(TOKEN),
            base64(TOKEN + ":"),
            base64("oauth2:" + TOKEN),
            base64("nina:" + TOKEN));

    @TempDir
    Path folder;

    @Test
    void showsNoFormOfASecretAnywhere() throws Exception {
        BareRepository repository = BareRepository.create(folder.resolve("repo.git"));
        repository.commit("develop", Map.of("README.md", "The shop.\n"));
        AtomicBoolean refuses = new AtomicBoolean();
        try (GitHttpServer server = GitHttpServer.start(repository.folder())
                .lettingIn((user, password) -> (user + ":" + password).contains(TOKEN))
                .beforeReceiving((pack, commands) -> {
                    if (refuses.get()) {
                        pack.sendMessage("go away with " + TOKEN + " and " + base64(TOKEN + ":"));
                        commands.forEach(c ->
                                c.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, "hook declined " + TOKEN));
                    }
                })) {
            int number = 0;
            for (boolean refused : List.of(false, true)) {
                for (String way : List.of("address", "server", "variable", "user")) {
                    refuses.set(refused);
                    Path project = Files.createDirectories(folder.resolve("project " + ++number));
                    MavenBuild build = project(project, way, server.authority(), number);
                    MavenBuild.Result result;
                    Set<String> seen;
                    try (Arguments arguments = new Arguments()) {
                        result = build.run(
                                "-X", "-e", "olympe:snapshot", "-Dolympe.snapshot.committer=Bot <bot@example.com>");
                        seen = arguments.seen();
                    }
                    assertThat(result.succeeded()).as(way + "\n" + result.log()).isEqualTo(!refused);
                    assertThat(result.log()).as(way).contains("olympe:").satisfies(this::hasNoMark);
                    assertThat(seen).as("the arguments of all processes").allSatisfy(this::hasNoMark);
                    assertThat(seen).as("the toolkit was seen").anyMatch(line -> line.contains("snapshot"));
                    try (Stream<Path> files = Files.walk(project.resolve("target"))) {
                        for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                            hasNoMark(Files.readString(file, StandardCharsets.ISO_8859_1));
                        }
                    }
                }
            }
        }
        assertThat(repository.log("develop")).hasSize(5);
        RevCommit commit = repository.log("develop").get(0);
        assertThat(commit.getAuthorIdent().toExternalString()).startsWith("Nightly <nightly@example.com> ");
        assertThat(commit.getCommitterIdent().toExternalString()).startsWith("Bot <bot@example.com> ");
        assertThat(commit.getRawGpgSignature()).isNull();
    }

    @Test
    void endsTheToolkitWithAllItsChildren() throws IOException {
        Path project = Files.createDirectories(folder.resolve("project"));
        Path report = folder.resolve("report.json");
        MavenBuild build = project(project, "none", "", 1);
        Files.writeString(
                folder.resolve("stand-in.json"),
                "{\"hang\": \"connect\", \"children\": 2, \"report\": \"" + report + "\"}");
        MavenBuild.Result result = build.with(
                        "OLYMPE_STAND_IN", folder.resolve("stand-in.json").toString())
                .run("olympe:snapshot", "-Dolympe.snapshot.timeout=3");

        assertThat(result.succeeded()).isFalse();
        assertThat(result.log()).contains("was ended after 3 seconds").doesNotContain("\tat ");
        List<Long> pids = Pattern.compile("\"children\":\\[(\\d+),(\\d+)]")
                .matcher(Files.readString(report))
                .results()
                .flatMap(match -> Stream.of(Long.valueOf(match.group(1)), Long.valueOf(match.group(2))))
                .toList();
        assertThat(pids).hasSize(2).noneMatch(SnapshotGoalConformanceTest::runs);
    }

    /** One that has ended may be listed until its new parent asks for its exit code. */
    private static boolean runs(long pid) {
        try {
            return !Files.readString(Path.of("/proc", Long.toString(pid), "stat"))
                    .matches("(?s).*\\) Z .*");
        } catch (IOException e) {
            return false;
        }
    }

    private MavenBuild project(Path project, String way, String authority, int number) throws IOException {
        Path standIn = Path.of("src/test/resources/toolkit-stand-in").toAbsolutePath();
        Files.writeString(
                project.resolve("package.json"),
                "{\"name\": \"shop\", \"devDependencies\": {\"@olympeio/toolkit\": \"file:" + standIn + "\"}}");
        Files.writeString(project.resolve("pom.xml"), """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>com.acme</groupId>
                  <artifactId>shop</artifactId>
                  <version>1.0.0</version>
                  <packaging>pom</packaging>
                  <build>
                    <plugins>
                      <plugin>
                        <groupId>io.github.olympe</groupId>
                        <artifactId>olympe-maven-plugin</artifactId>
                        <version>%s</version>
                        <configuration>
                          <orchestratorHost>draw.example.com</orchestratorHost>
                          %s
                        </configuration>
                      </plugin>
                    </plugins>
                  </build>
                </project>
                """.formatted(
                        MavenBuild.pluginVersion(),
                        way.equals("server") || way.equals("user") ? "<gitServerId>git</gitServerId>" : ""));
        Files.createDirectories(project.resolve("res"));
        String login = way.equals("address") ? URL_TOKEN + "@" : "";
        Files.writeString(
                project.resolve("res/snapshot-config.json"),
                "[{\"snapshooter\": {\"name\": \"My Projects\", \"rootTags\": [\"tag" + number + "\"]}"
                        + (way.equals("none")
                                ? ""
                                : ", \"git\": {\"repo\": \"http://" + login + authority + "/group/repo.git\"}")
                        + "}]");
        MavenBuild build = MavenBuild.in(project)
                .with("HOME", home().toString())
                .with("DRAW_USERNAME", "nina")
                .with("DRAW_PASSWORD", PASSWORD)
                .server("<server><id>git</id>" + (way.equals("user") ? "<username>nina</username>" : "") + "<password>"
                        + TOKEN + "</password></server>");
        return way.equals("variable") ? build.with("OLYMPE_GIT_TOKEN", TOKEN) : build;
    }

    /** A home with a git configuration that is made for people, and breaks what takes it for its own. */
    private Path home() throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        Path hooks = Files.createDirectories(home.resolve("hooks"));
        Path hook = Files.writeString(hooks.resolve("pre-push"), "#!/bin/sh\nexit 1\n");
        hook.toFile().setExecutable(true);
        Files.writeString(home.resolve(".gitconfig"), """
                [user]
                \tname = Nightly
                \temail = nightly@example.com
                [commit]
                \tgpgsign = true
                [gpg]
                \tprogram = /bin/false
                [core]
                \tautocrlf = true
                \thooksPath = %s
                [push]
                \tgpgSign = true
                [fetch]
                \tfsckObjects = true
                """.formatted(hooks));
        return home;
    }

    private void hasNoMark(String text) {
        MARKS.forEach(mark ->
                assertThat(text.contains(mark)).as("'%s' is there", mark).isFalse());
    }

    private static String base64(String text) {
        return Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Watches the arguments of all processes. */
    private static final class Arguments implements AutoCloseable {

        private final Set<String> seen = new TreeSet<>();
        private final Thread thread = new Thread(this::watch, "arguments");
        private volatile boolean ended;

        Arguments() {
            thread.start();
        }

        Set<String> seen() throws InterruptedException {
            ended = true;
            thread.join();
            return seen;
        }

        private void watch() {
            while (!ended) {
                try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
                    for (Path process : (Iterable<Path>) processes::iterator) {
                        if (Character.isDigit(process.getFileName().toString().charAt(0))) {
                            read(process.resolve("cmdline"));
                        }
                    }
                    Thread.sleep(20);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        private void read(Path file) {
            try {
                seen.add(Files.readString(file, StandardCharsets.ISO_8859_1).replace('\0', ' '));
            } catch (IOException e) {
                // It has ended already.
            }
        }

        @Override
        public void close() {
            ended = true;
        }
    }
}
