package io.github.olympe.maven.image.push;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.ByteSize;
import io.github.olympe.maven.image.Tasks;
import io.github.olympe.maven.image.layout.ImageLayout;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageLog;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.MediaTypes;
import io.github.olympe.maven.registry.RegistryClient;
import io.github.olympe.maven.registry.RegistryFailure;
import io.github.olympe.maven.registry.RegistryHttp;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Pushes the images of a build, all at once, sending only what their registry does not have. In this order, each step for all images
 * before the next:
 *
 * <ol>
 *   <li>what do the tags point to? An image that is there under all of its tags is done.
 *   <li>which blobs are missing? What another repository of the registry has is mounted from there, the rest is sent; a base image's layer
 *       is fetched only for this.
 *   <li>each image under its first tag;
 *   <li>each image under its other tags, which so never point to a mixed set after a push that failed halfway.
 * </ol>
 */
final class RegistryPusher implements ImagePusher {

    private static final int THREADS = 8;
    private static final int MOST_MOUNTS_TRIED = 3;

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
        try (Tasks tasks =
                new Tasks(THREADS, () -> log.info("Pushing: " + ByteSize.of(sent.get()) + " sent so far."))) {
            List<Image> images = requests.stream().map(Image::new).toList();
            tasks.all(each(images, Image::askTags));
            tasks.all(each(images, Image::askManifest));
            List<Transfer> transfers = transfers(images, tasks);
            tasks.all(transfers.stream()
                    .sorted(Comparator.comparingLong(Transfer::size).reversed())
                    .map(transfer -> task(() -> transfer.run(sent)))
                    .toList());
            tasks.all(images.stream().map(image -> task(image::pushFirstTag)).toList());
            int mostTags =
                    images.stream().mapToInt(image -> image.tags.size()).max().orElse(0);
            for (int tag = 1; tag < mostTags; tag++) {
                int position = tag;
                tasks.all(images.stream()
                        .map(image -> task(() -> image.pushTag(position)))
                        .toList());
            }
            return images.stream().map(Image::result).toList();
        }
    }

    /** What the tasks of one step do for each image. */
    @FunctionalInterface
    private interface Step {
        List<Callable<Void>> of(Image image);
    }

    private static List<Callable<Void>> each(List<Image> images, Step step) {
        return images.stream().flatMap(image -> step.of(image).stream()).toList();
    }

    private static Callable<Void> task(Runnable runnable) {
        return () -> {
            runnable.run();
            return done();
        };
    }

    @SuppressWarnings("NullAway") // The one value that Void has.
    private static Void done() {
        return null;
    }

    private List<Transfer> transfers(List<Image> images, Tasks tasks) {
        Map<String, Transfer> transfers = new LinkedHashMap<>();
        for (Image image : images) {
            if (!image.manifestPresent) {
                for (Blob blob : image.blobs()) {
                    transfers
                            .computeIfAbsent(
                                    image.registry() + " " + blob.descriptor().digest(), key -> new Transfer(blob))
                            .wantedIn
                            .add(image);
                }
            }
        }
        tasks.all(transfers.values().stream()
                .flatMap(transfer -> transfer.askWhereItIs(transfer.wantedIn).stream())
                .toList());
        List<Transfer> missing =
                transfers.values().stream().filter(Transfer::isMissing).toList();
        tasks.all(missing.stream()
                .filter(transfer -> transfer.presentIn.isEmpty() && transfer.isWorthMounting())
                .flatMap(transfer -> transfer
                        .askWhereItIs(images.stream()
                                .filter(image -> image.registry().equals(transfer.registry())
                                        && !transfer.wantedIn.contains(image))
                                .toList())
                        .stream())
                .toList());
        return missing;
    }

    /** A blob of an image, and the base image that has it where the layout's folder does not. */
    private record Blob(Descriptor descriptor, Optional<Path> file, ImageReference base) {}

    /** An image on its way. */
    private final class Image {

        private final PushRequest request;
        private final Digest root;
        private final List<String> tags;
        private final Map<String, Optional<Digest>> pointsTo = new ConcurrentHashMap<>();
        private final Map<Digest, PushResult.Outcome> outcomes = new ConcurrentHashMap<>();
        private volatile boolean manifestPresent;

        Image(PushRequest request) {
            this.request = request;
            this.root = request.layout().root().digest();
            this.tags = request.tags().stream().distinct().toList();
        }

        String registry() {
            return request.repository().registry();
        }

        String repository() {
            return request.repository().repository();
        }

        List<Callable<Void>> askTags() {
            return tags.stream()
                    .map(tag -> task(() -> pointsTo.put(tag, ask(tag))))
                    .toList();
        }

        /** Whether the manifest is there under another tag, or none. */
        List<Callable<Void>> askManifest() {
            manifestPresent = pointsTo.containsValue(Optional.of(root));
            return manifestPresent
                    ? List.of()
                    : List.of(task(() -> manifestPresent = ask(root.value()).isPresent()));
        }

        private Optional<Digest> ask(String tagOrDigest) {
            return registries.pushing(
                    request.repository(),
                    client -> client.manifestDigest(repository(), tagOrDigest, RegistryClient.push(repository())));
        }

        Collection<Blob> blobs() {
            Map<Digest, Blob> blobs = new LinkedHashMap<>();
            for (ImageLayout.Manifest manifest : request.layout().manifests()) {
                for (Descriptor layer : manifest.layers()) {
                    blobs.put(layer.digest(), blob(layer, manifest));
                }
                blobs.put(manifest.configuration().digest(), blob(manifest.configuration(), manifest));
            }
            return blobs.values();
        }

        private Blob blob(Descriptor descriptor, ImageLayout.Manifest manifest) {
            return new Blob(descriptor, request.layout().blob(descriptor.digest()), manifest.base());
        }

        void pushFirstTag() {
            boolean index = MediaTypes.isIndex(request.layout().root().mediaType());
            if (index && !manifestPresent) {
                for (ImageLayout.Manifest manifest : request.layout().manifests()) {
                    put(manifest.descriptor().digest().value(), manifest.descriptor());
                }
            }
            pushTag(0);
        }

        void pushTag(int position) {
            if (position < tags.size() && !Optional.of(root).equals(pointsTo.get(tags.get(position)))) {
                put(tags.get(position), request.layout().root());
            }
        }

        private void put(String tagOrDigest, Descriptor manifest) {
            byte[] content = content(manifest);
            registries.pushing(request.repository(), client -> {
                client.putManifest(repository(), tagOrDigest, manifest.mediaType(), content);
                return true;
            });
        }

        private byte[] content(Descriptor manifest) {
            Path folder = request.layout().folder();
            try {
                return Files.readAllBytes(request.layout()
                        .blob(manifest.digest())
                        .orElseThrow(() -> incomplete(folder, manifest.digest())));
            } catch (IOException e) {
                throw incomplete(folder, manifest.digest());
            }
        }

        PushResult result() {
            List<PushResult.Blob> blobs = blobs().stream()
                    .map(blob -> new PushResult.Blob(
                            blob.descriptor(),
                            outcomes.getOrDefault(blob.descriptor().digest(), PushResult.Outcome.PRESENT)))
                    .toList();
            PushResult result = new PushResult(request, root, blobs);
            log.info("Pushed " + request.reference() + " (" + root.shortHex() + "): "
                    + counted(result, PushResult.Outcome.UPLOADED, "uploaded") + ", "
                    + (result.count(PushResult.Outcome.MOUNTED) == 0
                            ? ""
                            : counted(result, PushResult.Outcome.MOUNTED, "mounted from other images") + ", ")
                    + counted(result, PushResult.Outcome.PRESENT, "there already")
                    + (tags.size() == 1 ? "." : "; also as " + String.join(", ", tags.subList(1, tags.size())) + "."));
            return result;
        }

        private static String counted(PushResult result, PushResult.Outcome outcome, String what) {
            return ByteSize.of(result.bytes(outcome)) + " " + what;
        }
    }

    /** A blob on its way to the repositories of one registry that want it. */
    private final class Transfer {

        private final Blob blob;
        private final Set<Image> wantedIn = new LinkedHashSet<>();
        private final Set<Image> presentIn = ConcurrentHashMap.newKeySet();

        Transfer(Blob blob) {
            this.blob = blob;
        }

        long size() {
            return blob.descriptor().size();
        }

        String registry() {
            return wantedIn.iterator().next().registry();
        }

        boolean isMissing() {
            return !presentIn.containsAll(wantedIn);
        }

        /** A configuration is each image's own, and sent sooner than asked for elsewhere. */
        boolean isWorthMounting() {
            return size() > 16 << 10;
        }

        List<Callable<Void>> askWhereItIs(Collection<Image> images) {
            return images.stream()
                    .map(image -> task(() -> {
                        if (isIn(image)) {
                            presentIn.add(image);
                        }
                    }))
                    .toList();
        }

        private boolean isIn(Image image) {
            return registries.pushing(
                    image.request.repository(),
                    client -> client.hasBlob(image.repository(), digest(), RegistryClient.push(image.repository())));
        }

        private Digest digest() {
            return blob.descriptor().digest();
        }

        void run(AtomicLong sent) {
            Set<String> sources = new LinkedHashSet<>();
            presentIn.forEach(image -> sources.add(image.repository()));
            if (blob.file().isEmpty() && blob.base().registry().equals(registry())) {
                sources.add(blob.base().repository());
            }
            if (isWorthMounting()) {
                sources.addAll(mountSources.of(registry(), digest()));
            }
            for (Image image : wantedIn) {
                if (!presentIn.contains(image)) {
                    image.outcomes.put(digest(), bring(image, sources, sent));
                    sources.clear();
                    sources.add(image.repository());
                }
            }
            if (isWorthMounting()) {
                mountSources.remember(
                        registry(), digest(), wantedIn.iterator().next().repository());
            }
        }

        private PushResult.Outcome bring(Image image, Set<String> sources, AtomicLong sent) {
            Optional<URI> begun = Optional.empty();
            for (String source : sources.stream().limit(MOST_MOUNTS_TRIED).toList()) {
                if (!source.equals(image.repository())) {
                    Mount mount = mount(image, source);
                    if (mount.done()) {
                        return PushResult.Outcome.MOUNTED;
                    }
                    begun = mount.upload();
                }
            }
            upload(image, begun, sent);
            return PushResult.Outcome.UPLOADED;
        }

        private Mount mount(Image image, String source) {
            return registries.pushing(image.request.repository(), client -> {
                try {
                    Optional<URI> upload = client.mountBlob(image.repository(), digest(), source);
                    return new Mount(upload.isEmpty(), upload);
                } catch (RegistryFailure failure) {
                    if (failure.status() >= 400
                            && failure.status() < 500
                            && failure.kind() != RegistryFailure.Kind.TRANSIENT) {
                        // Not every registry can mount, and not every user may read the other repository.
                        return new Mount(false, Optional.empty());
                    }
                    throw failure;
                }
            });
        }

        private void upload(Image image, Optional<URI> begun, AtomicLong sent) {
            FileBody body = new FileBody(file());
            List<URI> prepared = new ArrayList<>(begun.stream().toList());
            List<RegistryFailure> failures = new ArrayList<>();
            registries.pushing(image.request.repository(), client -> {
                try {
                    if (!failures.isEmpty()) {
                        body.check(digest(), image.request.layout().folder());
                        if (isThere(client, image)) {
                            return true;
                        }
                    }
                    URI location = prepared.isEmpty() ? client.beginUpload(image.repository()) : prepared.remove(0);
                    client.upload(image.repository(), digest(), location, body, sent::addAndGet);
                    return true;
                } catch (RegistryFailure failure) {
                    failures.add(failure);
                    throw failure;
                }
            });
        }

        /** An upload whose answer was lost may have arrived. */
        private boolean isThere(RegistryClient client, Image image) throws RegistryFailure {
            return client.hasBlob(image.repository(), digest(), RegistryClient.push(image.repository()));
        }

        private Path file() {
            return blob.file()
                    .orElseGet(() -> registries.pulling(
                            blob.base(),
                            client -> registries
                                    .blobs(cache)
                                    .get(
                                            digest(),
                                            out -> client.readBlob(
                                                    blob.base().repository(),
                                                    digest(),
                                                    content -> content.transferTo(out)))));
        }
    }

    private record Mount(boolean done, Optional<URI> upload) {}

    /** A file as the body of a request. */
    private record FileBody(Path file) implements RegistryHttp.Body {

        @Override
        public long size() {
            try {
                return Files.size(file);
            } catch (IOException e) {
                throw unreadable(e);
            }
        }

        @Override
        public InputStream open() {
            try {
                return Files.newInputStream(file);
            } catch (IOException e) {
                throw unreadable(e);
            }
        }

        /** After a failed upload: is it perhaps the file that is wrong? */
        void check(Digest digest, Path layout) {
            try {
                if (!Digest.ofFile(file).equals(digest)) {
                    throw new OlympeException("The file '" + file
                            + "' of the assembled image is damaged; remove the folder '" + layout
                            + "' and run 'mvn olympe:image' again.");
                }
            } catch (IOException e) {
                throw unreadable(e);
            }
        }

        private OlympeException unreadable(IOException e) {
            return new OlympeException(
                    "The file '" + file + "' of the assembled image cannot be read (" + e
                            + "); run 'mvn olympe:image' again.",
                    e);
        }
    }

    private static OlympeException incomplete(Path folder, Digest digest) {
        return new OlympeException("The assembled image in '" + folder + "' is not complete (" + digest
                + " is missing); run 'mvn olympe:image' again.");
    }
}
