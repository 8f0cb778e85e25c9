package io.github.olympe.maven.image.dockerfile.run;

import io.github.olympe.maven.image.dockerfile.files.FilesException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The commands that can be worked out. */
final class Commands {

    /** Makes a command of its arguments. */
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

    /** The commands of a stage that builds the project. */
    private static final Set<String> OF_BUILDS =
            Set.of("npm", "npx", "yarn", "pnpm", "corepack", "webpack", "node", "ng", "vite");

    private static final String BUILT_BEFORE =
            "The plugin runs npm and the scripts of package.json itself: delete a stage"
                    + " that only builds the project, and write 'COPY $SOURCES_PATH …' where the image copies from it; else";

    private Commands() {}

    /**
     * The command of these words.
     *
     * @throws NotComputable if there is none of this name, or it has an option that is not known
     * @throws FilesException if operands are missing
     */
    static Command of(List<String> words) throws NotComputable, FilesException {
        String name = words.isEmpty() ? "" : words.get(0);
        return require(name).make(words.subList(Math.min(1, words.size()), words.size()));
    }

    /**
     * Requires a command.
     *
     * @throws NotComputable if there is none of this name
     */
    static Maker require(String name) throws NotComputable {
        Maker maker = ALL.get(name.replaceFirst("^(?:/usr)?/bin/", ""));
        if (maker == null) {
            throw new NotComputable(
                    "'" + name + "' is not one of the commands that it can work out without running them ("
                            + String.join(", ", ALL.keySet()) + ")",
                    OF_BUILDS.contains(name) ? BUILT_BEFORE : "");
        }
        return maker;
    }
}
