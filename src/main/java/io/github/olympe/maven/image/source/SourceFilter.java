package io.github.olympe.maven.image.source;

import io.github.olympe.maven.image.ImageSpec;
import io.github.olympe.maven.image.dockerfile.project.FollowedDockerfile;
import io.github.olympe.maven.text.Glob;
import io.github.olympe.maven.text.InvalidParameter;
import io.github.olympe.maven.text.RegularExpression;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * Selects the files of a source tree that go into an image: those that {@code .dockerignore} does not exclude, and that {@code includes}
 * and {@code excludes} select.
 */
public final class SourceFilter implements SourceTree.Filter {

    private final IgnoreFile ignored;
    private final String prefix;
    private final List<Wanted> includes;
    private final List<Wanted> excludes;

    private SourceFilter(IgnoreFile ignored, String prefix, List<Wanted> includes, List<Wanted> excludes) {
        this.ignored = ignored;
        this.prefix = prefix;
        this.includes = includes;
        this.excludes = excludes;
    }

    public static SourceFilter of(ImageSpec spec) {
        Path context = spec.context().normalize();
        Path source = spec.files().path();
        // Docker cannot copy from outside of its context. The plugin can, but the patterns do not apply there.
        boolean inContext = source.startsWith(context);
        String relative = context.relativize(source).toString().replace('\\', '/');
        return new SourceFilter(
                inContext ? IgnoreFile.of(context, spec.dockerfile().map(FollowedDockerfile::file)) : IgnoreFile.NONE,
                relative.isEmpty() ? "" : relative + "/",
                wanted(spec, "includes", spec.files().includes()),
                wanted(spec, "excludes", spec.files().excludes()));
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

    private static boolean matches(List<Wanted> patterns, String path) {
        for (Wanted pattern : patterns) {
            if (pattern.matches(path)) {
                return true;
            }
        }
        return false;
    }

    private static List<Wanted> wanted(ImageSpec spec, String element, List<String> patterns) {
        return patterns.stream()
                .map(pattern -> Wanted.of(ImageSpec.parameter(spec.kind(), element), pattern))
                .toList();
    }

    /** A pattern of {@code includes} or {@code excludes}. */
    private record Wanted(RegularExpression expression) {

        public static Wanted of(String parameter, String written) {
            try {
                if (written.length() <= RegularExpression.LONGEST) {
                    return new Wanted(Glob.ant(parameter, written));
                }
            } catch (PatternSyntaxException e) {
                // The error below reports this too.
            }
            throw InvalidParameter.of(
                    parameter,
                    written,
                    String.format(
                            "The pattern is too long. Write one of at most %d characters.", RegularExpression.LONGEST));
        }

        boolean matches(String path) {
            return expression.matches(path);
        }
    }
}
