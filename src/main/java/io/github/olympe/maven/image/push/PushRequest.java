package io.github.olympe.maven.image.push;

import io.github.olympe.maven.image.layout.ImageLayout;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import java.util.List;

/**
 * An image to push.
 *
 * @param layout the assembled image
 * @param repository the repository to push to, without a tag
 * @param tags the tags, at least one. The first is the image's own. The others (the branch's, {@code latest}) move only when every image of
 *     the build is there under its own tag
 * @param origin the parameter to correct if the image with the layers that are not in the layout's folder cannot be pulled
 */
public record PushRequest(ImageLayout layout, ImageReference repository, List<String> tags, String origin) {

    public PushRequest {
        tags = List.copyOf(tags);
    }

    /** Creates a request for an image of this build. Its base image has the layers that are not in the layout's folder. */
    public PushRequest(ImageLayout layout, ImageReference repository, List<String> tags) {
        this(layout, repository, tags, Registries.BASE_IMAGE);
    }

    /** Returns the reference with the first tag, which is the one that is deployed. */
    public ImageReference reference() {
        return repository.withTag(tags.get(0));
    }

    /** Returns whether the image of this layout has this digest, in OCI's format or in Docker's. */
    public static boolean holds(ImageLayout layout, Digest digest) {
        return layout.root().digest().equals(digest)
                || PushForm.of(layout).inDockersFormat().root().digest().equals(digest);
    }
}
