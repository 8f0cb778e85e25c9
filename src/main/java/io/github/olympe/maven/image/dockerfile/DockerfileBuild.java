package io.github.olympe.maven.image.dockerfile;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.dockerfile.DockerfilePlan.BaseRequest;
import io.github.olympe.maven.image.dockerfile.files.FolderSource;
import io.github.olympe.maven.image.dockerfile.files.StageFiles;
import io.github.olympe.maven.image.dockerfile.syntax.Dockerfile;
import io.github.olympe.maven.image.dockerfile.syntax.Expansion;
import io.github.olympe.maven.image.dockerfile.syntax.Instruction;
import io.github.olympe.maven.image.dockerfile.syntax.Instruction.Copy;
import io.github.olympe.maven.image.dockerfile.syntax.Instruction.From;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A Dockerfile to follow for one image. Creating it checks everything that needs no files of the project or of base images. The last stage
 * becomes the image. As in docker, stages that it does not need are left out.
 */
public final class DockerfileBuild {

    static final String SCRATCH = "scratch";

    private final Dockerfile dockerfile;
    private final BuildSettings settings;
    private final List<Stage> stages;
    private final Arguments arguments;
    private final Set<Integer> needed = new TreeSet<>();
    private final List<String> notes = new ArrayList<>();

    private DockerfileBuild(Dockerfile dockerfile, BuildSettings settings, Mistakes mistakes) {
        this.dockerfile = dockerfile;
        this.settings = settings;
        this.stages = Stage.of(dockerfile);
        this.arguments = Arguments.global(settings, dockerfile.escape(), Stage.global(dockerfile), mistakes);
    }

    /**
     * Creates a build.
     *
     * @throws OlympeException if instructions are wrong or cannot be followed, with a sentence for each
     */
    public static DockerfileBuild of(Dockerfile dockerfile, BuildSettings settings) {
        Mistakes mistakes = new Mistakes(dockerfile);
        DockerfileBuild build = new DockerfileBuild(dockerfile, settings, mistakes);
        if (!build.stages.isEmpty()) {
            build.check(mistakes);
        }
        mistakes.throwIfAny();
        return build;
    }

    private void check(Mistakes mistakes) {
        From last = stages.get(stages.size() - 1).from();
        mistakes.collect(last.place(), () -> settings.baseImage().ifPresent(image -> noteReplaced(last, image)));
        findNeeded(mistakes);
        for (Stage stage : stages) {
            if (!needed.contains(stage.number())) {
                notes.add(dockerfile.path() + ":" + stage.from().place().line() + ": the stage " + stage.title()
                        + " is left out, since the image does not need it");
            }
        }
        neededStages().forEach(stage -> StaticCheck.of(stage, dockerfile.escape(), mistakes));
    }

    private void noteReplaced(From last, String image) {
        String written = expansion(last).word(last.image());
        if (!image.equals(written)) {
            notes.add(dockerfile.path() + ":" + last.place().line() + ": 'baseImage' of the pom, '" + image
                    + "', replaces '" + (written.isEmpty() ? last.image() : written) + "'");
        }
    }

    /** A stage needs those that it begins with and copies from, which come before it. */
    private void findNeeded(Mistakes mistakes) {
        needed.add(stages.size() - 1);
        for (int i = stages.size() - 1; i >= 0; i--) {
            Stage stage = stages.get(i);
            if (!needed.contains(i)) {
                continue;
            }
            mistakes.collect(
                    stage.from().place(), () -> begins(stage).map(Stage::number).ifPresent(needed::add));
            for (Instruction instruction : stage.instructions()) {
                if (instruction instanceof Copy copy) {
                    mistakes.collect(
                            copy.place(),
                            () -> stage.copied(stages, copy).map(Stage::number).ifPresent(needed::add));
                }
            }
        }
    }

    private List<Stage> neededStages() {
        return stages.stream().filter(stage -> needed.contains(stage.number())).toList();
    }

    /** Returns the images that the stages begin with or copy from. Triggers of a base image may name more. */
    public List<BaseRequest> images() {
        List<BaseRequest> images = new ArrayList<>();
        for (Stage stage : neededStages()) {
            if (begins(stage).isEmpty()) {
                image(stage).ifPresent(image -> images.add(request(stage, image)));
            }
            for (Instruction instruction : stage.instructions()) {
                if (instruction instanceof Copy copy
                        && copy.from().isPresent()
                        && stage.copied(stages, copy).isEmpty()) {
                    images.add(new BaseRequest(copy.from().get(), Optional.empty(), copy.place()));
                }
            }
        }
        return images.stream().distinct().toList();
    }

