package io.github.olympe.maven.adopt.shell;

import io.github.olympe.maven.adopt.found.Findings;
import io.github.olympe.maven.adopt.found.Place;
import java.util.List;
import java.util.Set;

/** Commands for which the plugin has nothing. Those that may change the build output are reported. */
final class OtherCommands {

    /** Commands that only print, query or control other commands. */
    private static final Set<String> SILENT = Set.of(
            "set",
            "exit",
            "return",
            "true",
            "false",
            ":",
            "shift",
            "pwd",
            "ls",
            "mkdir",
            "sleep",
            "unset",
            "which",
            "whoami",
            "uname",
            "shopt",
            "ulimit",
            "umask",
            "wait",
            "id",
            "df",
            "du",
            "break",
            "continue",
            "grep",
            "awk",
            "diff",
            "test",
            "read",
            "if",
            "then",
            "fi",
            "date",
            "type",
            "hash",
            "stat",
            "tree");

    private static final Set<String> INSTALLERS =
            Set.of("apt-get", "apt", "apk", "yum", "dnf", "brew", "pip", "nvm", "corepack");
    private static final Set<String> FILES =
            Set.of("cp", "mv", "rm", "ln", "touch", "chmod", "chown", "sed", "find", "install");

    /** The project's folder as each CI names it, and ways back to it. */
    private static final String OWN_FOLDER =
            "\\.?/?|-|~|(?:\\.\\./?)+|\\$\\{env\\.(?:CI_PROJECT_DIR|BUILD_SOURCESDIRECTORY|GITHUB_WORKSPACE|WORKSPACE|PWD)}/?";

    private final Findings findings;
    private final NpmCommands npm;

    OtherCommands(Findings findings, NpmCommands npm) {
        this.findings = findings;
        this.npm = npm;
    }

    void run(String name, List<String> words, Place place) {
        String line = String.join(" ", words);
        if (SILENT.contains(name) || name.equals("find") && !line.matches(".* -(?:delete|exec|execdir|ok) ?.*")) {
            return;
        }
        if (INSTALLERS.contains(name)) {
            findings.found(place, line, "not needed");
        } else if (FILES.contains(name)) {
            findings.open(
                    place,
                    line,
                    "No goal does it. Let a script of package.json that the build runs do it, such as 'postbuild:draw', if the build needs it.");
        } else if (name.equals("cd")) {
            changeFolder(words.size() > 1 ? words.get(1) : "", line, place);
        } else if (name.endsWith(".sh")) {
            npm.run("sh", words, place);
        } else if (name.startsWith("mvn")) {
            findings.open(place, line, "The pipeline runs Maven already; add the goals of the plugin to that pom.");
        } else {
            open(line, place);
        }
    }

    void open(String line, Place place) {
        findings.open(place, line, "Run it in the new pipeline before or after mvn, if it is still needed.");
    }

    private void changeFolder(String folder, String line, Place place) {
        if (!folder.matches(OWN_FOLDER)) {
            findings.open(
                    place,
                    line,
                    "The plugin runs in the project's folder. Compare what the lines after it do there with the goals of the plugin.");
        }
    }
}
