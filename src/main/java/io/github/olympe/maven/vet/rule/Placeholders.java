package io.github.olympe.maven.vet.rule;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Words in place of secrets in documentation, templates and tests. */
final class Placeholders {

    private static final Set<String> WORDS = Set.of(
            "access-token",
            "access_token",
            "api-key",
            "api_key",
            "apikey",
            "bar",
            "baz",
            "foo",
            "key",
            "login",
            "name",
            "pass",
            "passwd",
            "password",
            "pw",
            "pwd",
            "secret",
            "token",
            "user",
            "userid",
            "username",
            "usr",
            "null",
            "none",
            "undefined");

    private static final Pattern FORMS = Pattern.compile(
            // Variables of shells, templates and npm; gaps that are to be filled; and what hides a value.
            "<.*|\\$\\{.*|\\$\\(.*|\\$[A-Za-z_]\\w*|\\{\\{.*|%[A-Za-z_]\\w*%|%\\(.*|@[\\w.]+@|\\[.*]|your.*|(?:my|insert|some)[-_ ].*|(?:some|the)(?:user|password|secret|token|key)|.*example.*"
                    + "|.*x{4,}.*|.*\\*{3,}.*|.*\\.{3,}.*|.*\u2026.*|.*(?:0123456789|1234567890|abcdefghij).*|(.)\\1*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private Placeholders() {}

    /** Returns whether a value is such a word, not a real secret. */
    static boolean isOne(String value) {
        String text = value.strip();
        return text.isEmpty()
                || WORDS.contains(text.toLowerCase(Locale.ROOT))
                || FORMS.matcher(text).matches();
    }
}
