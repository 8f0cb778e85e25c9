package io.github.olympe.maven.patches;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.patches.change.CodeAsDataDiff;
import io.github.olympe.maven.patches.change.FileChange;
import io.github.olympe.maven.patches.change.Forecast;
import io.github.olympe.maven.patches.graph.CodeAsData;
import io.github.olympe.maven.patches.graph.PatchReader;
import io.github.olympe.maven.patches.tree.ContentTree;
import io.github.olympe.maven.text.Counted;
import io.github.olympe.maven.text.OneLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How two states differ.
 *
 * @param from the name of the state before
 * @param to the name of the state after
 * @param codeAsData what changed in code as data
 * @param files the other files that changed
 * @param settings the settings that differ in the configuration of two images
 * @param forecast what an environment imports when the code as data after is deployed over that before; absent if one of them does not have
 *     the layout of an environment
 */
public record Difference(
        String from,
        String to,
        CodeAsDataDiff codeAsData,
        List<FileChange> files,
        List<SettingChange> settings,
        Optional<Forecast> forecast) {

    private static final String CODE_AS_DATA = "codeAsData";
    private static final ContentTree NO_FILES = new ContentTree("", Collections.emptySortedMap());
    private static final CodeAsData NO_CODE_AS_DATA = new CodeAsData(NO_FILES, List.of());

    public Difference {
        files = List.copyOf(files);
        settings = List.copyOf(settings);
    }

    /**
     * Compares two states.
     *
     * @param packageName the npm package of the project; if code as data was gathered from several packages, its part is compared with a
     *     snapshot
     * @param names provides names that neither state has
     * @throws OlympeException if a file is broken or cannot be read
     */
    public static Difference between(State before, State after, String packageName, CodeAsDataDiff.Names names) {
        boolean areImages = before.image().isPresent() && after.image().isPresent();
        boolean isMixed = !areImages
                && before.codeAsData().isPresent()
                && after.codeAsData().isPresent()
                && isGathered(before) != isGathered(after);
        CodeAsData old = codeAsData(before, isMixed, packageName);
        CodeAsData fresh = codeAsData(after, isMixed, packageName);
        CodeAsDataDiff diff = CodeAsDataDiff.between(old, fresh, names);
        List<FileChange> files = new ArrayList<>();
        if (!isMixed) {
            files.addAll(FileChange.between(CODE_AS_DATA, old.tree(), fresh.tree(), PatchReader::isPatch));
        }
        Set<String> parts = new TreeSet<>(before.files().keySet());
        parts.addAll(after.files().keySet());
        for (String part : parts) {
            files.addAll(FileChange.between(
                    part,
                    before.files().getOrDefault(part, NO_FILES),
                    after.files().getOrDefault(part, NO_FILES),
                    path -> false));
        }
        return new Difference(
                before.name(),
                after.name(),
                diff,
                files,
                areImages ? SettingChange.between(settings(before), settings(after)) : List.of(),
                Optional.of(diff.forecast())
                        .filter(forecast -> !isMixed && isForeseen(before, after, areImages))
                        .map(forecast -> forecast.withShared(shared(after))));
    }

    private static boolean isForeseen(State before, State after, boolean areImages) {
        return after.codeAsData().isPresent()
                || areImages && before.codeAsData().isPresent();
    }

    private static SortedMap<String, String> settings(State state) {
        return state.image().map(State.Image::settings).orElse(Collections.emptySortedMap());
    }

    private static int shared(State state) {
        return state.image().map(State.Image::shared).orElse(0);
    }

    private static boolean isGathered(State state) {
        return state.codeAsData().filter(code -> !code.packages().isEmpty()).isPresent();
    }

    private static CodeAsData codeAsData(State state, boolean isMixed, String packageName) {
        CodeAsData all = state.codeAsData().orElse(NO_CODE_AS_DATA);
        if (!isMixed || all.packages().isEmpty()) {
            return all;
        }
        return all.of(packageName)
                .orElseThrow(() -> new OlympeException(String.format(
                        "The code as data of '%s' has no package '%s' to compare with a snapshot; it has %s. Check the name in package.json.",
                        state.name(),
                        packageName,
                        String.join(
                                ", ",
                                all.packages().stream()
                                        .map(CodeAsData.Package::name)
                                        .toList()))));
    }

    /** Returns whether nothing differs. */
    public boolean isEmpty() {
        return codeAsData.changes().isEmpty() && files.isEmpty() && settings.isEmpty();
    }

    /** Returns the difference as lines for a log: the changes by folders, the files, the forecast, and a summary. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        codeAsData.byFolder().forEach((folder, changes) -> {
            lines.add(folder.isEmpty() ? "Code as data:" : OneLine.of(folder) + ":");
            changes.forEach(change -> lines.add("  " + change.sentence()));
        });
        files.forEach(file -> lines.add(file.sentence()));
        settings.forEach(setting -> lines.add(setting.sentence()));
        forecast.ifPresent(one -> lines.add(one.sentence()));
        lines.add(summary() + ".");
        return lines;
    }

    /** Returns a summary on one line. */
    public String summary() {
        if (isEmpty()) {
            return "No changes";
        }
        List<String> parts = new ArrayList<>();
        if (!codeAsData.changes().isEmpty()) {
            parts.add(codeAsData.summary());
        }
        if (!files.isEmpty()) {
            TreeMap<String, Integer> counts = new TreeMap<>();
            files.forEach(file -> counts.merge(file.part(), 1, Integer::sum));
            counts.forEach((part, count) ->
                    parts.add(Counted.of(count, "file") + (part.isEmpty() ? "" : " of " + part) + " changed"));
        }
        if (!settings.isEmpty()) {
            parts.add(Counted.of(settings.size(), "setting") + " of the image changed");
        }
        return String.join("; ", parts);
    }
}
