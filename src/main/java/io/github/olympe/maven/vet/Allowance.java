package io.github.olympe.maven.vet;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.text.Glob;
import io.github.olympe.maven.text.InvalidParameter;
import io.github.olympe.maven.text.RegularExpression;
import io.github.olympe.maven.vet.rule.Rule;
import io.github.olympe.maven.vet.rule.Rules;
import java.util.stream.Collectors;

/**
 * An entry of {@code vetAllow}: {@code rule:path pattern}. The pattern is Ant-style and matches the path below the folder that is served or
 * that holds the application. A pattern that begins with a slash matches the whole path in the image.
 *
 * @param text the entry
 * @param rule the rule's id, {@code *} for all
 * @param path the pattern
 */
public record Allowance(String text, String rule, RegularExpression path) {

    private static final String PARAMETER = "vetAllow (olympe.vet.allow)";
    private static final String ALL = "*";

    /**
     * Reads an entry.
     *
     * @throws OlympeException if it has no path pattern, or there is no such rule
     */
    public static Allowance of(String text) {
        String[] parts = text.split(":", 2);
        String rule = parts[0].strip();
        String pattern = parts[parts.length - 1].strip();
        if (parts.length < 2 || rule.isEmpty() || pattern.isEmpty()) {
            throw InvalidParameter.of(
                    PARAMETER, text, "Write it as a rule and a path pattern, such as 'source-map:**/*.map'.");
        }
        if (!rule.equals(ALL) && Rules.find(rule).isEmpty()) {
            throw InvalidParameter.of(
                    PARAMETER,
                    text,
                    "There is no rule '" + rule + "'. Use one of "
                            + Rules.all().stream().map(Rule::id).sorted().collect(Collectors.joining(", "))
                            + ", or '*' for all.");
        }
        return new Allowance(text, rule, Glob.ant(PARAMETER, pattern));
    }

    boolean covers(Finding finding) {
        boolean whole = text.substring(text.indexOf(':') + 1).strip().startsWith("/");
        return (rule.equals(ALL) || rule.equals(finding.rule().id()))
                && path.matches(whole ? finding.path() : finding.relative());
    }
}
