package io.github.olympe.maven.image;

/** The three kinds of images that an Olympe environment is made of. */
public enum ImageKind {
    /** The web application, served by nginx. */
    FRONTEND("frontend"),
    /** A service, run by Node.js. */
    BACKEND("backend"),
    /** The compositions and developments done in Draw. */
    CODE_AS_DATA("codeAsData");

    private final String id;

    ImageKind(String id) {
        this.id = id;
    }

    /** The name of its section in the plugin's configuration, and in {@code images.json}. */
    public String id() {
        return id;
    }

    /** The kind with this id. */
    public static ImageKind of(String id) {
        for (ImageKind kind : values()) {
            if (kind.id.equals(id)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no kind of image is called '" + id + "'");
    }
}
