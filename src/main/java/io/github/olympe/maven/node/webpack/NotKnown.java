package io.github.olympe.maven.node.webpack;

/** Something in a project of which the plugin does not know what the build reads because of it; the message says what. */
final class NotKnown extends Exception {

    private static final long serialVersionUID = 1;

    NotKnown(String reason) {
        super(reason);
    }

    /** The reason, as in {@code webpack.config.js uses 'eval'}. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
