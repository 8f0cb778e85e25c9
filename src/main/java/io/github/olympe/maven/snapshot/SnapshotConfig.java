package io.github.olympe.maven.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.snapshot.SnapshotEntry.GitTarget;
import io.github.olympe.maven.snapshot.git.GitRemote;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.Json;
import io.github.olympe.maven.text.OneLine;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/**
 * The snapshot configuration, as Olympe's documentation has it under "Saving Code as Data in git": a JSON array of entries, in one file
 * or in all JSON files of a folder.
 *
 * @param entries the entries, in the order of the files' names and then of each file
 */
public record SnapshotConfig(List<SnapshotEntry> entries) {

    /** Where the configuration is looked for, in this order, when no parameter names it. */
    static final List<String> DEFAULT_FILES = List.of("res/snapshot-config.json", "snapshot/snapshot-config.json");

    static final String DEFAULT_OUTPUT_DIRECTORY = "./snapshot";
    static final String DEFAULT_BRANCH = "develop";
    static final String DEFAULT_COMMIT_MESSAGE = "Snapshot at {date} in {folder}";

    private static final int LARGEST_MEBIBYTES = 4;
    private static final int MOST_ENTRIES = 1000;
    private static final int MOST_MISTAKES = 100;
    private static final Pattern TAG = Pattern.compile("[0-9A-Za-z]{1,100}");

    public SnapshotConfig {
        entries = List.copyOf(entries);
    }

