package io.github.olympe.maven.image;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The three kinds of images of an Olympe environment, with their defaults. */
public enum ImageKind {
    /** The web application, served by nginx. */
    FRONTEND(
            "frontend", "frontend", "olympeio/frontend-base:stable", "dist/web", "/usr/share/nginx/html", "nginx:root"),
    /** A service, run by Node.js. */
    BACKEND("backend", "backend", "olympeio/backend-base:18-stable", "dist/node", "/home/node/app", "0:0"),
    /** The code as data: what was composed and developed in Draw. */
    CODE_AS_DATA(
            "codeAsData",
            "codeasdata",
            "olympeio/codeasdata-base:stable",
            "dist/codeAsData",
            "/root/patches",
            "1000:1000");

    private final String id;
    private final String defaultName;
    private final String defaultBaseImage;
    private final String defaultSource;
    private final String defaultTarget;
    private final String defaultOwner;

    ImageKind(String id, String name, String baseImage, String source, String target, String owner) {
        this.id = id;
        this.defaultName = name;
        this.defaultBaseImage = baseImage;
        this.defaultSource = source;
        this.defaultTarget = target;
        this.defaultOwner = owner;
    }

    /** Returns the name of its section in the plugin's configuration, and in {@code images.json}. */
    @JsonValue
    public String id() {
        return id;
    }

    /** Returns the default of its name. */
    public String defaultName() {
        return defaultName;
    }

    String defaultBaseImage() {
        return defaultBaseImage;
    }

    /** Returns the default of the folder that its files come from. */
    public String defaultSource() {
        return defaultSource;
    }

    public String defaultTarget() {
        return defaultTarget;
    }

    String defaultOwner() {
        return defaultOwner;
    }

    /** Returns the kind with this id. */
    @JsonCreator
    public static ImageKind of(String id) {
        for (ImageKind kind : values()) {
            if (kind.id.equals(id)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no kind of image is called '" + id + "'");
    }
}
