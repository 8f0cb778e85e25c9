package io.github.olympe.maven.image;

import io.github.olympe.maven.image.layer.Layer;
import io.github.olympe.maven.image.layout.AssembledImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads what is in the layers of an image. */
final class ImageEntries {

    private ImageEntries() {}

    /** The entries of the image's own layers, the lowest first. */
    static Map<String, TarArchiveEntry> of(AssembledImage image) throws IOException {
        Map<String, TarArchiveEntry> entries = new LinkedHashMap<>();
        for (Layer layer : image.layers()) {
            Path blob = image.layout().blob(layer.blob().digest()).orElseThrow();
            try (InputStream in = Files.newInputStream(blob);
                    TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(in), "UTF-8")) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    entries.put(entry.getName(), entry);
                }
            }
        }
        return entries;
    }
}
