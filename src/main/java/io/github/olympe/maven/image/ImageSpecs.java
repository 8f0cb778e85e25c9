package io.github.olympe.maven.image;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.BuildContext;
import io.github.olympe.maven.image.dockerfile.project.WrittenSection;
import io.github.olympe.maven.image.layer.ImageTarget;
import io.github.olympe.maven.image.layout.BuildEnv;
import io.github.olympe.maven.image.source.FileModes;
import io.github.olympe.maven.image.source.SourceFiles;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.Platform;
import io.github.olympe.maven.text.InvalidParameter;
import io.github.olympe.maven.text.OneLine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Makes the specifications of images from their sections, and checks them. */
final class ImageSpecs {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(?:[._-]+[a-z0-9]+)*");
    private static final Pattern MODE = Pattern.compile("[0-7]{3,4}");
    private static final String DEFAULT_MODE = "775";

    private final ImageSettings settings;
    private final List<String> tags;
    private final Map<String, String> labels;
    private final Set<String> names = new HashSet<>();
    private final Set<String> variables = new HashSet<>();

    private ImageSpecs(ImageSettings settings, BuildContext build) {
        this.settings = settings;
        this.tags = ImageTags.of(settings.tags(), build, settings.project());
        this.labels = labels(settings, build);
    }

    /**
     * Returns the images of this build, in the order of their sections.
     *
     * @throws OlympeException if a setting is invalid, or if there are mistakes in Dockerfiles; its message then has those of all
     */
    static List<ImageSpec> of(ImageSettings settings, BuildContext build) {
        ImageSpecs specs = new ImageSpecs(settings, build);
        List<ImageSpec> plain = settings.sections().stream().map(specs::spec).toList();
        List<ImageSpec> images = new ArrayList<>();
        List<OlympeException> mistakes = new ArrayList<>();
        for (int i = 0; i < plain.size(); i++) {
            try {
                images.add(written(settings.sections().get(i)).applyTo(plain.get(i)));
            } catch (OlympeException e) {
                mistakes.add(e);
            }
        }
        if (!mistakes.isEmpty()) {
            throw OlympeException.ofAll(mistakes);
        }
        return images;
    }

    /** Returns the image as the pom describes it, without its Dockerfile. */
    private ImageSpec spec(SectionSettings section) {
        ImageKind kind = section.kind();
        String name = name(section);
        Map<String, String> allLabels = new TreeMap<>(labels);
        addLabels(allLabels, ImageSpec.parameter(kind, "labels"), section.labels());
        return new ImageSpec(
                kind,
                name,
                settings.names().repository(settings.imageName() + "-" + name),
                tags,
                ImageReference.of(
                        ImageSpec.parameter(kind, "baseImage"),
                        section.baseImage().orElse(kind.defaultBaseImage())),
                section.platforms().stream()
                        .map(platform -> Platform.of(ImageSpec.parameter(kind, "platforms"), platform))
                        .distinct()
                        .toList(),
                allLabels,
                files(section),
                new ImageTarget(
                        section.target().orElse(kind.defaultTarget()),
                        Owner.of(
                                ImageSpec.parameter(kind, "owner"),
                                section.owner().orElse(kind.defaultOwner())),
                        targetMode(section),
                        kind == ImageKind.CODE_AS_DATA),
                Optional.empty());
    }

    private static WrittenSection written(SectionSettings section) {
        return new WrittenSection(
                section.dockerfile().orElse(""),
                section.buildArgs(),
                section.baseImage(),
                section.target(),
                section.owner(),
                section.targetMode().isPresent() ? targetMode(section) : Optional.empty());
    }

    private SourceFiles files(SectionSettings section) {
        ImageKind kind = section.kind();
        return new SourceFiles(
                settings.project().directory(),
                section.source().orElse(kind.defaultSource()),
                section.includes(),
                section.excludes(),
                section.modes()
                        .map(modes -> FileModes.of(ImageSpec.parameter(kind, "modes"), modes))
                        .orElse(FileModes.CANONICAL));
    }

    private String name(SectionSettings section) {
        ImageKind kind = section.kind();
        String name = section.name().orElse(kind.defaultName());
        if (!NAME.matcher(name).matches()) {
            throw InvalidParameter.of(
                    ImageSpec.parameter(kind, "name"),
                    name,
                    "Use lower-case letters, digits and '.', '_', '-' between them.");
        }
        if (!names.add(name)) {
            throw InvalidParameter.of(
                    ImageSpec.parameter(kind, "name"),
                    name,
                    "Another image has the same name. Give each image its own name.");
        }
        String variable = BuildEnv.backendVariable(name);
        if (kind == ImageKind.BACKEND && !variables.add(variable)) {
            throw InvalidParameter.of(
                    ImageSpec.parameter(kind, "name"),
                    name,
                    "Another backend also has the variable '" + variable
                            + "' in build.env. Give them names that differ in more than punctuation.");
        }
        return name;
    }

    /** Returns the mode of the target of the code as data. The targets of other images keep their mode. */
    private static Optional<Integer> targetMode(SectionSettings section) {
        if (section.kind() != ImageKind.CODE_AS_DATA) {
            return Optional.empty();
        }
        String mode = section.targetMode().orElse(DEFAULT_MODE);
        if (!MODE.matcher(mode).matches()) {
            throw InvalidParameter.of("codeAsData/targetMode", mode, "Write three octal digits such as '775'.");
        }
        return Optional.of(Integer.parseInt(mode, 8));
    }

    private static Map<String, String> labels(ImageSettings settings, BuildContext build) {
        ImageProject project = settings.project();
        Map<String, String> all = new TreeMap<>();
        project.drawVersion().ifPresent(version -> all.put("draw_version", version));
        build.commit().ifPresent(commit -> all.put("org.opencontainers.image.revision", commit));
        all.put("org.opencontainers.image.version", project.version());
        project.sourceUrl().ifPresent(url -> all.put("org.opencontainers.image.source", url));
        addLabels(all, "labels", settings.labels());
        return all;
    }

    private static void addLabels(Map<String, String> all, String parameter, Map<String, String> added) {
        added.forEach((key, value) -> {
            if (key.isBlank()) {
                throw InvalidParameter.of(parameter, key, "A label has no name. Give it one.");
            }
            if (!OneLine.isPlain(key)) {
                throw InvalidParameter.of(
                        parameter, key, "The label's name has a line break or another control character. Take it out.");
            }
            all.put(key, value);
        });
    }
}
