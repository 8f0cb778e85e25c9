package io.github.olympe.maven.goal.bridge;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.image.base.BaseImages;
import io.github.olympe.maven.image.push.Registries;
import io.github.olympe.maven.patches.FoundState;
import io.github.olympe.maven.patches.State;
import io.github.olympe.maven.patches.tree.StreamedContents;
import io.github.olympe.maven.registry.ImageReference;
import io.github.olympe.maven.text.InvalidParameter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Provides the images of registries as states to compare. Of an image for several platforms, the one for {@code linux/amd64} is used. The
 * states can be read until this is closed.
 */
public final class ImageStates implements State.Source, AutoCloseable {

    /** Requires a tag or a digest, so that a mistyped branch is not looked up in a registry. */
    private static final Pattern REFERENCE = Pattern.compile("[^/]+/.*[:@][^/]+");

    private final Function<String, BaseImages> images;
    private final String target;
    private final Path temporary;
    private final List<StreamedContents> open = new ArrayList<>();

    /**
     * @param images provides the images that the user names in a parameter, see {@link Registries#images}
     * @param target the folder of a code-as-data image that holds the patches
     * @param temporary a folder for unpacked files
     */
    public ImageStates(Function<String, BaseImages> images, String target, Path temporary) {
        this.images = images;
        this.target = target.replaceAll("^/+|/+$", "");
        this.temporary = temporary;
    }

    @Override
    public Optional<FoundState> find(String parameter, String text) {
        return REFERENCE.matcher(text).matches()
                ? Optional.of(of(parameter, text, ImageReference.of(parameter, text)))
                : Optional.empty();
    }

    /**
     * Returns the state of an image.
     *
     * @param parameter the parameter that names it, {@code from (olympe.diff.from)}
     * @param name the name of the state
     */
    ImageState of(String parameter, String name, ImageReference reference) {
        return state(name, reference, InvalidParameter.inText(parameter));
    }

    /**
     * Returns the state of an image that the records name.
     *
     * @param name the name of the state
     */
    ImageState recorded(String name, ImageReference reference) {
        return state(name, reference, Registries.REGISTRY);
    }

    private ImageState state(String name, ImageReference reference, String parameter) {
        BaseImage image = images.apply(parameter).resolve(reference, List.of()).get(0);
        return new ImageState(name, image, target, this::contents);
    }

    /**
     * Returns the state of an image that this build has assembled.
     *
     * @param folder its layout folder
     */
    public ImageState assembled(Path folder) {
        return new ImageState(
                folder.getFileName().toString(),
                new AssembledBaseImage(folder, images.apply(Registries.BASE_IMAGE)),
                target,
                this::contents);
    }

    /** Returns the state of an image in a registry. */
    public FoundState inRegistry(ImageReference reference) {
        return recorded(reference.toString(), reference);
    }

    private StreamedContents contents() {
        try {
            StreamedContents contents = StreamedContents.in(temporary);
            open.add(contents);
            return contents;
        } catch (IOException e) {
            throw new OlympeException(
                    "The folder '" + temporary + "' cannot be written (" + e
                            + "). Check its permissions and the free disk space.",
                    e);
        }
    }

    @Override
    public void close() {
        for (StreamedContents contents : open) {
            try {
                contents.close();
            } catch (IOException e) {
                // The next run removes what is left there.
            }
        }
    }
}
