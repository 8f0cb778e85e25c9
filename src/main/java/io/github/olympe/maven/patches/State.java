package io.github.olympe.maven.patches;

import io.github.olympe.maven.patches.graph.CodeAsData;
import io.github.olympe.maven.patches.tree.ContentTree;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One of the two things that are compared.
 *
 * @param name its name, such as {@code HEAD}
 * @param codeAsData its code as data
 * @param files its other files, by the part that they belong to ({@code frontend}, {@code backend}); the empty text if that is unknown
 * @param image the rest of an image besides its files; absent if it is not an image, or is compared with something else
 */
public record State(
        String name, Optional<CodeAsData> codeAsData, Map<String, ContentTree> files, Optional<Image> image) {

    /**
     * The parts of an image besides its files.
     *
     * @param settings its configuration, by the names of the settings
     * @param shared how many layers the other image also has; their files are not in the state
     */
    public record Image(SortedMap<String, String> settings, int shared) {

        public Image {
            settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        }
    }

    /** A source of states: the folders of this machine, the commits of git, a registry. */
    @FunctionalInterface
    public interface Source {
        /**
         * Returns the state that a text names; absent if it names none of this kind.
         *
         * @param parameter the parameter that sets the text, for messages: {@code from (olympe.diff.from)}
         */
        Optional<FoundState> find(String parameter, String text);
    }

    public State {
        files = new TreeMap<>(files);
    }

    /** Makes a state that is not an image. */
    public State(String name, Optional<CodeAsData> codeAsData, Map<String, ContentTree> files) {
        this(name, codeAsData, files, Optional.empty());
    }

    /** Returns the state as that of an image. */
    public State withImage(Image newImage) {
        return new State(name, codeAsData, files, Optional.of(newImage));
    }

    /** Returns a state of files of any kind: code as data if there are patches among them. */
    static State of(String name, ContentTree tree) {
        CodeAsData codeAsData = CodeAsData.of(tree);
        boolean isCodeAsData =
                !codeAsData.packages().isEmpty() || !codeAsData.patches().isEmpty();
        return isCodeAsData
                ? new State(name, Optional.of(codeAsData), Map.of())
                : new State(name, Optional.empty(), Map.of("", tree));
    }
}
