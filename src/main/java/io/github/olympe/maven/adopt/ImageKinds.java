package io.github.olympe.maven.adopt;

import io.github.olympe.maven.adopt.found.ImageBuild;
import io.github.olympe.maven.image.ImageKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the kind of an image from its name in the pipeline. */
final class ImageKinds {

    private ImageKinds() {}

    /** Returns the common prefix of the images' names. */
    static String prefix(List<ImageBuild> builds) {
        List<String> names = builds.stream()
                .map(build -> ImageName.of(build.references().get(0)).name())
                .distinct()
                .toList();
        for (ImageBuild build : builds) {
            String name = ImageName.of(build.references().get(0)).name();
            String suffix = "-" + of(build).orElseThrow().defaultName();
            String base = name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length() + 1) : "";
            if (!base.isEmpty() && names.stream().allMatch(other -> other.startsWith(base))) {
                return base;
            }
        }
        String common = names.stream()
                .reduce((a, b) -> {
                    int i = 0;
                    while (i < Math.min(a.length(), b.length()) && a.charAt(i) == b.charAt(i)) {
                        i++;
                    }
                    return a.substring(0, i);
                })
                .orElse("");
        return common.substring(0, common.lastIndexOf('-') + 1);
    }

    /** Returns the kind of an image by its source, else by its name, else by its Dockerfile. */
    static Optional<ImageKind> of(ImageBuild build) {
        String source = build.buildArgs().getOrDefault("SOURCES_PATH", "");
        for (ImageKind kind : ImageKind.values()) {
            if (kind.defaultSource().equals(source.replaceFirst("^\\./", "").replaceFirst("/$", ""))) {
                return Optional.of(kind);
            }
        }
        return Stream.of(
                        ImageName.of(build.references().get(0)).name(),
                        build.dockerfile()
                                .replaceFirst("(?i)\\.?Dockerfile$", "")
                                .replaceFirst(".*/", ""),
                        build.dockerfile(),
                        source)
                .map(ImageKinds::kindOf)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<ImageKind> kindOf(String name) {
        String text = name.toLowerCase(Locale.ROOT);
        if (text.matches(".*(code.?as.?data|codeasdata|(?:^|\\W)cad(?:\\W|$)|patches).*")) {
            return Optional.of(ImageKind.CODE_AS_DATA);
        }
        if (text.matches(".*(front|(?:^|\\W)(web|ui|client|www)(?:\\W|$)).*")) {
            return Optional.of(ImageKind.FRONTEND);
        }
        return text.matches(".*(back|(?:^|\\W)(node|server|api|service|services)(?:\\W|$)).*")
                ? Optional.of(ImageKind.BACKEND)
                : Optional.empty();
    }
}
