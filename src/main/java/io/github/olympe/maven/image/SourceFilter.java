package io.github.olympe.maven.image;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What of a source tree goes into an image: what {@code .dockerignore} leaves, of it what {@code includes} and {@code excludes} say. */
final class SourceFilter implements SourceTree.Filter {

    private final IgnoreFile ignored;
    private final String prefix;
    private final List<Pattern> includes;
    private final List<Pattern> excludes;

    private SourceFilter(IgnoreFile ignored, String prefix, List<Pattern> includes, List<Pattern> excludes) {
        this.ignored = ignored;
        this.prefix = prefix;
        this.includes = includes;
        this.excludes = excludes;
    }

    static SourceFilter of(ImageSpec spec) {
        Path context = spec.context().normalize();
        Path source = spec.sourceFolder();
        // Docker cannot copy from outside of its context; where we can, its patterns mean nothing.
        boolean inContext = source.startsWith(context);
        String relative = context.relativize(source).toString().replace('\\', '/');
        return new SourceFilter(
                inContext ? IgnoreFile.of(context) : IgnoreFile.NONE,
                relative.isEmpty() ? "" : relative + "/",
                spec.includes().stream().map(Glob::ant).toList(),
                spec.excludes().stream().map(Glob::ant).toList());
    }

    @Override
    public boolean test(String path) {
        return (includes.isEmpty() || matches(includes, path)) && !matches(excludes, path) && !isIgnored(path);
    }

    @Override
    public boolean mayHoldWanted(String path) {
        return !includes.isEmpty() || !excludes.isEmpty() || ignored.takesBackAnything();
    }

    private boolean isIgnored(String path) {
        return !ignored.isEmpty() && ignored.ignores(prefix + path);
    }

    private static boolean matches(List<Pattern> patterns, String path) {
        for (Pattern pattern : patterns) {
            if (pattern.matcher(path).matches()) {
                return true;
            }
        }
        return false;
    }
}
