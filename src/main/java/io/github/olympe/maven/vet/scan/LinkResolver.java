package io.github.olympe.maven.vet.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Follows symbolic links as the kernel does in a container, where {@code ..} above the root is the root.
 *
 * @param targets the target of each link, by its path, in the form of {@link #target}
 * @param exists tests whether a path exists that is not a link
 */
public record LinkResolver(Map<String, String> targets, Predicate<String> exists) {

    /** The most links that Linux follows. */
    private static final int MOST_LINKS = 40;

    /** Returns a link's target according to its text, without following other links. The root is an empty text. */
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

    /** Returns whether a link leads to something that exists. */
    public boolean leadsSomewhere(String link) {
        return resolve(link).filter(path -> path.isEmpty() || exists.test(path)).isPresent();
    }

    /** Resolves the links in a path. The result is absent if there are too many, for instance if a link leads to itself. */
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
            String folder = end == -1 ? path : path.substring(0, end);
            String target = targets.get(folder);
            if (target != null) {
                return normal(target + "/" + path.substring(folder.length()));
            }
            if (end == -1) {
                return path;
            }
        }
    }
}
