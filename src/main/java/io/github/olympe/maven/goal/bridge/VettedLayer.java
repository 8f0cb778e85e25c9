package io.github.olympe.maven.goal.bridge;

import io.github.olympe.maven.image.LayerObservers;
import io.github.olympe.maven.image.layer.LayerObserver;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.vet.scan.Inspections;
import io.github.olympe.maven.vet.scan.LayerInspector;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * Inspects a layer for {@code vet} while {@code image} writes it, so that {@code vet} finds the result in the cache and unpacks nothing.
 *
 * @param inspections caches what is in the layer
 * @param inspector inspects this layer
 */
public record VettedLayer(Inspections inspections, LayerInspector inspector) implements LayerObserver {

    /**
     * Returns the observers that inspect the layers of images.
     *
     * @param cache the folder that caches what is in layers
     */
    public static LayerObservers observers(Path cache) {
        return (kind, targets) -> {
            Inspections inspections = new Inspections(VettedImages.role(kind).folders(targets), cache);
            return new VettedLayer(inspections, inspections.begin());
        };
    }

    @Override
    public void entry(TarArchiveEntry entry) {
        inspector.entry(entry);
    }

    @Override
    public void content(byte[] bytes, int length) {
        inspector.content(bytes, length);
    }

    @Override
    public void written(Digest blob) {
        inspections.remember(blob, inspector);
    }
}
