package io.github.olympe.maven.snapshot.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.snapshot.config.SnapshotEntry.GitTarget;
import io.github.olympe.maven.snapshot.git.GitRemote;
import io.github.olympe.maven.text.OneLine;
import io.github.olympe.maven.text.Secret;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/** Reads one entry of a snapshot configuration; each mistake becomes a sentence, and reading goes on. */
final class EntryReader {

    static final int MOST_MISTAKES = 100;

    private static final Pattern TAG = Pattern.compile("[0-9A-Za-z]{1,100}");

    private final String source;
    private final Path file;
    private final Path projectDirectory;
    private final List<String> mistakes;
    private final Consumer<Secret> hide;

    /**
     * Reads an entry.
     *
     * @param source the file and the entry's place in it, as messages name it
     * @param file the file
     * @param mistakes receives a sentence for each mistake
     * @param hide receives every token and password in an address
     */
    EntryReader(String source, Path file, Path projectDirectory, List<String> mistakes, Consumer<Secret> hide) {
        this.source = source;
        this.file = file;
        this.projectDirectory = projectDirectory;
        this.mistakes = mistakes;
        this.hide = hide;
    }

    /** Reads the entry. The result is absent if it has a mistake, which is then noted. */
    Optional<SnapshotEntry> read(JsonNode node) {
        int before = mistakes.size();
        SnapshotEntry entry = entry(node);
        return mistakes.size() == before ? Optional.ofNullable(entry) : Optional.empty();
    }

    private @Nullable SnapshotEntry entry(JsonNode node) {
        if (!node.isObject()) {
            mistakes.add(String.format(
                    "%s: is %s where an object belongs; write {\"snapshooter\": {…}}.", source, kind(node)));
            return null;
        }
        onlyKeys(node, "", "snapshooter", "git");
        JsonNode snapshooter = node.path("snapshooter");
        if (!snapshooter.isObject()) {
            wrong("snapshooter", snapshooter, "give an object with 'name', 'rootTags' and 'outputDir'");
            return null;
        }
        onlyKeys(snapshooter, "snapshooter.", "name", "rootTags", "exclude", "outputDir");
        String name =
                text(snapshooter, "snapshooter.", "name", null, "give the snapshot a name, such as \"My Projects\"");
        if (name != null && !OneLine.isPlain(name)) {
            mistakes.add(String.format(
                    "%s: the key 'snapshooter.name' has a line break or another control character in it; take it out.",
                    source));
        }
        List<String> rootTags = tags(snapshooter, "rootTags", true);
        List<String> exclude = tags(snapshooter, "exclude", false);
        OutputDirectory output = outputDirectory(snapshooter, rootTags, !node.has("git"));
        Optional<GitTarget> git = Optional.empty();
        if (node.has("git")) {
            git = git(node.get("git"));
        }
        return name == null || output == null ? null : new SnapshotEntry(source, name, rootTags, exclude, output, git);
    }

    private @Nullable OutputDirectory outputDirectory(JsonNode snapshooter, List<String> rootTags, boolean inProject) {
        String key = "snapshooter.outputDir";
        String written = text(
                snapshooter,
                "snapshooter.",
                "outputDir",
                SnapshotConfig.DEFAULT_OUTPUT_DIRECTORY,
                "give a folder of the repository, such as \"snapshot\"");
        if (written == null) {
            return null;
        }
        Consumer<String> problem = why -> mistakes.add(
                String.format("%s: the key '%s' has the value '%s', which %s.", source, key, printable(written), why));
        OutputDirectory output = OutputDirectory.of(written, problem).orElse(null);
        if (output == null) {
            return null;
        }
        if (inProject) {
            output.obstacle(projectDirectory, rootTags).ifPresent(problem);
        }
        Path folder = output.in(projectDirectory);
        for (String tag : rootTags) {
            if (file.startsWith(folder.resolve(tag))) {
                mistakes.add(String.format(
                        "%s: the key '%s' has the value '%s', so that the snapshot of root tag '%s' would replace this very file; move the"
                                + " configuration out of that folder.",
                        source, key, written, tag));
            }
        }
        return output;
    }

