package io.github.olympe.maven.image.push;

import io.github.olympe.maven.image.layout.ImageLayout;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import java.util.List;

/**
 * An image to push.
 *
 * @param layout the assembled image
 * @param repository where to, without a tag
 * @param tags the tags, at least one; the first is the image's own, the others (the branch's, {@code latest}) move to it only when every
 *     image of the build is there under its own
 * @param origin what to correct where the image cannot be pulled that has the layers that are not in the layout's folder
 */
public record PushRequest(ImageLayout layout, ImageReference repository, List<String> tags, String origin) {

    public PushRequest {
        tags = List.copyOf(tags);
    }

    /** An image of this build: its base image has the layers that are not in the layout's folder. */
    public PushRequest(ImageLayout layout, ImageReference repository, List<String> tags) {
        this(layout, repository, tags, Registries.BASE_IMAGE);
    }

    /** The reference by the first tag, which is the one that is deployed. */
    public ImageReference reference() {
        return repository.withTag(tags.get(0));
    }

    /** Whether this layout's image has this digest, as it was assembled or as a registry got it that takes Docker's format only. */
    public static boolean holds(ImageLayout layout, Digest digest) {
        return layout.root().digest().equals(digest)
                || PushForm.of(layout).inDockersFormat().root().digest().equals(digest);
    }
}
