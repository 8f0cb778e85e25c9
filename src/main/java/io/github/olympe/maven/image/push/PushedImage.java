package io.github.olympe.maven.image.push;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.layer.BlobCache;
import io.github.olympe.maven.image.layout.ImageLayout;
import io.github.olympe.maven.registry.Descriptor;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageLog;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.MediaTypes;
import io.github.olympe.maven.registry.protocol.Access;
import io.github.olympe.maven.registry.protocol.RegistryFailure;
import io.github.olympe.maven.text.ByteSize;
import io.github.olympe.maven.text.ForeignText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Pushes one image to its repository. */
final class PushedImage {

    private static final int LARGEST_MANIFEST_MEBIBYTES = 4;

    /** How registries say that a tag cannot be moved: Amazon, Harbor, Google and Quay; Nexus; Azure for a locked tag; others. */
    private static final Pattern IMMUTABLE = Pattern.compile(
            "(?i)immutab|does not allow updating|DISALLOWED_OPERATION|cannot be overwritten|already exists");

    private final PushRequest request;
    private final Registries registries;
    private final BlobCache cache;
    private final ImageLog log;
    private final List<String> tags;
    private final PushForm assembled;
    private final Map<String, Optional<Digest>> pointsTo = new ConcurrentHashMap<>();
    private final Map<Digest, PushResult.Outcome> outcomes = new ConcurrentHashMap<>();
    private volatile PushForm form;
    private volatile boolean manifestPresent;
    private volatile boolean firstTagPushed;

    /**
     * A blob of the image.
     *
     * @param descriptor which one
     * @param file its file; absent if it is not in the layout's folder
     * @param base the image that has it in that case: the base image, or the image that is copied
     * @param origin the parameter to correct if that image cannot be pulled
     * @param own whether that image is an earlier one of the same repository
     */
    record Blob(Descriptor descriptor, Optional<Path> file, ImageReference base, String origin, boolean own) {

        Digest digest() {
            return descriptor.digest();
        }
    }

    PushedImage(PushRequest request, Registries registries, BlobCache cache, ImageLog log) {
        this.request = request;
        this.registries = registries;
        this.cache = cache;
        this.log = log;
        this.tags = request.tags().stream().distinct().toList();
        this.assembled = PushForm.of(request.layout());
        this.form = assembled;
    }

    ImageReference target() {
        return request.repository();
    }

    String registry() {
        return target().registry();
    }

    String repository() {
        return target().repository();
    }

    Path folder() {
        return request.layout().folder();
    }

    List<String> tags() {
        return tags;
    }

    void note(Digest blob, PushResult.Outcome outcome) {
        outcomes.put(blob, outcome);
    }

    List<Runnable> askForTags() {
        return tags.stream()
                .map(tag -> (Runnable) () -> pointsTo.put(tag, ask(tag)))
                .toList();
    }

    /** Asks whether the manifest is already there under another tag or none. */
    List<Runnable> askForManifest() {
        PushForm dockers = assembled.inDockersFormat();
        if (pointsTo.containsValue(Optional.of(dockers.root().digest()))) {
            // An earlier push already used Docker's format for this registry.
            form = dockers;
        }
        manifestPresent = pointsTo.containsValue(Optional.of(form.root().digest()));
        return manifestPresent
                ? List.of()
                : List.of(() ->
                        manifestPresent = ask(form.root().digest().value()).isPresent());
    }

    private Optional<Digest> ask(String tagOrDigest) {
        return registries.pushing(
                target(), registry -> registry.manifestDigest(tagOrDigest, Access.push(repository())));
    }

    /** Returns the blobs that the repository needs before the manifest is put. */
    Collection<Blob> blobsToPush() {
        return manifestPresent ? List.of() : blobs();
    }

    private Collection<Blob> blobs() {
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
        return new Blob(
                descriptor,
                request.layout().blob(descriptor.digest()),
                manifest.holder(descriptor.digest()),
                request.origin(),
                manifest.pushed().containsKey(descriptor.digest()));
    }

