package io.github.olympe.maven.goal.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.olympe.maven.snapshot.Changes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;

/** What Maven's log says of snapshots and of npm, and with -q, which shows errors alone. */
class GoalLogsTest {

    private static final Path FOLDER = Path.of("target");

    private final Lines log = new Lines();

    private static final class Lines extends SystemStreamLog {

        private final List<String> lines = new ArrayList<>();
        private boolean quiet;

        @Override
        public boolean isInfoEnabled() {
            return !quiet;
        }

        @Override
        public void info(CharSequence content) {
            lines.add("INFO " + content);
        }

        @Override
        public void warn(CharSequence content) {
            lines.add("WARN " + content);
        }

        @Override
        public void error(CharSequence content) {
            lines.add("ERROR " + content);
        }
    }

    @Test
    void aDryRunOfASnapshotNamesEachFile() {
        MavenSnapshotLog snapshot = new MavenSnapshotLog(log);

        snapshot.wouldChange(
                "Shop",
                "the branch 'main'",
                new Changes(List.of("a"), List.of("b"), List.of("c")),
                List.of("a brick"),
                FOLDER);

        assertThat(log.lines.get(0)).startsWith("INFO Dry run: the snapshot 'Shop' would change the branch 'main': ");
        assertThat(log.lines.subList(1, 5))
                .containsExactly("INFO   add    a", "INFO   change b", "INFO   delete c", "INFO a brick");
    }

    @Test
    void warnsOfASnapshotThatIsKeptOrHasNoSummary() {
        MavenSnapshotLog snapshot = new MavenSnapshotLog(log);

        snapshot.kept("Shop", FOLDER);
        snapshot.notSummarized("Shop", "a patch cannot be read");
        snapshot.overtaken("Shop", "main", 2, 5);
        snapshot.pushed(
                "Shop",
                "https://git.example.com/shop.git",
                "main",
                "0123456789abcdef",
                new Changes(List.of("a"), List.of(), List.of()));

        assertThat(log.lines)
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("WARN The snapshot 'Shop' was not saved; it is kept in 'target'."),
                        line -> assertThat(line)
                                .startsWith("WARN There is no summary of what changed in the snapshot 'Shop': a patch"),
                        line -> assertThat(line)
                                .startsWith("INFO Someone else has pushed to the branch 'main': ")
                                .endsWith("(attempt 2 of 5)"),
                        line -> assertThat(line).contains(" as commit 01234567: "));
    }

    @Test
    void theLastLinesOfAFailureAreShownOnceAndWithoutColours() {
        MavenNodeLog node = new MavenNodeLog(log, false);
        MavenSnapshotLog snapshot = new MavenSnapshotLog(log);
        List<String> last = List.of("\u001B[31mno such brick\u001B[0m");

        node.failed(last);
        snapshot.toolkitFailed(last);
        assertThat(log.lines).isEmpty();

        log.quiet = true;
        node.failed(last);
        snapshot.toolkitFailed(List.of("no orchestrator"));
        assertThat(log.lines).containsExactly("ERROR no such brick", "ERROR no orchestrator");
    }

    @Test
    void keepsColoursForATerminalAndNoOtherControlCharacters() {
        new MavenNodeLog(log, true).output("\u001B[32mok\u001B[0m \u001B[2Kdone \u001B]0;title\u0007!");
        new MavenNodeLog(log, false).output("\u001B[32mok\u001B[0m plain");

        assertThat(log.lines).containsExactly("INFO \u001B[32mok\u001B[0m done !", "INFO ok plain");
    }

    @Test
    void warnsOfWhatMakesBuildsDiffer() {
        MavenNodeLog node = new MavenNodeLog(log, false);

        node.noLockFile(FOLDER);
        node.lockFileNotTracked(FOLDER.resolve("package-lock.json"));
        node.workspaceIgnored(FOLDER);

        assertThat(log.lines).hasSize(3).allMatch(line -> line.startsWith("WARN ") && line.contains("target"));
    }
}
