package io.github.olympe.maven.vet.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files that typically hold secrets, recognised by their name and inspected line by line. A row names the file, and what in it is a secret.
 */
final class NamedFiles {

    static final Rule NPMRC = Rule.error(
            "npmrc-secret",
            "an `.npmrc`, `.yarnrc` or `.yarnrc.yml` with a token or password; one that names a variable (`${NPM_TOKEN}`) has none",
            "which has a token or password for npm",
            "revoke it, and leave the file out (" + Rule.EXCLUDE + ")");

    static final Rule ENV = Rule.error(
            "env-secret",
            "an `.env` file with a value for a variable whose name ends in `PASSWORD`, `SECRET`, `TOKEN`, `API_KEY` or the like",
            "which has a value for a variable that is a secret by its name",
            "change the secret, and leave the file out (" + Rule.EXCLUDE + ")");

    static final Rule CREDENTIALS = Rule.error(
            "credentials-file",
            "files in which tools keep credentials: `.netrc`, `.pgpass`, `.pypirc`, `.htpasswd`, docker's `config.json`, Maven's `settings.xml`, `kubeconfig`",
            "in which a tool keeps credentials",
            "change them, and leave the file out (" + Rule.EXCLUDE + ")");

    static final List<Rule> RULES = List.of(NPMRC, ENV, CREDENTIALS);

    /** What editors and people append to the name of a file when they keep its old state. */
    static final String COPY = "(?:~|\\.(?:bak|backup|copy|old|orig|save|swp|tmp|[0-9]+))?";

    /** In quotes anything, else up to a blank or a comment. */
    private static final String VALUE = "(?:[\"']([^\"']+)|([^\\s\"'#;]+))";

    private static final List<Row> ROWS = List.of(
            row(NPMRC, "\\.npmrc" + COPY, "\\s*(?:\\S*:)?(?:_authToken|_password|_auth)\\s*=\\s*" + VALUE + ".*"),
            row(NPMRC, "\\.yarnrc\\.yml" + COPY, "\\s*(?:npmAuthToken|npmAuthIdent)\\s*:\\s*" + VALUE + ".*"),
            row(NPMRC, "\\.yarnrc" + COPY, "\\s*\"?\\S*:?(?:_authToken|_password|_auth)\"?\\s+" + VALUE + ".*"),
            row(
                    ENV,
                    "\\.env(?!\\.(?:example|sample|template|dist|defaults)$)(?:\\.[0-9A-Za-z._-]+)?~?|\\.envrc" + COPY
                            + "|[0-9A-Za-z_-]+\\.env" + COPY,
                    "\\s*(?:(?:export|declare\\s+-x|set)\\s+)?\\w*(?:PASSWORD|PASSWD|PASSPHRASE|(?<![A-Z])PASS|PWD|SECRET|TOKEN|CREDENTIALS?"
                            + "|(?:API|ACCESS|PRIVATE|SECRET|SIGNING|ENCRYPTION)_?KEY(?:_BASE)?)_?[0-9]*\\s*=\\s*"
                            + VALUE + ".*"),
            row(CREDENTIALS, "[._]netrc" + COPY, ".*\\bpassword\\s+" + VALUE + ".*"),
            row(CREDENTIALS, "\\.pgpass" + COPY, "[^#:]+:[^:]*:[^:]*:[^:]*:(\\S+)"),
            row(CREDENTIALS, "\\.pypirc" + COPY, "\\s*password\\s*[:=]\\s*" + VALUE + ".*"),
            row(
                    CREDENTIALS,
                    "(?:settings|settings-security4?)\\.xml" + COPY,
                    ".*<(?:password|passphrase|master)>([^<]+)</.*"),
            row(
                    CREDENTIALS,
                    "kubeconfig(?:\\.ya?ml)?|\\.kube/config",
                    "\\s*(?:token|client-key-data|password)\\s*:\\s*" + VALUE + ".*"),
            row(CREDENTIALS, "\\.htpasswd" + COPY, "[^:#\\s]+:((?:\\$|\\{SHA}).+)"),
            row(
                    CREDENTIALS,
                    "\\.docker/config\\.json|\\.dockercfg|\\.dockerconfigjson",
                    ".*\"auth\"\\s*:\\s*\"([0-9A-Za-z+/=]{8,})\".*"));

    private NamedFiles() {}

    private static Row row(Rule rule, String name, String line) {
        return new Row(
                rule,
                Pattern.compile("(?:.*/)?(?:" + name + ")", Pattern.CASE_INSENSITIVE | Pattern.DOTALL)
                        .asMatchPredicate(),
                Pattern.compile(line, Pattern.CASE_INSENSITIVE));
    }

    private static String value(Matcher matcher) {
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.group(group) != null) {
                return matcher.group(group);
            }
        }
        return "";
    }

    private record Row(Rule rule, Predicate<String> path, Pattern line) {}

    /** Whether the text of a file is wanted. */
    static boolean isOne(String path) {
        return ROWS.stream().anyMatch(row -> row.path.test(path));
    }

    /** What is in such a file. */
    static List<Hit> hits(String path, String text) {
        List<Hit> hits = new ArrayList<>();
        for (Row row : ROWS) {
            if (row.path.test(path)) {
                int number = 0;
                for (String line : (Iterable<String>) text.lines()::iterator) {
                    number++;
                    Matcher matcher = row.line.matcher(line);
                    if (matcher.matches() && !Placeholders.isOne(value(matcher))) {
                        hits.add(new Hit(row.rule, number));
                    }
                }
            }
        }
        return hits;
    }
}
