package io.github.olympe.maven.image;

import io.github.olympe.maven.image.layer.ImageTarget;
import io.github.olympe.maven.image.source.FileModes;
import io.github.olympe.maven.image.source.SourceFiles;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.Platform;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Images as the documented Dockerfiles have them, for tests. */
public final class Specs {

    private Specs() {}

    public static ImageSpec frontend(Path context, String base) {
        return spec(ImageKind.FRONTEND, "frontend", context, base, "dist/web", "/usr/share/nginx/html", "nginx:root");
    }

    static ImageSpec backend(Path context, String base) {
        return spec(ImageKind.BACKEND, "backend", context, base, "dist/node", "/home/node/app", "0:0");
    }

    static ImageSpec codeAsData(Path context, String base) {
        return spec(
                ImageKind.CODE_AS_DATA, "codeasdata", context, base, "dist/codeAsData", "/root/patches", "1000:1000");
    }

    public static ImageSpec spec(
            ImageKind kind, String name, Path context, String base, String source, String target, String owner) {
        boolean codeAsData = kind == ImageKind.CODE_AS_DATA;
        return new ImageSpec(
                kind,
                name,
                "acme/shop-" + name,
                List.of("t1", "latest"),
                ImageReference.of("baseImage", base),
                List.of(),
                Map.of("draw_version", "2.9.2"),
                new SourceFiles(context, source, List.of(), List.of(), FileModes.KEPT),
                new ImageTarget(
                        target,
                        Owner.of("owner", owner),
                        codeAsData ? Optional.of(0775) : Optional.empty(),
                        codeAsData),
                Optional.empty());
    }

    public static ImageSpec with(ImageSpec spec, List<String> includes, List<String> excludes) {
        SourceFiles files = spec.files();
        return with(
                spec,
                spec.platforms(),
                new SourceFiles(files.context(), files.folder(), includes, excludes, files.modes()),
                spec.target());
    }

    static ImageSpec with(ImageSpec spec, FileModes modes) {
        SourceFiles files = spec.files();
        return with(
                spec,
                spec.platforms(),
                new SourceFiles(files.context(), files.folder(), files.includes(), files.excludes(), modes),
                spec.target());
    }

    static ImageSpec with(ImageSpec spec, List<Platform> platforms) {
        return with(spec, platforms, spec.files(), spec.target());
    }

    static ImageSpec with(ImageSpec spec, ImageTarget target) {
        return with(spec, spec.platforms(), spec.files(), target);
    }

    private static ImageSpec with(ImageSpec spec, List<Platform> platforms, SourceFiles files, ImageTarget target) {
        return new ImageSpec(
                spec.kind(),
                spec.name(),
                spec.repository(),
                spec.tags(),
                spec.base(),
                platforms,
                spec.labels(),
                files,
                target,
                spec.dockerfile());
    }
}
