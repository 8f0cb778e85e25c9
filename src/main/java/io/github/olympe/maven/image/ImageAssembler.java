package io.github.olympe.maven.image;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.base.BaseFiles;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.base.BaseImages;
import io.github.olympe.maven.image.dockerfile.project.DockerfileImage;
import io.github.olympe.maven.image.dockerfile.project.DockerfileImage.Planned;
import io.github.olympe.maven.image.dockerfile.project.ScratchImage;
import io.github.olympe.maven.image.layer.Layer;
import io.github.olympe.maven.image.layer.LayerPlan;
import io.github.olympe.maven.image.layer.Placement;
import io.github.olympe.maven.image.layout.AssembledImage;
import io.github.olympe.maven.image.layout.ImageArchive;
import io.github.olympe.maven.image.layout.LayoutFolder;
import io.github.olympe.maven.image.layout.LayoutImage;
import io.github.olympe.maven.image.push.PushedLayers;
import io.github.olympe.maven.image.source.ContentHashes;
import io.github.olympe.maven.image.source.SourceFilter;
import io.github.olympe.maven.image.source.SourceTree;
import io.github.olympe.maven.process.Workers;
import io.github.olympe.maven.registry.ImageLog;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.Platform;
import io.github.olympe.maven.text.ByteSize;
import io.github.olympe.maven.text.Counted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Assembles images: reads their source trees, looks up owner and target in their base images, makes the layers that no earlier build has
 * made, and writes each image to its layout folder. It assembles all images, and all layers of each, in parallel.
 */
public final class ImageAssembler {

    private static final Duration STOPPING = Duration.ofSeconds(2);

    private final BaseImages baseImages;
    private final Path cache;
    private final ImageLog log;
    private Optional<Instant> created = Optional.empty();
    private LayerObservers observers = LayerObservers.NONE;
    private PushedLayers pushed = PushedLayers.NONE;
    private Optional<Path> output = Optional.empty();

    /**
     * Creates an assembler.
     *
     * @param baseImages finds base images
     * @param cache the folder of the cache, shared by all builds of the machine
     */
    public ImageAssembler(BaseImages baseImages, Path cache, ImageLog log) {
        this.baseImages = baseImages;
        this.cache = cache;
        this.log = log;
    }

    /** Sets the creation time of all images. Without it, each image has that of its base image. */
    public ImageAssembler created(Instant time) {
        created = Optional.of(time);
        return this;
    }

    /** Sets the observers of the layers that are written. */
    public ImageAssembler observedBy(LayerObservers layerObservers) {
        observers = layerObservers;
        return this;
    }

    /** Sets the layers that earlier builds pushed. These are not made again. */
    public ImageAssembler knowing(PushedLayers pushedLayers) {
        pushed = pushedLayers;
        return this;
    }

    /** Sets the folder that no Dockerfile copies from, because what the plugin writes there differs in each build. By default it is the layouts' folder. */
    public ImageAssembler withoutOutput(Path folder) {
        output = Optional.of(folder);
        return this;
    }

    /**
     * Assembles these images, each into the subfolder with its name.
     *
     * @param folder the folder of all images' layouts
     * @param archives whether to also write a {@code <name>.tar} of each for {@code docker load}
     * @return the images, in the same order
     * @throws OlympeException if one of them cannot be made; a missing or empty source is reported before anything is written
     */
    public List<AssembledImage> assemble(List<ImageSpec> specs, Path folder, boolean archives) {
        specs.stream().filter(ImageSpec::copiesSource).forEach(ImageAssembler::requireSource);
        Workers workers = Workers.forEachProcessor();
        try {
            Run run = new Run(workers);
            List<Sources> sources = run.together(specs.stream()
                    .map(spec -> workers.start(() -> run.read(spec)))
                    .toList());
            List<Assembled> assembled = run.together(sources.stream()
                    .map(source -> workers.start(() -> run.assemble(source, folder, archives)))
                    .toList());
            assembled.forEach(this::tell);
            return assembled.stream().map(Assembled::image).toList();
        } finally {
            workers.close(STOPPING); // After an error others may still write to the caches.
        }
    }

    /**
     * Fails if the folder that this image is made from does not exist.
     *
     * @throws OlympeException if it does not; the message names the parameter and says what to run
     */
    static void requireSource(ImageSpec spec) {
        if (!Files.isDirectory(spec.files().path())) {
            throw noSource(spec, Files.exists(spec.files().path()) ? "is not a folder" : "does not exist");
        }
    }

    private static OlympeException noSource(ImageSpec spec, String what) {
        String goal = switch (spec.kind()) {
            case FRONTEND -> "build-frontend";
            case BACKEND -> "build-backend";
            case CODE_AS_DATA -> "build-code-as-data";
        };
        return new OlympeException(String.format(
                "The folder '%s' (parameter '%s') %s, so there is nothing to put into the image '%s'; run 'mvn olympe:%s', or correct the parameter.",
                spec.files().path(), ImageSpec.parameter(spec.kind(), "source"), what, spec.name(), goal));
    }

    /** The inputs of an image. */
    private record Sources(ImageSpec spec, SourceTree tree, Workers.Pending<List<BaseImage>> bases) {}

