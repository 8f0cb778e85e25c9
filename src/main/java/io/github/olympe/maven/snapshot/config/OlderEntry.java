package io.github.olympe.maven.snapshot.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.snapshot.git.GitRemote;
import io.github.olympe.maven.text.Json;
import io.github.olympe.maven.text.OneLine;
import io.github.olympe.maven.text.Secret;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * An entry in the format of tools before the toolkit: {@code {"rootTag", "name", "outputDir"}} or
 * {@code {"name", "rootTags", "path", "server", "git"}}. The toolkit accepts neither.
 *
 * @param entry the entry
 */
record OlderEntry(JsonNode entry) {

    private static final int LONGEST_VALUE = 100;
    private static final int MOST_TAGS = 20;

    /** Returns whether an entry has one of these formats. */
    static boolean is(JsonNode entry) {
        return !entry.has("snapshooter") && (entry.has("rootTag") || entry.has("rootTags"));
    }

    /**
     * Returns the entry in today's format, on one line. Values that cannot be converted are replaced by examples.
     *
     * @param hide receives the token or password in the repository's address
     */
    String rewritten(Consumer<Secret> hide) {
        ObjectNode written = Json.object();
        ObjectNode snapshooter = written.putObject("snapshooter");
        snapshooter.put("name", text("name").orElse("My Projects"));
        ArrayNode tags = snapshooter.putArray("rootTags");
        JsonNode old = entry.has("rootTags") ? entry.path("rootTags") : entry.path("rootTag");
        (old.isArray() ? old.valueStream() : Stream.of(old))
                .filter(EntryReader::isTag)
                .limit(MOST_TAGS)
                .forEach(tags::add);
        if (tags.isEmpty()) {
            tags.add("10000000000000000000");
        }
        text("outputDir").or(() -> text("path")).ifPresent(folder -> snapshooter.put("outputDir", folder));
        if (entry.has("git")) {
            ObjectNode git = written.putObject("git");
            git.put("repo", repository(hide).orElse("https://host/group/repo.git"));
            git.put("branch", text(entry.path("git"), "branch").orElse(SnapshotConfig.DEFAULT_BRANCH));
        }
        String server = entry.has("server")
                ? ", and name the server by the parameter 'orchestratorHost' (olympe.orchestrator.host)"
                : "";
        return written + server;
    }

    private Optional<String> repository(Consumer<Secret> hide) {
        JsonNode git = entry.path("git");
        return Stream.of(git, git.path("repo"), git.path("url"))
                .filter(JsonNode::isTextual)
                .findFirst()
                .flatMap(address -> withoutSecret(address.textValue(), hide));
    }

    private static Optional<String> withoutSecret(String address, Consumer<Secret> hide) {
        Optional<GitRemote> remote = GitRemote.of(address, problem -> {});
        remote.flatMap(GitRemote::secret).ifPresent(hide);
        return remote.map(GitRemote::toString);
    }

    private Optional<String> text(String key) {
        return text(entry, key);
    }

    private static Optional<String> text(JsonNode object, String key) {
        return Optional.of(object.path(key))
                .filter(JsonNode::isTextual)
                .map(value -> OneLine.of(value.textValue(), LONGEST_VALUE))
                .filter(value -> !value.isBlank());
    }
}
