package io.github.olympe.maven.vet.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules for the path of a file alone: a row says which paths, below the folder that nginx serves. */
final class PathRules {

    static final Rule GIT = Rule.error(
            "git-folder",
            "a git repository: `.git/` with its files, from which the whole history can be read",
            "which is a git repository with the history of its sources",
            "leave it out (" + Rule.EXCLUDE + ")");

    static final Rule KEY_STORE = Rule.error(
            "key-store",
            "a file of keys or passwords by its ending: `.p12`, `.pfx`, `.jks`, `.keystore`, `.keytab`, `.kdbx`",
            "which is a store of keys",
            "replace the keys, and leave it out (" + Rule.EXCLUDE + ")");

    static final Rule SOURCE_MAP = Rule.warning(
            "source-map",
            "source maps (`.js.map`, `.css.map`), which have the project's own sources in them",
            "a source map, which shows everybody the project's sources",
            "leave it out unless the sources may be seen (" + Rule.EXCLUDE + ")");

    static final Rule HIDDEN_CONF = Rule.warning(
            "hidden-conf",
            "a folder `conf.d` in the folder of the application, over which each environment mounts its own",
            "which the environment hides by mounting its own 'conf.d' over it",
            "put what it has into the file oConfig.json beside it, or into the environment's own oConfig");

    static final Rule SERVED_LINK = Rule.warning(
            "served-link",
            "a symbolic link out of the folder that nginx serves, to something in the image that visitors then see and that is not inspected",
            "a link to something that visitors see by this name and that is not inspected",
            "have the build copy what it leads to, or leave it out (" + Rule.EXCLUDE + ")");

    static final List<Rule> RULES = List.of(GIT, KEY_STORE, SOURCE_MAP, HIDDEN_CONF, SERVED_LINK);

    private static final List<Row> SERVED = List.of(
            row(
                    GIT,
                    "((?:.*/)?[^/]*\\.git)/(?:HEAD|config|index|packed-refs|objects/.*|refs/.*|logs/.*)",
                    match -> match.group(1)),
            row(KEY_STORE, "(?i).*\\.(?:p12|pfx|jks|keystore|keytab|kdbx)", Matcher::group),
            row(SOURCE_MAP, "(?i).*\\.(?:[cm]?js|css)\\.map(?:\\.gz|\\.br)?", Matcher::group),
            row(OlympeConfigs.NODE_CONFIG, "(?i)(?:.*/)?oConfigNode[^/]*\\.json" + NamedFiles.COPY, Matcher::group));

    private PathRules() {}

    /**
     * A row.
     *
     * @param pattern the paths
     * @param shown the path that a finding has, that of a folder for instance
     */
    private record Row(Rule rule, Pattern pattern, Function<Matcher, String> shown) {}

    private static Row row(Rule rule, String pattern, Function<Matcher, String> shown) {
        return new Row(rule, Pattern.compile(pattern, Pattern.DOTALL), shown);
    }

    /** Returns the findings in a served file's path. */
    static List<PathHit> served(String path) {
        List<PathHit> hits = new ArrayList<>();
        for (Row row : SERVED) {
            Matcher matcher = row.pattern.matcher(path);
            if (matcher.matches()) {
                hits.add(new PathHit(row.rule, row.shown.apply(matcher)));
            }
        }
        return hits;
    }
}
