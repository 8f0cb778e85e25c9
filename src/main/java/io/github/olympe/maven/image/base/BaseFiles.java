package io.github.olympe.maven.image.base;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.io.Leftovers;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.registry.ImageLog;
import io.github.olympe.maven.registry.content.LayerEntries;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * The files of a base image, looked up through its layers from the top. A layer is opened only when those above it leave a question open,
 * and what is in it is remembered by its digest.
 */
public final class BaseFiles {

    private static final int MOST_LINKS = 40;

    /** How many bytes of memory all that is known of an image's layers may take: enough for some 300,000 files. */
    private static final long HEAVIEST = 64L << 20;

    private final BaseImage image;
    private final Path cache;
    private final ImageLog log;
    private final Map<Integer, BaseLayerIndex> indexes = new HashMap<>();

    /** Remembers in this folder of the cache. */
    public BaseFiles(BaseImage image, Path cache, ImageLog log) {
        this.image = image;
        this.cache = cache;
        this.log = log;
    }

    /** A file and the layer that has it. */
    private record Found(BaseFile file, int layer) {}

    /** The path itself, a link not followed; a folder that no layer names but some layer has files in counts. */
    public Optional<BaseFile> find(String path) {
        return locate(path).map(Found::file);
    }

    private Optional<Found> locate(String path) {
        boolean parent = false;
        for (int i = image.layers().size() - 1; i >= 0; i--) {
            BaseLayerIndex index = index(i);
            Optional<BaseFile> found = index.find(path);
            if (found.isPresent() && (!parent || found.get().isFolder())) {
                return Optional.of(new Found(found.get(), i));
            }
            parent |= index.isParent(path);
            if (found.isPresent() || index.hides(path)) {
                break;
            }
        }
        return parent ? Optional.of(new Found(new BaseFile(path, '5', 0755, 0, 0, 0, ""), -1)) : Optional.empty();
    }

    /**
     * Where a path leads when the links on the way to it are followed inside the image, as a process in it would see; the last part is
     * followed too. What does not exist is taken as it is written.
     */
    public String resolve(String path) {
        Deque<String> rest = new ArrayDeque<>(parts(path));
        List<String> resolved = new ArrayList<>();
        int links = 0;
        while (!rest.isEmpty()) {
            String part = rest.removeFirst();
            if (part.equals("..")) {
                if (!resolved.isEmpty()) {
                    resolved.remove(resolved.size() - 1);
                }
                continue;
            }
            resolved.add(part);
            Optional<BaseFile> file = find(String.join("/", resolved));
            if (file.isPresent() && file.get().isSymbolicLink()) {
                if (++links > MOST_LINKS) {
                    throw new OlympeException("The path '" + path + "' in the base image '" + image.reference()
                            + "' leads through more than " + MOST_LINKS + " symbolic links; choose another path.");
                }
                String target = file.get().linkTarget();
                resolved.remove(resolved.size() - 1);
                if (target.startsWith("/")) {
                    resolved.clear();
                }
                List<String> targetParts = parts(target);
                for (int i = targetParts.size() - 1; i >= 0; i--) {
                    rest.addFirst(targetParts.get(i));
                }
            }
        }
        return String.join("/", resolved);
    }

    private static List<String> parts(String path) {
        return Arrays.stream(path.split("/"))
                .filter(part -> !part.isEmpty() && !part.equals("."))
                .toList();
    }

    /** The text of a file, links to it followed; empty where there is none. */
    String text(String path) {
        Optional<Found> found = locate(resolve(path));
        for (int hops = 0; found.isPresent() && found.get().file().isHardLink() && hops < MOST_LINKS; hops++) {
            found = locate(found.get().file().linkTarget());
        }
        if (found.isEmpty() || !found.get().file().isFile() || found.get().layer() < 0) {
            return "";
        }
        BaseFile file = found.get().file();
        int layer = found.get().layer();
        if (file.size() > BaseLayerIndex.LARGEST_KEPT) {
            throw broken(layer, new IOException("its '/" + file.path() + "' has " + file.size() + " bytes"));
        }
        byte[] content = index(layer).content(file.path()).orElseGet(() -> {
            extract(layer, Set.of(file.path()));
            try {
                return Files.readAllBytes(extracted(file.path(), layer));
            } catch (IOException e) {
                throw broken(layer, e);
            }
        });
        return new String(content, StandardCharsets.UTF_8);
    }

    /** All that is below a folder, in the order of the paths. */
    public List<BaseFile> below(String folder) {
        Map<String, BaseFile> all = new TreeMap<>();
        String prefix = folder + "/";
        for (int i = image.layers().size() - 1; i >= 0; i--) {
            for (BaseFile file : index(i).files()) {
                if (file.path().startsWith(prefix) && !all.containsKey(file.path())) {
                    find(file.path()).ifPresent(visible -> all.put(visible.path(), visible));
                }
            }
        }
        return List.copyOf(all.values());
    }

    /** Copies of the files' contents, hard links followed, in files of the cache, by the files' paths. Each layer is read once at most. */
    public Map<String, Path> contents(List<BaseFile> files) {
        Map<String, Found> sources = new HashMap<>();
        Map<Integer, Set<String>> wanted = new TreeMap<>();
        for (BaseFile file : files) {
            Found source = source(file);
            sources.put(file.path(), source);
            wanted.computeIfAbsent(source.layer(), layer -> new HashSet<>())
                    .add(source.file().path());
        }
        wanted.forEach(this::extract);
        Map<String, Path> contents = new HashMap<>();
        sources.forEach(
                (path, source) -> contents.put(path, extracted(source.file().path(), source.layer())));
        return contents;
    }

