package io.github.olympe.maven.adopt.pipeline;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.adopt.found.Findings;
import io.github.olympe.maven.adopt.found.Place;
import io.github.olympe.maven.adopt.shell.Unknowns;
import io.github.olympe.maven.adopt.shell.syntax.Script;
import io.github.olympe.maven.text.ForeignText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the shell lines of a {@code Jenkinsfile}; the Groovy is not run. */
final class Jenkinsfile {

    private static final int LARGEST_MEBIBYTES = 1;
    private static final Pattern SHELL = Pattern.compile(
            "\\bsh\\s*\\(?\\s*(?:script:\\s*)?(\"\"\"|'''|\"|')((?:(?!\\1)(?:\\\\.|.))*)\\1", Pattern.DOTALL);
    private static final Pattern VARIABLE = Pattern.compile("(?m)^\\s*([A-Z_][A-Z0-9_]*)\\s*=\\s*(.+?)\\s*$");
    private static final Pattern LITERAL = Pattern.compile("([\"'])(.*)\\1");
    private static final Pattern STAGE = Pattern.compile("\\bstage\\s*\\(");
    private static final Pattern BRANCH = Pattern.compile("\\bbranch\\s*\\(?\\s*(?:pattern:\\s*)?[\"']([^\"']+)[\"']");

    private Jenkinsfile() {}

    /** Reads the pipeline of a project. */
    static PipelineFile read(Path project, Findings findings) {
        String file = Ci.JENKINS.file();
        String text;
        try {
            text = ForeignText.read(project.resolve(file), LARGEST_MEBIBYTES);
        } catch (ForeignText.Malformed e) {
            throw new OlympeException("The file '" + file + "' cannot be read (" + e.reason() + "); correct it there.");
        } catch (IOException e) {
            throw new OlympeException("The file '" + file + "' cannot be read (" + e + "); check its rights.", e);
        }
        Map<String, String> variables = variables(text);
        List<Job> jobs = new ArrayList<>();
        Matcher shell = SHELL.matcher(text);
        while (shell.find()) {
            int line = (int) text.substring(0, shell.start(2))
                            .chars()
                            .filter(c -> c == '\n')
                            .count()
                    + 1;
            String lines =
                    shell.group(2).replace("\\$", "$").replace("\\\"", "\"").replace("\\'", "'");
            jobs.add(new Job(
                    "sh",
                    "",
                    variables,
                    List.of(List.of(Script.of(file, line, lines))),
                    branches(text, shell.start()),
                    false));
        }
        findings.open(
                new Place(file, 1),
                "the Groovy around the shell lines",
                "Only the lines of 'sh' were read. Compare conditions, parameters and credentials with the new pipeline.");
        return new PipelineFile(Ci.JENKINS, file, jobs, Optional.empty());
    }

    private static Map<String, String> variables(String text) {
        Map<String, String> variables = new LinkedHashMap<>();
        Matcher variable = VARIABLE.matcher(text);
        while (variable.find()) {
            Matcher literal = LITERAL.matcher(variable.group(2));
            variables.put(
                    variable.group(1),
                    literal.matches()
                            ? References.text(literal.group(2).replace("${env.", "${"), variables)
                            : Unknowns.variable(variable.group(1)));
        }
        return variables;
    }

    /** Returns the branches of the stage at an offset. */
    private static List<String> branches(String text, int offset) {
        Matcher stage = STAGE.matcher(text);
        int start = 0;
        while (stage.find() && stage.start() < offset) {
            start = stage.start();
        }
        List<String> branches = new ArrayList<>();
        Matcher branch = BRANCH.matcher(text.substring(start, offset));
        while (branch.find()) {
            branches.add(BranchRules.glob(branch.group(1)));
        }
        return branches;
    }
}
