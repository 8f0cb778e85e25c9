package io.github.olympe.maven.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.base.BaseLayer;
import io.github.olympe.maven.image.layout.ImageLayout;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.MediaTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Assembled images of minimal size, written like those of the plugin: each own layer is one file. */
public final class LayoutFixture {

    private static final ObjectMapper JSON = new ObjectMapper();

    private LayoutFixture() {}

    /** An image on these base images (one for each platform), with one layer for each of the files. */
    public static ImageLayout of(Path folder, List<BaseImage> bases, Map<String, byte[]> files) {
        try {
            Files.createDirectories(folder.resolve("blobs/sha256"));
            Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
            List<ObjectNode> manifests = new ArrayList<>();
            for (BaseImage base : bases) {
                manifests.add(manifest(folder, base, files));
            }
            ObjectNode root = manifests.get(0);
            if (manifests.size() > 1) {
                ObjectNode index =
                        JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_INDEX);
                index.putArray("manifests").addAll(manifests);
                root = descriptor(folder, MediaTypes.OCI_INDEX, JSON.writeValueAsBytes(index));
            }
            ObjectNode index = JSON.createObjectNode().put("schemaVersion", 2);
            index.putArray("manifests").add(root);
            Files.write(folder.resolve("index.json"), JSON.writeValueAsBytes(index));
            return ImageLayout.read(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode manifest(Path folder, BaseImage base, Map<String, byte[]> files) throws IOException {
        ObjectNode config = (ObjectNode) JSON.readTree(base.configuration());
        ArrayNode diffIds = (ArrayNode) config.path("rootfs").path("diff_ids");
        ArrayNode history = (ArrayNode) config.path("history");
        ObjectNode manifest = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_MANIFEST);
        ArrayNode layers = JSON.createArrayNode();
        for (BaseLayer layer : base.layers()) {
            layers.addObject()
                    .put("mediaType", MediaTypes.ociLayer(layer.blob().mediaType()))
                    .put("digest", layer.blob().digest().value())
                    .put("size", layer.blob().size());
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            byte[] tar = tar(file.getKey(), file.getValue());
            diffIds.add(Digest.of(tar).value());
            history.addObject().put("created_by", "fixture");
            layers.add(descriptor(folder, MediaTypes.OCI_LAYER_GZIP, gzip(tar)));
        }
        ObjectNode entry;
        manifest.set("config", descriptor(folder, MediaTypes.OCI_CONFIG, JSON.writeValueAsBytes(config)));
        manifest.set("layers", layers);
        manifest.putObject("annotations")
                .put(ImageLayout.BASE_NAME, base.reference().withTag("stable").toString())
                .put(
                        ImageLayout.BASE_DIGEST,
                        base.reference().digest().orElseThrow().value());
        entry = descriptor(folder, MediaTypes.OCI_MANIFEST, JSON.writeValueAsBytes(manifest));
        entry.putObject("platform")
                .put("os", base.platform().os())
                .put("architecture", base.platform().architecture());
        return entry;
    }

    private static ObjectNode descriptor(Path folder, String mediaType, byte[] content) throws IOException {
        Digest digest = Digest.of(content);
        Files.write(ImageLayout.blob(folder, digest), content);
        return JSON.createObjectNode()
                .put("mediaType", mediaType)
                .put("digest", digest.value())
                .put("size", content.length);
    }

    private static byte[] tar(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name())) {
            TarArchiveEntry entry = new TarArchiveEntry(name);
            entry.setSize(content.length);
            entry.setModTime(0);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] tar) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(tar);
        }
        return bytes.toByteArray();
    }
}
