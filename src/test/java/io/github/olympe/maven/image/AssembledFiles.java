package io.github.olympe.maven.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.olympe.maven.image.layer.Layer;
import io.github.olympe.maven.image.layout.AssembledImage;
import io.github.olympe.maven.image.source.FileTimes;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.testing.StrictTar;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** The files that an assembled image adds to its base image. They are read strictly: every digest, size and header is checked. */
final class AssembledFiles {

    private static final ObjectMapper JSON = new ObjectMapper();

    private AssembledFiles() {}

    /** Returns the files by their paths in the image. A path in two layers is an error, unless it is the same folder. */
    static Map<String, StrictTar.Entry> of(AssembledImage image) throws IOException {
        Map<String, StrictTar.Entry> files = new TreeMap<>();
        for (List<StrictTar.Entry> layer : layers(image)) {
            for (StrictTar.Entry entry : layer) {
                assertThat(files.put(entry.path(), entry))
                        .as("%s comes once", entry.path())
                        .isNull();
            }
        }
        return files;
    }

    /** The entries of each of the image's own layers, the lowest first. */
    static List<List<StrictTar.Entry>> layers(AssembledImage image) throws IOException {
        JsonNode configuration = JSON.readTree(blob(image, image.imageId()));
        JsonNode diffIds = configuration.path("rootfs").path("diff_ids");
        long history = 0;
        for (JsonNode step : configuration.path("history")) {
            history += step.path("empty_layer").asBoolean() ? 0 : 1;
        }
        assertThat(history).as("the history has a line for each layer").isEqualTo(diffIds.size());
        assertThat(image.layout().manifests().get(0).layers()).hasSize(diffIds.size());
        List<List<StrictTar.Entry>> layers = new ArrayList<>();
        int index = diffIds.size() - image.layers().size();
        for (Layer layer : image.layers()) {
            byte[] blob = blob(image, layer.blob().digest());
            assertThat(layer.blob())
                    .isEqualTo(image.layout().manifests().get(0).layers().get(index));
            assertThat((long) blob.length).isEqualTo(layer.blob().size());
            byte[] tar;
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(blob))) {
                tar = in.readAllBytes();
            }
            assertThat(Digest.of(tar)).isEqualTo(layer.diffId());
            assertThat(diffIds.path(index++).asText()).isEqualTo(layer.diffId().value());
            List<StrictTar.Entry> entries = StrictTar.read(tar);
            entries.forEach(AssembledFiles::requireTime);
            layers.add(entries);
        }
        return layers;
    }

    private static void requireTime(StrictTar.Entry entry) {
        long time = switch (entry.type()) {
            case '0' -> FileTimes.of(Digest.of(entry.content()).bytes());
            case '1' -> entry.modified(); // It has the time of the file that it is a link to.
            default -> FileTimes.EARLIEST;
        };
        assertThat(entry.modified()).as("time of %s", entry.path()).isEqualTo(time);
    }

    /** Returns a blob of the layout, which must have its digest. */
    static byte[] blob(AssembledImage image, Digest digest) throws IOException {
        byte[] blob = Files.readAllBytes(image.layout().blob(digest).orElseThrow());
        assertThat(Digest.of(blob)).isEqualTo(digest);
        return blob;
    }
}
