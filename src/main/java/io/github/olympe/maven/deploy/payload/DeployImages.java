package io.github.olympe.maven.deploy.payload;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The images to deploy.
 *
 * @param frontend the frontend's image
 * @param backends the backends' images
 * @param codeAsData the image of the code as data
 */
public record DeployImages(Optional<DeployImage> frontend, List<Backend> backends, Optional<DeployImage> codeAsData) {

    /**
     * A backend's image.
     *
     * @param image the image
     * @param deployTo a regular expression for the names of the backends that get it
     */
    public record Backend(DeployImage image, Optional<String> deployTo) {

        public String reference() {
            return image.reference();
        }
    }

    public DeployImages {
        backends = List.copyOf(backends);
    }

    /** Returns no images. */
    public static DeployImages none() {
        return new DeployImages(Optional.empty(), List.of(), Optional.empty());
    }

    /** Returns whether there are no images. */
    public boolean isEmpty() {
        return frontend.isEmpty() && backends.isEmpty() && codeAsData.isEmpty();
    }

    /** Returns all of them: frontend, backends, code as data. */
    public List<DeployImage> all() {
        return Stream.of(frontend.stream(), backends.stream().map(Backend::image), codeAsData.stream())
                .flatMap(images -> images)
                .toList();
    }

    public DeployImages withoutCodeAsData() {
        return new DeployImages(frontend, backends, Optional.empty());
    }
}
