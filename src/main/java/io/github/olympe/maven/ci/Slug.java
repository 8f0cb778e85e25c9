package io.github.olympe.maven.ci;

import java.util.Locale;

/** Turns a name into one that is valid in an image tag, by the rules of GitLab's {@code CI_COMMIT_REF_SLUG}. */
public final class Slug {

    private static final int LONGEST = 63;

    private Slug() {}

    /** Returns the slug of a branch or tag, of at most 63 characters. */
    static String of(String name) {
        return of(name, LONGEST);
    }

    /**
     * Returns the name in lower case, with everything but {@code 0-9} and {@code a-z} replaced by {@code -}, cut to a length, without
     * dashes at either end. A name without a letter or digit gives an empty slug.
     *
     * @param longest the largest number of characters
     */
    public static String of(String name, int longest) {
        String slug = name.toLowerCase(Locale.ROOT).replaceAll("[^0-9a-z]", "-");
        return slug.substring(0, Math.min(longest, slug.length())).replaceAll("^-+|-+$", "");
    }
}
