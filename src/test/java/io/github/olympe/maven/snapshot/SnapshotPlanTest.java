package io.github.olympe.maven.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.credential.Credentials;
import io.github.olympe.maven.testing.BareRepository;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a build will snapshot, before it does so, and that the entries of one snapshot do not hinder each other. */
class SnapshotPlanTest extends SnapshotProject {

    private SnapshotPlan plan(Optional<String> orchestrator, boolean insecure) {
        return SnapshotPlan.of(
                new SnapshotSettings(
                        project,
                        folder.resolve("staging"),
                        Optional.empty(),
                        orchestrator,
                        port,
                        Optional.empty(),
                        Optional.of("git").filter(id -> credential.isPresent()),
                        insecure,
                        gitSettings(),
                        Duration.ofSeconds(60),
                        false,
                        summary,
                        false),
                new Credentials(id -> credential, Map.of("DRAW_USERNAME", "nina", "DRAW_PASSWORD", "pa55word"), mask));
    }

    @Test
    void withoutAnOrchestratorNothingIsTakenButTheConfigurationIsChecked() throws IOException {
        SnapshotPlan none = plan(Optional.empty(), false);
        assertThat(none.isEmpty()).isTrue();
        assertThat(none.describe())
                .containsExactly("Skipping snapshot: 'orchestratorHost' (olympe.orchestrator.host) is not set.");
        assertThat(none.gitHosts()).isEmpty();
        assertThat(none.warnings()).isEmpty();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> none.run(toolkit, new Story(story), mask));

        config("res/snapshot-config.json", "'name': 'Shop', 'rootTags': ['abc']", "'repo': 'git@host:g/r.git'");
        assertThat(plan(Optional.empty(), false).isEmpty()).isTrue();
        assertThat(plan(Optional.empty(), false).gitHosts()).containsExactly("host");

        config("res/snapshot-config.json", "'name': 'Shop'");
        assertThatExceptionOfType(OlympeException.class)
                .isThrownBy(() -> plan(Optional.empty(), false))
                .withMessageContaining("'snapshooter.rootTags' is missing");
    }

    @Test
    void saysWhatItWillDo() throws IOException {
        config("res/snapshot-config.json", "'name': 'Shop', 'rootTags': ['abc', 'def']");

        SnapshotPlan plan = plan(Optional.of("draw.example.com"), false);

        assertThat(plan.isEmpty()).isFalse();
        assertThat(plan.describe())
                .containsExactly(
                        "Snapshot from draw.example.com:443:",
                        "  snapshot 'Shop' of abc, def to './snapshot' of the project");
    }

    @Test
    void aTokenIsNotSentInTheClearUnlessTheUserSaysSo() throws IOException {
        credential = Optional.of(Credential.ofToken("OLYMPE_GIT_TOKEN", Secret.of("t0ken")));
        config("res/snapshot-config.json", "'name': 'Shop', 'rootTags': ['abc']", "'repo': 'http://host/g/r.git'");

        assertThat(plan(Optional.of("draw"), true).isEmpty()).isFalse();
        assertThatExceptionOfType(OlympeException.class)
                .isThrownBy(() -> plan(Optional.of("draw"), false))
                .withMessageContaining("to which the token would be sent unencrypted");
    }

    private void configured(String... entries) throws IOException {
        write("res/snapshot-config.json", "[" + String.join(",", entries).replace('\'', '"') + "]");
    }

    private static String entry(String name, String output, String repo) {
        return "{'snapshooter': {'name': '" + name + "', 'rootTags': ['abc'], 'outputDir': '" + output + "'}"
                + (repo.isEmpty() ? "" : ", 'git': {'repo': '" + repo + "'}") + "}";
    }

    @Test
    void anEntryThatCannotBeSavedDoesNotStopTheOthers() throws IOException {
        BareRepository repository = repository("develop");
        String missing = folder.resolve("missing.git").toUri().toString();
        configured(
                entry("One", "one", missing + "/a"),
                entry("Two", "two", ""),
                entry("Three", "three", missing + "/b"),
                entry("Four", "four", repository.folder().toUri().toString()));

        assertThatExceptionOfType(OlympeException.class).isThrownBy(this::run).satisfies(e -> {
            assertThat(e.getMessage()).hasLineCount(2).contains("missing.git/a'", "missing.git/b'");
            assertThat(e.getSuppressed()).hasSize(2);
        });

        assertThat(story).contains(kept("One"), kept("Three")).doesNotContain(kept("Two"), kept("Four"));
        assertThat(story).contains("checked One: 1", "replaced Two: 1 added, 0 changed, 0 deleted");
        assertThat(project.resolve("two/abc/Home/.Home.newInst.json")).exists();
        assertThat(repository.files("develop")).containsKey("four/abc/Home/.Home.newInst.json");
        Path staging = folder.resolve("target/olympe/snapshot");
        assertThat(staging.resolve("One")).exists();
        assertThat(staging.resolve("Four")).doesNotExist();
        Staging.open(staging).close();
    }

    @Test
    void nothingIsSavedIfOneEntryIsIncomplete() throws IOException {
        configured(entry("One", "one", ""), entry("Two", "two", "").replace("'abc'", "'abc', 'def'"));
        standIn.told(Map.of("omitRootTags", List.of("def")));

        assertThatExceptionOfType(OlympeException.class)
                .isThrownBy(this::run)
                .withMessageContaining("The snapshot 'Two' lacks the root tag 'def'");

        assertThat(project.resolve("one")).doesNotExist();
    }

    @Test
    void anUnchangedSnapshotTouchesNothing() throws IOException {
        configured(entry("One", "one", ""));
        run();
        Object before = Files.getAttribute(project.resolve("one/abc"), "unix:ino");
        story.clear();

        run();

        assertThat(story).contains("unchanged One: 'one'");
        assertThat(Files.getAttribute(project.resolve("one/abc"), "unix:ino")).isEqualTo(before);
        assertThat(folder.resolve("target/olympe/snapshot/One")).doesNotExist();
    }
}
