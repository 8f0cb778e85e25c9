package io.github.olympe.maven.adopt;

import io.github.olympe.maven.adopt.found.Findings;
import io.github.olympe.maven.adopt.found.ImageBuild;
import io.github.olympe.maven.adopt.found.Place;
import io.github.olympe.maven.adopt.found.Placeholders;
import io.github.olympe.maven.adopt.found.SecretText;
import io.github.olympe.maven.adopt.shell.Unknowns;
import io.github.olympe.maven.image.ImageKind;
import io.github.olympe.maven.image.ImageTags;
import io.github.olympe.maven.image.dockerfile.project.DockerfileSearch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Derives the image settings of a pom. */
final class PomImages {

    private final Path project;
    private final Findings findings;
    private final List<Image> images = new ArrayList<>();
    private Optional<String> registry = Optional.empty();
    private Optional<String> imageName = Optional.empty();

    /** An image with its kind and its name in the pom. */
    private record Image(ImageKind kind, String name, String repository, ImageBuild build) {}

    PomImages(Path project, Findings findings) {
        this.project = project;
        this.findings = findings;
    }

    Optional<String> registry() {
        return registry;
    }

    Optional<String> imageName() {
        return imageName;
    }

    /** Returns the images' names in the pom, by their repository in the pipeline. */
    Map<String, String> backends() {
        Map<String, String> names = new LinkedHashMap<>();
        images.stream()
                .filter(image -> image.kind == ImageKind.BACKEND)
                .forEach(image -> names.put(image.repository, image.name));
        return names;
    }

    /** Returns how the pipeline builds each image, by the image's name in the pom. */
    Map<String, ImageBuild> builds() {
        Map<String, ImageBuild> builds = new LinkedHashMap<>();
        images.forEach(image -> builds.put(image.name, image.build));
        return builds;
    }

    /** Reads the images that a pipeline builds. */
    void read(List<ImageBuild> builds) {
        List<ImageBuild> known = builds.stream()
                .filter(build -> !build.references().isEmpty())
                .filter(build -> {
                    boolean hasKind = ImageKinds.of(build).isPresent();
                    if (!hasKind) {
                        findings.open(
                                build.place(),
                                "image " + build.references().get(0),
                                "It is neither frontend, backend nor code as data by its name, Dockerfile or SOURCES_PATH; build it in the new pipeline.");
                    }
                    return hasKind;
                })
                .toList();
        Set<String> registries = new LinkedHashSet<>();
        for (ImageBuild build : known) {
            ImageName name = ImageName.of(build.references().get(0));
            registries.add(name.registry());
        }
        takeRegistry(known, registries);
        String prefix = ImageKinds.prefix(known);
        for (ImageBuild build : known) {
            ImageName name = ImageName.of(build.references().get(0));
            ImageKind kind = ImageKinds.of(build).orElseThrow();
            String suffix = name.name().startsWith(prefix) && name.name().length() > prefix.length()
                    ? name.name().substring(prefix.length())
                    : kind.defaultName();
            String repository = (name.registry().isEmpty() ? "" : name.registry() + "/") + name.name();
            if (images.stream().noneMatch(image -> image.repository.equals(repository))) {
                images.add(new Image(kind, suffix, repository, build));
                findings.found(build.place(), "image " + repository, kind.id() + " image, goals image and push");
            }
        }
        if (prefix.endsWith("-")) {
            imageName = Optional.of(prefix.substring(0, prefix.length() - 1));
        } else if (!known.isEmpty()) {
            findings.open(
                    known.get(0).place(),
                    "images "
                            + String.join(
                                    ", ",
                                    known.stream()
                                            .map(build -> ImageName.of(
                                                            build.references().get(0))
                                                    .name())
                                            .distinct()
                                            .toList()),
                    "The plugin calls images <imageName>-<name>; these have no such name in common. Allow the new names at the webhook's side.");
        }
    }

    private void takeRegistry(List<ImageBuild> builds, Set<String> registries) {
        if (registries.size() > 1) {
            findings.open(
                    builds.get(0).place(),
                    "images in several registries: " + String.join(", ", registries),
                    "The plugin pushes to one registry; the first is taken.");
        }
        Optional<String> first =
                registries.stream().filter(text -> !text.isEmpty()).findFirst();
        if (first.filter(Placeholders::in).isPresent()) {
            findings.open(
                    builds.get(0).place(),
                    "registry " + first.get(),
                    "It is still the placeholder of Olympe's documentation; set olympe.registry in the pom to your registry.");
        } else if (first.filter(text -> Unknowns.onlyInTags(text) || findings.hasSecret(text))
                .isPresent()) {
            findings.open(
                    builds.get(0).place(),
                    "registry " + first.get(),
                    "It is not known before the build; set olympe.registry in the pom to your registry, or to a variable of the CI as"
                            + " ${env.NAME}.");
        } else {
            registry = first;
        }
    }

    /** Returns the tags that the pom needs, the deployed one first; none if they are the default. */
    List<String> tags(Set<String> deployed) {
        Set<String> tags = new LinkedHashSet<>();
        for (String reference : deployed) {
            addTag(tags, ImageName.of(reference).tag());
        }
        for (Image image : images) {
            image.build
                    .references()
                    .forEach(reference -> addTag(tags, ImageName.of(reference).tag()));
        }
        boolean isDefault = tags.equals(Set.copyOf(ImageTags.DEFAULT))
                && tags.iterator().next().equals(ImageTags.DEFAULT.get(0));
        if (!tags.isEmpty()
                && tags.stream()
                        .allMatch(tag -> Stream.of(Unknowns.BRANCH, Unknowns.TAG, Unknowns.BUILD)
                                .anyMatch(tag::contains))) {
            // The build of a merge request has no branch, and a build by hand has no number, but both need a tag for
            // their images.
            tags.add(Unknowns.COMMIT);
        }
        return isDefault ? List.of() : List.copyOf(tags);
    }

