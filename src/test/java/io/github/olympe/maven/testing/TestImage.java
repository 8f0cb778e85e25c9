package io.github.olympe.maven.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.base.BaseLayer;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.registry.Platform;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * A small image made of a few files, as a base image in a test. The same calls give the same digests everywhere. Each call of
 * {@link #layer()} begins another layer.
 */
public final class TestImage {

    private static final ObjectMapper JSON =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String OCI = "application/vnd.oci.image.";
    private static final String DOCKER = "application/vnd.docker.";

    private final List<List<Entry>> layers = new ArrayList<>(List.of(new ArrayList<>()));
    private final Map<String, Object> config = new TreeMap<>();
    private final List<String> environment = new ArrayList<>();
    private String os = "linux";
    private String architecture = "amd64";
    private Optional<String> variant = Optional.empty();
    private boolean withoutHistory;
    private boolean withoutConfig;
    private boolean docker;
    private String compression = "gzip";
    private UnaryOperator<byte[]> compressor = TestImage::gzip;

    private record Entry(String path, byte type, int mode, int uid, int gid, byte[] content, String link) {}

    /** The digest and size of a blob or manifest. */
    public record Descriptor(String mediaType, String digest, long size) {}

    private TestImage() {}

    /** An image with one empty layer, for {@code linux/amd64}. */
    public static TestImage create() {
        return new TestImage();
    }

    /** Begins another layer on top. */
    public TestImage layer() {
        layers.add(new ArrayList<>());
        return this;
    }

    /** A folder; {@code path} as in {@code home/node}. */
    public TestImage folder(String path, int uid, int gid, int mode) {
        return add(new Entry(path + "/", TarConstants.LF_DIR, mode, uid, gid, new byte[0], ""));
    }

    /** A file. */
    public TestImage file(String path, int uid, int gid, int mode, String content) {
        return add(
                new Entry(path, TarConstants.LF_NORMAL, mode, uid, gid, content.getBytes(StandardCharsets.UTF_8), ""));
    }

    /** A file with these bytes. */
    public TestImage file(String path, int uid, int gid, int mode, byte[] content) {
        return add(new Entry(path, TarConstants.LF_NORMAL, mode, uid, gid, content, ""));
    }

    /** A symbolic link. */
    public TestImage link(String path, String target) {
        return add(new Entry(path, TarConstants.LF_SYMLINK, 0777, 0, 0, new byte[0], target));
    }

    /** A hard link to a file. */
    public TestImage hardLink(String path, String target) {
        return add(new Entry(path, TarConstants.LF_LINK, 0644, 0, 0, new byte[0], target));
    }

    /** Deletes a path of a lower layer ({@code .wh.} file). */
    public TestImage whiteout(String path) {
        int slash = path.lastIndexOf('/') + 1;
        return file(path.substring(0, slash) + ".wh." + path.substring(slash), 0, 0, 0644, "");
    }

    /** An environment variable. */
    public TestImage env(String name, String value) {
        environment.add(name + "=" + value);
        return this;
    }

    /** The entrypoint. */
    public TestImage entrypoint(String... command) {
        return config("Entrypoint", List.of(command));
    }

    /** The command. */
    public TestImage cmd(String... command) {
        return config("Cmd", List.of(command));
    }

    /** Any other entry of the configuration: {@code User}, {@code WorkingDir}, {@code ExposedPorts}, {@code Labels}, … */
    public TestImage config(String name, Object value) {
        config.put(name, value);
        return this;
    }

    /** The platform it is for. */
    public TestImage platform(String os, String architecture) {
        this.os = os;
        this.architecture = architecture;
        return this;
    }

    /** The variant of its processor, {@code v7}. */
    public TestImage variant(String name) {
        variant = Optional.of(name);
        return this;
    }

    /** Omits the history. */
    public TestImage withoutHistory() {
        withoutHistory = true;
        return this;
    }

    /** Omits the settings for running it. */
    public TestImage withoutConfig() {
        withoutConfig = true;
        return this;
    }

    /** Uses Docker's media types (schema 2) instead of OCI's. */
    public TestImage docker() {
        docker = true;
        return this;
    }

    /**
     * Compresses the layers in another way than gzip.
     *
     * @param name its name in the media type, such as {@code zstd}; empty for no compression
     */
    public TestImage compressed(String name, UnaryOperator<byte[]> how) {
        compression = name;
        compressor = how;
        return this;
    }

    /**
     * Pushes it over plain HTTP to {@code registry} ({@code 127.0.0.1:5000}), and returns the manifest's digest. An {@link EmbeddedRegistry}
     * gets it without a request.
     */
    public String pushTo(String registry, String repository, String tag) {
        Descriptor manifest = pushTo(registry, repository);
        return put(registry, repository, tag, manifest.mediaType(), manifestBytes());
    }

    /** Pushes these as one multi-platform image, and returns the index's digest. */
    public static String pushIndex(String registry, String repository, String tag, List<TestImage> images) {
        List<Map<String, Object>> manifests = new ArrayList<>();
        for (TestImage image : images) {
            Map<String, Object> entry = descriptor(image.pushTo(registry, repository));
            Map<String, Object> platform = new TreeMap<>(Map.of("os", image.os, "architecture", image.architecture));
            image.variant.ifPresent(name -> platform.put("variant", name));
            entry.put("platform", platform);
            manifests.add(entry);
        }
        boolean docker = images.get(0).docker;
        String mediaType = docker ? DOCKER + "distribution.manifest.list.v2+json" : OCI + "index.v1+json";
        Map<String, Object> index = Map.of("schemaVersion", 2, "mediaType", mediaType, "manifests", manifests);
        return put(registry, repository, tag, mediaType, json(index));
    }

    private Descriptor pushTo(String registry, String repository) {
        for (List<Entry> layer : layers) {
            upload(registry, repository, blob(layer));
        }
        upload(registry, repository, configBytes());
        byte[] manifest = manifestBytes();
        String mediaType = docker ? DOCKER + "distribution.manifest.v2+json" : OCI + "manifest.v1+json";
        put(registry, repository, digest(manifest), mediaType, manifest);
        return new Descriptor(mediaType, digest(manifest), manifest.length);
    }

    /** The digests of its layers' blobs, from the lowest. */
    public List<String> layerDigests() {
        return layers.stream().map(layer -> digest(blob(layer))).toList();
    }

    private byte[] manifestBytes() {
        byte[] configBytes = configBytes();
        String configType = docker ? DOCKER + "container.image.v1+json" : OCI + "config.v1+json";
        String layerType = layerType();
        String mediaType = docker ? DOCKER + "distribution.manifest.v2+json" : OCI + "manifest.v1+json";
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("schemaVersion", 2);
        manifest.put("mediaType", mediaType);
        manifest.put("config", descriptor(new Descriptor(configType, digest(configBytes), configBytes.length)));
        manifest.put(
                "layers",
                layers.stream()
                        .map(this::blob)
                        .map(blob -> descriptor(new Descriptor(layerType, digest(blob), blob.length)))
                        .toList());
        return json(manifest);
    }

    private byte[] configBytes() {
        Map<String, Object> container = new TreeMap<>(config);
        if (!environment.isEmpty()) {
            container.put("Env", environment);
        }
        Map<String, Object> image = new LinkedHashMap<>();
        image.put("created", "2026-01-02T03:04:05Z");
        image.put("architecture", architecture);
        image.put("os", os);
        variant.ifPresent(name -> image.put("variant", name));
        if (!withoutConfig) {
            image.put("config", container);
        }
        image.put(
                "rootfs",
                Map.of(
                        "type",
                        "layers",
                        "diff_ids",
                        layers.stream().map(layer -> digest(tar(layer))).toList()));
        if (!withoutHistory) {
            image.put(
                    "history",
                    layers.stream()
                            .map(layer -> Map.of("created", "2026-01-02T03:04:05Z", "created_by", "test"))
                            .toList());
        }
        return json(image);
    }

    private String layerType() {
        return docker
                ? DOCKER + "image.rootfs.diff.tar" + (compression.isEmpty() ? "" : "." + compression)
                : OCI + "layer.v1.tar" + (compression.isEmpty() ? "" : "+" + compression);
    }

    private byte[] blob(List<Entry> layer) {
        return compressor.apply(tar(layer));
    }

    /** The image in memory, under this name. */
    public BaseImage asBase(ImageReference name) {
        TestImage image = this;
        ImageReference pinned = name.withDigest(new Digest(digest(manifestBytes())));
        Map<BaseLayer, byte[]> blobs = new LinkedHashMap<>();
        for (List<Entry> layer : layers) {
            byte[] blob = blob(layer);
            blobs.put(
                    new BaseLayer(
                            new io.github.olympe.maven.registry.Descriptor(
                                    layerType(), new Digest(digest(blob)), blob.length),
                            new Digest(digest(tar(layer)))),
                    blob);
        }
        return new BaseImage() {
            @Override
            public ImageReference reference() {
                return pinned;
            }

            @Override
            public Platform platform() {
                return new Platform(image.os, image.architecture, image.variant);
            }

            @Override
            public byte[] configuration() {
                return image.configBytes();
            }

            @Override
            public List<BaseLayer> layers() {
                return List.copyOf(blobs.keySet());
            }

            @Override
            public InputStream open(BaseLayer layer) {
                return new ByteArrayInputStream(blobs.get(layer));
            }
        };
    }

    private TestImage add(Entry entry) {
        layers.get(layers.size() - 1).add(entry);
        return this;
    }

    private static byte[] tar(List<Entry> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Entry entry : entries) {
                TarArchiveEntry header = new TarArchiveEntry(entry.path(), entry.type());
                header.setMode(entry.mode());
                header.setIds(entry.uid(), entry.gid());
                header.setModTime(1767322800000L);
                header.setLinkName(entry.link());
                header.setSize(entry.content().length);
                tar.putArchiveEntry(header);
                tar.write(entry.content());
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    private static Map<String, Object> descriptor(Descriptor descriptor) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("mediaType", descriptor.mediaType());
        map.put("digest", descriptor.digest());
        map.put("size", descriptor.size());
        return map;
    }

    private static void upload(String registry, String repository, byte[] blob) {
        Optional<EmbeddedRegistry> embedded = EmbeddedRegistry.at(registry);
        if (embedded.isPresent()) {
            embedded.get().keepBlob(repository, blob);
            return;
        }
        String base = "http://" + registry + "/v2/" + repository + "/blobs/uploads/";
        HttpResponse<String> begun =
                send(HttpRequest.newBuilder(URI.create(base)).POST(HttpRequest.BodyPublishers.noBody()), 202);
        String location = URI.create(base)
                .resolve(begun.headers().firstValue("Location").orElseThrow())
                .toString();
        String put = location + (location.contains("?") ? "&" : "?") + "digest=" + digest(blob);
        send(HttpRequest.newBuilder(URI.create(put)).PUT(HttpRequest.BodyPublishers.ofByteArray(blob)), 201);
    }

    private static String put(String registry, String repository, String reference, String type, byte[] manifest) {
        Optional<EmbeddedRegistry> embedded = EmbeddedRegistry.at(registry);
        if (embedded.isPresent()) {
            embedded.get().keepManifest(repository, reference, type, manifest);
            return digest(manifest);
        }
        URI url = URI.create("http://" + registry + "/v2/" + repository + "/manifests/" + reference);
        send(
                HttpRequest.newBuilder(url)
                        .header("Content-Type", type)
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(manifest)),
                201);
        return digest(manifest);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request, int wanted) {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != wanted) {
                throw new AssertionError(response + ": " + response.body());
            }
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] json(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
