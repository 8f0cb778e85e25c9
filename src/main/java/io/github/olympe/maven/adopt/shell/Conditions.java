package io.github.olympe.maven.adopt.shell;

import io.github.olympe.maven.adopt.found.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The tests of a shell: {@code [ … ]} and {@code [[ … ]]}. */
final class Conditions {

    private final Optional<String> branch;
    private final Facts facts;

    Conditions(Optional<String> branch, Facts facts) {
        this.branch = branch;
        this.facts = facts;
    }

    /** Returns the result of a test. The words are expanded and begin with the test's name. */
    Truth test(List<String> words) {
        List<String> inner = new ArrayList<>(words.subList(1, words.size()));
        if (!inner.isEmpty() && inner.get(inner.size() - 1).matches("]]?")) {
            inner.remove(inner.size() - 1);
        }
        return or(inner);
    }

    private Truth or(List<String> words) {
        int index = firstOf(words, "||", "-o");
        return index < 0 ? and(words) : and(words.subList(0, index)).or(or(words.subList(index + 1, words.size())));
    }

    private Truth and(List<String> words) {
        int index = firstOf(words, "&&", "-a");
        return index < 0 ? one(words) : one(words.subList(0, index)).and(and(words.subList(index + 1, words.size())));
    }

    private static int firstOf(List<String> words, String... operators) {
        for (int i = 1; i < words.size(); i++) {
            if (List.of(operators).contains(words.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private Truth one(List<String> words) {
        if (words.isEmpty()) {
            return Truth.FALSE;
        }
        if (words.get(0).equals("!")) {
            return one(words.subList(1, words.size())).not();
        }
        if (words.size() == 1) {
            return isEmpty(words.get(0)).not();
        }
        if (words.size() == 2) {
            return switch (words.get(0)) {
                case "-z" -> isEmpty(words.get(1));
                case "-n" -> isEmpty(words.get(1)).not();
                default -> Truth.UNKNOWN;
            };
        }
        String right = String.join("", words.subList(2, words.size()));
        return switch (words.get(1)) {
            case "=", "==" -> equal(words.get(0), right);
            case "!=" -> equal(words.get(0), right).not();
            case "=~" -> matches(words.get(0), right);
            default -> Truth.UNKNOWN;
        };
    }

    private static Truth isEmpty(String value) {
        if (value.isEmpty()) {
            return Truth.TRUE;
        }
        // Text around an unknown part is still not empty. A placeholder alone may be empty.
        return Unknowns.in(value) && value.matches("\\$?\\{[^}]*}") ? Truth.UNKNOWN : Truth.FALSE;
    }

    /** Returns whether two texts are equal. In double brackets, the second may have wildcards. */
    Truth equal(String left, String right) {
        return right.contains("*") ? matchesGlob(left, right) : compare(left, right, false);
    }

    Truth matchesGlob(String value, String pattern) {
        if (pattern.equals("*")) {
            return Truth.UNKNOWN; // The default if nothing else matched.
        }
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.matches("\\w", String.valueOf(c)) ? c : "\\" + c);
        }
        return pattern.matches("[^*?]*") ? compare(value, pattern, false) : compare(value, regex.toString(), true);
    }

    private Truth matches(String value, String expression) {
        return compare(value, whole(expression), true);
    }

    /** Returns the expression in a form that must match the whole text. */
    static String whole(String expression) {
        String text = expression.startsWith("^") ? expression.substring(1) : ".*" + expression;
        return text.endsWith("$") ? text.substring(0, text.length() - 1) : text + ".*";
    }

    private Truth compare(String left, String right, boolean expression) {
        String value = left;
        if (value.contains(Unknowns.BRANCH)) {
            if (branch.isEmpty()) {
                facts.branch(right.replace("refs/heads/", ""));
                return Truth.UNKNOWN;
            }
            value = value.replace(Unknowns.BRANCH, branch.get());
            if (right.replace("refs/heads/", "").equals(branch.get())) {
                return Truth.TRUE;
            }
        }
        if (Unknowns.in(value) || Unknowns.in(right)) {
            return value.equals(right) ? Truth.TRUE : Truth.UNKNOWN;
        }
        if (!expression) {
            return Truth.of(value.equals(right));
        }
        try {
            return Truth.of(Pattern.matches(right, value));
        } catch (PatternSyntaxException e) {
            return Truth.UNKNOWN;
        }
    }
}
