package io.github.olympe.maven.image;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.layer.Layer;
import io.github.olympe.maven.image.layer.LayerCache;
import io.github.olympe.maven.image.layer.LayerObserver;
import io.github.olympe.maven.image.layer.PlannedLayer;
import io.github.olympe.maven.image.layer.Progress;
import io.github.olympe.maven.image.layout.LayoutFolder;
import io.github.olympe.maven.image.push.PushedLayer;
import io.github.olympe.maven.image.push.PushedLayers;
import io.github.olympe.maven.process.Workers;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageLog;
import io.github.olympe.maven.registry.ImageReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Provides the layers of images. It looks for each layer in the image's layout and in the cache, then among the layers that earlier builds
 * pushed to the image's repository (with a tar of the same digest), and otherwise makes it.
 */
final class ImageLayers {

    private final Workers workers;
    private final LayerCache cache;
    private final PushedLayers pushed;
    private final LayerObservers observers;
    private final ImageLog log;
    private final Map<String, Workers.Pending<Layer>> made = new ConcurrentHashMap<>();
    private final Map<String, Workers.Pending<Digest>> measured = new ConcurrentHashMap<>();

    /**
     * @param folder the folder of the cache
     * @param pushed the layers that earlier builds pushed
     * @param observers provides the observers of the layers that are written
     */
    ImageLayers(Path folder, Workers workers, PushedLayers pushed, LayerObservers observers, ImageLog log) {
        this.workers = workers;
        this.cache = new LayerCache(folder, workers);
        this.pushed = pushed;
        this.observers = observers;
        this.log = log;
    }

    /** If the cache is empty, asks the registry for layers while the files are still being read. */
    void expect(ImageSpec spec) {
        if (cache.isEmpty()) {
            workers.start(() -> pushed(spec));
        }
    }

    private Map<Digest, PushedLayer> pushed(ImageSpec spec) {
        return pushed.of(ImageReference.ofRepository("imageName", spec.repository()), spec.tags());
    }

    /**
     * Provides a layer, and adds it to the layout of its image.
     *
     * @param targets the folders of the image that hold the build's result
     */
    Layer provide(PlannedLayer planned, List<String> targets, ImageSpec spec, LayoutFolder layout) {
        String key = planned.key(workers);
        Optional<Layer> known = cache.find(planned.content(), key);
        if (known.isPresent() && layout.add(known.get())) {
            return known.get();
        }
        Supplier<LayerObserver> observer = () -> observers.observe(spec.kind(), targets);
        Optional<PushedLayer> there = find(planned, key, known.map(Layer::diffId), spec, observer);
        if (there.isPresent()) {
            layout.leave(there.get().blob().digest(), there.get().image());
            return cache.remember(
                    planned.content(), key, there.get().blob(), there.get().diffId());
        }
        Layer layer = made.computeIfAbsent(
                        key,
                        missing -> workers.start(() ->
                                cache.make(planned, key, observer, new Progress(log, spec.name(), planned.content()))))
                .get();
        if (!layout.add(layer)) {
            throw new OlympeException(
                    "The layer '" + layer.file() + "' changed while its image was assembled. Run the build again.");
        }
        return new Layer(planned.content(), layer.blob(), layer.diffId(), layer.file());
    }

    /** Returns the layer with the same tar from the image's repository. */
    private Optional<PushedLayer> find(
            PlannedLayer planned,
            String key,
            Optional<Digest> diffId,
            ImageSpec spec,
            Supplier<LayerObserver> observer) {
        Map<Digest, PushedLayer> layers = pushed(spec);
        if (layers.isEmpty()) {
            return Optional.empty();
        }
        Digest tar = diffId.orElseGet(() -> measured.computeIfAbsent(
                        key, missing -> workers.start(() -> cache.measure(planned, observer.get())))
                .get());
        return Optional.ofNullable(layers.get(tar)).filter(layer -> {
            if (!pushed.isThere(layer)) {
                return false;
            }
            log.debug("Layer " + planned.content() + " of the image '" + spec.name() + "' is in '" + layer.image()
                    + "' and is not compressed.");
            return true;
        });
    }
}
