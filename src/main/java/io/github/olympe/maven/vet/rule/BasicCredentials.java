package io.github.olympe.maven.vet.rule;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A user and a password as the header {@code Authorization} has them (RFC 7617): {@code Basic}, and both in Base64 with a colon between. */
final class BasicCredentials {

    static final Rule RULE = Rule.error(
            "basic-credentials",
            "a user with a password for HTTP (RFC 7617): `Basic …` with both in Base64",
            "which has a user with a password for HTTP",
            "change the password, and take it out of the file or leave the file out (" + Rule.EXCLUDE + ")");

    static final List<TextRule> TEXTS =
            List.of(TextRule.of(RULE, "Basic ", "(?<![0-9A-Za-z])Basic ([0-9A-Za-z+/]{8,400}={0,2})(?![0-9A-Za-z+/=])")
                    .meaning(BasicCredentials::isMeant));

    /** A printable user and password; words without a blank decode to something else. */
    private static final Pattern PAIR = Pattern.compile("([\\x21-\\x7e&&[^:]]{1,100}):([\\x20-\\x7e]{4,200})");

    /** The passwords of the RFCs' examples. */
    private static final Set<String> EXAMPLES = Set.of("open sesame", "open-sesame", "opensesame");

    private BasicCredentials() {}

    private static boolean isMeant(MatchResult match) {
        String decoded;
        try {
            decoded = new String(Base64.getDecoder().decode(match.group(1)), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) { // It is not Base64.
            return false;
        }
        Matcher pair = PAIR.matcher(decoded);
        return pair.matches()
                && !Placeholders.isOne(pair.group(2))
                && !pair.group(2).equals(pair.group(1))
                && !EXAMPLES.contains(pair.group(2));
    }
}
