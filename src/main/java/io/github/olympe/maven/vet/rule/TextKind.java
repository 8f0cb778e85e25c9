package io.github.olympe.maven.vet.rule;

import java.util.Locale;
import java.util.Set;

/**
 * What kind of text a file has, by its name. Programs and their source maps are full of examples from the documentation and the tests of
 * the packages in them; everything else in a frontend was written for it.
 */
public enum TextKind {
    /** JavaScript, TypeScript, style sheets. */
    CODE,
    /** Source maps of such. */
    SOURCE_MAP,
    /** Configurations, pages, documentation. */
    OTHER;

    private static final Set<String> CODE_ENDINGS =
            Set.of("js", "mjs", "cjs", "jsx", "ts", "tsx", "mts", "cts", "vue", "svelte", "css", "scss", "less");

    private static final Set<String> OTHER_ENDINGS = Set.of(
            "json",
            "html",
            "htm",
            "xml",
            "svg",
            "txt",
            "md",
            "yml",
            "yaml",
            "properties",
            "ini",
            "conf",
            "env",
            "sh",
            "csv",
            "webmanifest");

    /** Whether a file of this name is a text whatever bytes are in it. */
    public static boolean isText(String path) {
        String ending = ending(path);
        return of(path) != OTHER || OTHER_ENDINGS.contains(ending);
    }

    /** The kind of a file of this name. */
    public static TextKind of(String path) {
        String ending = ending(path);
        if (ending.equals("map")) {
            return SOURCE_MAP;
        }
        return CODE_ENDINGS.contains(ending) ? CODE : OTHER;
    }

    private static String ending(String path) {
        return path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
