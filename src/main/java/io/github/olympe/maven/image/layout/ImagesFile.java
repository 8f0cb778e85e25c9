package io.github.olympe.maven.image.layout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.ImageKind;
import io.github.olympe.maven.image.layer.Layer;
import io.github.olympe.maven.io.AtomicFile;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.Json;
import io.github.olympe.maven.text.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The file {@code images.json}: the images that were assembled, then pushed. {@code image} passes it to {@code push}, and {@code push} to
 * {@code deploy}, on other machines too.
 *
 * @param images the images of the build
 */
public record ImagesFile(List<Image> images) {

    /** The file's name in {@code target/olympe}. */
    public static final String NAME = "images.json";

    private static final int VERSION = 1;
    private static final int LARGEST_MEBIBYTES = 10;
    private static final Pattern FOLDER_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");

    public ImagesFile {
        images = List.copyOf(images);
    }

    /**
     * An image of the build.
     *
     * @param kind the kind of image
     * @param name its name in the build, which is also the name of its layout folder
     * @param repository the repository that it is pushed to; a name without a registry if none was configured
     * @param tags its tags; the first one is deployed
     * @param digest the digest of its manifest, or of the index of several platforms
     * @param imageId the digest of its configuration
     * @param baseImage the base image, pinned by digest
     * @param pushed whether it is in the registry under all its tags
     * @param targets the folders of the image that hold the build's result, as absolute paths
     * @param layers its own layers, the lowest first
     */
    public record Image(
            ImageKind kind,
            String name,
            String repository,
            List<String> tags,
            Digest digest,
            Digest imageId,
            String baseImage,
            boolean pushed,
            List<String> targets,
            List<OwnLayer> layers) {

        public Image {
            if (tags == null || tags.isEmpty() || !tags.stream().allMatch(ImageReference::isTag)) {
                throw new IllegalArgumentException("an image has no tags");
            }
            // It is the name of a folder, so it must not lead elsewhere.
            if (name == null || !FOLDER_NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("'" + name + "' is not an image's name");
            }
            // It is deployed or pushed to. Without a registry it is only a name.
            ImageReference.ofRepository(
                    "repository", Objects.requireNonNull(repository, "an image has no 'repository'"));
            Objects.requireNonNull(kind, "an image has no 'kind'");
            Objects.requireNonNull(digest, "an image has no 'digest'");
            Objects.requireNonNull(imageId, "an image has no 'imageId'");
            Objects.requireNonNull(baseImage, "an image has no 'baseImage'");
            tags = List.copyOf(tags);
            targets = targets == null ? List.of() : List.copyOf(targets);
            layers = layers == null ? List.of() : List.copyOf(layers);
        }

        /** Returns the reference to deploy: the repository with the first tag. */
        public String reference() {
            return repository + ":" + tags.get(0);
        }

        /** Returns the same image in this repository. */
        public Image withRepository(String newRepository) {
            return new Image(kind, name, newRepository, tags, digest, imageId, baseImage, pushed, targets, layers);
        }

        /** Returns the same image, now in the registry with this digest. */
        public Image withPushed(Digest pushedDigest) {
            return new Image(kind, name, repository, tags, pushedDigest, imageId, baseImage, true, targets, layers);
        }

        /** Returns the same image, marked as pushed or not. */
        public Image withPushed(boolean nowPushed) {
            return new Image(kind, name, repository, tags, digest, imageId, baseImage, nowPushed, targets, layers);
        }
    }

    /**
     * A layer that does not come from the base image.
     *
     * @param digest the digest of its blob
     * @param size its size in bytes
     * @param content its content: a folder of the source tree, {@code .} for the rest of it, or an absolute path in the image for what a
     *     Dockerfile copies from elsewhere
     */
    public record OwnLayer(Digest digest, long size, String content) {

        public OwnLayer {
            Objects.requireNonNull(digest, "a layer has no 'digest'");
            Objects.requireNonNull(content, "a layer has no 'content'");
        }

        static OwnLayer of(Layer layer) {
            return new OwnLayer(layer.blob().digest(), layer.blob().size(), layer.content());
        }
    }

    /** Returns the file for these images before they are pushed. */
    public static ImagesFile of(List<AssembledImage> assembled) {
        return new ImagesFile(assembled.stream()
                .map(image -> new Image(
                        image.spec().kind(),
                        image.spec().name(),
                        image.spec().repository(),
                        image.spec().tags(),
                        image.digest(),
                        image.imageId(),
                        image.base().toString(),
                        false,
                        image.targets(),
                        image.layers().stream().map(OwnLayer::of).toList()))
                .toList());
    }

    /**
     * Returns these images, marked as pushed if an earlier run pushed the same image with the same tags. So if a project is built twice at
     * the same time, neither build undoes the other's work.
     *
     * @param folder the folder {@code target/olympe} with the file of the earlier run, if there was one
     */
    public ImagesFile keepingPushed(Path folder) {
        Path file = folder.resolve(NAME);
        List<Image> pushed;
        try {
            pushed = Files.isRegularFile(file) ? images(file) : List.of();
        } catch (IOException e) {
            return this; // It cannot be used, and is about to be replaced.
        }
        return new ImagesFile(images.stream()
                .map(image -> pushed.contains(image.withPushed(true)) ? image.withPushed(true) : image)
                .toList());
    }

    /**
     * Reads the file of a build.
     *
     * @param folder the folder {@code target/olympe}
     * @throws OlympeException if it does not exist, or another version wrote it
     */
    public static ImagesFile read(Path folder) {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw new OlympeException(
                    "There is no '" + file
                            + "'; run 'mvn olympe:image' (or 'mvn package') first, or bring 'target/olympe' from the machine that ran it.");
        }
        try {
            return new ImagesFile(images(file));
        } catch (IOException e) {
            throw new OlympeException(
                    "The file '" + file + "' cannot be used (" + Reason.of(e) + "); run 'mvn olympe:image' again.", e);
        }
    }

    private static List<Image> images(Path file) throws IOException {
        JsonNode content = json(file);
        if (content.path("version").asInt() != VERSION) {
            throw new ForeignText.Malformed("its version is not " + VERSION);
        }
        if (!content.path("images").isArray()) {
            throw new ForeignText.Malformed("it has no list of images");
        }
        List<Image> images = new ArrayList<>();
        for (JsonNode image : content.path("images")) {
            images.add(Json.value(image, Image.class));
        }
        return images;
    }

    private static JsonNode json(Path file) throws IOException {
        try {
            return ForeignText.json(file, LARGEST_MEBIBYTES);
        } catch (ForeignText.Malformed e) {
            throw new ForeignText.Malformed("it is not JSON: " + e.reason());
        }
    }

    /** Writes the file of a build. */
    public void write(Path folder) {
        ObjectNode content = Json.object().put("version", VERSION);
        ArrayNode entries = content.putArray("images");
        for (Image image : images) {
            entries.add(Json.object(image).put("reference", image.reference()));
        }
        AtomicFile.write(folder.resolve(NAME), Json.indented(content));
    }
}
