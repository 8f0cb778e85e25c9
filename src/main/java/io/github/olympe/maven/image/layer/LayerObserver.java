package io.github.olympe.maven.image.layer;

import io.github.olympe.maven.registry.Digest;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * Sees each entry that is written to a layer, so that nothing has to unpack the layer later to inspect it. Only one thread at a time calls
 * it.
 */
public interface LayerObserver {

    /** An observer that ignores everything. */
    LayerObserver NONE = new LayerObserver() {
        @Override
        public void entry(TarArchiveEntry entry) {}

        @Override
        public void content(byte[] bytes, int length) {}

        @Override
        public void written(Digest layer) {}
    };

    /** Called for each entry. Its content follows, in parts. */
    void entry(TarArchiveEntry entry);

    /** Called for each part of the last entry's content. The array is reused. */
    void content(byte[] bytes, int length);

    /**
     * Called when the layer is complete; never called if writing it failed.
     *
     * @param layer the digest of the compressed layer, or of its tar if it was not compressed
     */
    void written(Digest layer);
}
