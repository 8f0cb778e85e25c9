package io.github.olympe.maven.image.dockerfile.project;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.ImageSpec;
import io.github.olympe.maven.image.dockerfile.BuildSettings;
import io.github.olympe.maven.image.dockerfile.DockerfileBuild;
import io.github.olympe.maven.image.dockerfile.DockerfilePlan.BaseRequest;
import io.github.olympe.maven.image.dockerfile.syntax.Dockerfile;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.Platform;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The Dockerfile of an image, read and checked. */
public final class FollowedDockerfile {

    private static final int LARGEST_MEBIBYTES = 1;

    private final Path file;
    private final Dockerfile dockerfile;
    private final BuildSettings settings;
    private final DockerfileBuild build;

    private FollowedDockerfile(Path file, Dockerfile dockerfile, BuildSettings settings) {
        this.file = file;
        this.dockerfile = dockerfile;
        this.settings = settings;
        this.build = DockerfileBuild.of(dockerfile, settings);
        for (BaseRequest request : build.images()) {
            reference(request);
            platform(request);
        }
    }

    /**
     * Reads a Dockerfile.
     *
     * @param project the project's folder, which paths in messages are relative to
     * @throws OlympeException if it cannot be read, or has an instruction that cannot be followed
     */
    public static FollowedDockerfile read(Path project, Path file, BuildSettings settings) {
        String shown = (file.startsWith(project) ? project.relativize(file) : file)
                .toString()
                .replace('\\', '/');
        try {
            return new FollowedDockerfile(
                    file, Dockerfile.parse(shown, ForeignText.read(file, LARGEST_MEBIBYTES)), settings);
        } catch (IOException e) {
            throw new OlympeException(
                    "The Dockerfile '" + shown + "' cannot be read ("
                            + (e instanceof ForeignText.Malformed wrong ? wrong.reason() : Reason.of(e))
                            + "). Make it readable UTF-8 text.",
                    e);
        }
    }

    /** Returns the folder with an image's build result as its Dockerfile may name it: relative to the context if it is inside. */
    public static String sourceOf(ImageSpec spec) {
        Path context = spec.context().normalize();
        Path source = spec.files().path();
        String path = (source.startsWith(context) ? context.relativize(source) : source)
                .toString()
                .replace('\\', '/');
        return path.isEmpty() ? "." : path;
    }

    /** Returns the file. */
    public Path file() {
        return file;
    }

    /** Returns the path of the file, as users know it. */
    public String path() {
        return dockerfile.path();
    }

    /** Returns the image that the layers are put onto; empty for {@code FROM scratch}. */
    public Optional<ImageReference> base() {
        return build.base().map(FollowedDockerfile::reference);
    }

    /** Returns the platform that the Dockerfile asks for in its base image, if it names one. */
    public Optional<Platform> basePlatform() {
        return build.base().flatMap(FollowedDockerfile::platform);
    }

    /** Parses the platform that a Dockerfile asks for. */
    static Optional<Platform> platform(BaseRequest request) {
        return request.platform()
                .map(text -> Platform.parse(text)
                        .orElseThrow(() -> request.place()
                                .mistake("'" + text
                                        + "' is not a platform; write it as linux/amd64 or linux/arm64/v8")));
    }

    /** Returns whether it copies files from the folder with the build's result. */
    public boolean copiesSource() {
        return build.copiesSource();
    }

    /** Returns the folder with the build's result as the Dockerfile names it, without a leading slash. */
    String sourcePath() {
        return DockerfileBuild.relative(settings.source());
    }

    /** Returns one line for each change by the pom that is known before the Dockerfile is followed. */
    public List<String> notes() {
        return build.notes();
    }

    /** Returns the build for a platform. */
    DockerfileBuild build(Platform platform) {
        return DockerfileBuild.of(dockerfile, settings.withPlatform(platform.toString()));
    }

    /** Parses the reference to an image that the Dockerfile names. */
    static ImageReference reference(BaseRequest request) {
        return ImageReference.parse(request.reference())
                .orElseThrow(() -> request.place()
                        .mistake("'" + request.reference()
                                + "' is not the name of an image; write it as host/path:tag"));
    }
}