    void pushFirstTag() {
        if (!pushManifests()) {
            log.info("The registry '" + registry() + "' does not accept OCI manifests; '" + target()
                    + "' is pushed in Docker's format, which its base image has.");
            form = assembled.inDockersFormat();
            pushManifests();
        }
        firstTagPushed = true;
    }

    /** Returns whether the registry accepted them. If not, they may be pushed in Docker's format. */
    private boolean pushManifests() {
        if (!manifestPresent) {
            for (PushForm.Manifest manifest : form.platforms()) {
                if (!put(manifest.digest().value(), manifest)) {
                    return false;
                }
            }
        }
        return pushTag(0);
    }

    /** Moves the tag at this position to the image, unless it already points there. */
    boolean pushTag(int position) {
        return position >= tags.size()
                || Optional.of(form.root().digest()).equals(pointsTo.get(tags.get(position)))
                || put(tags.get(position), form.root());
    }

    private boolean put(String tagOrDigest, PushForm.Manifest manifest) {
        return registries.pushing(target(), registry -> {
            try {
                registry.putManifest(repository(), tagOrDigest, manifest.mediaType(), manifest.content());
                return true;
            } catch (RegistryFailure failure) {
                if (failure.kind() == RegistryFailure.Kind.MEDIA_TYPE
                        && !firstTagPushed
                        && form == assembled
                        && isOnDockersFormat()) {
                    return false;
                }
                if (isImmutable(tagOrDigest, failure)) {
                    throw new OlympeException("The tag '" + tagOrDigest + "' of '" + target()
                            + "' cannot be moved to this build's image, since the registry does not let tags move ("
                            + failure.text() + "). Set the parameter 'tags' (olympe.tags) to tags that are new in"
                            + " each build, such as '{branch}-{commit}-{build}'.");
                }
                throw failure;
            }
        });
    }

    private boolean isImmutable(String tag, RegistryFailure failure) {
        boolean moves = pointsTo.getOrDefault(tag, Optional.empty()).isPresent();
        return moves
                && failure.status() >= 400
                && failure.status() < 500
                && IMMUTABLE.matcher(failure.text()).find();
    }

    private boolean isOnDockersFormat() {
        return request.layout().manifests().stream()
                .map(ImageLayout.Manifest::base)
                .allMatch(base -> mediaType(base).equals(MediaTypes.DOCKER_MANIFEST));
    }

    private String mediaType(ImageReference base) {
        Optional<Path> cached = base.digest().flatMap(cache::find);
        if (cached.isPresent()) {
            try {
                return ForeignText.json(cached.get(), LARGEST_MANIFEST_MEBIBYTES)
                        .path("mediaType")
                        .asText();
            } catch (IOException e) {
                // The registry did not say, so it is asked again.
            }
        }
        return registries.pulling(
                base,
                request.origin(),
                client -> client.manifest(base.repository(), base.identifier()).mediaType());
    }

    PushResult result() {
        List<PushResult.Blob> blobs = blobs().stream()
                .map(blob -> new PushResult.Blob(
                        blob.descriptor(), outcomes.getOrDefault(blob.digest(), PushResult.Outcome.PRESENT)))
                .toList();
        PushResult result = new PushResult(request, form.root().digest(), blobs);
        log.info("Pushed " + request.reference() + " (" + result.digest().shortHex() + "): "
                + ByteSize.of(result.bytes(PushResult.Outcome.UPLOADED)) + " uploaded"
                + counted(result, PushResult.Outcome.MOUNTED, "mounted from other images")
                + counted(result, PushResult.Outcome.PRESENT, "there already")
                + (tags.size() == 1 ? "." : "; also as " + String.join(", ", tags.subList(1, tags.size())) + "."));
        return result;
    }

    private static String counted(PushResult result, PushResult.Outcome outcome, String what) {
        return result.count(outcome) == 0 ? "" : ", " + ByteSize.of(result.bytes(outcome)) + " " + what;
    }
}
