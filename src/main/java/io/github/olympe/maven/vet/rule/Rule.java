package io.github.olympe.maven.vet.rule;

/**
 * Something that {@code vet} looks for.
 *
 * @param id its name, as in {@code gitlab-token}; what {@code vetAllow} names
 * @param severity whether a finding fails the build
 * @param looksFor what it looks for, for the documentation
 * @param finding what is said of a path where it is found, after {@code serves '/x', } or {@code has '/x', }
 * @param cure what to do, with {@code {exclude}} where the file is to be left out of the image
 */
public record Rule(String id, Severity severity, String looksFor, String finding, String cure) {

    /** The place in a cure for how to leave out a file. */
    public static final String EXCLUDE = "{exclude}";

    /** What a finding does to the build. */
    public enum Severity {
        /** It fails. */
        ERROR,
        /** It goes on. */
        WARNING
    }

    static Rule error(String id, String looksFor, String finding, String cure) {
        return new Rule(id, Severity.ERROR, looksFor, finding, cure);
    }

    static Rule warning(String id, String looksFor, String finding, String cure) {
        return new Rule(id, Severity.WARNING, looksFor, finding, cure);
    }

    /** Returns whether it concerns pods that use the files of an image, and not visitors. */
    public boolean isOfPods() {
        return PodRules.RULES.contains(this);
    }
}
