package io.github.olympe.maven.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.snapshot.summary.PatchFile;
import io.github.olympe.maven.testing.BareRepository;
import io.github.olympe.maven.testing.GitHttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The summary of a commit and of a dry run compares the contents before and after, and fetches only those that differ. */
class SnapshotSummaryTest extends SnapshotProject {

    private static final String OLD = "{\"old\":1}";
    private static final String SAME = noise(20_000);

    @BeforeEach
    void snapshot() {
        summary = (before, after) -> List.of("before " + contents(before), "after " + contents(after));
        standIn.writes(Map.of("Home/new.json", "{\"new\":2}", "Home/same.txt", SAME));
    }

    private static SortedMap<String, String> contents(SortedMap<String, PatchFile> files) {
        SortedMap<String, String> contents = new TreeMap<>();
        files.forEach((path, file) -> {
            try (InputStream in = file.open()) {
                String content = new String(in.readAllBytes(), UTF_8);
                assertThat(file.size()).isEqualTo(content.length());
                contents.put(path, content.equals(SAME) ? "same" : content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return contents;
    }

    private BareRepository withOldSnapshot() {
        BareRepository repository = repository("develop");
        repository.commit("develop", Map.of("snapshot/abc/Home/old.json", OLD, "snapshot/abc/Home/same.txt", SAME));
        repository.commit("develop", Map.of("snapshot/xyz/Home/other.json", "{}", "large.bin", noise(300_000)));
        return repository;
    }

    private static final String BODY = """

            before {abc/Home/old.json={"old":1}, abc/Home/same.txt=same}
            after {abc/Home/new.json={"new":2}, abc/Home/same.txt=same}
            """;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isTheBodyOfTheCommitsMessage(boolean singleFiles) throws IOException {
        BareRepository repository = withOldSnapshot();
        repository.configure("uploadpack", "allowAnySHA1InWant", String.valueOf(singleFiles));
        try (GitHttpServer server = GitHttpServer.start(repository.folder())) {
            config("res/snapshot-config.json", "'name': 'Shop', 'rootTags': ['abc']", "'repo': '" + server.url() + "'");
            run();

            assertThat(repository.log("develop").get(0).getFullMessage())
                    .startsWith("Snapshot at ")
                    .endsWith(" in ./snapshot\n" + BODY);
            if (singleFiles) {
                assertThat(server.bytesSent()).isLessThan(20_000);
            }
        }
        assertThat(repository.files("develop")).containsKey("snapshot/abc/Home/new.json");
    }

    @Test
    void isShownByADryRun() throws IOException {
        dryRun = true;
        BareRepository repository = withOldSnapshot();
        config(
                "res/snapshot-config.json",
                "'name': 'Shop', 'rootTags': ['abc']",
                "'repo': '" + repository.folder().toUri() + "'");
        run();
        assertThat(String.join("\n", story)).endsWith(BODY.strip());
    }

    @Test
    void isShownByADryRunOfASnapshotInTheProject() throws IOException {
        dryRun = true;
        write("snapshot/abc/Home/old.json", OLD);
        write("snapshot/abc/Home/same.txt", SAME);
        config("res/snapshot-config.json", "'name': 'Shop', 'rootTags': ['abc']");
        run();
        assertThat(String.join("\n", story)).endsWith(BODY.strip());
    }

    @Test
    void isLeftOutIfItCannotBeMade() throws IOException {
        summary = (before, after) -> {
            throw new OlympeException("'old.json' is not JSON");
        };
        BareRepository repository = withOldSnapshot();
        config(
                "res/snapshot-config.json",
                "'name': 'Shop', 'rootTags': ['abc']",
                "'repo': '" + repository.folder().toUri() + "'");
        run();

        assertThat(story).contains("not summarized Shop: 'old.json' is not JSON");
        assertThat(repository.log("develop").get(0).getFullMessage()).endsWith(" in ./snapshot\n");
    }

    @Test
    void isNotMadeIfNothingChanged() throws IOException {
        BareRepository repository = withOldSnapshot();
        config(
                "res/snapshot-config.json",
                "'name': 'Shop', 'rootTags': ['abc']",
                "'repo': '" + repository.folder().toUri() + "'");
        run();
        summary = (before, after) -> {
            throw new OlympeException("nothing changed");
        };
        run();
        assertThat(story).noneMatch(line -> line.startsWith("not summarized"));
        assertThat(repository.log("develop")).hasSize(5);
    }
}
