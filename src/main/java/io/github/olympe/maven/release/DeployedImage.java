package io.github.olympe.maven.release;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.olympe.maven.deploy.payload.DeployImage;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An image of a deployment.
 *
 * @param kind what the payload uses it for
 * @param name its name in the build, such as {@code frontend}
 * @param reference the reference in the payload
 * @param digest what the reference pointed to; absent if the registry could not be asked
 */
public record DeployedImage(
        Kind kind, String name, String reference, @Nullable Digest digest) {

    /** What an image is in the payload. */
    public enum Kind {
        FRONTEND("frontend", "frontend"),
        BACKEND("backend", "backend"),
        CODE_AS_DATA("codeAsData", "codeasdata");

        private final String id;
        private final String shownName;

        Kind(String id, String shownName) {
            this.id = id;
            this.shownName = shownName;
        }

        /** Returns its name in a record. */
        @JsonValue
        String id() {
            return id;
        }

        /** Returns the name for an image of this kind without a name of its own. */
        String shownName() {
            return shownName;
        }
    }

    public DeployedImage {
        Objects.requireNonNull(kind, "an image has no 'kind'");
        Objects.requireNonNull(name, "an image has no 'name'");
        Objects.requireNonNull(reference, "an image has no 'reference'");
    }

    /** Returns a short name for people: the tag, or else the beginning of the digest. Without both it is the whole reference. */
    String shortName() {
        return ImageReference.parse(reference) // A payload may have forms that this plugin does not pull.
                .flatMap(image -> image.tag().or(() -> image.digest().map(Digest::shortHex)))
                .orElse(reference);
    }

    /** Returns whether this is the same image as another, whatever their tags. If a digest is missing, the references are compared. */
    boolean isSameAs(DeployedImage other) {
        return digest == null || other.digest == null ? reference.equals(other.reference) : digest.equals(other.digest);
    }

    /**
     * Returns its reference with its digest, if that is known.
     *
     * @throws io.github.olympe.maven.OlympeException if the reference has a form that this plugin does not pull
     */
    public ImageReference pinned() {
        ImageReference image = ImageReference.of("the ledger", reference);
        return digest == null ? image : image.withDigest(digest);
    }

    /** Returns it as an image to deploy again. */
    public DeployImage toDeploy() {
        return new DeployImage(name, reference, Optional.ofNullable(digest).map(Digest::value), Optional.empty(), true);
    }
}
