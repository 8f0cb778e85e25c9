package io.github.olympe.maven.adopt.pipeline;

import io.github.olympe.maven.adopt.found.Findings;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reports every key of a pipeline that adopt does not read, so that nothing of the old pipeline is lost unnoticed. */
final class OtherKeys {

    static final String ADVICE = "The new pipeline does not have it. Copy it there if it is needed.";

    private static final Pattern REFERENCE = Pattern.compile(
            "(?:\\$[{(]?[!#]?|%|(?:variables|env|parameters)(?:\\.|\\['))([A-Za-z_][\\w.]*)", Pattern.CASE_INSENSITIVE);

    private OtherKeys() {}

    /**
     * Reports the keys that are not read.
     *
     * @param owner the text before each key
     * @param part the part with the keys
     * @param read the keys that are read or do not matter
     */
    static void tell(String owner, Yaml part, Set<String> read, Findings findings) {
        tell(owner, part.members(), read, findings);
    }

    static void tell(String owner, Map<String, Yaml> members, Set<String> read, Findings findings) {
        members.forEach((key, value) -> {
            if (!read.contains(key)) {
                findings.open(value.place(), owner + key, ADVICE);
            }
        });
    }

    /**
     * Reports the variables that no line of the pipeline uses: they are for npm or another program. Their values are not shown.
     *
     * @param pipeline the whole pipeline
     */
    static void tellVariables(Iterable<Yaml> pipeline, Map<String, Yaml> variables, Findings findings) {
        Map<String, Integer> named = new HashMap<>();
        pipeline.forEach(part -> count(part, named));
        variables.forEach((name, value) -> {
            Map<String, Integer> byItself = new HashMap<>();
            count(value, byItself);
            String plain = plain(name);
            if (named.getOrDefault(plain, 0).equals(byItself.getOrDefault(plain, 0))) {
                findings.open(
                        value.place(),
                        "variable " + name,
                        "No line of the pipeline names it. Set it in the new pipeline, if npm or another program reads it.");
            }
        });
    }

    private static void count(Yaml part, Map<String, Integer> named) {
        for (String text : part.allTexts()) {
            REFERENCE.matcher(text).results().forEach(match -> named.merge(plain(match.group(1)), 1, Integer::sum));
        }
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('.', '_');
    }
}
