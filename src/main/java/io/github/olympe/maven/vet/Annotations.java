package io.github.olympe.maven.vet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.io.AtomicFile;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.text.Json;
import io.github.olympe.maven.text.LogText;
import io.github.olympe.maven.vet.rule.Rule.Severity;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes findings so that CI systems show them beside their files: as GitHub's workflow commands, and as the JSON of GitLab's code quality
 * report. A finding's file is the source file that the build copies there, if there is one with that name.
 *
 * @param project the project's folder
 * @param repository the folder that file names are relative to: the project's or one above it
 */
public record Annotations(Path project, Path repository) {

    /** The name of GitLab's report in {@code target/olympe}. */
    public static final String GITLAB_NAME = "vet-code-quality.json";

    /** Folders whose files builds copy unchanged. */
    private static final List<String> SOURCES = List.of("res", "public", "static", "docker");

    /**
     * Returns GitHub's workflow commands, one line each: {@code ::error file=res/oConfig.json,line=4,title=gitlab-token::The image …}.
     * GitHub reads them at the beginning of a line of the log.
     */
    public List<String> github(VetReport report) {
        return shown(report)
                .map(group -> {
                    Finding first = group.get(0);
                    return "::" + (first.fails() ? "error" : "warning") + " file=" + property(file(first))
                            + (first.line() > 0 ? ",line=" + first.line() : "")
                            + ",title=" + property("olympe vet: " + first.rule().id()) + "::"
                            + data(FindingText.what(group));
                })
                .toList();
    }

    /** Writes GitLab's report into a folder. */
    public void writeGitlab(VetReport report, Path folder) {
        List<ObjectNode> issues = shown(report).map(this::issue).toList();
        AtomicFile.write(folder.resolve(GITLAB_NAME), Json.text(issues) + "\n");
    }

    /** Findings in the form of GitLab's report. */
    private ObjectNode issue(List<Finding> group) {
        Finding first = group.get(0);
        String fingerprint = Digest.of(first.rule().id() + first.image() + first.platform() + first.path())
                .hex();
        ObjectNode issue = Json.object()
                .put("description", FindingText.what(group))
                .put("check_name", first.rule().id())
                .put("fingerprint", fingerprint)
                .put("severity", first.rule().severity() == Severity.ERROR ? "critical" : "minor");
        ObjectNode location = issue.putObject("location").put("path", file(first));
        location.putObject("lines").put("begin", Math.max(1, first.line()));
        return issue;
    }

    /** Returns the findings as they are named in the log: one for all of a rule that has very many. */
    private static Stream<List<Finding>> shown(VetReport report) {
        return report.images().stream()
                .flatMap(image -> FindingText.groups(image.findings().stream()
                        .filter(finding -> !finding.isAllowed())
                        .toList()));
    }

    private String file(Finding finding) {
        return SOURCES.stream()
                .flatMap(folder -> inProject(folder, finding.relative()).stream())
                .filter(Files::isRegularFile)
                .findFirst()
                .map(file -> (file.startsWith(repository) ? repository.relativize(file) : file)
                        .toString()
                        .replace(File.separatorChar, '/'))
                .orElse(finding.path());
    }

    /** A file of the project; absent if the name of a file in an image cannot be one on this machine. */
    private Optional<Path> inProject(String folder, String name) {
        try {
            return Optional.of(project.resolve(folder).resolve(name));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** GitHub's escapes for the text of a command. A file's name may have what controls a terminal. */
    private static String data(String text) {
        return LogText.of(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    /** GitHub's escapes for a property. */
    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
