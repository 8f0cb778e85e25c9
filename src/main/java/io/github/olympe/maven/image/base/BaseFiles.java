package io.github.olympe.maven.image.base;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.registry.ImageLog;
import io.github.olympe.maven.registry.content.LayerEntries;
import io.github.olympe.maven.text.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The files of a base image. A path is looked up from the top layer down, and a lower layer is opened only if those above it do not decide.
 * The content of each layer is remembered by its digest.
 */
public final class BaseFiles {

    private static final int MOST_LINKS = 40;

    /** The most bytes of memory for what is known of an image's layers: enough for some 300,000 files. */
    private static final long HEAVIEST = 64L << 20;

    private final BaseImage image;
    private final Path cache;
    private final ImageLog log;
    private final ExtractedFiles extracted;
    private final Map<Integer, BaseLayerIndex> indexes = new HashMap<>();
    private @Nullable Map<String, Set<String>> children;

    /** Creates a view of the image that remembers layers in this folder of the cache. */
    public BaseFiles(BaseImage image, Path cache, ImageLog log) {
        this.image = image;
        this.cache = cache;
        this.log = log;
        this.extracted = new ExtractedFiles(image, cache);
    }

    /** A file, and the layer that contains it. */
    private record Found(BaseFile file, int layer) {}

    /** Returns what is at this path, without following a link. A folder exists even if no layer names it but one has files in it. */
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
     * Resolves a path as a process in the image would, following all links, including one in the last part. Parts that do not exist are
     * left unchanged.
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

    /** Returns the text of a file, following links, or empty if there is no such file. */
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
            BaseContent extract =
                    Objects.requireNonNull(extract(layer, Set.of(file.path())).get(file.path()));
            try {
                return Files.readAllBytes(extract.file());
            } catch (IOException e) {
                throw broken(layer, e);
            }
        });
        return new String(content, StandardCharsets.UTF_8);
    }

    /** Returns everything below a folder, in the order of the paths. */
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

    /** Returns the names of a folder's direct children. The root folder is the empty path. */
    public Set<String> names(String folder) {
        Map<String, Set<String>> all = children;
        if (all == null) {
            all = new HashMap<>();
            for (int i = 0; i < image.layers().size(); i++) {
                for (BaseFile file : index(i).files()) {
                    addName(all, file.path());
                }
            }
            children = all;
        }
        Set<String> names = new TreeSet<>(all.getOrDefault(folder, Set.of()));
        names.removeIf(
                name -> find(folder.isEmpty() ? name : folder + "/" + name).isEmpty());
        return names;
    }

    private static void addName(Map<String, Set<String>> all, String path) {
        String child = path;
        boolean isNew = true;
        while (isNew && !child.isEmpty()) {
            int slash = child.lastIndexOf('/');
            String parent = child.substring(0, Math.max(0, slash));
            isNew = all.computeIfAbsent(parent, key -> new HashSet<>()).add(child.substring(slash + 1));
            child = parent;
        }
    }

    /** Returns the size of a file. For a hard link, this is the size of its target. */
    public long size(BaseFile file) {
        return file.isHardLink() ? source(file).file().size() : file.size();
    }

    /** Returns the contents of files by their paths, following hard links. Each layer is read at most once. */
    public Map<String, BaseContent> contents(List<BaseFile> files) {
        Map<String, Found> sources = new HashMap<>();
        Map<Integer, Set<String>> wanted = new TreeMap<>();
        for (BaseFile file : files) {
            Found source = source(file);
            sources.put(file.path(), source);
            wanted.computeIfAbsent(source.layer(), layer -> new HashSet<>())
                    .add(source.file().path());
        }
        Map<Integer, Map<String, BaseContent>> found = new HashMap<>();
        wanted.forEach((layer, paths) -> found.put(layer, extract(layer, paths)));
        Map<String, BaseContent> contents = new HashMap<>();
        sources.forEach((path, source) -> contents.put(
                path,
                Objects.requireNonNull(Objects.requireNonNull(found.get(source.layer()))
                        .get(source.file().path()))));
        return contents;
    }

    private Map<String, BaseContent> extract(int layer, Set<String> paths) {
        try {
            return extracted.get(image.layers().get(layer), paths);
        } catch (IOException e) {
            throw broken(layer, e);
        }
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
                                    + link.file().linkTarget() + "', which is missing")));
        }
        return found;
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
        BaseLayer base = image.layers().get(layer);
        try (InputStream in = LayerEntries.unpack(image.open(base))) {
            BaseLayerIndex index = BaseLayerIndex.read(in, base.blob().size(), heaviest);
            index.remember(file);
            return index;
        } catch (IOException e) {
            throw broken(layer, e);
        }
    }

    private OlympeException broken(int layer, IOException e) {
        return new OlympeException(
                "Layer " + image.layers().get(layer).blob().digest() + " of the base image '" + image.reference()
                        + "' cannot be read (" + Reason.of(e) + "). Run the build again, or choose another base image.",
                e);
    }
}
