package io.github.olympe.maven.patches.compare;

import io.github.olympe.maven.patches.compare.Edit.InstanceAdded;
import io.github.olympe.maven.patches.compare.Edit.InstanceDeleted;
import io.github.olympe.maven.patches.compare.Edit.PropertyChanged;
import io.github.olympe.maven.patches.compare.Edit.RelationAdded;
import io.github.olympe.maven.patches.compare.Edit.RelationDeleted;
import io.github.olympe.maven.patches.compare.TagScanner.Mentions;
import io.github.olympe.maven.patches.graph.PatchReader;
import io.github.olympe.maven.patches.graph.Relation;
import io.github.olympe.maven.patches.tree.Content;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds, among the patches that two states have in common, those that say more about what the differing ones mention: the other patches of
 * the same bricks, the folders above them, the names of what they use, who uses what was deleted, and who says the same a second time.
 */
final class Context {

    private final Map<String, Content> remaining;
    private final Map<String, List<String>> siblings = new HashMap<>();
    private final Map<String, List<String>> folders = new HashMap<>();
    private final PatchReader reader;

    /**
     * @param common the patches that both states have, by their paths
     */
    Context(Map<String, Content> common, PatchReader reader) {
        this.remaining = new HashMap<>(common);
        this.reader = reader;
        for (String path : common.keySet()) {
            siblings.computeIfAbsent(stem(path), stem -> new ArrayList<>()).add(path);
            if (path.startsWith(".", path.lastIndexOf('/') + 1)) {
                folders.computeIfAbsent(parent(path), folder -> new ArrayList<>())
                        .add(path);
            }
        }
    }

    /**
     * Adds what these patches say to both graphs.
     *
     * @param differing the paths of the patches that differ
     */
    ComparedGraphs addTo(ComparedGraphs graphs, Set<String> differing) {
        ComparedGraphs grown = graphs.with(take(nearby(differing)), reader);
        Set<String> asked = new HashSet<>();
        Suspects suspects = Suspects.in(grown.delta());
        Set<String> wanted = Mentioned.unexplained(grown);
        wanted.addAll(suspects.tags());
        wanted.addAll(grown.rootsBefore());
        wanted.addAll(grown.rootsAfter().values());
        while (asked.addAll(wanted) && !remaining.isEmpty()) {
            grown = grown.with(take(speakingOf(wanted, suspects)), reader);
            wanted = Mentioned.unexplained(grown);
            wanted.removeAll(asked);
        }
        return grown;
    }

    /** The patches of the same bricks, and those of the folders above. */
    private Set<String> nearby(Set<String> differing) {
        Set<String> paths = new TreeSet<>();
        for (String path : differing) {
            paths.addAll(siblings.getOrDefault(stem(path), List.of()));
            for (String folder = path; !folder.isEmpty(); ) {
                folder = parent(folder);
                paths.addAll(folders.getOrDefault(folder, List.of()));
            }
        }
        return paths;
    }

    private Set<String> speakingOf(Set<String> tags, Suspects suspects) {
        TagScanner scanner = new TagScanner(tags);
        Set<String> paths = new TreeSet<>();
        remaining.forEach((path, patch) -> {
            Mentions mentions = scan(scanner, patch);
            if (!mentions.defined().isEmpty() || suspects.isIn(mentions)) {
                paths.addAll(siblings.getOrDefault(stem(path), List.of(path)));
            }
        });
        return paths;
    }

    private static Mentions scan(TagScanner scanner, Content patch) {
        try {
            return scanner.scan(patch);
        } catch (IOException e) {
            throw patch.unreadable(e);
        }
    }

    private Map<String, Content> take(Set<String> paths) {
        Map<String, Content> taken = new LinkedHashMap<>();
        for (String path : paths) {
            Content patch = remaining.remove(path);
            if (patch != null) {
                taken.put(path, patch);
            }
        }
        return taken;
    }

    /** The path without the endings that tell apart the patches of one brick. */
    private static String stem(String path) {
        return path.substring(0, path.lastIndexOf('.', path.lastIndexOf('.') - 1));
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(path.lastIndexOf('/'), 0));
    }

    /**
     * What other patches may mention.
     *
     * @param edited instances and relations' ends; another patch may still say about them what a differing one no longer says
     * @param deleted instances that are gone; another patch may still use them
     * @param relations the relations that differ, by where they start
     */
    private record Suspects(Set<String> edited, Set<String> deleted, Map<String, Set<String>> relations) {

        static Suspects in(GraphDelta delta) {
            Suspects suspects = new Suspects(new HashSet<>(), new HashSet<>(), new HashMap<>());
            for (Edit edit : delta.edits()) {
                if (edit instanceof InstanceAdded added) {
                    suspects.edited.add(added.instance().tag());
                } else if (edit instanceof InstanceDeleted deleted) {
                    suspects.deleted.add(deleted.instance().tag());
                } else if (edit instanceof PropertyChanged changed) {
                    suspects.edited.add(changed.tag());
                } else if (edit instanceof RelationAdded added) {
                    suspects.add(added.relation());
                } else if (edit instanceof RelationDeleted deleted) {
                    suspects.add(deleted.relation());
                }
            }
            return suspects;
        }

        private void add(Relation relation) {
            relations.computeIfAbsent(relation.from(), from -> new HashSet<>()).add(relation.to());
        }

        Set<String> tags() {
            Set<String> tags = new HashSet<>(edited);
            tags.addAll(deleted);
            relations.forEach((from, to) -> {
                tags.add(from);
                tags.addAll(to);
            });
            return tags;
        }

        boolean isIn(Mentions mentions) {
            return mentions.mentioned().stream()
                    .anyMatch(tag -> deleted.contains(tag)
                            || relations.getOrDefault(tag, Set.of()).stream().anyMatch(mentions.mentioned()::contains));
        }
    }
}
