package io.github.olympe.maven.image;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.base.BaseFiles;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.base.BaseImages;
import io.github.olympe.maven.image.layer.Layer;
import io.github.olympe.maven.image.layer.LayerCache;
import io.github.olympe.maven.image.layer.LayerPlan;
import io.github.olympe.maven.image.layer.Placement;
import io.github.olympe.maven.image.layout.AssembledImage;
import io.github.olympe.maven.image.layout.ImageArchive;
import io.github.olympe.maven.image.layout.ImageConfiguration;
import io.github.olympe.maven.image.layout.ImageLayout;
import io.github.olympe.maven.image.layout.LayoutWriter;
import io.github.olympe.maven.image.push.Progress;
import io.github.olympe.maven.image.source.ContentHashes;
import io.github.olympe.maven.image.source.SourceEntry.Type;
import io.github.olympe.maven.image.source.SourceFilter;
import io.github.olympe.maven.image.source.SourceTree;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageLog;
import io.github.olympe.maven.registry.MediaTypes;
import io.github.olympe.maven.registry.Platform;
import io.github.olympe.maven.text.ByteSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * Assembles images: reads their source trees, looks up owner and target in their base images, makes the layers that no earlier build has
 * made, and writes each image to its layout folder. All images, and the layers in each, are made at once.
 */
public final class ImageAssembler {

    private final BaseImages baseImages;
    private final Path cache;
    private final ImageLog log;
    private Optional<Instant> created = Optional.empty();

    /**
     * An assembler.
     *
     * @param baseImages where base images come from
     * @param cache the folder of the cache, shared by all builds of the machine
     */
    public ImageAssembler(BaseImages baseImages, Path cache, ImageLog log) {
        this.baseImages = baseImages;
        this.cache = cache;
        this.log = log;
    }

    /** The time that images say they were made at, instead of their base image's. */
    public ImageAssembler created(Instant time) {
        created = Optional.of(time);
        return this;
    }

    /**
     * Assembles these images, each into the sub-folder of its name.
     *
     * @param folder the folder of all images' layouts
     * @param archives whether to write a {@code docker load}-able {@code <name>.tar} of each, too
     * @return the images, in the same order
     * @throws OlympeException if one of them cannot be made; a missing or empty source is found before anything is written
     */
    public List<AssembledImage> assemble(List<ImageSpec> specs, Path folder, boolean archives) {
        specs.forEach(ImageAssembler::requireSource);
        int cores = Runtime.getRuntime().availableProcessors();
        ForkJoinPool workers = new ForkJoinPool(cores);
        ExecutorService images = Executors.newFixedThreadPool(Math.max(1, specs.size()), ImageAssembler::daemon);
        ExecutorService layers = Executors.newFixedThreadPool(cores, ImageAssembler::daemon);
        try {
            Run run = new Run(workers, layers);
            List<Future<Sources>> read = new ArrayList<>();
            for (ImageSpec spec : specs) {
                read.add(images.submit((Callable<Sources>) () -> run.read(spec)));
            }
            List<Sources> sources = read.stream().map(Futures::get).toList();
            List<Future<AssembledImage>> assembled = new ArrayList<>();
            for (Sources source : sources) {
                assembled.add(images.submit((Callable<AssembledImage>) () -> run.assemble(source, folder, archives)));
            }
            List<AssembledImage> results = assembled.stream().map(Futures::get).toList();
            run.layerCache.removeUnused(cache.resolve("hashes"));
            return results;
        } finally {
            images.shutdownNow();
            layers.shutdownNow();
            workers.shutdownNow();
        }
    }

    /**
     * Fails where there is no folder to make this image from.
     *
     * @throws OlympeException that names the parameter and says what to run
     */
    static void requireSource(ImageSpec spec) {
        if (!Files.isDirectory(spec.sourceFolder())) {
            throw noSource(spec, Files.exists(spec.sourceFolder()) ? "is not a folder" : "does not exist");
        }
    }

