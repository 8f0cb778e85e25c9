package io.github.olympe.maven.adopt;

/**
 * An image reference as written in a pipeline, with placeholders.
 *
 * @param registry the registry with the path before the last name, may be empty
 * @param name the last name
 * @param tag the tag, {@code latest} by default
 */
record ImageName(String registry, String name, String tag) {

    static ImageName of(String reference) {
        int slash = reference.lastIndexOf('/');
        String last = reference.substring(slash + 1);
        int colon = last.indexOf(':');
        return new ImageName(
                slash < 0 ? "" : reference.substring(0, slash),
                colon < 0 ? last : last.substring(0, colon),
                colon < 0 ? "latest" : last.substring(colon + 1));
    }
}