    private BaseRequest request(Stage stage, String image) {
        return new BaseRequest(image, platform(stage.from()), stage.from().place());
    }

    /** Returns the image that the last stage is built on, directly or through other stages; empty for {@code FROM scratch}. */
    public Optional<BaseRequest> base() {
        Stage stage = stages.get(stages.size() - 1);
        for (Optional<Stage> parent = begins(stage); parent.isPresent(); parent = begins(stage)) {
            stage = parent.get();
        }
        Stage first = stage;
        return image(first).map(image -> request(first, image));
    }

    /** Returns one line for each thing that the pom changes in the Dockerfile or that is left out. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** Returns whether a needed instruction copies from the folder with the build's result. */
    public boolean copiesSource() {
        return neededStages().stream()
                .flatMap(stage -> stage.instructions().stream())
                .anyMatch(instruction -> instruction instanceof Copy copy
                        && copy.from().isEmpty()
                        && copy.sources().stream()
                                .anyMatch(source -> source.contains(BuildSettings.SOURCES_PATH) || isSource(source)));
    }

    boolean isSource(String path) {
        String source = relative(settings.source());
        String copied = relative(path);
        return copied.equals(source) || copied.startsWith(source.isEmpty() ? "" : source + "/");
    }

    /** Returns a path in the context without a leading slash and without parts such as {@code ./}. */
    public static String relative(String path) {
        return StageFiles.clean(path.replace('\\', '/')).substring(1);
    }

    /**
     * Follows the Dockerfile.
     *
     * @param context the project's folder, without what {@code .dockerignore} leaves out
     * @throws OlympeException if an instruction cannot be followed, or would fail in docker
     */
    public DockerfilePlan plan(FolderSource context, BaseContentsResolver images) {
        Map<Integer, StageBuild> built = new HashMap<>();
        StageBuild last = null;
        Overrides overrides = new Overrides(settings, dockerfile.path());
        for (Stage stage : neededStages()) {
            StageBuild parent =
                    begins(stage).map(found -> built.get(found.number())).orElse(null);
            StageBuild build = parent != null
                    ? parent.child(stage)
                    : new StageBuild(this, stage, arguments.stage(), context, images, overrides, built);
            build.run();
            built.put(stage.number(), build);
            last = build;
        }
        if (last == null) {
            throw new IllegalStateException("a Dockerfile without stages");
        }
        overrides.finish();
        List<String> all = new ArrayList<>(notes);
        all.addAll(overrides.notes());
        arguments
                .unused()
                .forEach(name -> all.add(dockerfile.path() + ": no ARG declares '" + name + "' of 'buildArgs'"));
        return last.plan(all);
    }

    Dockerfile dockerfile() {
        return dockerfile;
    }

    BuildSettings settings() {
        return settings;
    }

    List<Stage> stages() {
        return stages;
    }

    /** Returns the stage that a stage begins with, if it does not begin with an image. */
    private Optional<Stage> begins(Stage stage) {
        return image(stage).flatMap(image -> stage.named(stages, image));
    }

    /** Returns the image or stage that a stage begins with; empty for {@code scratch}. */
    Optional<String> image(Stage stage) {
        boolean isLast = stage.number() == stages.size() - 1;
        String image = isLast && settings.baseImage().isPresent()
                ? settings.baseImage().get()
                : image(stage.from());
        return image.equals(SCRATCH) ? Optional.empty() : Optional.of(image);
    }

    private String image(From from) {
        String image = expansion(from).word(from.image());
        if (image.isEmpty()) {
            throw from.place()
                    .mistake("the image's name is empty; give its variables a default, or set them with <buildArgs>");
        }
        return image;
    }

    Optional<String> platform(From from) {
        return from.platform().map(platform -> {
            String expanded = expansion(from).word(platform);
            if (expanded.isEmpty()) {
                throw from.place().mistake("the platform is empty; write one such as linux/amd64");
            }
            return expanded;
        });
    }

    private Expansion expansion(From from) {
        return new Expansion(from.place(), dockerfile.escape(), arguments::value);
    }
}
