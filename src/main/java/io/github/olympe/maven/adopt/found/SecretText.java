package io.github.olympe.maven.adopt.found;

import java.util.regex.Pattern;

/** Finds secrets that are written in a pipeline by their context: an option, a variable's name, the user of a URL. */
public final class SecretText {

    private static final String NAME =
            "[\\w.-]*(?:token|passw|passphrase|secret|credential|api[_-]?key|private[_-]?key|access[_-]?key"
                    + "|(?:ssh|deploy|gpg|signing|encryption|master|account|storage)[_-]?key|pwd\\b|(?<![a-z])pass\\b|_pat\\b|_auth\\b)[\\w.-]*";
    private static final Pattern SECRET_NAME = Pattern.compile("(?i)" + NAME);

    /** A value that is not a variable. */
    private static final String VALUE = "(?!\\$\\{env\\.[\\w.-]+}|\\*\\*\\*)(?:\"[^\"]*\"|'[^']*'|[^\\s&\"']+)";

    private static final Pattern URL_USER =
            Pattern.compile("(?i)([a-z][a-z0-9+.-]*://)(?!\\*\\*\\*@)[^\\s/?#@\"'<>]+@");
    private static final Pattern OPTION =
            Pattern.compile("(?i)(?<!\\S)(-p|-u|--user|--username|--creds|--\\w+-creds|--?" + NAME
                    + "(?<!-stdin)|--?key)(\\s+|=)" + VALUE);
    private static final Pattern ASSIGNED =
            Pattern.compile("(?i)(?<![\\w.-])(" + NAME + "[\"']?\\s*[=:]+\\s*)" + VALUE);
    private static final Pattern HEADER = Pattern.compile("(?i)(authorization:\\s*\\w+\\s+)" + VALUE);
    private static final Pattern KNOWN_FORM = Pattern.compile(
            "\\b(?:glpat-|gh[opsur]_|github_pat_|npm_(?=\\w{20})|AKIA|sntrys_|xox[abprs]-|sk_live_|AIza)[\\w-]{12,}|\\beyJ[\\w-]{8,}\\.[\\w-]+(?:\\.[\\w-]+)?");

    /** What follows the host of a chat's webhook is its only secret. */
    private static final Pattern CHAT = Pattern.compile(
            "(?i)(//(?:hooks\\.slack\\.com|[\\w.-]*office\\.com|discord(?:app)?\\.com|chat\\.googleapis\\.com)/)[^\\s\"'<>]+");
    /** A key in the query of a URL, as Azure's functions and storages have it. */
    private static final Pattern QUERY =
            Pattern.compile("(?i)([?&](?:key|code|sig|signature|auth|access|hash|pass)=)(?!\\$\\{env\\.)[^&\\s\"'<>]+");

    private SecretText() {}

    /** Returns whether a variable or an argument of this name holds a secret. */
    public static boolean isName(String name) {
        return SECRET_NAME.matcher(name).matches();
    }

    /** Returns the text with {@code ***} for each secret. */
    static String masked(String text) {
        String shown = URL_USER.matcher(text).replaceAll("$1***@");
        shown = OPTION.matcher(shown).replaceAll("$1$2***");
        shown = ASSIGNED.matcher(shown).replaceAll("$1***");
        shown = QUERY.matcher(CHAT.matcher(shown).replaceAll("$1***")).replaceAll("$1***");
        shown = HEADER.matcher(shown).replaceAll("$1***");
        return KNOWN_FORM.matcher(shown).replaceAll("***");
    }
}
