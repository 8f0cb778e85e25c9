package io.github.olympe.maven.release;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.push.ImagePusher;
import io.github.olympe.maven.image.push.PushRequest;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.image.push.RemoteImage;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageLog;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.protocol.Access;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Prepares the images of a record to be deployed again by their digests, whatever their tags point to now. An image whose tag has moved
 * gets a new tag. An image that is needed in another registry is copied there, without Docker.
 *
 * @param registries the registries of the images
 * @param pusher pushes missing images
 * @param folder a folder for manifests
 * @param dryRun whether nothing is pushed
 */
public record RecordedImages(Registries registries, ImagePusher pusher, Path folder, boolean dryRun, ImageLog log) {

    /** An image, with its present and its wanted place. */
    private record Move(DeployedImage image, ImageReference from, ImageReference to) {}

    /** The images of a record, and what must be pushed before they are deployed. */
    public final class Ready {

        private final List<DeployedImage> images;
        private final List<Move> missing;

        private Ready(List<DeployedImage> images, List<Move> missing) {
            this.images = List.copyOf(images);
            this.missing = List.copyOf(missing);
        }

        /** Returns the images with the references for the deployment. */
        public List<DeployedImage> images() {
            return images;
        }

        /**
         * Pushes what is missing, or says what would be pushed.
         *
         * @throws OlympeException if that fails
         */
        public void push() {
            for (Move move : missing) {
                log.info((dryRun ? "Would push '" : "Pushing '") + move.from() + "' as '" + move.to() + "'.");
            }
            if (!missing.isEmpty() && !dryRun) {
                pusher.push(missing.stream().map(RecordedImages.this::request).toList());
            }
        }
    }

    /**
     * Finds images. Nothing is pushed yet.
     *
     * @param id the record that they belong to
     * @param images the images
     * @param registry the registry to deploy them from, with the path before their names; empty for their present one
     * @throws OlympeException if an image is no longer in its registry
     */
    public Ready find(RecordId id, List<DeployedImage> images, Optional<String> registry) {
        List<DeployedImage> ready = new ArrayList<>();
        List<Move> missing = new ArrayList<>();
        for (DeployedImage image : images) {
            Digest digest = Optional.ofNullable(image.digest())
                    .orElseThrow(() -> new OlympeException("The record '" + id
                            + "' does not have the digest of the image '" + image.reference()
                            + "', so it cannot be deployed again. Deploy it from its build."));
            ImageReference from = ImageReference.of("image", image.reference()).withDigest(digest);
            requireThere(id, from);
            ImageReference wanted =
                    registry.map(prefix -> in(prefix, from, images)).orElse(from.withoutTag());
            ImageReference to = wanted.withTag(tag(wanted, from, digest, ready));
            if (!digest(wanted, to.identifier()).equals(Optional.of(digest))) {
                missing.add(new Move(image, from, to));
            }
            ready.add(new DeployedImage(image.kind(), image.name(), to.toString(), digest));
        }
        return new Ready(ready, missing);
    }

    private void requireThere(RecordId id, ImageReference image) {
        if (digest(image, image.digest().orElseThrow().value()).isEmpty()) {
            throw new OlympeException(
                    "The image '" + image + "' of the record '" + id
                            + "' is not in its registry any more, so it cannot be deployed again. Deploy another record, or build it again.");
        }
    }

    /**
     * Returns the repository of this image in another registry: the last part of its path, or all of it if another image has the same last
     * part.
     */
    private static ImageReference in(String registry, ImageReference image, List<DeployedImage> images) {
        String name = image.name();
        boolean isShared = images.stream()
                .map(other -> ImageReference.of("image", other.reference()))
                .anyMatch(other -> other.name().equals(name)
                        && !(other.registry() + "/" + other.repository())
                                .equals(image.registry() + "/" + image.repository()));
        return ImageReference.ofRepository(
                "registry (olympe.registry)", registry + "/" + (isShared ? image.repository() : name));
    }

    /** Returns the recorded tag, unless it points, or is going to point, to another image there. */
    private String tag(ImageReference repository, ImageReference recorded, Digest digest, List<DeployedImage> ready) {
        Optional<String> tag = recorded.tag();
        if (tag.isPresent()
                && ready.stream()
                        .noneMatch(other -> other.reference()
                                        .equals(repository.withTag(tag.get()).toString())
                                && !digest.equals(other.digest()))
                && digest(repository, tag.get())
                        .filter(there -> !there.equals(digest))
                        .isEmpty()) {
            return tag.get();
        }
        String suffix = digest.shortHex();
        return tag.map(text -> text.substring(0, Math.min(text.length(), 127 - suffix.length())) + "-" + suffix)
                .orElse(suffix);
    }

    private Optional<Digest> digest(ImageReference repository, String tagOrDigest) {
        return registries.pulling(
                repository,
                Registries.REGISTRY,
                registry -> registry.manifestDigest(tagOrDigest, Access.pull(repository.repository())));
    }

    private PushRequest request(Move move) {
        return new PushRequest(
                new RemoteImage(registries, move.from())
                        .fetch(folder.resolve(move.image().name())),
                move.to().withoutTag(),
                List.of(move.to().identifier()),
                Registries.REGISTRY);
    }
}
