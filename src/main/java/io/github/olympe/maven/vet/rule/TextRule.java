package io.github.olympe.maven.vet.rule;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A rule for the text of a file. The scanner looks for the anchor, and where it finds one has the pattern decide.
 *
 * @param rule what is found
 * @param anchor what every match begins with, in ASCII
 * @param pattern a match from the anchor's beginning on; it may look back {@link #BEFORE} characters, and end {@link #AFTER} later
 * @param isMeant tells matches from look-alikes
 * @param where the texts that it is for
 */
public record TextRule(
        Rule rule, String anchor, Pattern pattern, Predicate<MatchResult> isMeant, Predicate<TextKind> where) {

    /** A quotation mark as languages and HTML write it; in a text within a text, such as a source map, it is escaped. */
    static final String QUOTE = "(?:\\\\{0,3}[\"'`]|&(?:quot|apos|#3[49]);)";

    /** How far a pattern may look back from its anchor's beginning. */
    public static final int BEFORE = 256;

    /** How far from its anchor's beginning a match may end. */
    public static final int AFTER = 1024;

    /** A rule for all texts. */
    static TextRule of(Rule rule, String anchor, String pattern) {
        return new TextRule(rule, anchor, Pattern.compile(pattern), match -> true, kind -> true);
    }

    /** Returns what is in the table for this rule as a text; what its predicates do is not in it, but for the kinds of texts. */
    public String description() {
        return rule.id() + " " + anchor + " " + pattern + " "
                + Arrays.stream(TextKind.values()).filter(where).toList();
    }

    TextRule meaning(Predicate<MatchResult> meant) {
        return new TextRule(rule, anchor, pattern, meant, where);
    }

    TextRule in(Predicate<TextKind> kinds) {
        return new TextRule(rule, anchor, pattern, isMeant, kinds);
    }
}
