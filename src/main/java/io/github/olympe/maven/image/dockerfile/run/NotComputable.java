package io.github.olympe.maven.image.dockerfile.run;

/** A script does something that cannot be worked out without running it. */
public final class NotComputable extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * A refusal.
     *
     * @param reason a part of a sentence
     */
    NotComputable(String reason) {
        super(reason);
    }

    /** The reason, a part of a sentence. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
