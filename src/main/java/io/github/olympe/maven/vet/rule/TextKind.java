package io.github.olympe.maven.vet.rule;

import java.util.Locale;
import java.util.Set;

/**
 * What kind of text a file has, by its name. Programs and their source maps are full of examples from the documentation and the tests of
 * the packages in them; whatever else a frontend has was written for it.
 */
public enum TextKind {
    /** JavaScript, TypeScript, style sheets, source maps. */
    CODE,
    /** Configurations, pages, documentation. */
    OTHER;

    private static final Set<String> CODE_ENDINGS =
            Set.of("js", "mjs", "cjs", "jsx", "ts", "tsx", "mts", "cts", "vue", "svelte", "css", "scss", "less", "map");

    /** The kind of a file of this name. */
    public static TextKind of(String path) {
        String ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return CODE_ENDINGS.contains(ending) ? CODE : OTHER;
    }
}
