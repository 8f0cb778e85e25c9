package io.github.olympe.maven.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Shows {@code report.md} in a CI that has a place for it. It is shown once, even if the page is written several times. */
public final class CiSummary {

    private static final String GITHUB = "GITHUB_STEP_SUMMARY";
    private static final String AZURE = "TF_BUILD";

    /** GitHub shows no summary of a step if all of them together are longer. */
    private static final int GITHUB_LONGEST = 1 << 20;

    /** What this run has appended to GitHub's file. */
    private String appended = "";

    private boolean isAnnounced;

    /** Creates a summary that has shown nothing yet. */
    public CiSummary() {}

    /**
     * Appends the summary to the file that GitHub Actions names, replacing what it appended before, or announces it to Azure Pipelines.
     *
     * @throws IOException if GitHub's file cannot be read or written
     */
    public void show(Path summary, Map<String, String> environment, PrintStream console) throws IOException {
        String github = environment.getOrDefault(GITHUB, "");
        String text = Files.readString(summary) + "\n";
        if (!github.isBlank()) {
            Path file = Path.of(github);
            String before = Files.exists(file) ? Files.readString(file) : "";
            byte[] whole = (before.replace(appended, "") + text).getBytes(StandardCharsets.UTF_8);
            if (whole.length <= GITHUB_LONGEST) {
                Files.write(file, whole);
                appended = text;
            }
        }
        if (environment.getOrDefault(AZURE, "").equalsIgnoreCase("true") && !isAnnounced) {
            console.println("##vso[task.uploadsummary]" + summary.toAbsolutePath());
            isAnnounced = true;
        }
    }
}
