package io.github.olympe.maven.vet.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Follows symbolic links as the kernel does in a container, where {@code ..} above the root is the root.
 *
 * @param targets where each link leads, by its path, as {@link #target} gives it
 * @param exists whether a path is there that is no link
 */
public record LinkResolver(Map<String, String> targets, Predicate<String> exists) {

    /** Linux follows no more. */
    private static final int MOST_LINKS = 40;

    /** Where a link leads as its text has it, without following other links; the root is an empty text. */
    static String target(String path, String written) {
        String folder = written.startsWith("/") ? "" : path.substring(0, Math.max(0, path.lastIndexOf('/')));
        return normal(folder + "/" + written);
    }

    private static String normal(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/")) {
            if (part.equals("..")) {
                parts.subList(Math.max(0, parts.size() - 1), parts.size()).clear();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }

    /** Whether something is at the end of a link. */
    public boolean leadsSomewhere(String link) {
        return resolve(link).filter(path -> path.isEmpty() || exists.test(path)).isPresent();
    }

    /** The path that a path stands for; absent where it leads through too many links, one that leads to itself for instance. */
    public Optional<String> resolve(String path) {
        String resolved = path;
        for (int links = 0; links <= MOST_LINKS; links++) {
            String next = step(resolved);
            if (next.equals(resolved) && !targets.containsKey(resolved)) {
                return Optional.of(resolved);
            }
            resolved = next;
        }
        return Optional.empty();
    }

    /** Follows the first link on the way. */
    private String step(String path) {
        for (int end = path.indexOf('/'); ; end = path.indexOf('/', end + 1)) {
            String folder = end < 0 ? path : path.substring(0, end);
            String target = targets.get(folder);
            if (target != null) {
                return normal(target + "/" + path.substring(folder.length()));
            }
            if (end < 0) {
                return path;
            }
        }
    }
}
