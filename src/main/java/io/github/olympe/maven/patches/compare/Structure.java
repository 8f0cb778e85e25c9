package io.github.olympe.maven.patches.compare;

import io.github.olympe.maven.patches.graph.Graph;
import io.github.olympe.maven.patches.graph.Instance;
import io.github.olympe.maven.patches.graph.Instance.Origin;
import io.github.olympe.maven.patches.graph.KnownTags;
import io.github.olympe.maven.patches.graph.Relation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds out what belongs to what in a graph. A brick is anything that has its own patch or is in a folder: a function, a screen, a data
 * type, a folder itself. Everything else, such as an input or a step, belongs to the brick that owns it.
 */
public final class Structure {

    private static final int DEEPEST = 64;

    private final Graph graph;
    private final Map<String, List<Relation>> owners;
    private final Map<String, List<Relation>> places;

    public Structure(Graph graph) {
        this.graph = graph;
        this.owners = graph.incoming(Set.of(KnownTags.OWNS));
        this.places = graph.incoming(KnownTags.PLACING);
    }

    public Graph graph() {
        return graph;
    }

    /** Returns the brick that something belongs to; a brick belongs to itself. */
    public String brickOf(String tag) {
        Set<String> seen = new LinkedHashSet<>();
        for (String at = tag; seen.add(at); ) {
            if (isBrick(at)) {
                return at;
            }
            Optional<String> owner = ownerOf(at);
            if (owner.isEmpty()) {
                break;
            }
            at = owner.get();
        }
        return graph.instance(tag).map(Instance::root).orElse(tag);
    }

    public boolean isBrick(String tag) {
        Optional<Instance> instance = graph.instance(tag);
        if (instance.isPresent() && instance.get().root().equals(tag)) {
            return true;
        }
        return instance.filter(one -> one.origin() == Origin.CREATED)
                        .flatMap(Instance::name)
                        .isPresent()
                && graph.model(tag).filter(Words::isAside).isEmpty()
                && (places.containsKey(tag)
                        || ownerOf(tag).filter(this::isFolder).isPresent())
                && ownerOf(tag).filter(owner -> !isFolder(owner)).isEmpty();
    }

    /** Returns what owns an instance; of several owners the brick itself comes first. */
    public Optional<String> ownerOf(String tag) {
        List<Relation> all = owners.getOrDefault(tag, List.of());
        Optional<String> root = graph.instance(tag).map(Instance::root);
        return all.stream()
                .map(Relation::from)
                .filter(owner -> root.filter(owner::equals).isPresent())
                .findFirst()
                .or(() -> all.stream().map(Relation::from).findFirst());
    }

    /** Returns whether an instance can contain bricks. */
    public boolean isFolder(String tag) {
        return graph.model(tag).filter(Words::isFolder).isPresent()
                || graph.relations(tag).stream().anyMatch(relation -> KnownTags.PLACING.contains(relation.type()));
    }

    /** Returns the folders that directly contain a brick, normally one. */
    public Set<String> foldersOf(String brick) {
        Set<String> folders = places.getOrDefault(brick, List.of()).stream()
                .map(Relation::from)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (folders.isEmpty()) {
            ownerOf(brick).ifPresent(folders::add);
        }
        return folders;
    }

    /** Returns the folders above a brick, the outermost first. */
    public List<String> pathOf(String brick) {
        List<String> path = new ArrayList<>();
        Set<String> seen = new HashSet<>(Set.of(brick));
        Optional<String> folder = foldersOf(brick).stream().findFirst();
        while (folder.filter(seen::add).isPresent() && path.size() < DEEPEST) {
            path.add(0, folder.get());
            folder = foldersOf(folder.get()).stream().findFirst();
        }
        return path;
    }

    /** Returns whether a relation puts a brick into a folder. */
    public boolean isPlacing(Relation relation) {
        return (KnownTags.PLACING.contains(relation.type()) || relation.type().equals(KnownTags.OWNS))
                && isBrick(relation.to());
    }

    /** Returns the subject of documentation, a position or the like, absent for independent things. */
    public Optional<String> subjectOf(String tag) {
        if (graph.model(tag).filter(Words::isAside).isEmpty()) {
            return Optional.empty();
        }
        return graph.relations(tag).stream()
                .filter(relation -> Words.isAbout(relation.type()))
                .map(Relation::to)
                .findFirst()
                .or(() -> ownerOf(tag));
    }
}
