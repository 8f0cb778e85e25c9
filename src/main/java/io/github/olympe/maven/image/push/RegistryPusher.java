package io.github.olympe.maven.image.push;

import io.github.olympe.maven.process.Workers;
import io.github.olympe.maven.registry.ImageLog;
import io.github.olympe.maven.text.ByteSize;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Pushes the images of a build in parallel, and sends only what their registry lacks. Each step is done for all images before the next one:
 *
 * <ol>
 * <li>Ask what the tags point to. An image that is there under all of its tags is done.
 * <li>Find the missing blobs. If another repository of the registry has a blob, mount it from there; otherwise send it. A layer of a base
 * image is fetched only for that.
 * <li>Push each image under its first tag.
 * <li>Push each image under its other tags. So these never point to a mixed set, even if the push fails halfway.
 * </ol>
 */
final class RegistryPusher implements ImagePusher {

    private static final int THREADS = 8;

    private final Registries registries;
    private final Path cache;
    private final MountSources mountSources;
    private final ImageLog log;

    RegistryPusher(Registries registries, Path cache, ImageLog log) {
        this.registries = registries;
        this.cache = cache;
        this.mountSources = new MountSources(cache.resolve("pushed"));
        this.log = log;
    }

    @Override
    public List<PushResult> push(List<PushRequest> requests) {
        AtomicLong sent = new AtomicLong();
        try (Workers workers =
                Workers.reporting(THREADS, () -> log.info("Pushing: " + ByteSize.of(sent.get()) + " sent so far."))) {
            List<PushedImage> images = requests.stream()
                    .map(request -> new PushedImage(request, registries, registries.blobs(cache), log))
                    .toList();
            workers.run(each(images, PushedImage::askForTags));
            workers.run(each(images, PushedImage::askForManifest));
            List<BlobTransfer> missing = missing(images, workers);
            workers.run(missing.stream()
                    .sorted(Comparator.comparingLong(BlobTransfer::size).reversed())
                    .map(transfer -> (Runnable) () -> transfer.run(sent))
                    .toList());
            workers.run(
                    images.stream().map(image -> (Runnable) image::pushFirstTag).toList());
            for (int position : IntStream.range(1, mostTags(images)).toArray()) {
                workers.run(images.stream()
                        .map(image -> (Runnable) () -> image.pushTag(position))
                        .toList());
            }
            return images.stream().map(PushedImage::result).toList();
        }
    }

    private static int mostTags(List<PushedImage> images) {
        return images.stream().mapToInt(image -> image.tags().size()).max().orElse(0);
    }

    private static <T> List<Runnable> each(Collection<T> all, Function<T, List<Runnable>> step) {
        return all.stream().flatMap(one -> step.apply(one).stream()).toList();
    }

    /** Returns the blobs that some repository lacks. */
    private List<BlobTransfer> missing(List<PushedImage> images, Workers workers) {
        Map<String, BlobTransfer> transfers = new LinkedHashMap<>();
        for (PushedImage image : images) {
            for (PushedImage.Blob blob : image.blobsToPush()) {
                transfers
                        .computeIfAbsent(
                                image.registry() + " " + blob.digest(),
                                key -> new BlobTransfer(blob, registries, registries.blobs(cache), mountSources))
                        .wantedIn(image);
            }
        }
        workers.run(each(transfers.values(), BlobTransfer::askWhereItIsWanted));
        List<BlobTransfer> missing =
                transfers.values().stream().filter(BlobTransfer::isMissing).toList();
        workers.run(each(missing, transfer -> transfer.askWhereElseItIs(images)));
        return missing;
    }
}
