package io.github.olympe.maven.adopt.compare;

import io.github.olympe.maven.patches.SettingChange;
import io.github.olympe.maven.patches.change.ChangeType;
import io.github.olympe.maven.patches.change.FileChange;
import io.github.olympe.maven.patches.tree.Content;
import io.github.olympe.maven.patches.tree.ContentTree;
import io.github.olympe.maven.patches.tree.StreamedContents;
import io.github.olympe.maven.text.Counted;
import io.github.olympe.maven.text.OneLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The differences between an image of the old pipeline and the plugin's image in its place.
 *
 * @param name the image's name in the build
 * @param old the reference of the old one
 * @param files how many files and links the new one has
 * @param deviations the differences
 */
public record ImageComparison(String name, String old, long files, List<Deviation> deviations) {

    /** What is not compared, a sentence. */
    public static final String NOT_COMPARED =
            "Times, the steps of the history, the labels org.opencontainers.image.* that the plugin adds and buildah's label io.buildah.version"
                    + " are not compared.";

    private static final int MOST_SHOWN = 20;
    private static final int MOST_EXPLAINED = 3;
    private static final String ADDED_LABELS = "Labels org.opencontainers.image.";
    private static final String LABEL_OF_BUILDAH = "Labels io.buildah.version";

    /** The form in which all tools create a folder that no layer lists. */
    private static final Content UNNAMED_FOLDER = StreamedContents.text("", "", "mode 0755, owner 0:0");

    public ImageComparison {
        deviations = List.copyOf(deviations);
    }

    static ImageComparison of(String name, WholeImage old, WholeImage fresh, Reasons reasons) {
        List<Deviation> deviations = new ArrayList<>();
        for (FileChange change : changes(old.files(), fresh.files())) {
            deviations.add(new Deviation(sentence(change), reasons.of(change)));
        }
        for (SettingChange change : SettingChange.between(old.settings(), fresh.settings())) {
            boolean isOfTheTool = change.name().startsWith(ADDED_LABELS) && change.from() == null
                    || change.name().equals(LABEL_OF_BUILDAH);
            if (!isOfTheTool) {
                deviations.add(new Deviation(change.sentence(), reasons.of(change)));
            }
        }
        return new ImageComparison(name, old.name(), fresh.count(), deviations);
    }

    private static List<FileChange> changes(SortedMap<String, Content> old, SortedMap<String, Content> fresh) {
        SortedMap<String, Content> before = withAllFolders(old);
        SortedMap<String, Content> after = withAllFolders(fresh);
        List<FileChange> changes = new ArrayList<>(
                FileChange.between("", new ContentTree("", before), new ContentTree("", after), path -> false));
        emptyFolders(before, after)
                .forEach(path -> changes.add(new FileChange(
                        ChangeType.DELETED, "", path, Optional.of(new FileChange.Side(0, "")), Optional.empty())));
        emptyFolders(after, before)
                .forEach(path -> changes.add(new FileChange(
                        ChangeType.ADDED, "", path, Optional.empty(), Optional.of(new FileChange.Side(0, "")))));
        return changes;
    }

    private static SortedMap<String, Content> withAllFolders(SortedMap<String, Content> files) {
        SortedMap<String, Content> all = new TreeMap<>(files);
        for (String path : files.keySet()) {
            for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
                all.putIfAbsent(path.substring(0, slash + 1), UNNAMED_FOLDER);
            }
        }
        return all;
    }

    /** Returns the empty folders that only the first image has. Other folders show by their content. */
    private static List<String> emptyFolders(SortedMap<String, Content> one, SortedMap<String, Content> other) {
        return one.keySet().stream()
                .filter(path -> path.endsWith("/") && !other.containsKey(path))
                .filter(path -> one.subMap(path + "\0", path + "\uffff").isEmpty())
                .toList();
    }

    private static String sentence(FileChange change) {
        return switch (change.type()) {
            case ADDED -> OneLine.of(change.path()) + " is only in the new image";
            case DELETED -> OneLine.of(change.path()) + " is only in the old image";
            default -> change.sentence();
        };
    }

    /** Returns whether every difference has a known reason. */
    public boolean isExplained() {
        return deviations.stream().allMatch(deviation -> deviation.reason().isPresent());
    }

    /** Returns the comparison as lines for a log. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        String start = name + " and " + old + ": ";
        if (deviations.isEmpty()) {
            lines.add(start + "equal in all " + Counted.of(files, "file") + ", owners, modes and the configuration.");
            return lines;
        }
        lines.add(start + Counted.of(deviations.size(), "difference") + ", with " + Counted.of(files, "file")
                + " compared.");
        List<String> unknown = new ArrayList<>();
        Map<String, List<String>> explained = new LinkedHashMap<>();
        for (Deviation deviation : deviations) {
            deviation
                    .reason()
                    .map(reason -> explained.computeIfAbsent(reason, absent -> new ArrayList<>()))
                    .orElse(unknown)
                    .add(deviation.what());
        }
        lines.addAll(shown(unknown, MOST_SHOWN));
        explained.forEach((reason, whats) -> {
            lines.addAll(shown(whats, MOST_EXPLAINED));
            lines.add("    Reason: " + reason);
        });
        return lines;
    }

    private static List<String> shown(List<String> whats, int most) {
        List<String> lines = new ArrayList<>();
        whats.stream().limit(most).forEach(what -> lines.add("  " + what));
        if (whats.size() > most) {
            lines.add("  … and " + Counted.of(whats.size() - most, "more difference"));
        }
        return lines;
    }
}