    private Found source(BaseFile file) {
        Found found = locate(file.path()).orElseThrow();
        for (int hops = 0; found.file().isHardLink() && hops < MOST_LINKS; hops++) {
            Found link = found;
            found = locate(link.file().linkTarget())
                    .filter(target -> target.layer() >= 0)
                    .orElseThrow(() -> broken(
                            link.layer(),
                            new IOException("its hard link '/" + link.file().path() + "' leads to '/"
                                    + link.file().linkTarget() + "', which is not there")));
        }
        return found;
    }

    /** Where the content of a layer's file is kept. */
    private Path extracted(String path, int layer) {
        return extracted(layer).resolve(Digest.of(path).hex());
    }

    private Path extracted(int layer) {
        return cache.resolve("files")
                .resolve(image.layers().get(layer).blob().digest().hex());
    }

    private void extract(int layer, Set<String> paths) {
        Set<String> missing = new HashSet<>(paths);
        missing.removeIf(path -> Files.isRegularFile(extracted(path, layer)));
        if (missing.isEmpty()) {
            return;
        }
        written(() -> {
            Path folder = Files.createDirectories(extracted(layer));
            Leftovers.remove(folder);
            return folder;
        });
        try (LayerEntries in = new LayerEntries(tar(layer), size(layer))) {
            for (TarArchiveEntry entry = in.next(); entry != null && !missing.isEmpty(); entry = in.next()) {
                String path = LayerEntries.clean(entry.getName());
                if (entry.isFile() && missing.remove(path)) {
                    store(in.content(), extracted(path, layer));
                }
            }
        } catch (IOException e) {
            throw broken(layer, e);
        }
        if (!missing.isEmpty()) {
            throw broken(
                    layer,
                    new IOException("its layer has no '" + missing.iterator().next() + "' any more"));
        }
    }

    /**
     * Writes a file of the cache.
     *
     * @throws IOException if the content cannot be read
     * @throws OlympeException if the file cannot be written
     */
    private void store(InputStream content, Path file) throws IOException {
        Path temporary = file.resolveSibling(UUID.randomUUID() + ".tmp");
        byte[] buffer = new byte[1 << 16];
        try {
            try (OutputStream out = written(() -> Files.newOutputStream(temporary))) {
                for (int length = content.read(buffer); length >= 0; length = content.read(buffer)) {
                    int read = length;
                    written(() -> {
                        out.write(buffer, 0, read);
                        return out;
                    });
                }
            }
            written(() ->
                    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING));
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private <T> T written(Step<T> step) {
        try {
            return step.run();
        } catch (IOException e) {
            throw new OlympeException(
                    "The cache folder '" + cache + "' cannot be written (" + e
                            + "); check its rights and the space on the disk.",
                    e);
        }
    }

    /** A step of writing. */
    @FunctionalInterface
    private interface Step<T> {
        T run() throws IOException;
    }

    private BaseLayerIndex index(int layer) {
        BaseLayerIndex index = indexes.get(layer);
        if (index == null) {
            index = loadIndex(layer);
            indexes.put(layer, index);
        }
        return index;
    }

    private BaseLayerIndex loadIndex(int layer) {
        long heaviest = HEAVIEST
                - indexes.values().stream().mapToLong(BaseLayerIndex::weight).sum();
        Path file = cache.resolve("layers")
                .resolve(image.layers().get(layer).blob().digest().hex());
        Optional<BaseLayerIndex> known = BaseLayerIndex.load(file).filter(index -> index.weight() <= heaviest);
        if (known.isPresent()) {
            return known.get();
        }
        log.debug("Reading layer " + (layer + 1) + " of " + image.layers().size() + " of " + image.reference());
        try (InputStream in = tar(layer)) {
            BaseLayerIndex index = BaseLayerIndex.read(in, size(layer), heaviest);
            remember(index, file);
            return index;
        } catch (IOException e) {
            throw broken(layer, e);
        }
    }

    private long size(int layer) {
        return image.layers().get(layer).blob().size();
    }

    /** A memo that cannot be written only costs time. */
    private void remember(BaseLayerIndex index, Path file) {
        try {
            index.write(file);
        } catch (IOException e) {
            log.debug("What is in a layer cannot be remembered in '" + file + "' (" + e + ")");
        }
    }

    private InputStream tar(int layer) throws IOException {
        BaseLayer base = image.layers().get(layer);
        String type = base.blob().mediaType();
        if (type.endsWith("zstd")) {
            throw new OlympeException("The base image '" + image.reference() + "' has a layer of the type '" + type
                    + "', which cannot be looked into;"
                    + " use a base image with gzip layers.");
        }
        return LayerEntries.unpack(image.open(base));
    }

    private OlympeException broken(int layer, IOException e) {
        return new OlympeException(
                "Layer " + image.layers().get(layer).blob().digest() + " of the base image '" + image.reference()
                        + "' cannot be read (" + e + "); run again, or choose another base image.",
                e);
    }
}
