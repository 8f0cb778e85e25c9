package io.github.olympe.maven.vet;

import io.github.olympe.maven.registry.content.Whiteout;
import io.github.olympe.maven.vet.scan.InspectedLayer;
import io.github.olympe.maven.vet.scan.Inspection.Link;
import io.github.olympe.maven.vet.scan.LinkResolver;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The layers of an image as a process in it sees them: what an upper layer has or deletes hides what lies below (OCI image specification,
 * "Applying Changesets").
 *
 * @param layers the layers, the lowest first
 * @param base whether the image below these layers has a path
 */
record LayerStack(List<InspectedLayer> layers, Predicate<String> base) {

    /** Returns whether a layer's file at this path is still visible in the whole image. */
    boolean isVisible(int layer, String path) {
        for (int upper = layer + 1; upper < layers.size(); upper++) {
            boolean isDeleted =
                    layers.get(upper).inspection().whiteouts().stream().anyMatch(whiteout -> hides(whiteout, path));
            if (isDeleted || layers.get(upper).paths().get().contains(path)) {
                return false;
            }
        }
        return true;
    }

    private static boolean hides(String whiteout, String path) {
        String hidden = Whiteout.deleted(whiteout);
        if (Whiteout.isOpaque(whiteout)) {
            return hidden.isEmpty() || path.startsWith(hidden + "/");
        }
        return path.equals(hidden) || path.startsWith(hidden + "/");
    }

    /** Returns whether a whiteout really deletes something in a lower layer. */
    boolean deletes(int layer, String whiteout) {
        if (Whiteout.isOpaque(whiteout)) {
            return true;
        }
        String hidden = Whiteout.deleted(whiteout);
        for (int lower = layer - 1; lower >= 0; lower--) {
            if (withParents(layers.get(lower).paths().get()).contains(hidden)) {
                return true;
            }
        }
        return base.test(hidden);
    }

    /** Returns whether a link without a target in its own layer has one elsewhere in the image. */
    boolean leadsSomewhere(String link) {
        LinkResolver resolver = resolver();
        return resolver.leadsSomewhere(link)
                || resolver.resolve(link).filter(base).isPresent();
    }

    /** Returns the path that a link leads to, over all further links; absent if it never ends. */
    Optional<String> target(String link) {
        return resolver().resolve(link);
    }

    private LinkResolver resolver() {
        Map<String, String> targets = new HashMap<>();
        Set<String> paths = new HashSet<>();
        for (InspectedLayer layer : layers) {
            paths.addAll(withParents(layer.paths().get()));
            targets.keySet().removeAll(layer.paths().get());
            for (Link each : layer.inspection().links()) {
                targets.put(each.path(), each.target());
            }
        }
        return new LinkResolver(targets, paths::contains);
    }

    private static Set<String> withParents(Set<String> paths) {
        Set<String> all = new HashSet<>();
        for (String path : paths) {
            for (String each = path; all.add(each) && each.indexOf('/') > 0; ) {
                each = each.substring(0, each.lastIndexOf('/'));
            }
        }
        return all;
    }
}
