package io.github.olympe.maven.image.dockerfile.project;

import io.github.olympe.maven.image.ImageSpec;
import io.github.olympe.maven.image.dockerfile.files.FolderSource;
import io.github.olympe.maven.image.source.ContentHashes;
import io.github.olympe.maven.image.source.FileModes;
import io.github.olympe.maven.image.source.IgnoreFile;
import io.github.olympe.maven.image.source.SourceEntry;
import io.github.olympe.maven.image.source.SourceFilter;
import io.github.olympe.maven.image.source.SourceTree;
import io.github.olympe.maven.process.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The build context of an image: the project's folder, without what {@code .dockerignore} excludes and without what the pom excludes from
 * the folder with the build's result. That folder may also be outside of the context.
 */
final class ProjectContext implements ContextFolder.Reader, SourceTree.Filter {

    private final ImageSpec spec;
    private final FollowedDockerfile dockerfile;
    private final SourceTree source;
    private final Workers workers;
    private final Path output;
    private final String sourcePath;
    private final SourceTree.Filter sourceFilter;
    private final IgnoreFile ignored;
    private final List<SourceTree> trees = new ArrayList<>();
    private final List<SourceEntry> entries = new ArrayList<>();

    /**
     * Creates a context.
     *
     * @param source the content of the folder with the build's result, if an instruction copies from there by its name
     * @param output the folder that the plugin writes to, which no image is made from
     */
    ProjectContext(ImageSpec spec, FollowedDockerfile dockerfile, SourceTree source, Workers workers, Path output) {
        this.spec = spec;
        this.output = output.toAbsolutePath().normalize();
        this.dockerfile = dockerfile;
        this.source = source;
        this.workers = workers;
        this.sourcePath = dockerfile.sourcePath();
        this.sourceFilter = SourceFilter.of(spec);
        this.ignored = IgnoreFile.of(spec.context(), Optional.of(dockerfile.file()));
    }

    FolderSource root() {
        return new ContextFolder(this, "");
    }

    /** Computes the hashes of all files that were read so far. Those of the folder with the build's result are known already. */
    void hash(ContentHashes hashes) {
        trees.forEach(tree -> hashes.compute(tree, workers));
        trees.clear();
        hashes.compute(new SourceTree(dockerfile.file(), List.copyOf(entries)), workers);
        entries.clear();
    }

    @Override
    public SourceTree.Filter filter() {
        return this;
    }

    @Override
    public FileModes modes() {
        return spec.files().modes();
    }

    @Override
    public boolean test(String path) {
        if (isAbove(path) || path.equals(sourcePath)) {
            return true;
        }
        if (isOutput(path)) {
            return false;
        }
        return isInSource(path) ? sourceFilter.test(inSource(path)) : !ignored.ignores(path);
    }

    @Override
    public boolean mayHoldWanted(String path) {
        if (isOutput(path)) {
            return false;
        }
        return isInSource(path) ? sourceFilter.mayHoldWanted(inSource(path)) : ignored.takesBackAnything();
    }

    private boolean isOutput(String path) {
        return !isInSource(path)
                && spec.context().resolve(path).toAbsolutePath().normalize().startsWith(output);
    }

    /** Returns whether the folder with the build's result is below this one. */
    @Override
    public boolean isAbove(String path) {
        return path.isEmpty() || sourcePath.startsWith(path + "/");
    }

    private boolean isInSource(String path) {
        return sourcePath.isEmpty() || path.startsWith(sourcePath + "/");
    }

    private String inSource(String path) {
        return sourcePath.isEmpty() ? path : path.substring(sourcePath.length() + 1);
    }

    @Override
    public Path file(String path) {
        if (path.equals(sourcePath)) {
            return spec.files().path();
        }
        return isInSource(path)
                ? spec.files().path().resolve(inSource(path))
                : spec.context().resolve(path);
    }

    @Override
    public List<SourceEntry> read(String folder) {
        if (folder.equals(sourcePath) && dockerfile.copiesSource()) {
            return source.entries();
        }
        String prefix = folder.isEmpty() ? "" : folder + "/";
        SourceTree.Filter below = new SourceTree.Filter() {
            @Override
            public boolean test(String path) {
                return ProjectContext.this.test(prefix + path);
            }

            @Override
            public boolean mayHoldWanted(String path) {
                return ProjectContext.this.mayHoldWanted(prefix + path);
            }
        };
        SourceTree tree = SourceTree.read(file(folder), below, spec.files().modes(), workers);
        trees.add(tree);
        return tree.entries();
    }

    @Override
    public void remember(SourceEntry entry) {
        entries.add(entry);
    }
}