    private Optional<GitTarget> git(JsonNode git) {
        if (!git.isObject()) {
            wrong("git", git, "give an object with 'repo', 'branch' and 'commitMessage', or leave it out");
            return Optional.empty();
        }
        onlyKeys(git, "git.", "repo", "branch", "commitMessage");
        String repo = text(
                git,
                "git.",
                "repo",
                null,
                "give the address of the repository, such as \"https://host/group/repo.git\"");
        String branch = text(
                git, "git.", "branch", SnapshotConfig.DEFAULT_BRANCH, "give the name of a branch, such as \"develop\"");
        String message = text(
                git,
                "git.",
                "commitMessage",
                SnapshotConfig.DEFAULT_COMMIT_MESSAGE,
                "give a text, such as \"" + SnapshotConfig.DEFAULT_COMMIT_MESSAGE + "\"");
        if (branch != null && !Repository.isValidRefName("refs/heads/" + branch)) {
            mistakes.add(String.format(
                    "%s: the key 'git.branch' has the value '%s', which is not the name of a branch; give one such as 'develop'.",
                    source, printable(branch)));
            branch = null;
        }
        if (message != null && message.indexOf('\0') >= 0) {
            mistakes.add(String.format(
                    "%s: the key 'git.commitMessage' has a NUL character in it, which no commit can have; take it out.",
                    source));
        }
        if (repo == null || branch == null || message == null) {
            return Optional.empty();
        }
        String name = branch;
        // The value is not shown: if it cannot be parsed, its token cannot be removed.
        Optional<GitRemote> remote =
                GitRemote.of(repo, why -> mistakes.add(String.format("%s: the key 'git.repo' %s.", source, why)));
        remote.flatMap(GitRemote::secret).ifPresent(hide);
        return remote.map(found -> new GitTarget(found, name, message));
    }

    private void onlyKeys(JsonNode object, String prefix, String... known) {
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!Arrays.asList(known).contains(name) && mistakes.size() < MOST_MISTAKES) {
                mistakes.add(String.format(
                        "%s: the key '%s%s' is unknown; the keys there are %s.",
                        source, prefix, printable(name), String.join(", ", known)));
            }
        }
    }

    /**
     * Returns the text of a key, or its default. If it is required but missing, or not a text, the result is null and a mistake is noted.
     */
    private @Nullable String text(
            JsonNode object, String prefix, String key, @Nullable String fallback, String remedy) {
        JsonNode value = object.path(key);
        if (value.isMissingNode() && fallback != null) {
            return fallback;
        }
        if (!value.isTextual() || value.textValue().isBlank()) {
            wrong(prefix + key, value, remedy);
            return null;
        }
        return value.textValue();
    }

    private List<String> tags(JsonNode snapshooter, String key, boolean required) {
        JsonNode value = snapshooter.path(key);
        String example = "give an array of tags, such as [\"10000000000000000000\"]";
        if (value.isMissingNode() && !required) {
            return List.of();
        }
        if (!value.isArray() || (required && value.isEmpty())) {
            wrong("snapshooter." + key, value, example);
            return List.of();
        }
        Set<String> tags = new LinkedHashSet<>();
        for (JsonNode tag : value) {
            if (mistakes.size() >= MOST_MISTAKES) {
                break;
            }
            if (isTag(tag)) {
                tags.add(tag.textValue());
            } else {
                mistakes.add(String.format(
                        "%s: the key 'snapshooter.%s' holds %s, which is not a tag: a string of digits and letters, such as"
                                + " \"10000000000000000000\".",
                        source, key, printable(tag.isContainerNode() ? kind(tag) : tag.toString())));
            }
        }
        return List.copyOf(tags);
    }

    static boolean isTag(JsonNode tag) {
        return tag.isTextual() && TAG.matcher(tag.textValue()).matches();
    }

    private void wrong(String key, JsonNode value, String remedy) {
        boolean empty = value.isTextual() ? value.textValue().isBlank() : value.isContainerNode() && value.isEmpty();
        String what = value.isMissingNode() ? "is missing" : empty ? "is empty" : "is " + kind(value);
        mistakes.add(String.format("%s: the key '%s' %s; %s.", source, key, what, remedy));
    }

    static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case STRING -> "a text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            default -> "nothing";
        };
    }

    /** Returns a value on one short line. */
    static String printable(String value) {
        return OneLine.of(value, 100);
    }
}
