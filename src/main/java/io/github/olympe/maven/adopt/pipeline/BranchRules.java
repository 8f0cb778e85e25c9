package io.github.olympe.maven.adopt.pipeline;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The branches of a pipeline's conditions, as regular expressions of the whole name. */
final class BranchRules {

    private static final Pattern NAMES = Pattern.compile("[\\w./-]+(?:\\|[\\w./-]+)*");
    private static final Pattern GROUP = Pattern.compile("\\((?:\\?:)?([^()]+)\\)");

    private BranchRules() {}

    /** Returns the patterns of an expression such as {@code /^(develop|stable)$/}, or of one or more names. */
    static List<String> of(String written) {
        String text = written.strip();
        Matcher slashes = Pattern.compile("/(.*)/i?").matcher(text);
        if (!slashes.matches()) {
            // GitLab's variables have names here, too.
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

    /** Returns the pattern of a name with wildcards, such as {@code release/*}. */
    static String glob(String name) {
        return name.replaceFirst("^refs/heads/", "").replace("**", "*").replace("*", ".*");
    }

    /** Whether a job for some branches runs for this one, itself a name or a pattern. */
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
