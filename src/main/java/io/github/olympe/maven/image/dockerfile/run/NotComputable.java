package io.github.olympe.maven.image.dockerfile.run;

/** A script does something that cannot be worked out without running it. */
public final class NotComputable extends Exception {

    private static final long serialVersionUID = 1L;

    private final String advice;

    /**
     * A refusal.
     *
     * @param reason a part of a sentence
     */
    NotComputable(String reason) {
        this(reason, "");
    }

    /**
     * A refusal with a way out of its own.
     *
     * @param reason a part of a sentence
     * @param advice what to do about it, the beginning of a sentence
     */
    NotComputable(String reason, String advice) {
        super(reason);
        this.advice = advice;
    }

    /** The reason, a part of a sentence. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** Returns additional advice, the beginning of a sentence, or empty if there is none. */
    public String advice() {
        return advice;
    }
}