    private static OlympeException noSource(ImageSpec spec, String what) {
        String goal = switch (spec.kind()) {
            case FRONTEND -> "build-frontend";
            case BACKEND -> "build-backend";
            case CODE_AS_DATA -> "build-code-as-data";
        };
        return new OlympeException(String.format(
                "The folder '%s' (parameter '%s') %s, so that there is nothing to put into the image '%s'; run 'mvn olympe:%s', or correct the parameter.",
                spec.sourceFolder(), ImageSpec.parameter(spec.kind(), "source"), what, spec.name(), goal));
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "olympe-image");
        thread.setDaemon(true);
        return thread;
    }

    /** What an image is made from. */
    private record Sources(ImageSpec spec, SourceTree tree, Future<List<BaseImage>> bases) {}

    /** One call of {@link #assemble(List, Path, boolean)}. */
    private final class Run {

        private final ForkJoinPool workers;
        private final ExecutorService layerMakers;
        private final LayerCache layerCache;
        private final ContentHashes hashes = new ContentHashes(cache.resolve("hashes"));
        private final Map<String, FutureTask<List<BaseImage>>> bases = new ConcurrentHashMap<>();
        private final Map<String, FutureTask<Layer>> layers = new ConcurrentHashMap<>();

        Run(ForkJoinPool workers, ExecutorService layerMakers) {
            this.workers = workers;
            this.layerMakers = layerMakers;
            this.layerCache = new LayerCache(cache.resolve("layers"), workers);
        }

        Sources read(ImageSpec spec) {
            FutureTask<List<BaseImage>> base =
                    new FutureTask<>(() -> baseImages.resolve(spec.base(), spec.platforms()));
            FutureTask<List<BaseImage>> known = bases.putIfAbsent(spec.base() + " " + spec.platforms(), base);
            if (known == null) {
                daemon(base).start();
            }
            SourceTree tree = SourceTree.read(spec.sourceFolder(), SourceFilter.of(spec), workers);
            if (tree.entries().stream().allMatch(entry -> entry.type == Type.FOLDER)) {
                throw noSource(
                        spec,
                        spec.includes().isEmpty() && spec.excludes().isEmpty()
                                ? "is empty, or wholly left out by .dockerignore"
                                : "is empty, or wholly left out by 'includes', 'excludes' or .dockerignore");
            }
            return new Sources(spec, tree, known == null ? base : known);
        }

        AssembledImage assemble(Sources sources, Path folder, boolean archive) {
            ImageSpec spec = sources.spec();
            int read = hashes.compute(sources.tree(), workers);
            List<BaseImage> platforms = Futures.get(sources.bases());
            LayoutWriter layout = new LayoutWriter();
            Map<Platform, Descriptor> manifests = new LinkedHashMap<>();
            List<AssembledImage.OwnLayer> own = new ArrayList<>();
            for (BaseImage base : platforms) {
                List<Layer> made = layers(sources, base);
                made.forEach(layout::add);
                byte[] configuration = ImageConfiguration.configuration(spec, base, made, created);
                Descriptor descriptor = layout.add(MediaTypes.OCI_CONFIG, configuration);
                byte[] manifest = ImageConfiguration.manifest(spec, base, descriptor, made);
                manifests.put(base.platform(), layout.add(MediaTypes.OCI_MANIFEST, manifest));
                if (own.isEmpty()) {
                    made.forEach(layer ->
                            own.add(new AssembledImage.OwnLayer(layer.digest(), layer.size(), layer.content())));
                }
            }
            Descriptor root = spec.platforms().isEmpty()
                    ? manifests.values().iterator().next()
                    : layout.add(MediaTypes.OCI_INDEX, ImageConfiguration.index(manifests));
            Path target = folder.resolve(spec.name());
            layout.write(target, root);
            AssembledImage image = new AssembledImage(
                    spec, ImageLayout.read(target), platforms.get(0).reference(), own);
            if (archive) {
                ImageArchive.write(folder.resolve(spec.name() + ".tar"), image, platforms);
            }
            tell(image, sources.tree().entries().size(), read);
            return image;
        }

        private List<Layer> layers(Sources sources, BaseImage base) {
            ImageSpec spec = sources.spec();
            BaseFiles files = new BaseFiles(base, cache.resolve("base"), log);
            Placement placement = Placement.find(spec, base, files, cache.resolve("base"));
            List<FutureTask<Layer>> tasks = new ArrayList<>();
            new LayerPlan(spec, placement, files).layers(sources.tree()).forEach((content, entries) -> {
                String key = layerCache.key(entries);
                FutureTask<Layer> task = new FutureTask<>(
                        () -> layerCache.get(content, key, entries, new Progress(log, spec.name(), content)));
                FutureTask<Layer> known = layers.putIfAbsent(key + " " + content, task);
                if (known == null) {
                    layerMakers.execute(task);
                }
                tasks.add(known == null ? task : known);
            });
            return tasks.stream().map(Futures::get).toList();
        }
    }

    private void tell(AssembledImage image, int entries, int read) {
        Set<Digest> distinct = new LinkedHashSet<>();
        long bytes = image.layers().stream()
                .filter(layer -> distinct.add(layer.digest()))
                .mapToLong(AssembledImage.OwnLayer::size)
                .sum();
        log.info(String.format(
                Locale.ROOT,
                "Image '%s': %,d entries of %s in %d %s of %s, on %s; %s",
                image.spec().name(),
                entries,
                image.spec().source(),
                image.layers().size(),
                image.layers().size() == 1 ? "layer" : "layers",
                ByteSize.of(bytes),
                image.spec().base(),
                image.digest()));
        log.debug(read + " files had to be read; image id " + image.imageId());
        for (AssembledImage.OwnLayer layer : image.layers()) {
            log.debug("Layer " + layer.content() + ": " + layer.digest() + ", " + ByteSize.of(layer.size()));
        }
    }
}
