package io.github.olympe.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.testing.BareRepository;
import io.github.olympe.maven.testing.GitHttpServer;
import io.github.olympe.maven.testing.MavenBuild;
import io.github.olympe.maven.testing.OpenSshServer;
import io.github.olympe.maven.testing.TestPom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goal {@code snapshot} in a real Maven. The user's git configuration does not disturb it, and no process remains. */
class SnapshotGoalConformanceTest {

    @TempDir
    Path folder;

    @Test
    void ignoresTheUsersGitConfiguration() throws Exception {
        BareRepository repository = BareRepository.create(folder.resolve("repo.git"));
        repository.commit("develop", Map.of("README.md", "The shop.\n"));
        try (GitHttpServer server = GitHttpServer.start(repository.folder())) {
            Path project = Files.createDirectories(folder.resolve("project"));
            MavenBuild.Result result = project(
                            project, ", \"git\": {\"repo\": \"http://" + server.authority() + "/group/repo.git\"}")
                    .run("olympe:snapshot", "-Dolympe.snapshot.committer=Bot <bot@example.com>");
            assertThat(result.succeeded()).as(result.log()).isTrue();
        }
        assertThat(repository.log("develop")).hasSize(2);
        RevCommit commit = repository.log("develop").get(0);
        assertThat(commit.getAuthorIdent().toExternalString()).startsWith("Nightly <nightly@example.com> ");
        assertThat(commit.getCommitterIdent().toExternalString()).startsWith("Bot <bot@example.com> ");
        assertThat(commit.getRawGpgSignature()).isNull();
    }

    /** The server's own words reach the log by git's sideband, from a real sshd, git and hook. */
    @Test
    void aRefusedPushSaysWhyOnceAndCannotCommandTheCi() throws IOException {
        BareRepository repository = BareRepository.create(folder.resolve("repo.git"));
        repository.commit("develop", Map.of("README.md", "The shop.\n"));
        Path hook = Files.writeString(repository.folder().resolve("hooks/pre-receive"), """
                #!/bin/sh
                printf 'not on Sundays\\n##vso[task.setvariable variable=a]b\\n' >&2
                printf '\\033[2J\\033[31mred\\r\\n::set-env name=c::d\\n##[add-mask]e\\n' >&2
                exit 1
                """);
        hook.toFile().setExecutable(true);
        Path key = Files.createDirectories(folder.resolve("keys")).resolve("plain");
        OpenSshServer.generateKey(key, "ed25519", "");
        try (OpenSshServer server = OpenSshServer.start(folder.resolve("sshd"))) {
            server.letIn(key);
            Path known = Files.writeString(folder.resolve("known_hosts"), server.knownHostsLine());
            Path project = Files.createDirectories(folder.resolve("project"));
            MavenBuild.Result result = project(
                            project, ", \"git\": {\"repo\": \"" + server.url(repository.folder()) + "\"}")
                    .server("<server><id>git</id><privateKey>" + key + "</privateKey></server>")
                    .run("olympe:snapshot", "-Dolympe.git.serverId=git", "-Dolympe.git.knownHosts=" + known);

            assertThat(result.succeeded()).isFalse();
            assertThat(result.log())
                    .containsOnlyOnce("(pre-receive hook declined: not on Sundays")
                    .contains("# #vso[task.setvariable")
                    .doesNotContain("##", "\u001b", "\r")
                    .doesNotContain("lost", "\tat ");
            assertThat(result.log().lines().filter(line -> line.startsWith("[WARNING]")))
                    .satisfiesExactly(
                            line -> assertThat(line).contains("There is no package-lock.json"),
                            line -> assertThat(line).contains("was not saved; it is kept in"));
            assertThat(result.log().lines())
                    .noneMatch(line -> line.contains("::set-env")
                            && line.replaceFirst("\\[[A-Z]+] ", "").strip().startsWith("::"));
        }
        assertThat(repository.log("develop")).hasSize(1);
    }

    @Test
    void endsTheToolkitWithAllItsChildren() throws IOException {
        Path project = Files.createDirectories(folder.resolve("project"));
        Path report = folder.resolve("report.json");
        MavenBuild build = project(project, "");
        Files.writeString(
                folder.resolve("stand-in.json"),
                "{\"hang\": \"connect\", \"children\": 2, \"report\": \"" + report + "\"}");
        MavenBuild.Result result = build.with(
                        "OLYMPE_STAND_IN", folder.resolve("stand-in.json").toString())
                .run("olympe:snapshot", "-Dolympe.snapshot.timeout=3");

        assertThat(result.succeeded()).isFalse();
        assertThat(result.log()).contains("was stopped after 3 seconds").doesNotContain("\tat ");
        List<Long> pids = Pattern.compile("\"children\":\\[(\\d+),(\\d+)]")
                .matcher(Files.readString(report))
                .results()
                .flatMap(match -> Stream.of(Long.valueOf(match.group(1)), Long.valueOf(match.group(2))))
                .toList();
        assertThat(pids).hasSize(2).noneMatch(SnapshotGoalConformanceTest::runs);
    }

    /** The system may list an ended process until its new parent asks for the exit code. */
    private static boolean runs(long pid) {
        try {
            return !Files.readString(Path.of("/proc", Long.toString(pid), "stat"))
                    .matches("(?s).*\\) Z .*");
        } catch (IOException e) {
            return false;
        }
    }

    private MavenBuild project(Path project, String gitSection) throws IOException {
        Path standIn = Path.of("src/test/resources/toolkit-stand-in").toAbsolutePath();
        Files.writeString(
                project.resolve("package.json"),
                "{\"name\": \"shop\", \"devDependencies\": {\"@olympeio/toolkit\": \"file:" + standIn + "\"}}");
        TestPom.of("shop")
                .configuration("<orchestratorHost>draw.example.com</orchestratorHost>")
                .writeTo(project);
        Files.createDirectories(project.resolve("res"));
        Files.writeString(
                project.resolve("res/snapshot-config.json"),
                "[{\"snapshooter\": {\"name\": \"My Projects\", \"rootTags\": [\"tag1\"]}" + gitSection + "}]");
        return MavenBuild.in(project)
                .with("HOME", home().toString())
                .with("DRAW_USERNAME", "nina")
                .with("DRAW_PASSWORD", "draw");
    }

    /** A home with a git configuration that is meant for people, and that breaks programs that use it. */
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
}
