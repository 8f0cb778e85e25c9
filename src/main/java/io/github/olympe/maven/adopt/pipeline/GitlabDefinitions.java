package io.github.olympe.maven.adopt.pipeline;

import io.github.olympe.maven.adopt.found.Findings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The jobs of GitLab CI as written, and what they inherit from each other with {@code extends} and {@code !reference}. */
final class GitlabDefinitions {

    private static final int DEEPEST = 10;
    private static final String MISSING =
            "There is no such job in the files that were read; take out what is needed from it, and run adopt again.";

    private final Map<String, Map<String, Yaml>> written = new LinkedHashMap<>();
    private final Findings findings;

    GitlabDefinitions(Findings findings) {
        this.findings = findings;
    }

    /**
     * A job as written.
     *
     * @param keys its members
     * @param variables its variables, including those of the jobs that it extends
     */
    record Definition(Map<String, Yaml> keys, Map<String, Yaml> variables) {

        Definition() {
            this(new LinkedHashMap<>(), new LinkedHashMap<>());
        }

        void add(Map<String, Yaml> members) {
            keys.putAll(members);
            variables.putAll(get("variables").members());
        }

        Yaml get(String key) {
            return keys.getOrDefault(key, Yaml.NOTHING);
        }

        Yaml get(String key, Map<String, Yaml> defaults) {
            return keys.getOrDefault(key, defaults.getOrDefault(key, Yaml.NOTHING));
        }
    }

    void put(String name, Map<String, Yaml> members) {
        written.put(name, members);
    }

    /** Returns the jobs that run, each merged with the jobs that it extends. */
    Map<String, Definition> jobs() {
        Map<String, Definition> all = new LinkedHashMap<>();
        written.keySet().stream()
                .filter(name -> !name.startsWith("."))
                .forEach(name -> all.put(name, extended(name, 0)));
        return all;
    }

    /** Merges a job with the jobs that it extends, including variables, as GitLab does. */
    private Definition extended(String name, int depth) {
        Map<String, Yaml> own = written.getOrDefault(name, Map.of());
        Definition all = new Definition();
        Yaml parents = own.getOrDefault("extends", Yaml.NOTHING);
        for (String parent : depth < DEEPEST ? parents.texts() : List.<String>of()) {
            if (!written.containsKey(parent)) {
                findings.open(parents.place(), "extends " + parent, MISSING);
            }
            Definition inherited = extended(parent, depth + 1);
            all.keys.putAll(inherited.keys);
            all.variables.putAll(inherited.variables);
        }
        all.add(own);
        return all;
    }

    /** Returns the elements of a list, including those of other jobs that it refers to. */
    List<Yaml> items(Yaml list) {
        return items(list, 0);
    }

    private List<Yaml> items(Yaml list, int depth) {
        List<Yaml> items = new ArrayList<>();
        for (Yaml item : list.isReference() ? List.of(list) : list.items()) {
            if (item.isReference()) {
                Yaml target = depth < DEEPEST ? target(item.texts()) : Yaml.NOTHING;
                if (!target.exists()) {
                    findings.open(item.place(), "!reference " + String.join(", ", item.texts()), MISSING);
                }
                items.addAll(items(target, depth + 1));
            } else {
                items.add(item);
            }
        }
        return items;
    }

    private Yaml target(List<String> path) {
        if (path.isEmpty() || !written.containsKey(path.get(0))) {
            return Yaml.NOTHING;
        }
        Yaml target = path.size() < 2 ? Yaml.NOTHING : extended(path.get(0), 0).get(path.get(1));
        for (String key : path.subList(Math.min(2, path.size()), path.size())) {
            target = target.get(key);
        }
        return target;
    }
}
