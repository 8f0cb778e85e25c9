package io.github.olympe.maven.image.dockerfile.run;

/** A script whose effect cannot be computed without running it. */
public final class NotComputable extends Exception {

    private static final long serialVersionUID = 1L;

    private final String advice;

    /**
     * Creates a refusal.
     *
     * @param reason the reason, as a part of a sentence
     */
    NotComputable(String reason) {
        this(reason, "");
    }

    /**
     * Creates a refusal with its own advice.
     *
     * @param reason the reason, as a part of a sentence
     * @param advice what to do, as the beginning of a sentence
     */
    NotComputable(String reason, String advice) {
        super(reason);
        this.advice = advice;
    }

    /** Returns the reason, as a part of a sentence. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** Returns additional advice, the beginning of a sentence, or empty if there is none. */
    public String advice() {
        return advice;
    }
}
