package io.github.olympe.maven.vet;

import io.github.olympe.maven.registry.content.Whiteout;
import io.github.olympe.maven.vet.scan.InspectedLayer;
import io.github.olympe.maven.vet.scan.Inspection.Link;
import io.github.olympe.maven.vet.scan.LinkResolver;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The layers of an image as a process in it sees them: what an upper layer has or deletes hides what lies below (OCI image specification,
 * "Applying Changesets").
 */
final class LayerStack {

    private final List<InspectedLayer> layers;
    private final Predicate<String> base;
    private final List<Hidden> hidden;
    private final Map<InspectedLayer, Set<String>> paths = new IdentityHashMap<>();
    private final Map<InspectedLayer, Set<String>> withFolders = new IdentityHashMap<>();
    private @Nullable LinkResolver resolver;

    /**
     * Stacks layers.
     *
     * @param layers the layers, the lowest first
     * @param base whether the image below these layers has a path
     */
    LayerStack(List<InspectedLayer> layers, Predicate<String> base) {
        this.layers = List.copyOf(layers);
        this.base = base;
        this.hidden = layers.stream()
                .map(layer -> Hidden.by(layer.inspection().whiteouts()))
                .toList();
    }

    List<InspectedLayer> layers() {
        return layers;
    }

    /** Returns whether a layer's file at this path is still visible in the whole image. */
    boolean isVisible(int layer, String path) {
        for (int upper = layer + 1; upper < layers.size(); upper++) {
            if (hidden.get(upper).has(path) || paths(layers.get(upper)).contains(path)) {
                return false;
            }
        }
        return true;
    }

    /**
     * What the whiteouts of a layer hide.
     *
     * @param deleted files and folders, with all that is in them
     * @param emptied folders of which only the content is hidden; the root is an empty text
     */
    private record Hidden(Set<String> deleted, Set<String> emptied) {

        static Hidden by(List<String> whiteouts) {
            Predicate<String> isOpaque = Whiteout::isOpaque;
            return new Hidden(paths(whiteouts, isOpaque.negate()), paths(whiteouts, isOpaque));
        }

        private static Set<String> paths(List<String> whiteouts, Predicate<String> wanted) {
            return whiteouts.stream().filter(wanted).map(Whiteout::deleted).collect(Collectors.toSet());
        }

        boolean has(String path) {
            if (deleted.contains(path) || emptied.contains("")) {
                return true;
            }
            for (int end = path.lastIndexOf('/'); end != -1; end = path.lastIndexOf('/', end - 1)) {
                String folder = path.substring(0, end);
                if (deleted.contains(folder) || emptied.contains(folder)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Returns whether a whiteout really deletes something in a lower layer. */
    boolean deletes(int layer, String whiteout) {
        if (Whiteout.isOpaque(whiteout)) {
            return true;
        }
        String path = Whiteout.deleted(whiteout);
        for (int lower = layer - 1; lower >= 0; lower--) {
            if (withParents(layers.get(lower)).contains(path)) {
                return true;
            }
        }
        return base.test(path);
    }

    /** Returns whether a link without a target in its own layer has one elsewhere in the image. */
    boolean leadsSomewhere(String link) {
        return resolver().leadsSomewhere(link)
                || resolver().resolve(link).filter(base).isPresent();
    }

    /** Returns the path that a link leads to, over all further links; absent if it never ends. */
    Optional<String> target(String link) {
        return resolver().resolve(link);
    }

    private LinkResolver resolver() {
        if (resolver == null) { // An image may have thousands of links.
            resolver = resolverOfAll();
        }
        return resolver;
    }

    private LinkResolver resolverOfAll() {
        Map<String, String> targets = new HashMap<>();
        Set<String> all = new HashSet<>();
        for (InspectedLayer layer : layers) {
            all.addAll(withParents(layer));
            targets.keySet().removeAll(paths(layer));
            for (Link each : layer.inspection().links()) {
                targets.put(each.path(), each.target());
            }
        }
        return new LinkResolver(targets, all::contains);
    }

    /** The paths in a layer, which may be read from the cache: once, and only if a finding depends on them. */
    private Set<String> paths(InspectedLayer layer) {
        return paths.computeIfAbsent(layer, absent -> layer.paths().get());
    }

    private Set<String> withParents(InspectedLayer layer) {
        return withFolders.computeIfAbsent(layer, absent -> withParents(paths(layer)));
    }

    private static Set<String> withParents(Set<String> paths) {
        Set<String> all = new HashSet<>();
        for (String path : paths) {
            for (String each = path; all.add(each) && each.contains("/"); ) {
                each = each.substring(0, each.lastIndexOf('/'));
            }
        }
        return all;
    }
}
