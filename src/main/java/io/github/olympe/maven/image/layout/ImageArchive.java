package io.github.olympe.maven.image.layout;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.base.BaseLayer;
import io.github.olympe.maven.image.source.FileTimes;
import io.github.olympe.maven.io.AtomicFile;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.text.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes an image, layers of its base image included, into one tar for {@code docker load}. As the ones of {@code docker save} it is two
 * things at once: an archive with a {@code manifest.json}, and an OCI image layout with the very manifest that is pushed.
 */
public final class ImageArchive {

    private static final String BLOBS = "blobs/sha256/";

    private final Set<Digest> written = new HashSet<>();

    private ImageArchive() {}

    /**
     * Writes the archive.
     *
     * @param file the tar
     * @param image the assembled image; where it is for several platforms, {@code docker load} gets the first one
     * @param bases the base image of each platform
     */
    public static void write(Path file, AssembledImage image, List<BaseImage> bases) {
        try {
            AtomicFile.replace(file, out -> {
                try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
                    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
                    new ImageArchive().write(tar, image, bases);
                }
            });
        } catch (IOException e) {
            throw new OlympeException(
                    "The image's archive '" + file + "' cannot be written (" + e
                            + "); check the folder's rights and the space on the disk.",
                    e);
        }
    }

    private void write(TarArchiveOutputStream tar, AssembledImage image, List<BaseImage> bases) throws IOException {
        ImageLayout layout = image.layout();
        entry(tar, "oci-layout", LayoutWriter.OCI_LAYOUT.getBytes(StandardCharsets.UTF_8));
        entry(
                tar,
                "index.json",
                LayoutWriter.index(
                        layout.root(),
                        Map.of(
                                "org.opencontainers.image.ref.name",
                                image.spec().tags().get(0))));
        entry(tar, "manifest.json", manifestJson(image));
        blob(tar, layout, layout.root());
        for (int i = 0; i < layout.manifests().size(); i++) {
            ImageLayout.Manifest manifest = layout.manifests().get(i);
            blob(tar, layout, manifest.descriptor());
            blob(tar, layout, manifest.configuration());
            for (BaseLayer layer : bases.get(i).layers()) {
                if (written.add(layer.blob().digest())) {
                    try (InputStream in = bases.get(i).open(layer)) {
                        entry(
                                tar,
                                BLOBS + layer.blob().digest().hex(),
                                layer.blob().size(),
                                in);
                    }
                }
            }
            for (Descriptor layer : manifest.layers()) {
                blob(tar, layout, layer);
            }
        }
    }

    private static byte[] manifestJson(AssembledImage image) {
        ImageLayout.Manifest manifest = image.layout().manifests().get(0);
        ArrayNode archive = Json.array();
        ObjectNode entry = archive.addObject();
        entry.put("Config", BLOBS + manifest.configuration().digest().hex());
        ArrayNode names = entry.putArray("RepoTags");
        image.spec().tags().forEach(tag -> names.add(image.spec().repository() + ":" + tag));
        ArrayNode layers = entry.putArray("Layers");
        manifest.layers().forEach(layer -> layers.add(BLOBS + layer.digest().hex()));
        return Json.bytes(archive);
    }

    private void blob(TarArchiveOutputStream tar, ImageLayout layout, Descriptor blob) throws IOException {
        if (written.add(blob.digest())) {
            try (InputStream in = Files.newInputStream(ImageLayout.blob(layout.folder(), blob.digest()))) {
                entry(tar, BLOBS + blob.digest().hex(), blob.size(), in);
            }
        }
    }

    private static void entry(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        entry(tar, name, content.length, new ByteArrayInputStream(content));
    }

    private static void entry(TarArchiveOutputStream tar, String name, long size, InputStream in) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        entry.setModTime(FileTimes.EARLIEST * 1000);
        tar.putArchiveEntry(entry);
        in.transferTo(tar);
        tar.closeArchiveEntry();
    }
}
