package io.github.olympe.maven.image.push;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.layer.BlobCache;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.protocol.Access;
import io.github.olympe.maven.registry.protocol.Registry;
import io.github.olympe.maven.registry.protocol.RegistryFailure;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Transfers a blob to the repositories of one registry that need it. */
final class BlobTransfer {

    private static final int MOST_MOUNTS_TRIED = 3;

    /**
     * Smaller blobs are not mounted: each image has its own configuration, and sending it takes less time than looking for it elsewhere.
     */
    private static final long SMALLEST_MOUNTED = 16 << 10;

    private final PushedImage.Blob blob;
    private final Registries registries;
    private final BlobCache cache;
    private final MountSources mountSources;
    private final Set<PushedImage> wantedIn = new LinkedHashSet<>();
    private final Set<PushedImage> presentIn = ConcurrentHashMap.newKeySet();

    BlobTransfer(PushedImage.Blob blob, Registries registries, BlobCache cache, MountSources mountSources) {
        this.blob = blob;
        this.registries = registries;
        this.cache = cache;
        this.mountSources = mountSources;
    }

    void wantedIn(PushedImage image) {
        wantedIn.add(image);
    }

    long size() {
        return blob.descriptor().size();
    }

    boolean isMissing() {
        return !presentIn.containsAll(wantedIn);
    }

    List<Runnable> askWhereItIsWanted() {
        return ask(wantedIn);
    }

    /** Looks for repositories to mount it from, if none of those that need it has it. */
    List<Runnable> askWhereElseItIs(Collection<PushedImage> images) {
        return presentIn.isEmpty() && isWorthMounting()
                ? ask(images.stream()
                        .filter(image -> image.registry().equals(registry()) && !wantedIn.contains(image))
                        .toList())
                : List.of();
    }

    private List<Runnable> ask(Collection<PushedImage> images) {
        return images.stream()
                .map(image -> (Runnable) () -> {
                    if (registries.pushing(image.target(), registry -> isIn(registry, image))) {
                        presentIn.add(image);
                    }
                })
                .toList();
    }

    private boolean isIn(Registry registry, PushedImage image) throws RegistryFailure {
        return registry.hasBlob(digest(), Access.push(image.repository()));
    }

    /**
     * Brings it to the repositories that lack it.
     *
     * @param sent counts the bytes that were sent
     */
    void run(AtomicLong sent) {
        Set<String> sources = new LinkedHashSet<>();
        presentIn.forEach(image -> sources.add(image.repository()));
        if (blob.file().isEmpty() && blob.base().registry().equals(registry())) {
            sources.add(blob.base().repository());
        }
        if (isWorthMounting()) {
            sources.addAll(mountSources.of(registry(), digest()));
        }
        for (PushedImage image : wantedIn) {
            if (!presentIn.contains(image)) {
                image.note(digest(), bring(image, sources, sent));
                sources.clear();
                sources.add(image.repository());
            }
        }
        if (isWorthMounting()) {
            mountSources.remember(
                    registry(), digest(), wantedIn.iterator().next().repository());
        }
    }

    private PushResult.Outcome bring(PushedImage image, Set<String> sources, AtomicLong sent) {
        boolean mounted = sources.stream()
                .filter(source -> !source.equals(image.repository()))
                .limit(MOST_MOUNTS_TRIED)
                .anyMatch(source -> mount(image, source));
        if (mounted) {
            return PushResult.Outcome.MOUNTED;
        }
        new Upload(image, sent).run();
        return PushResult.Outcome.UPLOADED;
    }

    private boolean mount(PushedImage image, String source) {
        return registries.pushing(image.target(), registry -> {
            try {
                return registry.mountBlob(image.repository(), digest(), source);
            } catch (RegistryFailure failure) {
                boolean refused = failure.status() >= 400 && failure.status() != 429;
                if (refused || failure.kind() == RegistryFailure.Kind.REJECTED) {
                    // Not every registry can mount, and not every user may read the other repository. The blob is sent
                    // instead.
                    return false;
                }
                throw failure;
            }
        });
    }

    /** Sends it. A failed upload starts again from the beginning. */
    private final class Upload {

        private final PushedImage image;
        private final AtomicLong sent;
        private final LayerFile file = new LayerFile(file());
        private boolean again;

        Upload(PushedImage image, AtomicLong sent) {
            this.image = image;
            this.sent = sent;
        }

        void run() {
            registries.pushing(image.target(), this::attempt);
        }

        private boolean attempt(Registry registry) throws RegistryFailure {
            if (again) {
                file.check(digest(), image.folder());
                if (isIn(registry, image)) {
                    // The blob has arrived; only the answer was lost.
                    return true;
                }
            }
            again = true;
            registry.pushBlob(image.repository(), digest(), file.blob(), sent::addAndGet);
            return true;
        }
    }

    private Path file() {
        if (blob.file().isPresent()) {
            return blob.file().get();
        }
        try {
            return registries.pulling(
                    blob.base(),
                    blob.origin(),
                    client -> cache.get(
                            digest(), out -> client.readBlob(blob.base().repository(), digest(), size(), out)));
        } catch (OlympeException e) {
            throw blob.own() ? noLongerThere(e) : e;
        }
    }

    private OlympeException noLongerThere(OlympeException e) {
        return new OlympeException(
                "The layer '" + digest() + "' is missing: 'image' found it in '"
                        + blob.base().withoutTag() + "' and did not make it, and now it cannot be fetched from there ("
                        + e.getMessage() + "). Run 'mvn olympe:image' again.",
                e);
    }

    private Digest digest() {
        return blob.digest();
    }

    private String registry() {
        return wantedIn.iterator().next().registry();
    }

    private boolean isWorthMounting() {
        return size() > SMALLEST_MOUNTED;
    }
}
