package io.github.olympe.maven.node.webpack;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a file that webpack may bundle, searched for paths that lead out of the project: {@code import '../../shared/a.js'}. Such a
 * path in a comment counts too: the build then just runs each time.
 *
 * @param file the file
 * @param text its content
 * @param folders the project, and the folders that builds create in it
 */
record SourceText(Path file, String text, BuiltFolders folders) {

    private static final Set<String> STYLES = Set.of("css", "scss", "sass", "less");
    private static final Set<String> PAGES = Set.of("html", "htm", "ejs");
    private static final Set<String> SCRIPTS = Set.of(
            "js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "cts", "es", "es6", "jsm", "vue", "svelte", "mdx", "tpl",
            "hbs", "pug");

    private static final Pattern SPECIFIER = Pattern.compile(
            "(?:\\b(?:from|import|require|context|resolve|path|URL|Worker)\\b|@import)[\\s(=]*[\"'`]([^\"'`\\n]{1,300})[\"'`]");

    private static final Pattern ABSOLUTE = Pattern.compile("/[^/*].*|file:.*|[A-Za-z]:[/\\\\].*");
    private static final Pattern STYLE_ABSOLUTE = Pattern.compile("\\burl\\(\\s*[\"']?(?:/[^/]|file:)");
    private static final Pattern JSON_ABSOLUTE =
            Pattern.compile("\"(?:/[^/*\"][^\"]*|file:[^\"]*|[A-Za-z]:[/\\\\][^\"]*)\"");
    private static final Pattern TEMPLATE = Pattern.compile("\\b(?:process|require|global|globalThis|import|fs)\\b");
    private static final Pattern EXTENDED = Pattern.compile("\"extends\"\\s*:[\\s\\[]*\"(\\.[^\"]*)\"");
    private static final int LONGEST = 300;

    /** Returns whether files of this name are searched. */
    static boolean matters(String name) {
        String extension = extension(name);
        return STYLES.contains(extension)
                || PAGES.contains(extension)
                || SCRIPTS.contains(extension)
                || isTypeScriptSettings(name);
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static boolean isTypeScriptSettings(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        return last.endsWith(".json") && (last.contains("tsconfig") || last.contains("jsconfig"));
    }

    /** Returns a path that leads out of the project or into build output. */
    Optional<String> leadsOut() {
        String name = file.getFileName().toString();
        if (STYLES.contains(extension(name)) && STYLE_ABSOLUTE.matcher(text).find()) {
            return Optional.of("a file by its full path");
        }
        if (isTypeScriptSettings(name)) {
            Matcher extended = EXTENDED.matcher(text);
            if (extended.find() && !isTypeScriptSettings(extended.group(1) + ".json")) {
                return Optional.of("'" + extended.group(1) + "'");
            }
            if (JSON_ABSOLUTE.matcher(text).find()) {
                return Optional.of("a file by its full path");
            }
        }
        if (PAGES.contains(extension(name))
                && text.contains("<%")
                && TEMPLATE.matcher(text).find()) {
            return Optional.of("Node.js in a template");
        }
        return upwards().or(this::specifier);
    }

    private Optional<String> specifier() {
        Matcher matcher = SPECIFIER.matcher(text);
        while (matcher.find()) {
            String name = matcher.group(1);
            if (ABSOLUTE.matcher(name).matches() || name.contains("!")) {
                return Optional.of("'" + name + "'");
            }
            // By an alias of the project's folder, such as '@/target/a.js', or from a file in that folder.
            String below = name.replaceFirst("^(?:[@~#]?/|\\./)", "");
            if (isBuilt(folders.project(), below) || (name.startsWith(".") && isBuilt(folder(), name))) {
                return Optional.of("'" + name + "'");
            }
        }
        return Optional.empty();
    }

    private Optional<String> upwards() {
        for (int at = text.indexOf(".."); at >= 0; at = text.indexOf("..", at + 2)) {
            if (isSegment(at)) {
                int from = at;
                while (from > 0 && at - from < LONGEST && isPath(text.charAt(from - 1))) {
                    from--;
                }
                int to = at + 2;
                while (to < text.length() && to - at < LONGEST && isPath(text.charAt(to))) {
                    to++;
                }
                String path = text.substring(from, to).replace('\\', '/');
                // What follows an expression, as in folder + '/../a', begins in a folder that is not known.
                if (path.startsWith("/") || !isIn(folder(), path)) {
                    return Optional.of("'" + path + "'");
                }
            }
        }
        return Optional.empty();
    }

    /** Returns whether these two dots are a folder's name, and not those of a spread or a range. */
    private boolean isSegment(int at) {
        char before = at == 0 ? ' ' : text.charAt(at - 1);
        char after = at + 2 >= text.length() ? ' ' : text.charAt(at + 2);
        return "/\\\"'`(=!, \n".indexOf(before) >= 0 && "/\\\"'`)\n".indexOf(after) >= 0;
    }

    private static boolean isPath(char c) {
        return Character.isLetterOrDigit(c) || "_@.-/\\$".indexOf(c) >= 0;
    }

    private Path folder() {
        return file.resolve("..").normalize();
    }

    private boolean isIn(Path folder, String path) {
        try {
            Path resolved = folder.resolve(path).normalize();
            return resolved.startsWith(folders.project()) && !folders.read(resolved);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean isBuilt(Path folder, String path) {
        try {
            return folders.read(folder.resolve(path).normalize());
        } catch (IllegalArgumentException e) {
            return false; // Not the name of a file on this machine.
        }
    }
}
