package io.github.olympe.maven.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * Shows {@code report.md} in a CI that has a place for it. It is shown once, even if the page is written several times.
 *
 * @param shown what this run has shown so far; all class loaders of the plugin share this map
 */
public record CiSummary(Map<String, String> shown) {

    private static final String GITHUB = "GITHUB_STEP_SUMMARY";
    private static final String AZURE = "TF_BUILD";

    /** GitHub shows no summary of a step if all of them together are longer. */
    private static final int GITHUB_LONGEST = 1 << 20;

    /**
     * Appends the summary to the file that GitHub Actions names, replacing what it appended before, or announces it to Azure Pipelines.
     *
     * @throws IOException if GitHub's file cannot be read or written
     */
    public void show(Path summary, Map<String, String> environment, PrintStream console) throws IOException {
        String github = environment.getOrDefault(GITHUB, "");
        if (!github.isBlank()) {
            append(Path.of(github), latin(Files.readAllBytes(summary)) + "\n");
        }
        if (environment.getOrDefault(AZURE, "").equalsIgnoreCase("true") && shown.put(AZURE, "") == null) {
            console.println("##vso[task.uploadsummary]" + summary.toAbsolutePath());
        }
    }

    private void append(Path file, String text) throws IOException {
        boolean isThere = Files.exists(file);
        if (isThere && (!Files.isRegularFile(file) || Files.size(file) > GITHUB_LONGEST)) {
            return; // Reading a pipe or a terminal never ends.
        }
        String before = isThere ? latin(Files.readAllBytes(file)) : "";
        String last = shown.getOrDefault(GITHUB, "");
        String others = last.isEmpty() ? before : before.replace(last, "");
        if (others.length() + text.length() > GITHUB_LONGEST) {
            return;
        }
        if (others.equals(before)) {
            Files.write(file, bytes(text), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } else {
            Files.write(file, bytes(others + text));
        }
        shown.put(GITHUB, text);
    }

    /** Returns bytes as letters: what other tools append may be in any encoding. */
    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String latin) {
        return latin.getBytes(StandardCharsets.ISO_8859_1);
    }
}
