package io.github.olympe.maven.vet.scan;

import java.util.List;

/**
 * What one layer has that a rule may be about. Whether it counts depends on the layers above and below, and on who runs the image.
 *
 * @param found what its texts and paths tell
 * @param restricted files and folders that some users cannot read
 * @param links its symbolic links
 * @param whiteouts the paths of entries that mean a deletion, each with its {@code .wh.}
 * @param unread what was not looked at
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
     * A file or folder that not everybody may read.
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
     * @param target where it leads in the image, as its text has it; other links are not followed
     * @param isThere whether the layer itself has that, directly or behind other links
     */
    public record Link(String path, String target, boolean isThere) {}

    /**
     * Served files whose text was not looked at.
     *
     * @param binary those that are no text
     * @param large those of which only the beginning was
     */
    public record Unread(int binary, int large) {

        /** Both together. */
        public Unread plus(Unread other) {
            return new Unread(binary + other.binary, large + other.large);
        }
    }
}
