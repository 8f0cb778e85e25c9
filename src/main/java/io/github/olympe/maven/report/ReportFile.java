package io.github.olympe.maven.report;

import io.github.olympe.maven.io.AtomicFile;
import io.github.olympe.maven.text.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** {@code report.json}, {@code report.html} and {@code report.md} in a folder {@code target/olympe}. */
public final class ReportFile {

    /** The data of the page. */
    public static final String JSON = "report.json";

    /** The page. */
    public static final String HTML = "report.html";

    /** The page for a CI's summary. */
    public static final String MARKDOWN = "report.md";

    private static final long LARGEST = 20_000_000;

    private ReportFile() {}

    /** Reads the report that the last run left in this folder, if this plugin can read it. */
    public static Optional<Report> read(Path folder) {
        return parse(text(folder));
    }

    /** The text of the report in this folder; empty if there is none that can be read. */
    static String text(Path folder) {
        Path file = folder.resolve(JSON);
        try {
            return Files.isRegularFile(file) && Files.size(file) <= LARGEST ? Files.readString(file) : "";
        } catch (IOException e) {
            // A report is a convenience: an unreadable one is as good as none.
            return "";
        }
    }

    /** The report that a text is; absent if this plugin cannot read it. */
    static Optional<Report> parse(String json) {
        try {
            return json.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Json.value(Json.parse(json), Report.class))
                            .filter(report -> report.version() == Report.VERSION);
        } catch (IOException e) { // Anybody may have changed it. What is no report is as good as none.
            return Optional.empty();
        }
    }

    /**
     * Writes the three files of a run. The page compares it with the previous run, if there is a report of that.
     *
     * @param before the report of the previous run
     * @param folder the folder {@code target/olympe}
     * @return the summary for a CI, {@code report.md}
     * @throws IOException if a file cannot be written
     */
    static Path write(Report report, Optional<Report> before, Path folder) throws IOException {
        String page = ReportPage.of(report, before);
        write(folder.resolve(JSON), Json.indented(report).getBytes(StandardCharsets.UTF_8));
        write(folder.resolve(HTML), page.getBytes(StandardCharsets.UTF_8));
        Path summary = folder.resolve(MARKDOWN);
        write(summary, ReportSummary.of(report).getBytes(StandardCharsets.UTF_8));
        return summary;
    }

    private static void write(Path file, byte[] content) throws IOException {
        AtomicFile.replace(file, out -> out.write(content));
    }
}
