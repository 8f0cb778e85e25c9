package io.github.olympe.maven.goal.bridge;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.patches.FoundState;
import io.github.olympe.maven.patches.State;
import io.github.olympe.maven.patches.graph.CodeAsData;
import io.github.olympe.maven.patches.tree.ContentTree;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The images that an environment runs together. The images of another environment are compared one by one. Anything else is compared with
 * the one matching image.
 */
final class RunningState implements FoundState {

    private final String environment;
    private final Map<String, ImageState> images;
    private final Optional<ImageState> codeAsData;

    /**
     * @param images the images by their names in the build
     * @param codeAsData which of them is the code as data
     */
    RunningState(String environment, Map<String, ImageState> images, Optional<ImageState> codeAsData) {
        this.environment = environment;
        this.images = images;
        this.codeAsData = codeAsData;
    }

    @Override
    public Set<String> layers() {
        return images.values().stream()
                .flatMap(image -> image.layers().stream())
                .collect(Collectors.toSet());
    }

    @Override
    public FoundState comparableWith(FoundState other) {
        if (other instanceof RunningState) {
            return this;
        }
        if (!other.layers().isEmpty()) {
            return images.values().stream()
                    .max((one, two) -> Long.compare(shared(one, other), shared(two, other)))
                    .<FoundState>map(image -> image)
                    .orElse(this);
        }
        return codeAsData.orElseThrow(() -> new OlympeException("No record says which code as data the environment '"
                + environment + "' runs. Give a commit or an image instead."));
    }

    private static long shared(ImageState image, FoundState other) {
        return image.layers().stream().filter(other.layers()::contains).count();
    }

    /** An image that the other environment does not run is compared only by name; its files are not read. */
    @Override
    public State read(FoundState other) {
        Map<String, ImageState> others = other instanceof RunningState running ? running.images : Map.of();
        Map<String, ContentTree> files = new HashMap<>();
        SortedMap<String, String> settings = new TreeMap<>();
        Optional<CodeAsData> patches = Optional.empty();
        int shared = 0;
        for (Map.Entry<String, ImageState> image : images.entrySet()) {
            String name = image.getKey();
            ImageState counterpart = others.get(name);
            if (counterpart == null) {
                settings.put("image " + name, image.getValue().reference());
                continue;
            }
            State state = image.getValue().read(counterpart);
            files.put(name, state.files().getOrDefault("", new ContentTree(name, new TreeMap<>())));
            State.Image about = state.image().orElseThrow();
            about.settings().forEach((setting, value) -> settings.put(name + " " + setting, value));
            if (codeAsData.filter(image.getValue()::equals).isPresent()) {
                patches = state.codeAsData();
                shared = about.shared();
            }
        }
        return new State(environment, patches, files).withImage(new State.Image(settings, shared));
    }
}