    private void addTag(Set<String> tags, String written) {
        String tag = written.replace(Unknowns.FULL_COMMIT, Unknowns.COMMIT);
        if (!tag.equals(written)) {
            findings.found(
                    images.isEmpty() ? new Place("", 1) : images.get(0).build.place(),
                    "tag with all digits of the commit",
                    "{commit}, its first 8 digits");
        }
        if (tag.contains(Unknowns.OUTPUT) || tag.isEmpty() || Placeholders.in(tag)) {
            findings.open(
                    images.isEmpty() ? new Place("", 1) : images.get(0).build.place(),
                    "tag " + tag,
                    "Set 'tags' to what you want in its place; the first tag is the one that is deployed.");
            return;
        }
        tags.add(tag);
    }

    /**
     * Returns the sections of the images, without empty ones.
     *
     * @param deployTo the backends that get each image, by the image's name
     * @param updateMode how code as data is updated
     */
    List<Element> sections(Map<String, String> deployTo, Optional<String> updateMode) {
        List<Element> sections = new ArrayList<>();
        List<Element> frontend = new ArrayList<>();
        List<Element> codeAsData = new ArrayList<>();
        List<Element> backends = new ArrayList<>();
        updateMode.ifPresent(mode -> codeAsData.add(Element.of("updateMode", mode)));
        long backendImages =
                images.stream().filter(image -> image.kind == ImageKind.BACKEND).count();
        for (Image image : images) {
            List<Element> section = section(image);
            switch (image.kind) {
                case FRONTEND -> frontend.addAll(section);
                case CODE_AS_DATA -> codeAsData.addAll(0, section);
                case BACKEND -> {
                    Optional.ofNullable(deployTo.get(image.name))
                            .ifPresent(target -> section.add(Element.of("deployTo", target)));
                    if (backendImages > 1
                            && section.stream()
                                    .noneMatch(element -> element.name().equals("name"))) {
                        section.add(0, Element.of("name", image.name));
                    }
                    if (!section.isEmpty()) {
                        backends.add(Element.of("backend", section));
                    }
                }
            }
        }
        if (!frontend.isEmpty()) {
            sections.add(Element.of("frontend", frontend));
        }
        if (!backends.isEmpty()) {
            sections.add(Element.of("backends", backends));
        }
        if (!codeAsData.isEmpty()) {
            sections.add(Element.of("codeAsData", codeAsData));
        }
        return sections;
    }

    private List<Element> section(Image image) {
        List<Element> section = new ArrayList<>();
        if (!image.name.equals(image.kind.defaultName())) {
            section.add(Element.of("name", image.name));
        }
        ImageBuild build = image.build;
        String source = build.buildArgs()
                .getOrDefault("SOURCES_PATH", image.kind.defaultSource())
                .replaceFirst("^\\./", "")
                .replaceFirst("/$", "");
        if (!source.equals(image.kind.defaultSource()) && !Unknowns.in(source)) {
            section.add(Element.of("source", source));
        }
        dockerfile(image).ifPresent(file -> section.add(Element.of("dockerfile", file)));
        section.addAll(pairs("buildArgs", build.buildArgs(), "SOURCES_PATH", build.place()));
        section.addAll(pairs("labels", build.labels(), "draw_version", build.place()));
        return section;
    }

    private List<Element> pairs(String name, Map<String, String> written, String ours, Place place) {
        List<Element> elements = new ArrayList<>();
        written.forEach((key, value) -> {
            if (key.equals(ours)) {
                findings.found(place, key, "the plugin sets it");
            } else if (SecretText.isName(key) && Unknowns.variableIn(value).isEmpty() || findings.hasSecret(value)) {
                findings.open(
                        place,
                        key + " with a secret written in the file",
                        "Make a new one, put it into a variable of the CI, and write " + Unknowns.variable(key)
                                + " into '" + name + "' of the image. Who has the image can read it there.");
            } else if (!key.matches("[A-Za-z_][\\w.-]*") || Unknowns.onlyInTags(value)) {
                findings.open(place, key + "=" + value, "Add it to '" + name + "' of the image by hand.");
            } else {
                elements.add(Element.of(key, value));
            }
        });
        return elements.isEmpty() ? List.of() : List.of(Element.of(name, elements));
    }

    /** Returns the Dockerfile, if the plugin would not find it by itself. */
    private Optional<String> dockerfile(Image image) {
        String written = image.build.dockerfile().replaceFirst("^\\./", "");
        Optional<Path> found = DockerfileSearch.find(project, image.kind, image.name, "");
        if (written.isEmpty()) {
            return Files.isRegularFile(project.resolve("Dockerfile")) ? Optional.of("Dockerfile") : Optional.empty();
        }
        if (Unknowns.in(written) || !Files.isRegularFile(project.resolve(written))) {
            findings.open(
                    image.build.place(),
                    "Dockerfile " + written,
                    "There is no such file in the project; the plugin follows "
                            + found.map(file -> String.valueOf(project.relativize(file)))
                                    .orElse("Olympe's documentation")
                            + ". If it is another one, name it in 'dockerfile' of the image.");
            return Optional.empty();
        }
        return found.filter(file -> isSame(file, project.resolve(written))).isPresent()
                ? Optional.empty()
                : Optional.of(written);
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (java.io.IOException e) {
            return false;
        }
    }
}
