package io.github.olympe.maven.vet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.io.AtomicFile;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.text.Json;
import io.github.olympe.maven.vet.rule.Rule.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
                .map(finding -> "::" + (finding.fails() ? "error" : "warning") + " file=" + property(file(finding))
                        + (finding.line() > 0 ? ",line=" + finding.line() : "")
                        + ",title=" + property("olympe vet: " + finding.rule().id()) + "::"
                        + data(FindingText.what(finding)))
                .toList();
    }

    /** Writes GitLab's report into a folder. */
    public void writeGitlab(VetReport report, Path folder) {
        List<ObjectNode> issues = shown(report).map(this::issue).toList();
        AtomicFile.write(folder.resolve(GITLAB_NAME), Json.text(issues) + "\n");
    }

    /** A finding in the form of GitLab's report. */
    private ObjectNode issue(Finding finding) {
        String fingerprint = Digest.of(finding.rule().id() + finding.image() + finding.platform() + finding.path())
                .hex();
        ObjectNode issue = Json.object()
                .put("description", FindingText.what(finding))
                .put("check_name", finding.rule().id())
                .put("fingerprint", fingerprint)
                .put("severity", finding.rule().severity() == Severity.ERROR ? "critical" : "minor");
        ObjectNode location = issue.putObject("location").put("path", file(finding));
        location.putObject("lines").put("begin", Math.max(1, finding.line()));
        return issue;
    }

    private static Stream<Finding> shown(VetReport report) {
        return report.findings().filter(finding -> !finding.isAllowed());
    }

    private String file(Finding finding) {
        return SOURCES.stream()
                .map(folder -> project.resolve(folder).resolve(finding.relative()))
                .filter(Files::isRegularFile)
                .findFirst()
                .map(file -> (file.startsWith(repository) ? repository.relativize(file) : file)
                        .toString()
                        .replace('\\', '/'))
                .orElse(finding.path());
    }

    /** GitHub's escapes for the text of a command. */
    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    /** GitHub's escapes for a property. */
    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
