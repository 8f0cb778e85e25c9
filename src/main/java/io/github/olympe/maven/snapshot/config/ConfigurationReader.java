package io.github.olympe.maven.snapshot.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.Json;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads one file of the snapshot configuration; each mistake becomes a sentence, and reading goes on. */
final class ConfigurationReader {

    private static final int LARGEST_MEBIBYTES = 4;
    private static final int MOST_ENTRIES = 1000;

    private final Path file;
    private final String shownFile;
    private final Path projectDirectory;
    private final List<String> mistakes;
    private final Consumer<Secret> hide;

    ConfigurationReader(
            Path file, String shownFile, Path projectDirectory, List<String> mistakes, Consumer<Secret> hide) {
        this.file = file;
        this.shownFile = shownFile;
        this.projectDirectory = projectDirectory;
        this.mistakes = mistakes;
        this.hide = hide;
    }

    void read(List<SnapshotEntry> entries) {
        JsonNode root = parse();
        if (root == null) {
            return;
        }
        if (root.isObject()) {
            read(root, "", entries);
            return;
        }
        if (!root.isArray()) {
            mistakes.add(String.format(
                    "The snapshot configuration %s holds %s where an array of entries belongs; write [{\"snapshooter\": {…}}].",
                    shownFile, EntryReader.kind(root)));
            return;
        }
        if (root.size() > MOST_ENTRIES) {
            mistakes.add(String.format(
                    "The snapshot configuration %s has %d entries; write at most %d.",
                    shownFile, root.size(), MOST_ENTRIES));
            return;
        }
        for (int i = 0; i < root.size() && mistakes.size() < EntryReader.MOST_MISTAKES; i++) {
            read(root.get(i), ", entry " + (i + 1), entries);
        }
    }

    private void read(JsonNode node, String place, List<SnapshotEntry> entries) {
        JsonNode name = node.path("snapshooter").path("name");
        String source =
                shownFile + place + (name.isTextual() ? " ('" + EntryReader.printable(name.textValue()) + "')" : "");
        if (OlderEntry.is(node)) {
            mistakes.add(String.format(
                    "%s: has the format of older tools; write %s.", source, new OlderEntry(node).rewritten(hide)));
            return;
        }
        new EntryReader(source, file, projectDirectory, mistakes, hide)
                .read(node)
                .ifPresent(entries::add);
    }

    private @Nullable JsonNode parse() {
        try {
            return Json.parseStrictly(ForeignText.read(file, LARGEST_MEBIBYTES));
        } catch (ForeignText.Malformed e) {
            mistakes.add(String.format(
                    "The snapshot configuration %s cannot be used (%s); save it as a JSON file in UTF-8.",
                    shownFile, e.reason()));
        } catch (JsonProcessingException e) {
            // The parser's own message may quote the file, and so a token.
            mistakes.add(String.format(
                    "The snapshot configuration %s is not valid JSON%s; correct it there.",
                    shownFile,
                    e.getLocation() == null
                            ? ""
                            : " at line " + e.getLocation().getLineNr() + ", column "
                                    + e.getLocation().getColumnNr()));
        } catch (IOException e) {
            mistakes.add(String.format("The snapshot configuration %s cannot be read; check its rights.", shownFile));
        }
        return null;
    }
}
