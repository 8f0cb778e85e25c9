package io.github.olympe.maven.node.webpack;

/** Thrown for something in a project that may make the build read unknown files. The message says what it is. */
final class NotKnown extends Exception {

    private static final long serialVersionUID = 1;

    NotKnown(String reason) {
        super(reason);
    }

    /** Returns the reason, such as {@code webpack.config.js uses 'eval'}. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
