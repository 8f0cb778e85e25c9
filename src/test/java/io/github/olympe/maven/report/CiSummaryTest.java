package io.github.olympe.maven.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CiSummaryTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    @Test
    void theSummaryIsAppendedToGitHubsFileOnce() throws IOException {
        Path github = Files.writeString(folder.resolve("step"), "# Tests\n");
        CiSummary summary = new CiSummary(new ConcurrentHashMap<>());

        show(summary, "# First\n", Map.of("GITHUB_STEP_SUMMARY", github.toString()));
        show(summary, "# Second\n", Map.of("GITHUB_STEP_SUMMARY", github.toString()));

        assertThat(github).hasContent("# Tests\n# Second\n\n");
        assertThat(console.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void aSummaryThatGitHubWouldNotShowIsNotAppended() throws IOException {
        Path github = Files.writeString(folder.resolve("step"), "x".repeat((1 << 20) - 9));

        show(new CiSummary(new ConcurrentHashMap<>()), "# A run\n", Map.of("GITHUB_STEP_SUMMARY", github.toString()));
        assertThat(github).hasSize(1 << 20);

        show(
                new CiSummary(new ConcurrentHashMap<>()),
                "# Another run\n",
                Map.of("GITHUB_STEP_SUMMARY", github.toString()));
        assertThat(github).hasSize(1 << 20);
    }

    @Test
    void aSummaryThatWasTooLongDoesNotCountAsShown() throws IOException {
        Path github = Files.writeString(folder.resolve("step"), "# Tests\n");
        CiSummary summary = new CiSummary(new ConcurrentHashMap<>());
        Map<String, String> environment = Map.of("GITHUB_STEP_SUMMARY", github.toString());

        show(summary, "# First\n", environment);
        show(summary, "x".repeat(1 << 20), environment);
        assertThat(github).hasContent("# Tests\n# First\n\n");
        show(summary, "# Third\n", environment);

        assertThat(github).hasContent("# Tests\n# Third\n\n");
    }

    @Test
    void anotherToolsSummaryStays() throws IOException {
        Path github = folder.resolve("step");
        CiSummary summary = new CiSummary(new ConcurrentHashMap<>());
        Map<String, String> environment = Map.of("GITHUB_STEP_SUMMARY", github.toString());

        show(summary, "# First\n", environment);
        Files.writeString(github, "# Tests\n", StandardOpenOption.APPEND);
        show(summary, "# Second\n", environment);

        assertThat(github).hasContent("# Tests\n# Second\n\n");
    }

    /** Maven may load the plugin twice in one run. */
    @Test
    void twoLoadingsOfThePluginShowOneSummary() throws IOException {
        Path github = folder.resolve("step");
        Map<String, String> shown = new ConcurrentHashMap<>();
        Map<String, String> environment = Map.of("GITHUB_STEP_SUMMARY", github.toString(), "TF_BUILD", "True");

        show(new CiSummary(shown), "# First\n", environment);
        show(new CiSummary(shown), "# Second\n", environment);

        assertThat(github).hasContent("# Second\n\n");
        assertThat(console.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
    }

    @Test
    void bytesThatAreNoTextStay() throws IOException {
        byte[] others = {(byte) 0xff, (byte) 0xe4, '\n'};
        Path github = Files.write(folder.resolve("step"), others);
        CiSummary summary = new CiSummary(new ConcurrentHashMap<>());
        Map<String, String> environment = Map.of("GITHUB_STEP_SUMMARY", github.toString());

        show(summary, "# Fürst\n", environment);
        show(summary, "# Zweiter …\n", environment);

        assertThat(Files.readAllBytes(github)).startsWith(others);
        assertThat(new String(Files.readAllBytes(github), StandardCharsets.UTF_8))
                .endsWith("\n# Zweiter …\n\n");
    }

    /** Whoever tries a workflow at home may have {@code /dev/stdout} there. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aFileWithoutAnEndIsNotRead() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Path huge = folder.resolve("huge");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(1L << 40);
        }

        for (Path file : List.of(pipe, huge, Path.of("/dev/zero"), folder)) {
            show(new CiSummary(new ConcurrentHashMap<>()), "# A run\n", Map.of("GITHUB_STEP_SUMMARY", file.toString()));
        }

        assertThat(huge).hasSize(1L << 40);
    }

    @Test
    void theSummaryIsAnnouncedToAzureOnce() throws IOException {
        CiSummary summary = new CiSummary(new ConcurrentHashMap<>());

        show(summary, "# First\n", Map.of("TF_BUILD", "True"));
        show(summary, "# Second\n", Map.of("TF_BUILD", "True"));

        assertThat(console.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("##vso[task.uploadsummary]" + folder.resolve("report.md"));
    }

    @Test
    void elsewhereNothingIsShown() throws IOException {
        show(new CiSummary(new ConcurrentHashMap<>()), "# First\n", Map.of());

        assertThat(console.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private void show(CiSummary summary, String text, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(folder.resolve("report.md"), text);
        summary.show(file, environment, new PrintStream(console, true, StandardCharsets.UTF_8));
    }
}
