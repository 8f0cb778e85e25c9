package io.github.olympe.maven.release;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.deploy.payload.DeployImage;
import io.github.olympe.maven.deploy.payload.Payload;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.protocol.Access;
import io.github.olympe.maven.registry.protocol.RegistryFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the images of a payload with their digests. The digests of this build's images are known; the others come from the registry.
 *
 * @param registries the registries of the images
 */
record DeployedImages(Registries registries) {

    /**
     * Returns the images, each without a digest if the registry does not tell it.
     *
     * @param known the images of this build
     */
    List<DeployedImage> of(Payload payload, List<DeployImage> known) {
        List<DeployedImage> images = new ArrayList<>();
        payload.frontendImage().ifPresent(text -> images.add(image(DeployedImage.Kind.FRONTEND, text, known)));
        payload.backendImages().forEach(text -> images.add(image(DeployedImage.Kind.BACKEND, text, known)));
        payload.codeAsDataImage().ifPresent(text -> images.add(image(DeployedImage.Kind.CODE_AS_DATA, text, known)));
        return images;
    }

    private DeployedImage image(DeployedImage.Kind kind, String reference, List<DeployImage> known) {
        Optional<DeployImage> ours = known.stream()
                .filter(image -> image.reference().equals(reference))
                .findFirst();
        return new DeployedImage(
                kind,
                ours.map(DeployImage::name).orElse(kind.shownName()),
                reference,
                ours.flatMap(DeployImage::digest)
                        .map(Digest::new)
                        .or(() -> digest(reference))
                        .orElse(null));
    }

    /** Returns what a reference points to now, absent if the registry does not have it or does not say. */
    Optional<Digest> digest(String text) {
        try {
            ImageReference reference = ImageReference.of("payload", text);
            return reference.digest().isPresent()
                    ? reference.digest()
                    : registries.asking(
                            reference.registry(),
                            "ask for the digest of '" + reference + "'",
                            registry -> registry.manifestDigest(
                                    reference.identifier(), Access.pull(reference.repository())));
        } catch (RegistryFailure | OlympeException e) {
            return Optional.empty();
        }
    }
}
