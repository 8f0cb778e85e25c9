package io.github.olympe.maven.node.webpack;

import io.github.olympe.maven.io.FileNames;
import io.github.olympe.maven.node.npm.Workspace;
import io.github.olympe.maven.text.ForeignText;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Walks through a project's folder once, and stops at the first thing that may make a build read something outside of it. */
final class ProjectWalk extends SimpleFileVisitor<Path> {

    private static final String PACKAGES = "node_modules";
    private static final String GIT = ".git";
    private static final Pattern BABEL_SCRIPT = Pattern.compile("(?:babel\\.config|\\.babelrc)\\.[cm]?[jt]s");
    private static final Set<String> BABEL_JSON = Set.of(".babelrc", ".babelrc.json", "babel.config.json");
    private static final int LARGEST_MEBIBYTES = 20;

    private final BuiltFolders folders;
    private final Workspace workspace;
    private final boolean readsSources;
    private final Path realProject;
    private final Set<Path> files = new TreeSet<>();
    private final Set<Path> packages = new TreeSet<>();
    private @Nullable String unknown;

    /**
     * Prepares the walk.
     *
     * @param readsSources whether the files are read as those that webpack bundles, and settings for Babel and TypeScript
     */
    ProjectWalk(BuiltFolders folders, Workspace workspace, boolean readsSources) throws IOException {
        this.folders = folders;
        this.workspace = workspace;
        this.readsSources = readsSources;
        this.realProject = folders.project().toRealPath();
    }

    KnownProject read() throws IOException {
        Files.walkFileTree(folders.project(), this);
        for (Path folder : workspace.folders()) {
            packages.add(folder.resolve(PACKAGES));
        }
        if (unknown == null && readsSources) {
            unknown = files.parallelStream()
                    .flatMap(file -> leadsOut(file).stream())
                    .findAny()
                    .orElse(null);
        }
        if (unknown == null) {
            PackageFiles installed =
                    PackageFiles.of(packages, realProject, workspace.root().toRealPath());
            return new KnownProject(installed.unknown(), files, installed.digest());
        }
        return KnownProject.unknown(unknown);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        String name = String.valueOf(folder.getFileName());
        if (folder.equals(folders.project())) {
            return FileVisitResult.CONTINUE;
        }
        if (name.equals(PACKAGES) && !folders.read(folder)) {
            packages.add(folder);
        }
        return name.equals(PACKAGES) || name.equals(GIT) || folders.read(folder)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            unknown = link(file).orElse(unknown);
        }
        if (attributes.isSymbolicLink() || attributes.isRegularFile()) {
            files.add(file);
        }
        return unknown == null ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    private Optional<String> link(Path link) {
        try {
            Path real = link.toRealPath();
            boolean known = real.startsWith(realProject)
                    && !folders.read(folders.project().resolve(realProject.relativize(real)))
                    && Stream.of(realProject.relativize(real))
                            .flatMap(path -> Stream.iterate(path, p -> p != null, Path::getParent))
                            .noneMatch(path -> GIT.equals(String.valueOf(path.getFileName())));
            return known ? Optional.empty() : Optional.of(name(link) + " is a link that leads out of the project");
        } catch (IOException e) {
            return Optional.of(name(link) + " is a link that leads nowhere");
        }
    }

    private Optional<String> leadsOut(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            if (BABEL_SCRIPT.matcher(name).matches()) {
                return Optional.of(name(file) + " is a program");
            }
            if (BABEL_JSON.contains(name)) {
                BabelSettings.check(name(file), ForeignText.json(file, LARGEST_MEBIBYTES));
            }
            return SourceText.matters(name)
                    ? new SourceText(file, ForeignText.read(file, LARGEST_MEBIBYTES), folders)
                            .leadsOut()
                            .map(what -> name(file) + " has " + what)
                    : Optional.empty();
        } catch (NotKnown e) {
            return Optional.of(e.reason());
        } catch (IOException e) {
            return Optional.of(name(file) + " is not a text in UTF-8");
        }
    }

    private String name(Path file) {
        return FileNames.key(folders.project().relativize(file));
    }
}