    /**
     * Reads and checks the configuration. Nothing is run and nothing is fetched for it.
     *
     * @param configured the parameter's file or folder, absent for the default files
     * @param projectDirectory the project's folder, absolute
     * @param hide is given every token and password that an address in it carries
     * @throws OlympeException if there is none, or something in it is wrong: for each mistake one sentence with file, entry and key
     */
    public static SnapshotConfig read(Optional<Path> configured, Path projectDirectory, Consumer<Secret> hide) {
        List<Path> files = files(configured, projectDirectory);
        List<String> mistakes = new ArrayList<>();
        List<SnapshotEntry> entries = new ArrayList<>();
        for (Path file : files) {
            new FileReader(file, projectDirectory, mistakes, hide).read(entries);
        }
        for (int i = 0; i < entries.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (entries.get(i).collidesWith(entries.get(j))) {
                    mistakes.add(String.format(
                            "%s: the key 'snapshooter.outputDir' has the value '%s', where %s writes too; give each entry a folder of its own.",
                            entries.get(i).source(),
                            entries.get(i).outputDirectory().written(),
                            entries.get(j).source()));
                    break;
                }
            }
        }
        if (!mistakes.isEmpty()) {
            throw OlympeException.of(mistakes);
        }
        if (entries.isEmpty()) {
            throw new OlympeException(String.format(
                    "The snapshot configuration %s has no entry; add one, such as"
                            + " [{\"snapshooter\": {\"name\": \"Shop\", \"rootTags\": [\"10000000000000000000\"]}}].",
                    shown(files.get(0), projectDirectory)));
        }
        return new SnapshotConfig(entries);
    }

    /**
     * The file or folder that the parameter names, absent where it is not set.
     *
     * @throws OlympeException if it cannot be the name of one
     */
    public static Optional<Path> named(@Nullable String parameterValue) {
        try {
            return Optional.ofNullable(parameterValue)
                    .filter(name -> !name.isBlank())
                    .map(Path::of);
        } catch (InvalidPathException e) {
            throw notThere(String.valueOf(parameterValue));
        }
    }

    private static OlympeException notThere(String name) {
        return new OlympeException(String.format(
                "The parameter 'snapshotConfig' has the value '%s', which does not exist; name the file of the snapshot configuration, or a"
                        + " folder of them.",
                name));
    }

    /** Whether there is one to read: the parameter names it, or a default file exists. */
    public static boolean isThere(Optional<Path> configured, Path projectDirectory) {
        return configured.isPresent()
                || DEFAULT_FILES.stream().map(projectDirectory::resolve).anyMatch(Files::isRegularFile);
    }

    /** Whether an entry is committed to a repository of its own. */
    public boolean needsGit() {
        return entries.stream().anyMatch(entry -> entry.git().isPresent());
    }

    /**
     * Makes sure that no token or password goes to another machine in the clear.
     *
     * @param credential what opens the git server, where its address carries no token of its own
     * @param allowInsecure the parameter {@code allowInsecureGit}
     * @throws OlympeException if one would
     */
    public void requireEncryption(Optional<Credential> credential, boolean allowInsecure) {
        boolean found = credential.flatMap(Credential::secret).isPresent();
        for (SnapshotEntry entry : entries) {
            Optional<GitRemote> open = entry.git()
                    .map(GitTarget::remote)
                    .filter(remote ->
                            remote.isPlainHttp() && (found || remote.secret().isPresent()));
            if (open.isPresent() && !allowInsecure) {
                throw new OlympeException(String.format(
                        "%s: the key 'git.repo' has the address '%s', to which the token would go unencrypted; use https, or set the parameter"
                                + " 'allowInsecureGit' (olympe.git.allowInsecure).",
                        entry.source(), open.get()));
            }
        }
    }

    /** What each entry does, in a line, for the plan that {@code check} prints. */
    public List<String> plan() {
        return entries.stream()
                .map(entry -> String.format(
                        "snapshot '%s' of %s to %s",
                        entry.name(),
                        String.join(", ", entry.rootTags()),
                        entry.git()
                                .map(git -> String.format(
                                        "'%s' on branch '%s' of %s",
                                        entry.outputDirectory().written(), git.branch(), git.remote()))
                                .orElse("'" + entry.outputDirectory().written() + "' of the project")))
                .toList();
    }

    private static List<Path> files(Optional<Path> configured, Path projectDirectory) {
        if (configured.isEmpty()) {
            return List.of(DEFAULT_FILES.stream()
                    .map(projectDirectory::resolve)
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .orElseThrow(() -> new OlympeException(String.format(
                            "There is no snapshot configuration in '%s': neither '%s' nor '%s'; write one, or name it with the parameter"
                                    + " 'snapshotConfig' (olympe.snapshot.config).",
                            projectDirectory, DEFAULT_FILES.get(0), DEFAULT_FILES.get(1)))));
        }
        Path path = projectDirectory.resolve(configured.get());
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        if (!Files.isDirectory(path)) {
            throw notThere(configured.get().toString());
        }
        try (Stream<Path> all = Files.walk(path)) {
            List<Path> files = all.filter(file -> file.getFileName().toString().endsWith(".json"))
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new OlympeException(String.format(
                        "The parameter 'snapshotConfig' has the value '%s', a folder without any .json file; name the folder that has the"
                                + " snapshot configuration.",
                        configured.get()));
            }
            return files;
        } catch (IOException | UncheckedIOException e) {
            throw new OlympeException(
                    String.format(
                            "The parameter 'snapshotConfig' has the value '%s', a folder that cannot be read; check its rights.",
                            configured.get()),
                    e);
        }
    }

    private static String shown(Path file, Path projectDirectory) {
        return file.startsWith(projectDirectory)
                ? projectDirectory.relativize(file).toString().replace('\\', '/')
                : file.toString();
    }

    /** Reads one file; each mistake becomes a sentence, and reading goes on. */
    private static final class FileReader {

        private final Path file;
        private final String shownFile;
        private final Path projectDirectory;
        private final List<String> mistakes;
        private final Consumer<Secret> hide;

        private String source = "";

        FileReader(Path file, Path projectDirectory, List<String> mistakes, Consumer<Secret> hide) {
            this.file = file;
            this.shownFile = shown(file, projectDirectory);
            this.projectDirectory = projectDirectory;
            this.mistakes = mistakes;
            this.hide = hide;
        }

        void read(List<SnapshotEntry> entries) {
            JsonNode root = parse();
            if (root == null) {
                return;
            }
            if (!root.isArray()) {
                mistakes.add(String.format(
                        "The snapshot configuration %s holds %s where an array of entries belongs; write [{\"snapshooter\": {…}}].",
                        shownFile, kind(root)));
                return;
            }
            if (root.size() > MOST_ENTRIES) {
                mistakes.add(String.format(
                        "The snapshot configuration %s has %d entries; write at most %d.",
                        shownFile, root.size(), MOST_ENTRIES));
                return;
            }
            for (int i = 0; i < root.size() && mistakes.size() < MOST_MISTAKES; i++) {
                JsonNode node = root.get(i);
                JsonNode name = node.path("snapshooter").path("name");
                source = String.format(
                        "%s, entry %d%s",
                        shownFile, i + 1, name.isTextual() ? " ('" + printable(name.textValue()) + "')" : "");
                int before = mistakes.size();
                SnapshotEntry entry = entry(node);
                if (entry != null && mistakes.size() == before) {
                    entries.add(entry);
                }
            }
        }

        private @Nullable JsonNode parse() {
            try {
                return Json.parseStrictly(ForeignText.read(file, LARGEST_MEBIBYTES));
            } catch (ForeignText.Malformed e) {
                mistakes.add(String.format(
                        "The snapshot configuration %s cannot be used (%s); save it as a JSON file in UTF-8.",
                        shownFile, e.reason()));
            } catch (JsonProcessingException e) {
                // The parser's own words may quote the file, and with it a token.
                mistakes.add(String.format(
                        "The snapshot configuration %s is not valid JSON%s; correct it there.",
                        shownFile,
                        e.getLocation() == null
                                ? ""
                                : " at line " + e.getLocation().getLineNr() + ", column "
                                        + e.getLocation().getColumnNr()));
            } catch (IOException e) {
                mistakes.add(
                        String.format("The snapshot configuration %s cannot be read; check its rights.", shownFile));
            }
            return null;
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
            String name = text(
                    snapshooter, "snapshooter.", "name", null, "give the snapshot a name, such as \"My Projects\"");
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
            return name == null || output == null
                    ? null
                    : new SnapshotEntry(source, name, rootTags, exclude, output, git);
        }

        private @Nullable OutputDirectory outputDirectory(
                JsonNode snapshooter, List<String> rootTags, boolean inProject) {
            String key = "snapshooter.outputDir";
            String written = text(
                    snapshooter,
                    "snapshooter.",
                    "outputDir",
                    DEFAULT_OUTPUT_DIRECTORY,
                    "give a folder of the repository, such as \"snapshot\"");
            if (written == null) {
                return null;
            }
            OutputDirectory output;
            try {
                output = OutputDirectory.of(written);
            } catch (IllegalArgumentException e) {
                wrongValue(key, written, e);
                return null;
            }
            if (inProject) {
                ProjectFolder.obstacle(projectDirectory, output, rootTags)
                        .ifPresent(obstacle -> mistakes.add(String.format(
                                "%s: the key '%s' has the value '%s', which %s.", source, key, written, obstacle)));
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
            String branch =
                    text(git, "git.", "branch", DEFAULT_BRANCH, "give the name of a branch, such as \"develop\"");
            String message = text(
                    git,
                    "git.",
                    "commitMessage",
                    DEFAULT_COMMIT_MESSAGE,
                    "give a text, such as \"" + DEFAULT_COMMIT_MESSAGE + "\"");
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
            try {
                GitRemote remote = GitRemote.of(repo);
                remote.secret().ifPresent(hide);
                return Optional.of(new GitTarget(remote, branch, message));
            } catch (IllegalArgumentException e) {
                // Its value is not shown: what cannot be parsed cannot be freed of its token.
                mistakes.add(String.format("%s: the key 'git.repo' %s.", source, e.getMessage()));
                return Optional.empty();
            }
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

        /** The text of a key, its default where it is absent; null, and a mistake noted, where it is missing or no text. */
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
                if (tag.isTextual() && TAG.matcher(tag.textValue()).matches()) {
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

        private void wrong(String key, JsonNode value, String remedy) {
            boolean empty =
                    value.isTextual() ? value.textValue().isBlank() : value.isContainerNode() && value.isEmpty();
            String what = value.isMissingNode() ? "is missing" : empty ? "is empty" : "is " + kind(value);
            mistakes.add(String.format("%s: the key '%s' %s; %s.", source, key, what, remedy));
        }

        private void wrongValue(String key, String value, IllegalArgumentException why) {
            mistakes.add(String.format(
                    "%s: the key '%s' has the value '%s', which %s.", source, key, printable(value), why.getMessage()));
        }

        private static String kind(JsonNode node) {
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

        /** A value in one line of bearable length. */
        private static String printable(String value) {
            return OneLine.of(value, 100);
        }
    }
}
