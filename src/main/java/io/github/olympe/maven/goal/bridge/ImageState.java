package io.github.olympe.maven.goal.bridge;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.adopt.compare.WholeImage;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.base.BaseLayer;
import io.github.olympe.maven.patches.FoundState;
import io.github.olympe.maven.patches.State;
import io.github.olympe.maven.patches.graph.CodeAsData;
import io.github.olympe.maven.patches.tree.Content;
import io.github.olympe.maven.patches.tree.ContentTree;
import io.github.olympe.maven.patches.tree.StreamedContents;
import io.github.olympe.maven.registry.content.AppliedLayers;
import io.github.olympe.maven.registry.content.Whiteout;
import io.github.olympe.maven.text.Reason;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An image whose layers are fetched only after it is known which of them the other image also has. */
final class ImageState implements FoundState {

    private final String name;
    private final BaseImage image;
    private final String target;
    private final Supplier<StreamedContents> contents;
    private final ImageSettingsText settings;
    private final Map<List<BaseLayer>, AppliedLayers<Content>> unpacked = new HashMap<>();

    /**
     * @param target the folder of a code-as-data image that holds the patches
     * @param contents keeps the contents of patches
     */
    ImageState(String name, BaseImage image, String target, Supplier<StreamedContents> contents) {
        this.name = name;
        this.image = image;
        this.target = target;
        this.contents = contents;
        this.settings = ImageSettingsText.of(image);
    }

    String reference() {
        return image.reference().toString();
    }

    @Override
    public Set<String> layers() {
        return image.layers().stream().map(ImageState::id).collect(Collectors.toSet());
    }

    /** If the other state is not an image, the base layers of an image that the plugin made are not read. */
    @Override
    public State read(FoundState other) {
        Set<String> others = other.layers();
        List<BaseLayer> layers = image.layers();
        boolean isWhole = isOnTop(others) || other instanceof ImageState image && hasOtherWhiteouts(image);
        int start = others.isEmpty() ? settings.firstOwnLayer(layers.size()) : 0;
        List<BaseLayer> own = without(others);
        List<BaseLayer> read = isWhole ? layers : own.subList(start, own.size());
        SortedMap<String, Content> codeAsData = new TreeMap<>();
        SortedMap<String, Content> files = new TreeMap<>();
        unpacked(read).all().forEach((path, content) -> {
            if (isPatchFile(path, content)) {
                codeAsData.put(path.substring(target.length() + 1), content);
            } else {
                files.put("/" + path, content);
            }
        });
        Optional<CodeAsData> patches =
                codeAsData.isEmpty() ? Optional.empty() : Optional.of(CodeAsData.of(new ContentTree(name, codeAsData)));
        return others.isEmpty()
                ? new State(name, patches, patches.isPresent() ? Map.of() : Map.of("", new ContentTree(name, files)))
                : new State(name, patches, Map.of("", new ContentTree(name, files)))
                        .withImage(new State.Image(settings.settings(), layers.size() - read.size()));
    }

    private boolean isPatchFile(String path, Content content) {
        return path.startsWith(target + "/") && LayerContents.isFile(path, content);
    }

    /** Reads the whole image, with its patches as plain files. */
    WholeImage readWhole() {
        SortedMap<String, Content> files = new TreeMap<>();
        unpacked(image.layers()).all().forEach((path, content) -> files.put("/" + path, content));
        List<String> layers = image.layers().stream().map(ImageState::id).toList();
        int firstOwn = settings.firstOwnLayer(layers.size());
        AppliedLayers<Content> own = unpacked(image.layers().subList(firstOwn, layers.size()));
        Set<String> ownPaths = Stream.concat(
                        own.all().keySet().stream(), own.whiteouts().stream().map(Whiteout::deleted))
                .map(path -> "/" + path)
                .collect(Collectors.toSet());
        return new WholeImage(name, files, settings.settings(), layers, firstOwn, ownPaths);
    }

    /**
     * Returns whether one image only adds layers to the other. What these delete or replace is in the shared layers, so all of them must be
     * read.
     */
    private boolean isOnTop(Set<String> others) {
        Set<String> own = layers();
        return !others.isEmpty() && !others.equals(own) && (own.containsAll(others) || others.containsAll(own));
    }

    /** Returns whether the images delete different files, which may be in the layers that both have. */
    private boolean hasOtherWhiteouts(ImageState other) {
        return !unpacked(without(other.layers()))
                .whiteouts()
                .equals(other.unpacked(other.without(layers())).whiteouts());
    }

    private List<BaseLayer> without(Set<String> shared) {
        return image.layers().stream()
                .filter(layer -> !shared.contains(id(layer)))
                .toList();
    }

    private AppliedLayers<Content> unpacked(List<BaseLayer> layers) {
        return unpacked.computeIfAbsent(layers, this::unpack);
    }

    /** Reads layers. Files outside of the folder of the patches are kept too if hard links in it stand for them. */
    private AppliedLayers<Content> unpack(List<BaseLayer> layers) {
        AppliedLayers<Content> applied = unpack(layers, Set.of());
        Set<String> linked = applied.all().entrySet().stream()
                .filter(file -> isPatchFile(file.getKey(), file.getValue()))
                .map(Map.Entry::getValue)
                .filter(content -> !StreamedContents.isKept(content))
                .map(Content::place)
                .collect(Collectors.toSet());
        return linked.isEmpty() ? applied : unpack(layers, linked);
    }

    private AppliedLayers<Content> unpack(List<BaseLayer> layers, Set<String> linked) {
        AppliedLayers<Content> applied = new AppliedLayers<>(new LayerContents(name, target, linked, contents.get()));
        for (BaseLayer layer : layers) {
            try {
                applied.add(image.open(layer), layer.blob().size());
            } catch (IOException e) {
                throw new OlympeException(
                        "Layer " + layer.blob().digest() + " of the image '" + name + "' cannot be read ("
                                + Reason.of(e) + "). Push the image again.",
                        e);
            }
        }
        return applied;
    }

    private static String id(BaseLayer layer) {
        return layer.diffId().value();
    }
}
