package io.github.olympe.maven.image.layout;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.base.BaseImages;
import io.github.olympe.maven.image.base.BaseLayer;
import io.github.olympe.maven.image.source.FileTimes;
import io.github.olympe.maven.io.AtomicFile;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.text.Json;
import io.github.olympe.maven.text.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes an image with the layers of its base image into one tar for {@code docker load}. Like those of {@code docker save}, the tar can be
 * read in two ways: as an archive with a {@code manifest.json}, and as an OCI image layout, with the manifest that is pushed.
 */
public final class ImageArchive {

    private static final String BLOBS = "blobs/sha256/";
    private static final String REF_NAME = "org.opencontainers.image.ref.name";

    private final BaseImages images;
    private final Set<Digest> written = new HashSet<>();

    private ImageArchive(BaseImages images) {
        this.images = images;
    }

    /**
     * Writes the archive.
     *
     * @param file the tar
     * @param image the assembled image; with several platforms, {@code docker load} gets the first one
     * @param bases the base image of each platform
     * @param images finds the images whose layers are not in the layout
     */
    public static void write(Path file, AssembledImage image, List<BaseImage> bases, BaseImages images) {
        try {
            AtomicFile.replace(file, out -> {
                try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
                    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
                    new ImageArchive(images).write(tar, image, bases);
                }
            });
        } catch (IOException e) {
            throw new OlympeException(
                    "The image's archive '" + file + "' cannot be written (" + Reason.of(e)
                            + "). Check the folder's permissions and the free disk space.",
                    e);
        }
    }

    private void write(TarArchiveOutputStream tar, AssembledImage image, List<BaseImage> bases) throws IOException {
        ImageLayout layout = image.layout();
        entry(tar, "oci-layout", LayoutFolder.OCI_LAYOUT.getBytes(StandardCharsets.UTF_8));
        entry(
                tar,
                "index.json",
                OciIndex.of(List.of(OciIndex.Entry.of(layout.root())
                                .withAnnotations(
                                        Map.of(REF_NAME, image.spec().tags().get(0)))))
                        .json());
        entry(tar, "manifest.json", manifestJson(image));
        blob(tar, layout, layout.root());
        for (int i = 0; i < layout.manifests().size(); i++) {
            ImageLayout.Manifest manifest = layout.manifests().get(i);
            blob(tar, layout, manifest.descriptor());
            blob(tar, layout, manifest.configuration());
            for (BaseLayer layer : bases.get(i).layers()) {
                if (written.add(layer.blob().digest())) {
                    try (InputStream in = bases.get(i).open(layer)) {
                        blob(tar, layer.blob(), in);
                    }
                }
            }
            for (Descriptor layer : manifest.layers()) {
                if (written.add(layer.digest())) {
                    try (InputStream in = layout.open(manifest, layer, images)) {
                        blob(tar, layer, in);
                    }
                }
            }
        }
    }

    /** What {@code docker load} reads: https://github.com/moby/docker-image-spec/blob/main/v1.2.md#combined-image-json--filesystem-changeset-format. */
    private static byte[] manifestJson(AssembledImage image) {
        ImageLayout.Manifest manifest = image.layout().manifests().get(0);
        ObjectNode entry = Json.object()
                .put("Config", BLOBS + manifest.configuration().digest().hex());
        ArrayNode tags = entry.putArray("RepoTags");
        image.spec().tags().forEach(tag -> tags.add(image.spec().repository() + ":" + tag));
        ArrayNode layers = entry.putArray("Layers");
        manifest.layers().forEach(layer -> layers.add(BLOBS + layer.digest().hex()));
        return Json.bytes(List.of(entry));
    }

    private void blob(TarArchiveOutputStream tar, ImageLayout layout, Descriptor blob) throws IOException {
        if (written.add(blob.digest())) {
            try (InputStream in = Files.newInputStream(ImageLayout.blob(layout.folder(), blob.digest()))) {
                blob(tar, blob, in);
            }
        }
    }

    private static void blob(TarArchiveOutputStream tar, Descriptor blob, InputStream content) throws IOException {
        DigestInputStream in = new DigestInputStream(content, Digest.sha256());
        entry(tar, BLOBS + blob.digest().hex(), blob.size(), in);
        Digest written = Digest.of(in.getMessageDigest());
        if (!written.equals(blob.digest())) {
            throw new IOException("the blob " + blob.digest() + " has the content of " + written);
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
