package io.github.olympe.maven.image.dockerfile.run;

import io.github.olympe.maven.image.dockerfile.files.FilesException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The commands whose effect can be computed. */
final class Commands {

    /** Creates a command from its arguments. */
    private interface Maker {
        Command make(List<String> arguments) throws NotComputable, FilesException;
    }

    private static final Map<String, Maker> ALL = new TreeMap<>(Map.of(
            "chmod", Chmod::of,
            "chown", Chown::chown,
            "chgrp", Chown::chgrp,
            "mkdir", Mkdir::of,
            "ln", Link::of,
            "rm", Remove::of,
            "mv", Move::of,
            "cp", Copy::of,
            "touch", Touch::of,
            "true", arguments -> session -> {}));

    /** Commands that a stage runs to build the project. */
    private static final Set<String> OF_BUILDS =
            Set.of("npm", "npx", "yarn", "pnpm", "corepack", "webpack", "node", "ng", "vite");

    private static final String BUILT_BEFORE =
            "The plugin runs npm and the scripts of package.json itself: delete a stage"
                    + " that only builds the project, and write 'COPY $SOURCES_PATH …' where the image copies from it; else";

    private Commands() {}

    /**
     * Returns the command with these words, of which there is at least one.
     *
     * @throws NotComputable if the command or one of its options is unknown
     * @throws FilesException if operands are missing
     */
    static Command of(List<String> words) throws NotComputable, FilesException {
        return require(words.get(0)).make(words.subList(1, words.size()));
    }

    /**
     * Checks that a command is known.
     *
     * @throws NotComputable if it is not
     */
    static Maker require(String name) throws NotComputable {
        Maker maker = ALL.get(name.replaceFirst("^(?:/usr)?/bin/", ""));
        if (maker == null) {
            throw new NotComputable(
                    "'" + name + "' is not one of the commands that it can compute without running them ("
                            + String.join(", ", ALL.keySet()) + ")",
                    OF_BUILDS.contains(name) ? BUILT_BEFORE : "");
        }
        return maker;
    }
}
