package io.github.olympe.maven.patches;

import io.github.olympe.maven.patches.graph.CodeAsData;
import io.github.olympe.maven.patches.tree.ContentTree;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One of the two things that are compared.
 *
 * @param name what it is called, such as {@code HEAD}
 * @param codeAsData its code as data
 * @param files its other files, by what they belong to ({@code frontend}, {@code backend}); the empty text if nothing says it
 */
public record State(String name, Optional<CodeAsData> codeAsData, Map<String, ContentTree> files) {

    /** Where states come from: the folders of this machine, the commits of git, a registry. */
    @FunctionalInterface
    public interface Source {
        /** Returns the state that a text names; absent if it names none of this kind. */
        Optional<State> find(String text);
    }

    public State {
        files = new TreeMap<>(files);
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
