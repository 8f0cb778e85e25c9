package io.github.olympe.maven.ci;

import java.util.Locale;

/** A name made fit for an image tag, by the rules of GitLab's {@code CI_COMMIT_REF_SLUG}. */
public final class Slug {

    private static final int LONGEST = 63;

    private Slug() {}

    /** The slug of a branch or tag, of at most 63 characters. */
    static String of(String name) {
        return of(name, LONGEST);
    }

    /**
     * The name in lower case, everything but {@code 0-9} and {@code a-z} replaced by {@code -}, cut to a length, then freed of dashes at
     * either end. A name without a letter or digit gives an empty slug.
     *
     * @param longest how many characters it may have
     */
    public static String of(String name, int longest) {
        String slug = name.toLowerCase(Locale.ROOT).replaceAll("[^0-9a-z]", "-");
        return slug.substring(0, Math.min(longest, slug.length())).replaceAll("^-+|-+$", "");
    }
}
