package io.github.olympe.maven.snapshot.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.http.HttpProxies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.StoredConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who made a commit: the parameters first, then what git itself would take. */
class CommitAuthorsTest {

    @TempDir
    Path folder;

    private Path home;
    private Path project;
    private final Map<String, String> environment = new HashMap<>();
    private Optional<CommitIdentity> author = Optional.empty();
    private Optional<CommitIdentity> committer = Optional.empty();

    @BeforeEach
    void folders() throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
        project = Files.createDirectory(folder.resolve("project"));
        Files.writeString(home.resolve(".gitconfig"), "[user]\n name = Nina \n email = nina@example.com\n");
    }

    private String authors() throws IOException {
        CommitAuthors authors = CommitAuthors.of(
                new GitSettings(
                        Optional.empty(),
                        HttpProxies.none(),
                        environment,
                        home,
                        Optional.empty(),
                        Duration.ofSeconds(5),
                        author,
                        committer,
                        ZoneOffset.UTC),
                project);
        return shown(authors.author()) + ", " + shown(authors.committer());
    }

    private static String shown(CommitIdentity identity) {
        return identity.name() + " <" + identity.email() + ">";
    }

    @Test
    void theUserOfGitsConfigurationIsBoth() throws IOException {
        assertThat(authors()).isEqualTo("Nina <nina@example.com>, Nina <nina@example.com>");
    }

    @Test
    void anAuthorAndACommitterOfTheConfigurationComeBeforeTheUser() throws IOException {
        Files.writeString(
                home.resolve(".gitconfig"),
                "[user]\n name = Nina\n email = nina@example.com\n[author]\n name = Ann\n[committer]\n email = ci@example.com\n");

        assertThat(authors()).isEqualTo("Ann <nina@example.com>, Nina <ci@example.com>");
    }

    @Test
    void gitsVariablesComeBeforeItsConfigurationUnlessTheyAreEmpty() throws IOException {
        environment.put("GIT_AUTHOR_NAME", "Ann");
        environment.put("GIT_AUTHOR_EMAIL", " ");
        environment.put("GIT_COMMITTER_NAME", "");
        environment.put("GIT_COMMITTER_EMAIL", " ci@example.com ");

        assertThat(authors()).isEqualTo("Ann <nina@example.com>, Nina <ci@example.com>");
    }

    @Test
    void theParametersComeFirst() throws IOException {
        environment.put("GIT_AUTHOR_NAME", "Ann");
        author = Optional.of(CommitIdentity.of("snapshotAuthor", " Zoe Z <zoe@example.com> "));
        assertThat(authors()).isEqualTo("Zoe Z <zoe@example.com>, Nina <nina@example.com>");

        committer = Optional.of(CommitIdentity.of("snapshotCommitter", "CI<ci@example.com>"));
        assertThat(authors()).isEqualTo("Zoe Z <zoe@example.com>, CI <ci@example.com>");
    }

    @Test
    void theProjectsRepositoryIsAskedFirst() throws Exception {
        try (Git git = Git.init().setDirectory(project.toFile()).call()) {
            StoredConfig config = git.getRepository().getConfig();
            config.setString("user", null, "name", "Team");
            config.setString("user", null, "email", "team@example.com");
            config.save();
        }

        assertThat(authors()).isEqualTo("Team <team@example.com>, Team <team@example.com>");
    }

    @Test
    void aConfigurationThatGitDoesNotReadIsAnError() throws IOException {
        Files.writeString(home.resolve(".gitconfig"), "[user\n");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(this::authors)
                .withMessageStartingWith("git's configuration cannot be read: ");
    }

    @Test
    void aParameterHasAtMostFiveHundredCharacters() {
        String longest = "n".repeat(485) + " <a@example.com>".substring(1);
        assertThat(CommitIdentity.of("snapshotAuthor", longest).name()).isEqualTo("n".repeat(485));
        assertThat(longest).hasSize(500);
        assertThatExceptionOfType(OlympeException.class)
                .isThrownBy(() -> CommitIdentity.of("snapshotAuthor", "n" + longest))
                .withMessageEndingWith("Write it as 'Name <mail@example.com>'.");
    }
}
