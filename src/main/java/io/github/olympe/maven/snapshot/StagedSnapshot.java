package io.github.olympe.maven.snapshot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.io.FileNames;
import io.github.olympe.maven.io.FileTree;
import io.github.olympe.maven.snapshot.config.SnapshotEntry;
import io.github.olympe.maven.snapshot.git.GitPaths;
import io.github.olympe.maven.text.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;

/**
 * A snapshot that the toolkit wrote and that was checked, but that has not replaced anything yet.
 *
 * @param entry the entry of the configuration
 * @param folder its folder, with a folder for each root tag
 * @param rootTags the files of each root tag, by their path below its folder
 */
record StagedSnapshot(SnapshotEntry entry, Path folder, Map<String, SortedMap<String, Path>> rootTags) {

    /** A patch may hold as many levels and characters as an environment's data has, so the limits are wide. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100_000)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(100_000)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    StagedSnapshot {
        rootTags = Collections.unmodifiableMap(new LinkedHashMap<>(rootTags));
    }

    /**
     * Checks what the toolkit wrote for an entry.
     *
     * @throws OlympeException if a requested root tag is missing, a {@code .json} file does not parse, something is not a regular file, or
     *     git or a checkout would reject a path
     */
    static StagedSnapshot check(SnapshotEntry entry, Path folder) {
        Map<String, SortedMap<String, Path>> rootTags = new LinkedHashMap<>();
        try {
            for (String tag : entry.rootTags()) {
                Path root = folder.resolve(tag);
                if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
                    throw new OlympeException(String.format(
                            "The snapshot '%s' lacks the root tag '%s' that %s asks for; check that it exists in Draw and that the user may read"
                                    + " it. Nothing was replaced; the incomplete snapshot is in '%s'.",
                            entry.name(), tag, entry.source(), folder));
                }
                SortedMap<String, Path> files = FileTree.files(root);
                checkPaths(entry, folder, tag, files);
                for (Path file : files.values()) {
                    check(entry, folder, file);
                }
                rootTags.put(tag, files);
            }
        } catch (IOException e) {
            throw new OlympeException(
                    String.format(
                            "The snapshot '%s' in '%s' cannot be read (%s). Check the folder's permissions.",
                            entry.name(), folder, Reason.of(e)),
                    e);
        }
        return new StagedSnapshot(entry, folder, rootTags);
    }

    /** Returns whether it has any patches of this root tag. */
    boolean hasPatches(String rootTag) {
        SortedMap<String, Path> files = rootTags.get(rootTag);
        return files != null && !files.isEmpty();
    }

    /** Returns the number of files. */
    int size() {
        return rootTags.values().stream().mapToInt(Map::size).sum();
    }

    /**
     * Rejects a snapshot without patches if the last one had some.
     *
     * @param before how many patches the last snapshot had
     * @param where the last one's place, as a user would name it
     */
    void refuseIfEmpty(int before, String where, boolean allowEmpty) {
        if (size() == 0 && before > 0 && !allowEmpty) {
            throw new OlympeException(String.format(
                    "The snapshot '%s' (%s) has no patch at all, while %s has %d; check its root tags and the user's rights in Draw, or set the"
                            + " parameter 'allowEmptySnapshot' (olympe.snapshot.allowEmpty) if it is meant to be empty. Nothing was replaced.",
                    entry.name(), entry.source(), where, before));
        }
    }

    private static void checkPaths(SnapshotEntry entry, Path folder, String tag, SortedMap<String, Path> files) {
        for (String file : files.keySet()) {
            GitPaths.problem(file).ifPresent(problem -> {
                throw new OlympeException(String.format(
                        "The snapshot '%s' has '%s/%s', a path that git or a checkout on Windows or macOS does not accept (%s). Rename the brick in"
                                + " Draw, and run the snapshot again. Nothing was replaced; the snapshot is in '%s'.",
                        entry.name(), tag, file, problem, folder));
            });
        }
        GitPaths.collision(files.keySet()).ifPresent(same -> {
            throw new OlympeException(String.format(
                    "The snapshot '%s' has both '%s/%s' and '%s/%s', which are the same file on Windows and macOS. Rename one of the bricks in"
                            + " Draw, and run the snapshot again. Nothing was replaced; the snapshot is in '%s'.",
                    entry.name(), tag, same.getKey(), tag, same.getValue(), folder));
        });
    }

    private static void check(SnapshotEntry entry, Path folder, Path file) throws IOException {
        String path = FileNames.text(folder.relativize(file));
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new OlympeException(String.format(
                    "The snapshot '%s' has '%s', which is not a regular file; run the snapshot again, and report it to Olympe if this happens again."
                            + " Nothing was replaced; the snapshot is in '%s'.",
                    entry.name(), path, folder));
        }
        if (path.endsWith(".json")) {
            try (InputStream in = Files.newInputStream(file);
                    JsonParser parser = JSON.createParser(in)) {
                boolean something = false;
                while (parser.nextToken() != null) {
                    something = true;
                }
                if (!something) {
                    throw new OlympeException(notJson(entry, folder, path, "it is empty"));
                }
            } catch (JsonProcessingException e) {
                throw new OlympeException(
                        notJson(
                                entry,
                                folder,
                                path,
                                e.getLocation() == null
                                        ? "it cannot be parsed"
                                        : "line " + e.getLocation().getLineNr() + ", column "
                                                + e.getLocation().getColumnNr()),
                        e);
            }
        }
    }

    private static String notJson(SnapshotEntry entry, Path folder, String path, String why) {
        return String.format(
                "The snapshot '%s' has '%s', which is not valid JSON (%s); run the snapshot again, and report it to Olympe if this happens again."
                        + " Nothing was replaced; the snapshot is in '%s'.",
                entry.name(), path, why, folder);
    }
}