    /**
     * An assembled image, with figures for the log.
     *
     * @param entries the number of files, folders and links that it adds to its base image
     * @param read the number of files whose content had to be read
     */
    private record Assembled(AssembledImage image, int entries, int read) {}

    /** One call of {@link #assemble(List, Path, boolean)}. */
    private final class Run {

        private final Workers workers;
        private final ImageLayers layers;
        private final ContentHashes hashes = new ContentHashes(cache.resolve("hashes"));
        private final Map<String, Workers.Pending<List<BaseImage>>> bases = new ConcurrentHashMap<>();

        Run(Workers workers) {
            this.workers = workers;
            this.layers = new ImageLayers(cache.resolve("layers"), workers, pushed, observers, log);
        }

        <T> List<T> together(List<Workers.Pending<T>> tasks) {
            return tasks.stream().map(Workers.Pending::get).toList();
        }

        Sources read(ImageSpec spec) {
            Workers.Pending<List<BaseImage>> base = base(spec.base(), spec.basePlatforms());
            layers.expect(spec);
            if (!spec.copiesSource()) {
                return new Sources(spec, new SourceTree(spec.files().path(), List.of()), base);
            }
            SourceTree tree = SourceTree.read(
                    spec.files().path(), SourceFilter.of(spec), spec.files().modes(), workers);
            if (tree.isEmpty()) {
                throw noSource(
                        spec,
                        spec.files().includes().isEmpty()
                                        && spec.files().excludes().isEmpty()
                                ? "is empty, or .dockerignore leaves out all of it"
                                : "is empty, or 'includes', 'excludes' or .dockerignore leave out all of it");
            }
            return new Sources(spec, tree, base);
        }

        /** Several images with the same base image and platforms share one request. */
        private Workers.Pending<List<BaseImage>> base(ImageReference reference, List<Platform> platforms) {
            return bases.computeIfAbsent(
                    reference + " " + platforms,
                    key -> workers.start(() -> ScratchImage.is(reference)
                            ? ScratchImage.of(platforms)
                            : baseImages.resolve(reference, platforms)));
        }

        Assembled assemble(Sources sources, Path folder, boolean archive) {
            ImageSpec spec = sources.spec();
            int read = hashes.compute(sources.tree(), workers);
            List<BaseImage> platforms = sources.bases().get();
            LayoutFolder layout = new LayoutFolder(folder.resolve(spec.name()));
            LayoutImage image = new LayoutImage(layout, spec, created);
            Optional<DockerfileImage> dockerfile = spec.dockerfile().map(file -> {
                log.info("Image '" + spec.name() + "' follows " + file.path());
                return new DockerfileImage(
                        spec,
                        file,
                        sources.tree(),
                        output.orElse(folder),
                        workers,
                        hashes,
                        this::base,
                        cache.resolve("base"),
                        log);
            });
            int entries = 0;
            Set<String> targets = new TreeSet<>();
            for (BaseImage base : platforms) {
                Planned planned = dockerfile.map(file -> file.plan(base)).orElseGet(() -> plan(sources, base));
                List<String> history = new ArrayList<>();
                planned.layers().forEach(layer -> history.add(layer.createdBy()));
                history.addAll(planned.history());
                image.add(planned.base(), layers(planned, spec, layout), history);
                targets.addAll(planned.targets());
                entries = planned.layers().stream()
                        .mapToInt(layer -> layer.entries().size())
                        .sum();
            }
            AssembledImage assembled = image.finish(targets);
            if (archive) {
                ImageArchive.write(folder.resolve(spec.name() + ".tar"), assembled, platforms, baseImages);
            }
            return new Assembled(
                    assembled,
                    dockerfile.isPresent() ? entries : sources.tree().entries().size(),
                    read);
        }

        private BaseImage base(ImageReference reference, Platform platform) {
            return base(reference, List.of(platform)).get().get(0);
        }

        private Planned plan(Sources sources, BaseImage base) {
            BaseFiles files = new BaseFiles(base, cache.resolve("base"), log);
            Placement placement = Placement.find(sources.spec(), base, files, cache.resolve("base"));
            return new Planned(
                    base,
                    new LayerPlan(sources.spec(), placement, files).layers(sources.tree()),
                    List.of(),
                    List.of(sources.spec().target().folder()));
        }

        private List<Layer> layers(Planned planned, ImageSpec spec, LayoutFolder layout) {
            return together(planned.layers().stream()
                    .map(layer -> workers.start(() -> layers.provide(layer, planned.targets(), spec, layout)))
                    .toList());
        }
    }

    private void tell(Assembled assembled) {
        AssembledImage image = assembled.image();
        log.info(String.format(
                Locale.ROOT,
                "Image '%s': %s %s in %s of %s on top of %s; %s",
                image.spec().name(),
                Counted.of(assembled.entries(), "entry", "entries"),
                image.spec()
                        .dockerfile()
                        .map(file -> "by " + file.path())
                        .orElse("of " + image.spec().files().folder()),
                Counted.of(image.layers().size(), "layer"),
                ByteSize.of(image.size()),
                image.spec().base(),
                image.digest()));
        log.debug(Counted.of(assembled.read(), "file") + " had to be read; image id " + image.imageId());
        for (Layer layer : image.layers()) {
            log.debug("Layer " + layer.content() + ": " + layer.blob().digest() + ", "
                    + ByteSize.of(layer.blob().size()));
        }
    }
}
