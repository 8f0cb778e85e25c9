package io.github.olympe.maven.adopt.pipeline;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.adopt.found.Place;
import io.github.olympe.maven.adopt.found.Placeholders;
import io.github.olympe.maven.adopt.shell.syntax.Script;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.OneLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A value of a YAML file, with its lines.
 *
 * @param file the file, as shown to a user
 * @param node the value, null for one that does not exist
 */
record Yaml(String file, @Nullable Node node) {

    /** A value that does not exist. */
    static final Yaml NOTHING = new Yaml("", null);

    private static final int LARGEST_MEBIBYTES = 1;

    /**
     * Reads a file.
     *
     * @param project the project's folder
     * @param file the file, relative to it
     * @throws OlympeException if it cannot be read, or is not YAML
     */
    static Yaml read(Path project, String file) {
        List<Yaml> documents = documents(project, file);
        return documents.isEmpty() ? new Yaml(file, null) : documents.get(documents.size() - 1);
    }

    /**
     * Reads a file that may have several documents: GitLab's may have one of inputs before the pipeline.
     *
     * @throws OlympeException if it cannot be read, or is not YAML
     */
    static List<Yaml> documents(Path project, String file) {
        try {
            return compose(file, Placeholders.marked(ForeignText.read(project.resolve(file), LARGEST_MEBIBYTES)));
        } catch (ForeignText.Malformed e) {
            throw broken(file, e.reason());
        } catch (IOException e) {
            throw new OlympeException("The file '" + file + "' cannot be read (" + e + "); check its rights.", e);
        }
    }

    private static List<Yaml> compose(String file, String text) {
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(file)
                    .setMaxAliasesForCollections(100)
                    .build();
            List<Yaml> documents = new ArrayList<>();
            new Compose(settings).composeAllFromString(text).forEach(node -> documents.add(new Yaml(file, node)));
            return documents;
        } catch (MarkedYamlEngineException e) {
            String line = e.getProblemMark()
                    .map(mark -> "line " + (mark.getLine() + 1) + ": ")
                    .orElse("");
            throw broken(file, line + e.getProblem());
        } catch (YamlEngineException e) {
            throw broken(file, String.valueOf(e.getMessage()));
        }
    }

    private static OlympeException broken(String file, String problem) {
        return new OlympeException(
                "The file '" + file + "' is not valid YAML (" + OneLine.of(problem, 200) + "); correct it there.");
    }

    private Yaml of(@Nullable Node other) {
        return new Yaml(file, other);
    }

    boolean exists() {
        return node != null
                && !(node instanceof ScalarNode scalar && scalar.getValue().isEmpty() && scalar.isPlain());
    }

    boolean isMapping() {
        return node instanceof MappingNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    Place place() {
        return new Place(file, line());
    }

    /** Returns the line of the value, from 1. */
    int line() {
        return node == null
                ? 1
                : node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    /** Returns a member, or {@link #NOTHING} if there is none. */
    Yaml get(String key) {
        return members().getOrDefault(key, of(null));
    }

    /** Returns the members, including those merged with {@code <<}. */
    Map<String, Yaml> members() {
        Map<String, Yaml> members = new LinkedHashMap<>();
        if (node instanceof MappingNode mapping) {
            Map<String, Yaml> merged = new LinkedHashMap<>();
            mapping.getValue().forEach(tuple -> {
                String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
                Yaml value = of(tuple.getValueNode());
                if (key.equals("<<")) {
                    (value.isList() ? value.items() : List.of(value)).forEach(one -> merged.putAll(one.members()));
                } else {
                    members.put(key, value);
                }
            });
            merged.forEach(members::putIfAbsent);
        }
        return members;
    }

    /** Returns the elements of a list. Any other value is its own only element. */
    List<Yaml> items() {
        if (node instanceof SequenceNode sequence) {
            List<Yaml> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                Yaml value = of(item);
                // GitLab flattens nested lists, which result from anchors.
                items.addAll(value.isList() && !value.isReference() ? value.items() : List.of(value));
            }
            return items;
        }
        return exists() ? List.of(this) : List.of();
    }

    /** Returns whether this refers to a part of another job: {@code !reference [.setup, script]}. */
    boolean isReference() {
        return node instanceof SequenceNode && node.getTag().getValue().equals("!reference");
    }

    /** Returns all texts in this value, keys included. */
    List<String> allTexts() {
        List<String> texts = new ArrayList<>();
        if (node != null) {
            add(node, texts, Collections.newSetFromMap(new IdentityHashMap<>()));
        }
        return texts;
    }

    /** An anchor is read once, however often it is named. */
    private static void add(Node node, List<String> texts, Set<Node> seen) {
        if (!seen.add(node)) {
            return;
        }
        if (node instanceof ScalarNode scalar) {
            texts.add(scalar.getValue());
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> add(item, texts, seen));
        } else if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(tuple -> {
                add(tuple.getKeyNode(), texts, seen);
                add(tuple.getValueNode(), texts, seen);
            });
        }
    }

    /** Returns the text, empty if there is none. */
    String text() {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    Optional<String> some() {
        return Optional.of(text()).filter(text -> !text.isBlank());
    }

    /** Returns the texts of a list, or the one text. */
    List<String> texts() {
        return items().stream().map(Yaml::text).filter(text -> !text.isBlank()).toList();
    }

    /** Returns the shell lines of a value: a text, or a list of texts. */
    Script script() {
        Script script = new Script(file, List.of());
        for (Yaml item : items()) {
            script = script.then(item.one());
        }
        return script;
    }

    /** Returns whether this is a list that was written as a text, as in an example of Olympe's documentation. */
    boolean isListInText() {
        return text().startsWith("- ") && text().contains("\n- ");
    }

    private Script one() {
        if (isListInText()) {
            // Not parsed as YAML: the example has a colon that YAML does not allow.
            return Script.of(
                    file,
                    firstLine(),
                    text().replaceAll("(?m)^- (?:\\|[-+]?$)?", "").stripTrailing());
        }
        boolean literal = node instanceof ScalarNode scalar && scalar.getScalarStyle() == ScalarStyle.LITERAL;
        return literal
                ? Script.of(file, firstLine(), text().stripTrailing())
                : new Script(file, List.of(new Script.Line(line(), text().replace("\n", " \\\n"))));
    }

    private int firstLine() {
        return line() + 1;
    }
}
