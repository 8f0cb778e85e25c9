package io.github.olympe.maven.vet.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The table of all rules. Adding one is adding a row to one of its parts, a case to the test's corpus, and a row to docs/vet.md. */
public final class Rules {

    /** A backend's configuration or a snapshot configuration: reported only if nothing worse is found in them. */
    public static final Set<Rule> MILD = Set.of(OlympeConfigs.NODE_CONFIG, OlympeConfigs.SNAPSHOT_CONFIG);

    /** Rules that an image often breaks in many files: they are reported once. */
    public static final Set<Rule> CROWDED =
            Set.of(PathRules.SOURCE_MAP, InlineSourceMaps.RULE, PathRules.HIDDEN_CONF, PodRules.UNREADABLE);

    /** The rule whose finding is a folder. */
    public static final Rule GIT = PathRules.GIT;

    /** What an environment mounts its own over. */
    public static final Rule HIDDEN_CONF = PathRules.HIDDEN_CONF;

    /** A link out of what nginx serves. */
    public static final Rule SERVED_LINK = PathRules.SERVED_LINK;

    private static final List<Rule> ALL = Stream.of(
                    List.of(UrlCredentials.RULE, BasicCredentials.RULE, PrivateKeys.RULE, BuildVariables.RULE),
                    OlympeConfigs.RULES,
                    NamedFiles.RULES,
                    PathRules.RULES,
                    List.of(InlineSourceMaps.RULE),
                    PodRules.RULES,
                    TokenForms.RULES)
            .flatMap(List::stream)
            .sorted(Comparator.comparing(Rule::severity))
            .toList();

    private static final List<TextRule> TEXTS = Stream.of(
                    UrlCredentials.TEXTS,
                    BasicCredentials.TEXTS,
                    InlineSourceMaps.TEXTS,
                    PrivateKeys.TEXTS,
                    BuildVariables.TEXTS,
                    OlympeConfigs.TEXTS,
                    TokenForms.TEXTS)
            .flatMap(List::stream)
            .toList();

    private Rules() {}

    /** All of them, errors first. */
    public static List<Rule> all() {
        return ALL;
    }

    /** Returns the rule of this name. */
    public static Optional<Rule> find(String id) {
        return ALL.stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    /** Those for texts that the scanner looks for. */
    public static List<TextRule> texts() {
        return TEXTS;
    }

    /** Returns the findings in the path of a served file, relative to the folder that is served. */
    public static List<PathHit> ofPath(String path) {
        return PathRules.served(path);
    }

    /** Returns whether {@link #ofFile} inspects files of this name. */
    public static boolean wantsWhole(String path) {
        return OlympeConfigs.isOne(path) || NamedFiles.isOne(path);
    }

    /**
     * Returns the findings in a whole file.
     *
     * @param served whether nginx serves it; of other files only Olympe's configurations are inspected
     */
    public static Set<Hit> ofFile(String path, String text, boolean served) {
        List<Hit> hits = new ArrayList<>();
        if (OlympeConfigs.isOne(path)) {
            hits.addAll(OlympeConfigs.hits(path, text, served));
        }
        if (served && NamedFiles.isOne(path)) {
            hits.addAll(NamedFiles.hits(path, text));
        }
        return new LinkedHashSet<>(hits);
    }
}
