package io.github.olympe.maven.image.dockerfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An image's configuration while instructions change it. Everything that they do not change stays as in the base image. */
final class ContainerConfiguration {

    private static final List<String> DEFAULT_SHELL = List.of("/bin/sh", "-c");
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final ObjectNode whole;
    private final ObjectNode config;

    private ContainerConfiguration(ObjectNode whole) {
        this.whole = whole;
        if (!(whole.get("config") instanceof ObjectNode)) {
            whole.putObject("config");
        }
        this.config = whole.withObject("/config");
    }

    /** Creates one that begins as an image's configuration. */
    static ContainerConfiguration of(ObjectNode base) {
        return new ContainerConfiguration(base.deepCopy());
    }

    /** Creates an empty one for a platform. */
    static ContainerConfiguration scratch(String platform) {
        ObjectNode empty = JsonNodeFactory.instance.objectNode();
        String[] parts = platform.split("/", 3);
        empty.put("os", parts[0]);
        empty.put("architecture", parts[1]);
        if (parts.length > 2) {
            empty.put("variant", parts[2]);
        }
        ContainerConfiguration configuration = new ContainerConfiguration(empty);
        configuration.setVariable("PATH", DEFAULT_PATH);
        return configuration;
    }

    ContainerConfiguration copied() {
        return of(whole);
    }

    /** Returns the whole configuration. */
    ObjectNode json() {
        return whole;
    }

    /** Returns the value of an environment variable, {@code null} if there is none. */
    @Nullable String variable(String name) {
        for (JsonNode entry : config.path("Env")) {
            if (entry.asText().startsWith(name + "=")) {
                return entry.asText().substring(name.length() + 1);
            }
        }
        return null;
    }

    void setVariable(String name, String value) {
        ArrayNode variables = list("Env");
        for (int i = 0; i < variables.size(); i++) {
            String entry = variables.get(i).asText();
            if (entry.equals(name) || entry.startsWith(name + "=")) {
                variables.set(i, name + "=" + value);
                return;
            }
        }
        variables.add(name + "=" + value);
    }

    private ArrayNode list(String name) {
        return config.get(name) instanceof ArrayNode known ? known : config.putArray(name);
    }

    void setLabel(String name, String value) {
        Map<String, String> all = new TreeMap<>();
        config.path("Labels")
                .properties()
                .forEach(label -> all.put(label.getKey(), label.getValue().asText()));
        all.put(name, value);
        ObjectNode labels = config.putObject("Labels");
        all.forEach(labels::put);
    }

    /** Adds a name to an object whose members have no values: {@code ExposedPorts} or {@code Volumes}. */
    void addMember(String object, String name) {
        ObjectNode members = config.get(object) instanceof ObjectNode known ? known : config.putObject(object);
        if (!members.has(name)) {
            members.putObject(name);
        }
    }

    String text(String name) {
        return config.path(name).asText("");
    }

    void setText(String name, String value) {
        config.put(name, value);
    }

    List<String> words(String name) {
        List<String> words = new ArrayList<>();
        config.path(name).forEach(word -> words.add(word.asText()));
        return words;
    }

    void setWords(String name, List<String> words) {
        ArrayNode array = config.putArray(name);
        words.forEach(array::add);
    }

    void remove(String name) {
        config.remove(name);
    }

    void addWord(String name, String word) {
        list(name).add(word);
    }

    /** Returns the shell for commands in shell form. */
    List<String> shell() {
        List<String> shell = words("Shell");
        return shell.isEmpty() ? DEFAULT_SHELL : shell;
    }

    void setHealthcheck(List<String> test, Map<String, Long> durations, int retries) {
        ObjectNode check = config.putObject("Healthcheck");
        ArrayNode words = check.putArray("Test");
        test.forEach(words::add);
        durations.forEach(check::put);
        if (retries > 0) {
            check.put("Retries", retries);
        }
    }

    void setAuthor(String author) {
        whole.put("author", author);
    }
}
