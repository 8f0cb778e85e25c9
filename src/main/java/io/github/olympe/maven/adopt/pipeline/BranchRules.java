package io.github.olympe.maven.adopt.pipeline;

import io.github.olympe.maven.adopt.found.Findings;
import io.github.olympe.maven.adopt.found.Place;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The branches of a pipeline's conditions, as regular expressions for the whole name. */
final class BranchRules {

    private static final Pattern OTHERWISE_ALWAYS =
            Pattern.compile("(?i)succeeded|success|always|\\band\\b|\\bor\\b|\\btrue\\b|[\\s(),&|${}]");
    private static final Pattern DENIAL = Pattern.compile("(?i)\\bnot\\s*\\(|\\bne\\s*\\(|!");
    private static final Pattern NAMES = Pattern.compile("[\\w./-]+(?:\\|[\\w./-]+)*");
    private static final Pattern GROUP = Pattern.compile("\\((?:\\?:)?([^()]+)\\)");

    private BranchRules() {}

    /** Returns the patterns of an expression such as {@code /^(develop|stable)$/}, or of one or more names. */
    static List<String> of(String written) {
        String text = written.strip();
        Matcher slashes = Pattern.compile("/(.*)/i?").matcher(text);
        if (!slashes.matches()) {
            // GitLab's variables also hold names here.
            return alternatives(text.replace("^", "").replace("$", ""));
        }
        String inner = slashes.group(1).replace("\\/", "/");
        boolean begins = inner.startsWith("^");
        boolean ends = inner.endsWith("$");
        String bare = inner.substring(begins ? 1 : 0, inner.length() - (ends ? 1 : 0));
        if (begins && ends || NAMES.matcher(bare).matches() && !begins && !ends) {
            return alternatives(bare);
        }
        return List.of((begins ? "" : ".*") + bare + (ends ? "" : ".*"));
    }

    private static List<String> alternatives(String expression) {
        Matcher group = GROUP.matcher(expression);
        String inner = group.matches() ? group.group(1) : expression;
        return inner.matches("[^()\\[\\]{}]+") ? List.of(inner.split("\\|")) : List.of(expression);
    }

    /**
     * Returns the branches that a condition of Azure or GitHub names. Everything else in it is reported as open. A condition that excludes
     * something gives no branch at all, so that nothing is deployed from the wrong one.
     *
     * @param known matches a branch, whose name is its first group
     * @param outer the branches if it names none
     */
    static List<String> of(Yaml condition, Pattern known, List<String> outer, Findings findings) {
        return of(condition.text(), condition.place(), known, outer, findings);
    }

    static List<String> of(String condition, Place place, Pattern known, List<String> outer, Findings findings) {
        List<String> named =
                known.matcher(condition).results().map(match -> match.group(1)).toList();
        List<String> branches = named.isEmpty() ? outer : named;
        String rest = OTHERWISE_ALWAYS
                .matcher(known.matcher(condition).replaceAll(""))
                .replaceAll("");
        if (rest.isEmpty()) {
            return branches;
        }
        boolean denies = DENIAL.matcher(condition).find();
        findings.open(
                place,
                condition,
                denies
                        ? "The pom deploys from no branch for it. Write the branches into the pom, and the rest into the new pipeline."
                        : "Only the branches that it names were taken. Write the rest into the new pipeline.");
        return denies ? List.of(PipelineFile.NO_BRANCH) : branches;
    }

    /** Returns the pattern of a name with wildcards, such as {@code release/*}. */
    static String glob(String name) {
        String branch = name.replaceFirst("^refs/heads/", "");
        return branch.contains("*")
                ? branch.replace(".", "\\.").replace("**", "*").replace("*", ".*")
                : branch;
    }

    /** Returns whether a job for some branches runs for this branch, which is a name or a pattern. */
    static boolean includes(List<String> patterns, String branch) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> includes(pattern, branch));
    }

    private static boolean includes(String pattern, String branch) {
        try {
            return pattern.equals(branch) || Pattern.matches(pattern, branch);
        } catch (PatternSyntaxException e) {
            return false;
        }
    }
}
