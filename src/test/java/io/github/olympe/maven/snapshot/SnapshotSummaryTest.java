package io.github.olympe.maven.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.snapshot.summary.PatchFile;
import io.github.olympe.maven.snapshot.summary.SnapshotSummary;
import io.github.olympe.maven.testing.BareRepository;
import io.github.olympe.maven.testing.GitHttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectInserter;
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
                assertThat(server.bytesSent()).isLessThan(10_000);
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

    /** So that a message about a patch can name it. */
    @Test
    void knowsThePlaceAndTheIdOfEachFileAndLeavesOutLinks() throws IOException {
        BareRepository repository = repository("develop");
        repository.commit("develop", Map.of("snapshot/abc/Home/same.txt", SAME), FileMode.EXECUTABLE_FILE);
        repository.commit("develop", Map.of("snapshot/abc/Home/old.json", OLD));
        repository.commit("develop", Map.of("snapshot/abc/Home/link.json", "old.json"), FileMode.SYMLINK);
        List<String> seen = new ArrayList<>();
        summary = (before, after) -> {
            before.forEach((path, file) -> seen.add("before " + path + " " + file.place() + " " + file.id()));
            after.forEach((path, file) -> seen.add("after " + path + " " + file.place() + " " + file.id()));
            return List.of();
        };
        config(
                "res/snapshot-config.json",
                "'name': 'Shop', 'rootTags': ['abc']",
                "'repo': '" + repository.folder().toUri() + "'");
        run();

        String staged = folder.resolve("target/olympe/snapshot/Shop/abc/Home") + "/";
        assertThat(seen)
                .containsExactly(
                        "before abc/Home/old.json develop:abc/Home/old.json " + id(OLD),
                        "before abc/Home/same.txt " + staged + "same.txt " + id(SAME),
                        "after abc/Home/new.json " + staged + "new.json " + id("{\"new\":2}"),
                        "after abc/Home/same.txt " + staged + "same.txt " + id(SAME));
    }

    private static String id(String content) {
        try (ObjectInserter.Formatter hash = new ObjectInserter.Formatter()) {
            return hash.idFor(Constants.OBJ_BLOB, content.getBytes(UTF_8)).name();
        }
    }

    @Test
    void needsNoServerIfTheSnapshotHasAllContents() throws IOException {
        BareRepository repository = repository("develop");
        repository.commit("develop", Map.of("snapshot/abc/Home/moved.txt", SAME));
        config(
                "res/snapshot-config.json",
                "'name': 'Shop', 'rootTags': ['abc']",
                "'repo': '" + repository.folder().toUri() + "'");
        run();

        assertThat(repository.log("develop").get(0).getFullMessage())
                .endsWith(
                        "\nbefore {abc/Home/moved.txt=same}\nafter {abc/Home/new.json={\"new\":2}, abc/Home/same.txt=same}\n");
        assertThat(SnapshotSummary.none().of(new TreeMap<>(), new TreeMap<>())).isEmpty();
    }

    @Test
    void aDryRunInTheProjectShowsTheChangesEvenWithoutIt() throws IOException {
        dryRun = true;
        summary = (before, after) -> {
            throw new OlympeException("'old.json' is not JSON");
        };
        config("res/snapshot-config.json", "'name': 'Shop', 'rootTags': ['abc']");
        run();

        assertThat(story)
                .contains(
                        "not summarized Shop: 'old.json' is not JSON",
                        "would change Shop: [snapshot/abc/Home/new.json, snapshot/abc/Home/same.txt] [] []");
    }
}
