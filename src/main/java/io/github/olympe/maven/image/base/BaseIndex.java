package io.github.olympe.maven.image.base;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.Platform;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The images of an image index (OCI image index, Docker manifest list), by platform. It includes the entries of nested indexes. An entry
 * without a platform has the platform in its image's configuration.
 *
 * @param image the image that the index belongs to
 * @param entries the images, in the order of the index
 */
record BaseIndex(PulledImage image, List<Entry> entries) {

    private static final int DEEPEST = 5;
    private static final Set<String> INDEXES = Set.of(
            "application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json");
    private static final Set<String> CONFIGURATIONS =
            Set.of("application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json");

    /** One image: its platform and its manifest. */
    record Entry(Platform platform, Digest digest) {}

    /** Fetches what an index refers to. */
    interface Source {
        /** Returns a manifest or an index. */
        JsonNode manifest(Digest digest);

        /** Returns an image's configuration. */
        JsonNode configuration(JsonNode manifest);
    }

    /** Reads an index. If an entry does not name its platform, what it refers to is fetched too. */
    static BaseIndex of(PulledImage image, JsonNode index, Source source) {
        List<Entry> entries = new ArrayList<>();
        add(image, index, source, new HashSet<>(), DEEPEST, entries);
        return new BaseIndex(image, List.copyOf(entries));
    }

    private static void add(
            PulledImage image, JsonNode index, Source source, Set<Digest> indexes, int deeper, List<Entry> entries) {
        for (JsonNode entry : index.path("manifests")) {
            Platform platform = platform(entry.path("platform"));
            // An index lists attestations as images for an unknown platform.
            if (platform.os().equals("unknown")) {
                continue;
            }
            Digest digest = image.digest(entry);
            boolean said = !platform.os().isEmpty() && !platform.architecture().isEmpty();
            if (said && !INDEXES.contains(entry.path("mediaType").asText())) {
                entries.add(new Entry(platform, digest));
                continue;
            }
            JsonNode manifest = source.manifest(digest);
            if (manifest.path("manifests").isArray()) {
                if (deeper > 0 && indexes.add(digest)) {
                    add(image, manifest, source, indexes, deeper - 1, entries);
                }
            } else if (CONFIGURATIONS.contains(
                    manifest.path("config").path("mediaType").asText())) {
                // Signatures and other artifacts have configurations of their own kinds.
                entries.add(new Entry(platform(source.configuration(manifest)), digest));
            }
        }
    }

    /** Returns the only platform, or else the default platform. */
    List<Platform> platformsByDefault() {
        return entries.size() == 1 ? List.of(entries.get(0).platform()) : List.of(Platform.LINUX_AMD64);
    }

    /**
     * Returns the manifest for each of these platforms. An entry with exactly this name comes first, then one that means the same.
     *
     * @throws OlympeException if a platform has no manifest, or two have the same one
     */
    List<Digest> choose(List<Platform> wanted) {
        Map<Digest, Platform> chosen = new HashMap<>();
        List<Digest> digests = new ArrayList<>();
        for (Platform platform : wanted) {
            Digest digest = find(platform);
            Platform other = chosen.put(digest, platform);
            if (other != null) {
                throw new OlympeException("The platforms '" + other + "' and '" + platform
                        + "' are the same image of '" + image.reference()
                        + "'; leave one of them out of the parameter 'platforms'.");
            }
            digests.add(digest);
        }
        return digests;
    }

    private Digest find(Platform platform) {
        return entries.stream()
                .filter(entry -> entry.platform().equals(platform))
                .findFirst()
                .or(() -> entries.stream()
                        .filter(entry -> platform.accepts(entry.platform()))
                        .findFirst())
                .map(Entry::digest)
                .orElseThrow(() -> missing(platform));
    }

    private OlympeException missing(Platform platform) {
        String offered = entries.stream()
                .map(entry -> entry.platform().toString())
                .distinct()
                .collect(Collectors.joining(", "));
        return new OlympeException("The image '" + image.reference() + "' does not exist for the platform '" + platform
                + "', only for " + offered + "; choose among these in the parameter 'platforms', or another image in "
                + image.parameter() + ".");
    }

    /** Returns the platform of an index entry or a configuration. Its system is empty if it names none. */
    static Platform platform(JsonNode json) {
        return new Platform(
                json.path("os").asText(""),
                json.path("architecture").asText(""),
                Optional.of(json.path("variant").asText("")).filter(variant -> !variant.isEmpty()));
    }
}
