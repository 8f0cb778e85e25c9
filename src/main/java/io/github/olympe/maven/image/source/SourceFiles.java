package io.github.olympe.maven.image.source;

import java.nio.file.Path;
import java.util.List;

/**
 * The files of a project that go into an image.
 *
 * @param context the build context: the folder that {@code folder} and the patterns of {@code .dockerignore} are relative to
 * @param folder the folder that is copied, relative to the context
 * @param includes Ant-style patterns of what is copied, relative to the folder; if empty, everything is
 * @param excludes Ant-style patterns of what is not copied
 * @param modes the modes of the copied files
 */
public record SourceFiles(Path context, String folder, List<String> includes, List<String> excludes, FileModes modes) {

    public SourceFiles {
        includes = List.copyOf(includes);
        excludes = List.copyOf(excludes);
    }

    /** Returns the folder that is copied. */
    public Path path() {
        return context.resolve(folder).normalize();
    }
}
