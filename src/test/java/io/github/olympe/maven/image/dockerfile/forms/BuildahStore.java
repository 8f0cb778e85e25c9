package io.github.olympe.maven.image.dockerfile.forms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;

/**
 * The images that buildah stores with its driver {@code vfs}: each layer is a folder with the whole file system up to it. Reading them
 * there takes a third of the time of exporting and unpacking each image.
 */
final class BuildahStore {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path root;

    /**
     * A store.
     *
     * @param root the folder that {@code --root} names
     */
    BuildahStore(Path root) {
        this.root = root;
    }

    /** The root folder of the file system of an image. */
    Path files(String name) throws IOException {
        return root.resolve("vfs/dir").resolve(image(name).path("layer").asText());
    }

    /** The configuration of an image in docker's format. */
    JsonNode configuration(String name) throws IOException {
        String id = image(name).path("id").asText();
        String key = Base64.getEncoder().encodeToString(("sha256:" + id).getBytes(StandardCharsets.US_ASCII));
        return JSON.readTree(
                root.resolve("vfs-images").resolve(id).resolve("=" + key).toFile());
    }

    private JsonNode image(String name) throws IOException {
        JsonNode found = null;
        for (JsonNode image :
                JSON.readTree(root.resolve("vfs-images/images.json").toFile())) {
            for (JsonNode each : image.path("names")) {
                found = each.asText().equals(name) ? image : found;
            }
        }
        return Objects.requireNonNull(found, name);
    }
}
