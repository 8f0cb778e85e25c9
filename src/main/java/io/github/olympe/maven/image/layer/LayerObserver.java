package io.github.olympe.maven.image.layer;

import io.github.olympe.maven.registry.Digest;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * Sees what is written into one layer, entry by entry, so that nobody has to unpack the layer to learn what is in it. It is called by one
 * thread at a time.
 */
public interface LayerObserver {

    /** Observes nothing. */
    LayerObserver NONE = new LayerObserver() {
        @Override
        public void entry(TarArchiveEntry entry) {}

        @Override
        public void content(byte[] bytes, int length) {}

        @Override
        public void written(Digest layer) {}
    };

    /** Takes the next entry. Its content follows, in parts. */
    void entry(TarArchiveEntry entry);

    /** Takes a part of the content of the last entry. The array is used again. */
    void content(byte[] bytes, int length);

    /**
     * Is called when the layer is whole; never if writing it failed.
     *
     * @param layer the digest of the compressed layer; of its tar, where that was not compressed
     */
    void written(Digest layer);
}
