package io.github.olympe.maven.patches;

import io.github.olympe.maven.patches.graph.CodeAsData;
import io.github.olympe.maven.patches.tree.Content;
import io.github.olympe.maven.patches.tree.ContentTree;
import io.github.olympe.maven.patches.tree.FolderTree;
import io.github.olympe.maven.patches.tree.GitFiles;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Provides the states on this machine: the project's working tree, folders, and the commits of its git repository. The states can be read
 * until this is closed.
 */
final class LocalStates implements AutoCloseable {

    private static final String WORKING_TREE = "the working tree";
    private static final String PACKAGE_JSON = "package.json";

    private final Path project;
    private final List<String> snapshots;
    private final Optional<GitFiles> git;

    /**
     * @param snapshots the folders with snapshots, relative to the project
     */
    LocalStates(Path project, List<String> snapshots) {
        this.project = project;
        this.snapshots = snapshots;
        this.git = GitFiles.open(project);
    }

    /** Returns the snapshots in the project's folder. Compared with a commit, files are as git stores them. */
    FoundState workingTree() {
        return new Local() {
            @Override
            public State read(FoundState other) {
                boolean asStored = other instanceof Commit;
                return snapshots(
                        WORKING_TREE, folder -> FolderTree.of(project.resolve(folder), folder, ids(folder, asStored)));
            }
        };
    }

    private FolderTree.KnownIds ids(String folder, boolean asStored) {
        return git.map(files -> asStored ? files.asStored(folder) : files.inWorkTree(folder))
                .orElse(FolderTree.KnownIds.NONE);
    }

    /** Returns the state of a folder: all its files, or the snapshots in it if it is a project's. */
    Optional<State> folder(String text) {
        try {
            Path folder = project.resolve(text);
            if (!Files.isDirectory(folder)) {
                return Optional.empty();
            }
            return Optional.of(
                    Files.isRegularFile(folder.resolve(PACKAGE_JSON)) && hasSnapshot(folder)
                            ? snapshots(text, name -> FolderTree.of(folder.resolve(name), text + "/" + name))
                            : State.of(text, FolderTree.of(folder, text)));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private boolean hasSnapshot(Path folder) {
        return snapshots.stream().anyMatch(name -> Files.isDirectory(folder.resolve(name)));
    }

    /** Returns the snapshots in a commit. */
    Optional<FoundState> commit(String revision) {
        return git.filter(files -> files.hasCommit(revision))
                .map(files -> snapshots(
                        revision, folder -> files.files(revision, folder).orElseThrow()))
                .map(Commit::new);
    }

    /** Returns whether the project's clone has only a part of the history. */
    boolean isShallow() {
        return git.filter(GitFiles::isShallow).isPresent();
    }

    private State snapshots(String name, Function<String, ContentTree> tree) {
        return new State(name, Optional.of(CodeAsData.of(joined(name, tree))), Map.of());
    }

    /** Returns the files by their paths in the snapshot's folder, or in the project's folder if there are several snapshots. */
    private ContentTree joined(String name, Function<String, ContentTree> tree) {
        if (snapshots.size() == 1) {
            return tree.apply(snapshots.get(0));
        }
        SortedMap<String, Content> files = new TreeMap<>();
        snapshots.forEach(folder ->
                tree.apply(folder).files().forEach((path, content) -> files.put(folder + "/" + path, content)));
        return new ContentTree(name, files);
    }

    @Override
    public void close() {
        git.ifPresent(GitFiles::close);
    }

    /** A state without layers. */
    private interface Local extends FoundState {
        @Override
        default Set<String> layers() {
            return Set.of();
        }
    }

    private record Commit(State state) implements Local {
        @Override
        public State read(FoundState other) {
            return state;
        }
    }
}
