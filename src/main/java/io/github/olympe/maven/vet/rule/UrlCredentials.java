package io.github.olympe.maven.vet.rule;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A user, token or password in a URL (RFC 3986, section 3.2.1), as a snapshot configuration's {@code git.repo} may have it. In programs
 * only a user with a password counts, and none at a host of examples: they have such URLs in their documentation and tests.
 */
final class UrlCredentials {

    static final Rule RULE = Rule.error(
            "url-credentials",
            "a user, token or password in a URL: `https://<token>@git.example.com/acme/shop.git`; in programs and source maps only a user"
                    + " with a password",
            "which has a URL with a user, token or password in it",
            "revoke it, and take it out of the URL or leave the file out (" + Rule.EXCLUDE + ")");

    private static final String USER_INFO = "[0-9A-Za-z._~!$&'()*+,;=%^|\\x80-\\xff-]";

    /**
     * Groups: user, password where there is a colon, host, and the user as a folder where the path begins with that. JSON may have slashes
     * escaped, and a password that is not escaped may have an at sign.
     */
    private static final String FORM =
            "(?<=[0-9A-Za-z+.-]):(?:\\\\?/){2}(" + USER_INFO + "{0,200}+)(?::(" + USER_INFO + "{0,200}+(?:@" + USER_INFO
                    + "{1,200}+){0,3}?))?@(\\[[0-9A-Fa-f:.]+]|[0-9A-Za-z.-]+)(?=[:/\\\\?#\\s\"'`<>,;)\\]}]|$)(?:(?=/(\\1)/))?";

    static final List<TextRule> TEXTS = List.of(
            TextRule.of(RULE, "://", FORM)
                    .meaning(UrlCredentials::isMeantInProgram)
                    .in(kind -> kind != TextKind.OTHER),
            TextRule.of(RULE, "://", FORM).meaning(UrlCredentials::isMeant).in(TextKind.OTHER::equals),
            TextRule.of(RULE, ":\\/\\/", FORM).meaning(UrlCredentials::isMeant).in(TextKind.OTHER::equals));

    /** Users that give no access, or none without a key. */
    private static final Set<String> PUBLIC_USERS = Set.of("git", "hg", "svn", "ssh", "anonymous", "anon", "guest");

    /** Names for hosts in examples: by RFC 2606 and RFC 6761, and by habit. */
    private static final Pattern EXAMPLE_HOST = Pattern.compile(
            "(?:.*\\.)?(?:example|test|invalid|localhost|local|example\\.(?:com|org|net|edu))|(?:.*\\.)?(?:foo|bar|baz|domain|mydomain|yourdomain"
                    + "|host|hostname|myhost|server|myserver|proxy|google|x|y)(?:\\.[a-z]{2,3})?|[a-z]{1,2}|127\\..*|0\\.0\\.0\\.0|\\[::1]");

    /** Reserved and local hosts: there a user alone gives no access. */
    private static final Pattern RESERVED_HOST =
            Pattern.compile("example\\.(?:com|org|net)|localhost|127\\..*|\\[::1]");

    /** The key in a Sentry DSN, which is made for browsers. */
    private static final Pattern SENTRY_KEY = Pattern.compile("[0-9a-f]{32}");

    private UrlCredentials() {}

    private static boolean isMeant(MatchResult match) {
        String user = match.group(1);
        String password = match.group(2);
        String host = match.group(3).toLowerCase(Locale.ROOT);
        if (password == null || password.isEmpty()) {
            return match.group(4) == null
                    && !Placeholders.isOne(user)
                    && !RESERVED_HOST.matcher(host).matches()
                    && !PUBLIC_USERS.contains(user.toLowerCase(Locale.ROOT))
                    && !SENTRY_KEY.matcher(user).matches();
        }
        return !Placeholders.isOne(password) && !password.equals(user) && !host.startsWith("example.");
    }

    private static boolean isMeantInProgram(MatchResult match) {
        String host = match.group(3).toLowerCase(Locale.ROOT);
        return match.group(2) != null
                && !match.group(2).isEmpty()
                && match.group(2).length() > 3
                && isMeant(match)
                && !EXAMPLE_HOST.matcher(host).matches();
    }
}
