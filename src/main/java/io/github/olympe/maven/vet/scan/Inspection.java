package io.github.olympe.maven.vet.scan;

import java.util.List;

/**
 * The content of one layer that rules may apply to. Whether it counts depends on the layers above and below, and on who runs the image.
 *
 * @param found findings in its texts and paths
 * @param restricted files and folders that some users cannot read
 * @param links its symbolic links
 * @param whiteouts the paths of entries that mean a deletion, each with its {@code .wh.}
 * @param unread what was not inspected
 */
public record Inspection(
        List<Found> found, List<Restricted> restricted, List<Link> links, List<String> whiteouts, Unread unread) {

    public Inspection {
        found = List.copyOf(found);
        restricted = List.copyOf(restricted);
        links = List.copyOf(links);
        whiteouts = List.copyOf(whiteouts);
    }

    /**
     * A rule that applies to a file.
     *
     * @param rule the rule's id
     * @param file the path of the file in the image, without a slash at its beginning
     * @param path the path to show: that of the file, or of a folder above it
     * @param line the first line, 0 for the file itself
     */
    public record Found(String rule, String file, String path, int line) {}

    /**
     * A file or folder that not all users can read.
     *
     * @param path its path
     * @param folder whether it is a folder
     * @param mode its permission bits
     * @param uid its owner
     * @param gid its group
     */
    public record Restricted(String path, boolean folder, int mode, long uid, long gid) {}

    /**
     * A symbolic link.
     *
     * @param path its path
     * @param target its target in the image according to its text, without following other links
     * @param isThere whether the layer itself contains the target, directly or through other links
     */
    public record Link(String path, String target, boolean isThere) {}

    /**
     * Served files whose text was not inspected.
     *
     * @param binary the number of files that are not texts
     * @param large the number of files of which only the beginning was inspected
     */
    public record Unread(int binary, int large) {

        /** Returns the sum of both. */
        public Unread plus(Unread other) {
            return new Unread(binary + other.binary, large + other.large);
        }
    }
}
